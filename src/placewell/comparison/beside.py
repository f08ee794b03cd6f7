"""What no return prints and a definition still moves: the end of support, the limit of cases, the hours of a report."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

import polars as pl

from placewell.indicators import Workings
from placewell.outcomes.facts import ROW
from placewell.pathway.caseload import caseload_limit
from placewell.pathway.support import support_limits
from placewell.periods import in_words
from placewell.specification.governance import Duty

SCHEMA = {name: pl.String() for name in ("subject_id", "episode_id", "person_id", "status", "reason")}
Rows = Iterator[tuple[str, str | None, str | None, str, str]]


@dataclass(frozen=True)
class Beside:
    """A count beside the return, with everyone it looked at."""

    id: str
    name: str
    clause: str
    unit: str
    subject: str
    members: pl.DataFrame


def beside_the_return(shared: Workings, day: date, lot: str | None) -> Iterator[Beside]:
    """The counts that the specification has rules for. As at `day`; incidents belong to no lot."""
    pathway = shared.spec.pathway
    if pathway.support is not None:
        rows = _past_support(shared, day, lot)
        name = "People on the books whose support has reached its limit"
        yield Beside("support_past_limit", name, pathway.support.clause, "people", "episode", _frame(rows))
    if pathway.caseload_limits:
        rows = _over_limit(shared, day, lot)
        clause = pathway.caseload_limits[0].clause
        yield Beside(
            "caseload_over_limit", "Specialists over their limit of cases", clause, "specialists", "row", _frame(rows)
        )
    for duty in shared.spec.governance.duties if shared.spec.governance else ():
        if duty.kept_in == "incidents" and duty.hours is not None:
            name = "Serious incidents reported late, or not yet"
            rows = _late(shared, duty, duty.hours)
            yield Beside("incidents_late", name, duty.clause, "incidents", "row", _frame(rows))


def _frame(rows: Rows) -> pl.DataFrame:
    return pl.DataFrame(list(rows), schema=SCHEMA, orient="row")


def _open(shared: Workings, day: date, lot: str | None) -> pl.DataFrame:
    """Episodes that have entered and are open on the day."""
    still_open = (pl.col("entered_on") <= day) & (pl.col("closed_on").is_null() | (pl.col("closed_on") > day))
    of_lot = pl.lit(True) if lot is None else pl.col("lot") == lot
    return shared.outcomes.table.filter(still_open & of_lot).sort(ROW).collect(engine="in-memory")


def _past_support(shared: Workings, day: date, lot: str | None) -> Rows:
    """Source: 002 §4.4, §7.4, §9.10 ix-x; X1, X2."""
    columns = ("episode_id", "person_id", "entered_on", "first_job_on")
    for episode, person, entered, first_job in _open(shared, day, lot).select(columns).iter_rows():
        limit = support_limits(shared.spec, entered, first_job)[0]
        is_over = limit.ends_on <= day
        reason = f"{limit.label}: {'ended' if is_over else 'ends'} on {in_words(limit.ends_on)}."
        yield episode, episode, person, "counted" if is_over else "not_due", reason


def _over_limit(shared: Workings, day: date, lot: str | None) -> Rows:
    """Source: 002 §8.4, App. 7 St 1; X14."""
    held = _open(shared, day, lot).drop_nulls("specialist_id").group_by("specialist_id").len().sort("specialist_id")
    in_post = (pl.col("from_on") <= day) & (pl.col("to_on").is_null() | (pl.col("to_on") >= day))
    posts = shared.facts.table("postings").filter(in_post & (pl.col("role") == "specialist")).drop_nulls("fte")
    share = posts.group_by("specialist_id").agg(pl.col("fte").sum()).collect(engine="in-memory")
    for specialist, cases, fte in held.join(share, on="specialist_id", how="left").sort("specialist_id").iter_rows():
        if fte is None:
            reason = f"{cases} open cases; the share of full time is not recorded, so that no limit is known."
            yield specialist, None, None, "not_counted", reason
            continue
        limit = caseload_limit(shared.spec, day, Decimal(fte))
        status = "counted" if cases > limit else "not_counted"
        yield specialist, None, None, status, f"{cases} open cases; the limit is {limit}."


def _late(shared: Workings, duty: Duty, hours: int) -> Rows:
    """Serious incidents by whether the written report came in time. Source: 002 App. 4 v; X46.

    The hours from the incident are recorded; from hearing of it there are days alone: 24 hours end on the next day.
    """
    serious = shared.facts.table("incidents").filter("serious").sort("occurred_on", "incident_id")
    columns = ("incident_id", "episode_id", "occurred_on", "known_on", "reported_on", "hours_to_report")
    for incident, episode, occurred, known, reported, taken in serious.select(columns).collect().iter_rows():
        begun = known if duty.runs_from == "known" and known else occurred
        last_day = begun + timedelta(hours=hours)
        by_hours = duty.runs_from == "occurred" and taken is not None
        late = taken > hours if by_hours else (reported or shared.as_at) > last_day
        told = f"reported on {in_words(reported)}" if reported else "not reported yet"
        took = f", after {taken.normalize():f} hours" if by_hours else ""
        event = "Known" if begun == known and duty.runs_from == "known" else "Occurred"
        reason = f"{event} on {in_words(begun)}, {told}{took}; {hours} hours are allowed."
        yield incident, episode, None, "counted" if late else "not_counted", reason
