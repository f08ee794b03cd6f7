"""What the clocks look at: the open cases of a service on a day, with their contacts, jobs and decisions on support."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import cached_property

import polars as pl

from placewell.dataset import Dataset
from placewell.outcomes import Facts, Outcomes
from placewell.outcomes.contacts import is_two_way
from placewell.outcomes.entry import attended_by_client
from placewell.outcomes.facts import settle
from placewell.specification import Specification

FACE_TO_FACE_KINDS = ("appointment", "group", "outreach", "joint_with_clinician")
CONTROL = "control"
NO_JOB = pl.lit(None, pl.String()).alias("job_id")
_LINE = "__line"

PLAIN = pl.QueryOptFlags.none(projection_pushdown=True)
"""How the rules of a caseload are computed: twenty plans over few rows take longer to optimise than to run."""


def met_in_person() -> pl.Expr:
    """A meeting with the person, face to face."""
    in_person = pl.col("kind").is_in(FACE_TO_FACE_KINDS) & pl.col("place").ne_missing("remote")
    return attended_by_client().fill_null(False) & in_person


class Situation:
    """The facts of a service as at a day, cut and joined once for all clocks. Everything is per episode.

    Frames are lazy; what several clocks look at is settled, the rest is computed in one go at the end.
    """

    def __init__(self, shared: Outcomes) -> None:
        self.shared = shared
        self.facts = shared.facts
        self.spec, self.dataset, self.as_at = self.facts.spec, self.facts.dataset, self.facts.as_at

    @classmethod
    def on(cls, spec: Specification, dataset: Dataset, as_at: date) -> Situation:
        """The situation of a service on a day, by the rules in force then."""
        return cls(Outcomes(Facts(spec.as_of(as_at), dataset, as_at)))

    @property
    def outcomes(self) -> pl.LazyFrame:
        """The outcome table: one row per episode received by the day, open or closed."""
        return self.shared.table

    @cached_property
    def waiting(self) -> pl.LazyFrame:
        """Open referrals, accepted or not: neither declined nor closed, and not in the control group."""
        control = (pl.col("arm") == CONTROL).fill_null(False)
        still_open = pl.col("closed_on").is_null() & pl.col("declined_on").is_null()
        return settle(self.outcomes.filter(still_open & ~control))

    @cached_property
    def cases(self) -> pl.LazyFrame:
        """Open episodes that have entered the service."""
        return settle(self.waiting.filter(pl.col("entered_on").is_not_null()))

    @cached_property
    def earlier(self) -> pl.LazyFrame:
        """The ended episodes that open cases go on from, one after the other: their jobs may go on too.

        held_in, since (its entry), first_job_on; episode_id, entered_on, referred_on of the case. Only where what was
        known went along (`shares`), or both are of one lot: an area knows nothing of another's otherwise.
        """
        ended = self.outcomes.filter(pl.col("closed_on").is_not_null() & pl.col("entered_on").is_not_null())
        ended = ended.select("first_job_on", held_in="episode_id", since="entered_on")
        found = self.followed.join(ended, on="held_in")
        return settle(found.join(self.cases.select("episode_id", "entered_on", "referred_on"), on="episode_id"))

    @property
    def followed(self) -> pl.LazyFrame:
        """Each episode with every one that it goes on from: episode_id, held_in."""
        episodes = self.dataset["episodes"].select("episode_id", "lot", "follows", "shares")
        links = episodes.filter(pl.col("follows").is_not_null()).join(
            episodes.select(follows="episode_id", before="lot"), on="follows"
        )
        shares = pl.col("shares").fill_null(False) | (pl.col("lot") == pl.col("before")).fill_null(False)
        links = links.filter(shares).select("episode_id", held_in="follows")
        found, step = [links], links
        while not step.is_empty() and len(found) <= links.height:  # no chain is longer: who made a circle is let out
            step = step.join(links.select(held_in="episode_id", next="held_in"), on="held_in")
            step = step.select("episode_id", held_in="next")
            found.append(step)
        return pl.concat(found).unique().lazy()

    @cached_property
    def contacts(self) -> pl.LazyFrame:
        """Contacts and attempts with the person: episode_id, on, answered (two-way), met (face to face).

        With a case come the contacts of earlier episodes from before its referral: meetings of a job that goes on.
        """
        with_them = settle(
            self.facts.table("contacts")
            .filter(pl.col("with_whom") == "client")
            .select("episode_id", "on", is_two_way(self.facts).alias("answered"), met_in_person().alias("met"))
        )
        own = with_them.join(self.waiting.select("episode_id"), on="episode_id", how="semi")
        before = with_them.rename({"episode_id": "held_in"}).join(self.earlier, on="held_in")
        before = before.filter(pl.col("on") < pl.col("referred_on"))
        return settle(pl.concat([own, before.select("episode_id", "on", "answered", "met")]))

    @cached_property
    def jobs(self) -> pl.LazyFrame:
        """Paid jobs of open cases, begun or to begin: episode_id, job_id, contract_hours, day (the first), ended_on.

        `learned_on`: the day from which the end was over and known, if it was by then. `from_on`: the day from which
        the time of support in work runs. A start that lies ahead is known here though a figure must not know it: the
        meeting before it is due today. Those begun since entry, and those of an earlier episode that were not over on
        entry: somebody moved here, or came back while in work.
        """
        own = self.cases.select("episode_id", "entered_on", "first_job_on", held_in="episode_id", since="entered_on")
        held = pl.concat([own, self.earlier.select("episode_id", "entered_on", "first_job_on", "held_in", "since")])
        over = (pl.col("ended_on") < pl.col("entered_on")).fill_null(False) & (
            pl.col("held_in") != pl.col("episode_id")
        )
        return settle(
            self._paid_jobs.join(held, on="held_in")
            .filter((pl.col("day") >= pl.col("since")) & ~over)
            .with_columns(from_on=self._support_from())
            .drop("since", "first_job_on")
            .sort("episode_id", "day", "job_id")
        )

    @property
    def _paid_jobs(self) -> pl.LazyFrame:
        """Every paid job, with what is known of its end by the day."""
        ended = pl.when(pl.col("ended_on") <= self.as_at).then(pl.col("ended_on"))
        learned = pl.when(pl.col("ended_on").is_not_null()).then(pl.max_horizontal("ended_on", "end_known_on"))
        paid = self.dataset["jobs"].lazy().filter(pl.col("competitive").fill_null(True))
        return paid.select(
            "job_id",
            "contract_hours",
            held_in="episode_id",
            day=pl.coalesce("first_day_worked_on", "started_on"),
            ended_on=ended,
            learned_on=pl.when(learned <= self.as_at).then(learned),
        )

    def _support_from(self) -> pl.Expr:
        """The start of the job or of the episode's first, as the service says; if that time was over, the new entry."""
        limit = self.spec.pathway.limit_of("in_work")
        if limit is None:
            return pl.col("first_job_on")
        began = pl.col("day" if limit.runs_from == "current_job_start" else "first_job_on")
        spent = began.dt.offset_by(f"{limit.months}mo") < pl.col("entered_on")
        return pl.when(spent).then("entered_on").otherwise(began)

    @cached_property
    def jobs_ahead(self) -> pl.LazyFrame:
        """Jobs that begin after the day."""
        return settle(self.jobs.filter(pl.col("day") > self.as_at))

    @cached_property
    def jobs_ended(self) -> pl.LazyFrame:
        """Jobs whose end was over and known by the day."""
        return settle(self.jobs.filter(pl.col("learned_on").is_not_null()))

    @cached_property
    def running_jobs(self) -> pl.LazyFrame:
        """Jobs begun and not ended, of people whose support in work has not ended."""
        begun = self.jobs.filter((pl.col("day") <= self.as_at) & pl.col("ended_on").is_null())
        return settle(begun.join(self.support_ended("in_work"), on="episode_id", how="anti", maintain_order="left"))

    @cached_property
    def problems(self) -> pl.LazyFrame:
        """Problems in a job that the service learned of, of open cases, by day: episode_id, job_id, known_on, kind."""
        told = self.facts.table("job_problems").select("episode_id", "job_id", "job_problem_id", "known_on", "kind")
        own = told.join(self.cases.select("episode_id"), on="episode_id", how="semi")
        before = told.rename({"episode_id": "held_in"}).join(self.earlier.select("held_in", "episode_id"), on="held_in")
        going_on = before.join(self.jobs.select("episode_id", "job_id"), on=["episode_id", "job_id"], how="semi")
        return settle(
            pl.concat([own, going_on.select(told.collect_schema().names())]).sort("known_on", "job_problem_id")
        )

    @cached_property
    def requests(self) -> pl.LazyFrame:
        """Undecided requests for support again, of open cases, by day: episode_id, support_request_id, on, asked_by."""
        return settle(
            self.facts.table("support_requests")
            .filter(pl.col("decided_on").is_null())
            .select("episode_id", "support_request_id", "on", "asked_by")
            .join(self.cases.select("episode_id"), on="episode_id", how="semi")
            .sort("on", "support_request_id")
        )

    def advice(self, codes: Sequence[str]) -> pl.LazyFrame:
        """Benefits advice since entry: given here, or by a service the person was sent to (`codes`). episode_id, on."""
        given = self.facts.since_entry("benefits_advice", "on").select("episode_id", "on")
        sent = self.facts.since_entry("onward_referrals", "on", "to").filter(pl.col("to").is_in(codes))
        return pl.concat([given, sent.select("episode_id", "on")])

    def decisions(self, limit: str) -> pl.LazyFrame:
        """The latest decision on a limit of support per episode: episode_id, decision, until_on, decided_on."""
        return (
            self.facts.table("support_decisions")
            .filter(pl.col("limit") == limit)
            .sort("on")
            .group_by("episode_id")
            .agg(pl.col("decision", "until_on").last(), pl.col("on").last().alias("decided_on"))
        )

    def support_ended(self, limit: str) -> pl.LazyFrame:
        """Episodes whose support up to that limit was ended, and not taken up again since."""
        return self.decisions(limit).filter(pl.col("decision") == "ended").select("episode_id")

    def since(self, frame: pl.LazyFrame, start: str, *, met: bool = False) -> pl.LazyFrame:
        """`frame` with what has happened with the person from `start` on.

        `last_on`: the last two-way contact (`met`: face to face), or null; `tries`, `tried_on`: attempts without an
        answer after it (after `start` where there was none).
        """
        lines = frame.with_row_index(_LINE)
        pairs = lines.select(_LINE, "episode_id", pl.col(start).alias("start")).join(self.contacts, on="episode_id")
        good = pl.col("met") if met else pl.col("answered")
        held = pairs.filter(good & (pl.col("on") >= pl.col("start"))).group_by(_LINE).agg(last_on=pl.col("on").max())
        later = pairs.join(held, on=_LINE, how="left").filter(
            ~pl.col("answered") & (pl.col("on") >= pl.coalesce("last_on", "start"))
        )
        tried = later.group_by(_LINE).agg(tries=pl.len(), tried_on=pl.col("on").max())
        return lines.join(held, on=_LINE, how="left").join(tried, on=_LINE, how="left").sort(_LINE).drop(_LINE)


def jobs_going_on(now: Situation) -> pl.DataFrame:
    """The jobs of an earlier episode that go on in an open case: episode_id (of the case), job_id."""
    others = now.jobs.filter(pl.col("held_in") != pl.col("episode_id"))
    return others.select("episode_id", "job_id").collect(engine="in-memory")
