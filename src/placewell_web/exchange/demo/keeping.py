"""Keeps the demo's caseloads as a good service does: what the made-up histories left undone was done in time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any

import polars as pl

from placewell import cadence, outcomes
from placewell.dataset import TABLES, Dataset
from placewell.periods import add_months
from placewell.specification import Specification
from placewell_web.exchange.demo.words import pick

Row = dict[str, Any]
Rows = Iterator[tuple[str, Row]]

VOCATIONAL = "vocational_action"
ROUNDS = 12  # what was done sets the next day, which can be past as well
GRACE = timedelta(days=3)  # what broke this lately is left: no caseload is without it
MOST_LATE = 3
QUEUE_DAYS = 12  # a document is looked at within so many days
BEGUN_DAYS, PLANNED_DAYS, SETTLED_DAYS = (
    6,
    24,
    35,
)  # after entry: a profile begun, a plan agreed; by when both are there


def keep_up(spec: Specification, dataset: Dataset, day: date) -> Dataset:
    """The same people with their plans reviewed, meetings held, applications sent and proof verified when due.

    No rule is bent: the clocks are the specification's, and each is met by a record dated before it broke.
    """
    dataset = _looked_at(_profiles_completed(spec, dataset, day), day)
    dataset = _added(dataset, _beginnings(spec, dataset, day))
    for _ in range(ROUNDS):
        overdue = list(_overdue(open_clocks(spec, dataset, day), day))
        if not overdue:
            break
        dataset = _added(dataset, (row for clock in overdue for row in _DONE[clock["kind"]](clock, dataset)))
    return dataset


def _overdue(clocks: list[Row], day: date) -> Iterator[Row]:
    """What has been open for too long, and whatever is late beyond the few that every caseload has."""
    late: Counter[str] = Counter()
    for clock in clocks:
        if clock["due_on"] < day:
            late[clock["specialist_id"]] += 1
            if clock["due_on"] < day - GRACE or late[clock["specialist_id"]] > MOST_LATE:
                yield clock


def open_clocks(spec: Specification, dataset: Dataset, day: date) -> list[Row]:
    """The clocks of those whom a specialist supports, with `specialist_id`, soonest first."""
    supported = dataset["episodes"].filter(pl.col("closed_on").is_null() & pl.col("specialist_id").is_not_null())
    found = cadence.clocks(spec, dataset, day).filter(pl.col("due_on").is_not_null())
    team = supported.select("episode_id", "specialist_id", "team_id")
    return found.join(team, on="episode_id", how="inner", maintain_order="left").to_dicts()


def _beginnings(spec: Specification, dataset: Dataset, day: date) -> Rows:
    """A profile and a plan for everyone who has been in the service for some weeks and has none."""
    began = entries(spec, dataset, day)
    profiled = set(dataset["profiles"]["episode_id"])
    planned = set(dataset["plans"].filter(pl.col("kind") == VOCATIONAL)["episode_id"])
    for episode_id, entered_on in began.items():
        agreed_on = weekday(entered_on + timedelta(days=PLANNED_DAYS))
        if (day - entered_on).days < SETTLED_DAYS:
            continue
        if episode_id not in profiled:
            dates = {"started_on": weekday(entered_on + timedelta(days=BEGUN_DAYS)), "completed_on": agreed_on}
            yield "profiles", {"episode_id": episode_id, "version": 1, **dates}
        if episode_id not in planned:
            yield "plans", {"episode_id": episode_id, "version": 1, "kind": VOCATIONAL, "agreed_on": agreed_on}


def _profiles_completed(spec: Specification, dataset: Dataset, day: date) -> Dataset:
    """Drafts of those who have been in the service for some weeks, completed."""
    settled = [id for id, entered_on in entries(spec, dataset, day).items() if (day - entered_on).days >= SETTLED_DAYS]
    draft = pl.col("completed_on").is_null() & pl.col("episode_id").is_in(settled)
    done_on = pl.min_horizontal(pl.col("started_on").dt.offset_by("7d"), pl.lit(day))
    profiles = dataset["profiles"].with_columns(
        pl.when(draft).then(done_on).otherwise("completed_on").alias("completed_on")
    )
    return dataset.with_frames(profiles=profiles)


def _looked_at(dataset: Dataset, day: date) -> Dataset:
    """Documents decided within some days of their arrival; those of the last days wait."""
    waits = pl.col("status") == "received"
    lately = pl.col("received_on") >= day - timedelta(days=QUEUE_DAYS)
    teams = dataset["episodes"].select(
        "episode_id", pl.col("team_id").str.replace("-T", "-L", literal=True).alias("_by")
    )
    decide, undecide = waits & ~lately, (pl.col("status") == "verified") & lately
    nothing = pl.lit(None)

    def column(name: str, decided: pl.Expr) -> pl.Expr:
        return pl.when(decide).then(decided).when(undecide).then(nothing).otherwise(pl.col(name)).alias(name)

    decided_on = pl.col("received_on").dt.offset_by("4d")
    evidence = (
        dataset["evidence"]
        .join(teams, on="episode_id", how="left", maintain_order="left")
        .with_columns(
            pl.when(decide)
            .then(pl.lit("verified"))
            .when(undecide)
            .then(pl.lit("received"))
            .otherwise("status")
            .alias("status"),
            column("decided_on", decided_on),
            column("verified_on", decided_on),
            column("decided_by", pl.col("_by")),
        )
    )
    return dataset.with_frames(evidence=evidence.drop("_by"))


def entries(spec: Specification, dataset: Dataset, day: date) -> dict[str, date]:
    """The day each open episode with a specialist entered the service."""
    table = outcomes.outcome_table(spec, dataset, day)
    rows = table.filter(
        pl.col("entered_on").is_not_null()
        & pl.col("closed_on").is_null()
        & pl.col("specialist_id").is_not_null()
        & pl.col("arm").ne_missing("control")
    )
    return dict(rows.select("episode_id", "entered_on").sort("episode_id").rows())


def leader(team_id: str) -> str:
    """The id of a team's leader in the made-up data set."""
    return team_id.replace("-T", "-L")


def weekday(day: date) -> date:
    """That day, or the Friday before a weekend."""
    return day - timedelta(days=max(day.weekday() - 4, 0))


def _before(clock: Row, least: int, most: int) -> date:
    """A working day some days before the clock breaks, the same on every load."""
    spread = pick(range(least, most + 1), f"{clock['episode_id']} {clock['clock']} {clock['due_on']}")
    return weekday(clock["due_on"] - timedelta(days=spread))


def _meet(clock: Row, dataset: Dataset) -> Rows:
    """A contact with the person: face to face where the clock asks for it."""
    in_person = "face-to-face" in clock["satisfied_by"]
    kind = "appointment" if in_person else pick(("call", "appointment", "call", "video"), f"kind {clock['due_on']}")
    on = _before(clock, 0, 2 if in_person else 9)
    yield (
        "contacts",
        {
            "contact_id": f"C{clock['episode_id'][1:]}-{on:%y%m%d}",
            "episode_id": clock["episode_id"],
            "specialist_id": clock["specialist_id"],
            "on": on,
            "kind": kind,
            "with_whom": "client",
            "attendance": "attended",
            "minutes": pick((20, 30, 45, 60), f"minutes {on}"),
            "place": pick(("community", "health_setting"), f"place {on}") if kind == "appointment" else "remote",
        },
    )


def _apply(clock: Row, dataset: Dataset) -> Rows:
    """A first application, with an employer whom somebody knows."""
    employers = dataset["applications"]["employer_id"].drop_nulls().unique().sort().to_list()
    yield (
        "applications",
        {
            "application_id": f"AP{clock['episode_id'][1:]}-0",
            "episode_id": clock["episode_id"],
            "on": _before(clock, 3, 14),
            "made_by": pick(("client", "client", "specialist"), clock["episode_id"]),
            "employer_id": pick(employers, clock["episode_id"]) if employers else None,
        },
    )


def _review(clock: Row, dataset: Dataset) -> Rows:
    """The next version of the plan, agreed before the review was due."""
    mine = dataset["plans"].filter((pl.col("episode_id") == clock["episode_id"]) & (pl.col("kind") == VOCATIONAL))
    latest = mine.sort("version").row(-1, named=True)
    on = max(_before(clock, 1, 9), latest["agreed_on"])
    version = latest["version"] + 1
    yield "plans", {"episode_id": clock["episode_id"], "version": version, "kind": VOCATIONAL, "agreed_on": on}


def _prove(clock: Row, dataset: Dataset) -> Rows:
    """A payslip about a day after the milestone, verified by the team's leader before the proof was due."""
    on = clock["due_on"]
    yield (
        "evidence",
        {
            "evidence_id": f"D{clock['episode_id'][1:]}-{clock['clock']}",
            "episode_id": clock["episode_id"],
            "outcome": clock["clock"].removeprefix("evidence_"),
            "kind": pick(("payslip", "employer_letter", "employer_email"), clock["episode_id"]),
            "about_on": on - timedelta(days=7),
            "received_on": weekday(on - timedelta(days=4)),
            "status": "verified",
            "decided_on": weekday(on - timedelta(days=1)),
            "decided_by": leader(clock["team_id"]),
            "verified_on": weekday(on - timedelta(days=1)),
        },
    )


def _extend(clock: Row, dataset: Dataset) -> Rows:
    """Support beyond its limit, with a reason, agreed before the limit (002 §9.10 x)."""
    yield (
        "support_decisions",
        {
            "episode_id": clock["episode_id"],
            "on": _before(clock, 2, 8),
            "limit": "in_work" if clock["kind"] == "in_work_limit" else "job_search",
            "decision": "extended",
            "reason": pick(("job_offer_near", "health_interruption"), clock["episode_id"]),
            "until_on": add_months(clock["due_on"], 3),
        },
    )


def _advise(clock: Row, dataset: Dataset) -> Rows:
    """Benefits advice before the clock breaks; about the change that it asks about."""
    about = "before_start" if clock["kind"] == "benefits_before_start" else "change"
    row = {"episode_id": clock["episode_id"], "job_id": clock["job_id"], "on": _before(clock, 1, 6), "about": about}
    yield "benefits_advice", row


def _decide(clock: Row, dataset: Dataset) -> Rows:
    """What the person decided about telling an employer, while the search was young."""
    on, decision = _before(clock, 2, 12), pick(("yes", "no", "undecided", "yes"), clock["episode_id"])
    yield "disclosures", {"episode_id": clock["episode_id"], "on": on, "decision": decision}


def _take_up_again(clock: Row, dataset: Dataset) -> Rows:
    """Support in work, taken up again in time."""
    row = {"episode_id": clock["episode_id"], "on": _before(clock, 0, 3), "limit": "in_work"}
    yield "support_decisions", {**row, "decision": "taken_up_again"}


def _agree_anew(clock: Row, dataset: Dataset) -> Rows:
    """A plan agreed anew, of whatever kind the person has."""
    mine = dataset["plans"].filter(pl.col("episode_id") == clock["episode_id"]).sort("version")
    latest = mine.row(-1, named=True) if mine.height else {"version": 0, "kind": "return_to_work"}
    row = {"episode_id": clock["episode_id"], "version": latest["version"] + 1, "kind": latest["kind"]}
    yield "plans", {**row, "agreed_on": _before(clock, 0, 5)}


_DONE: dict[str, Callable[[Row, Dataset], Rows]] = {
    "first_contact": _meet,
    "first_application": _apply,
    "employer_contact": _apply,
    "active_contact": _meet,
    "plan_review": _review,
    "nine_months": _extend,
    "after_start": _meet,
    "in_work_weekly": _meet,
    "in_work_monthly": _meet,
    "job_loss": _meet,
    "job_problem": _meet,
    "milestone_check": _meet,
    "re_access": _take_up_again,
    "benefits_before_start": _advise,
    "benefits_on_change": _advise,
    "disclosure": _decide,
    "session_guide": _agree_anew,
    "in_work_limit": _extend,
    "evidence_due": _prove,
}


def _added(dataset: Dataset, rows: Rows) -> Dataset:
    """The data set with more rows. A record made twice in one round is made once; a new plan ends the one before."""
    new: dict[str, list[Row]] = {}
    for table, row in rows:
        new.setdefault(table, []).append(row)
    frames = {table: _once(table, added(dataset[table], table, *found)) for table, found in new.items()}
    if "plans" in frames:
        frames["plans"] = _each_ending_the_last(frames["plans"])
    return dataset.with_frames(**frames)


def added(frame: pl.DataFrame, table: str, *rows: Row) -> pl.DataFrame:
    """The frame of a table with rows after its own; what a row does not say is absent."""
    schema = TABLES[table].schema
    return pl.concat([frame, pl.DataFrame([{name: row.get(name) for name in schema} for row in rows], schema=schema)])


def _once(table: str, frame: pl.DataFrame) -> pl.DataFrame:
    keys = list(TABLES[table].key)
    return frame.unique(keys, keep="first", maintain_order=True) if keys else frame


def _each_ending_the_last(plans: pl.DataFrame) -> pl.DataFrame:
    """A version of a plan holds to the day before the next was agreed."""
    ordered = plans.sort("episode_id", "kind", "version")
    following = pl.col("agreed_on").shift(-1).over("episode_id", "kind")
    ends = pl.max_horizontal(pl.col("agreed_on"), following.dt.offset_by("-1d"))
    return ordered.with_columns(
        pl.when(following.is_not_null() & pl.col("ended_on").is_null())
        .then(ends)
        .otherwise("ended_on")
        .alias("ended_on")
    )
