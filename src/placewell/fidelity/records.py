"""What the measures share: a service's episodes, jobs, contacts and posts as at a day, each made once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from functools import cached_property

import polars as pl

from placewell.cadence.situation import FACE_TO_FACE_KINDS
from placewell.dataset import Dataset
from placewell.outcomes.caseload import caseload
from placewell.outcomes.contacts import two_way
from placewell.outcomes.entry import attended_by_client
from placewell.outcomes.facts import ROW, Facts, settle
from placewell.outcomes.jobs import job_starts
from placewell.periods import Period
from placewell.specification import Specification

WHOSE = (ROW, "person_id", "specialist_id")
SPECIALIST, TEAM_LEADER = "specialist", "team_leader"


@dataclass(frozen=True)
class Post:
    """A post by its days: `last_day` is the last one, the as-at day while it lasts. `fte` None: not known."""

    specialist_id: str
    team_id: str | None
    role: str
    fte: Fraction | None
    first_day: date
    last_day: date


class Records:
    """The data set as one service, one of its lots or one of its teams, sees it on a day.

    Posts name a team and no lot: to a lot belong the posts of every team that an episode of the lot names.
    """

    def __init__(
        self, spec: Specification, dataset: Dataset, as_at: date, team: str | None = None, lot: str | None = None
    ) -> None:
        self.spec = spec
        self.as_at = as_at
        self.team = team
        self.lot = lot
        self.facts = Facts(spec, dataset, as_at)

    def window(self, days: int) -> Period:
        """The days looked at: the `days` that end on the as-at day, as a half-open period; 0: that day alone."""
        end = self.as_at + timedelta(days=1)
        start = end - timedelta(days=max(1, days))
        return Period(f"{start}/{end}", start, end)

    def holds(self, *tables: str) -> bool:
        """Whether one of the tables has a row as at the day."""
        return any(not self.facts.table(name).head(1).collect(engine="in-memory").is_empty() for name in tables)

    @cached_property
    def referrals(self) -> pl.LazyFrame:
        """Every episode received."""
        entries = self.facts.entries
        for column, code in (("team_id", self.team), ("lot", self.lot)):
            entries = entries if code is None else settle(entries.filter(pl.col(column) == code))
        return entries

    @cached_property
    def teams(self) -> frozenset[str] | None:
        """The teams looked at; None where all are."""
        if self.team is not None:
            return frozenset([self.team])
        if self.lot is None:
            return None
        named = self.referrals.select("team_id").drop_nulls().unique().collect(engine="in-memory")
        return frozenset(named["team_id"])

    @cached_property
    def cases(self) -> pl.LazyFrame:
        """The episodes that have entered the service."""
        return settle(self.referrals.filter(pl.col("entered_on").is_not_null()))

    @cached_property
    def whose(self) -> pl.LazyFrame:
        """Who each case is: row, person_id, specialist_id."""
        return settle(self.cases.select(WHOSE))

    @cached_property
    def starts(self) -> pl.LazyFrame:
        """Job starts of the cases, with the job's employer and kind of contract, in order of day and job."""
        more = self.facts.table("jobs").select("job_id", "episode_id", "employer_id", "contract_type")
        starts = job_starts(self.facts).join(more, on="job_id", validate="1:1").join(self.whose, on=ROW)
        return settle(starts.sort("job_start_on", "job_id"))

    @cached_property
    def talks(self) -> pl.LazyFrame:
        """Two-way contacts with the person: row, on, met (face to face), in order."""
        met = pl.col("kind").is_in(FACE_TO_FACE_KINDS) & pl.col("place").ne_missing("remote")
        contacts = self.facts.of_episodes("contacts", "on", "kind", "place", "with_whom", "attendance")
        return settle(contacts.filter(attended_by_client()).select(ROW, "on", met.alias("met")).sort(ROW, "on"))

    @cached_property
    def caseload(self) -> pl.LazyFrame | None:
        """Every case with what the active caseload asks of it on the day; None where the service defines none."""
        rules = self.spec.outcomes.of_kind("active_caseload")
        if not rules:
            return None
        frame = caseload(self.facts, two_way(self.facts), job_starts(self.facts), rules[0], self.as_at)  # type: ignore[arg-type]
        more = self.cases.select(ROW, "specialist_id", "gp_practice")
        return settle(frame.join(more, on=ROW, maintain_order="left"))

    @cached_property
    def posts(self) -> tuple[Post, ...]:
        """The posts begun by the day, in order."""
        frame = self.facts.table("postings")
        own = frame if self.teams is None else frame.filter(pl.col("team_id").is_in(sorted(self.teams)))
        rows = own.sort("specialist_id", "from_on", "role", nulls_last=True).collect(engine="in-memory")
        return tuple(
            Post(
                row["specialist_id"],
                row["team_id"],
                row["role"],
                None if row["fte"] is None else Fraction(row["fte"]),
                row["from_on"],
                row["to_on"] or self.as_at,
            )
            for row in rows.iter_rows(named=True)
            if row["specialist_id"] is not None
        )

    def in_post(self, role: str = SPECIALIST) -> Mapping[str, Fraction | None]:
        """Who holds a post of the role on the day, with the share of full time; None where one share is not known."""
        held: dict[str, Fraction | None] = {}
        for post in self._of_role(role):
            if post.first_day <= self.as_at <= post.last_day:
                so_far = held.get(post.specialist_id, Fraction(0))
                held[post.specialist_id] = None if so_far is None or post.fte is None else so_far + post.fte
        return held

    def days_in_post(self, window: Period, role: str = SPECIALIST) -> Mapping[str, int]:
        """On how many days of the window each person held a post of the role; a day counts once."""
        days: dict[str, int] = {}
        reached: dict[str, date] = {}
        for post in sorted(self._of_role(role), key=lambda one: one.first_day):
            begins = max(post.first_day, window.start, reached.get(post.specialist_id, window.start))
            after = min(post.last_day + timedelta(days=1), window.end)
            if begins < after:
                days[post.specialist_id] = days.get(post.specialist_id, 0) + (after - begins).days
                reached[post.specialist_id] = after
        return days

    def full_time_days(self, window: Period, role: str = SPECIALIST) -> Mapping[str, Fraction]:
        """Days in post within the window, each by its share of full time; a post of unknown share is left out."""
        days: dict[str, Fraction] = {}
        for post in self._of_role(role):
            begins, after = max(post.first_day, window.start), min(post.last_day + timedelta(days=1), window.end)
            if post.fte is not None and begins < after:
                days[post.specialist_id] = days.get(post.specialist_id, Fraction(0)) + (after - begins).days * post.fte
        return {id: amount for id, amount in days.items() if amount}

    def _of_role(self, role: str) -> tuple[Post, ...]:
        return tuple(post for post in self.posts if post.role == role)
