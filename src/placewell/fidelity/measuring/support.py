"""Measures of contact with the people supported: around the start of a job, by place, after a missed appointment.

Source: 002 App. 7 Sv 12-14; domain-facts.md §1.2 items 23-25.
"""

from __future__ import annotations

import polars as pl

from placewell.fidelity.measures import Measure, Schedule
from placewell.fidelity.measuring.steps import steps
from placewell.fidelity.members import COUNTED, EXCLUDED, NOT_COUNTED, NOT_DUE, Judgement, member_table
from placewell.fidelity.records import Records
from placewell.fidelity.tally import Tally, not_known, share
from placewell.outcomes.facts import ROW
from placewell.outcomes.words import day, kind_in, sentence

EMPTY = "The table contacts is empty: contacts are not recorded."
MISSED = ("did_not_attend", "cancelled_by_client")
ON = pl.col("on")


def follow_along(records: Records, measure: Measure) -> Tally:
    """Steps of the schedule around a job start that were kept, of those whose last day falls in the window.

    A step is kept by a two-way contact with the person on one of its days (a meeting, where the schedule asks for one).
    A step that the job did not live to see is excluded; one whose last day lies ahead is not due.
    """
    if not records.holds("contacts"):
        return not_known(EMPTY)
    schedule = measure.schedule or Schedule()
    window = records.window(measure.window_days)
    talks = records.talks.filter(pl.col("met")) if schedule.face_to_face else records.talks
    planned = steps(records.starts, schedule).filter(pl.col("last_day_of_step") >= window.start)
    frame = planned.sort("last_day_of_step").join_asof(
        talks.select(ROW, ON.alias("held_on")).sort("held_on"),
        left_on="last_day_of_step",
        right_on="held_on",
        by=ROW,
        check_sortedness=False,
    )
    kept = pl.col("held_on") >= pl.col("first_day_of_step")
    stretch = sentence(day("first_day_of_step"), " to ", day("last_day_of_step"))
    over = pl.col("ended_on") < pl.col("last_day_of_step")
    judged = (
        Judgement()
        .when(pl.col("last_day_of_step") > records.as_at, NOT_DUE, sentence(pl.col("step"), ": ", stretch, "."))
        .when(over & (pl.col("number") > 0), EXCLUDED, sentence("The job ended on ", day("ended_on"), "."))
        .when(kept, COUNTED, sentence(pl.col("step"), ": ", day("held_on"), "."))
    )
    verb = "met" if schedule.face_to_face else "spoken with"
    members = member_table(
        frame,
        subject_id=pl.format("{}:{}", "job_id", pl.col("number").cast(pl.String).str.zfill(2)),
        outcome_on=pl.when(kept).then("held_on"),
        **judged.otherwise(NOT_COUNTED, sentence(pl.col("step"), f": not {verb} from ", stretch, ".")),
    )
    return share(members, "No step of the schedule falls due in these days.")


def places(records: Records, measure: Measure) -> Tally:
    """Minutes of attended contacts at one of `codes`, of the minutes of all whose length and place are recorded."""
    if not records.holds("contacts"):
        return not_known(EMPTY)
    window = records.window(measure.window_days)
    names = ("contact_id", "specialist_id", "attendance", "minutes", "place")
    lines = records.facts.since_entry("contacts", "on", *names)
    held = (window.start <= ON) & (pl.col("attendance") == "attended")
    frame = lines.filter(held).join(records.whose.select(ROW, "person_id"), on=ROW)
    place = kind_in("place")
    judged = (
        Judgement()
        .when(pl.col("minutes").is_null(), EXCLUDED, "Its length is not recorded.")
        .when(pl.col("place").is_null(), EXCLUDED, "Its place is not recorded.")
        .when(~pl.col("place").is_in(measure.codes), NOT_COUNTED, sentence("Place: ", place, "."))
    )
    members = member_table(
        frame,
        subject_id="contact_id",
        outcome_on="on",
        value="minutes",
        **judged.otherwise(COUNTED, sentence("Place: ", place, ".")),
    )
    return share(members, "No contact of these days has its length and place recorded.", weighted=True)


def reached_out(records: Records, measure: Measure) -> Tally:
    """Appointments that the person missed within the window and after which a contact or an attempt is recorded."""
    if not records.holds("contacts"):
        return not_known(EMPTY)
    window = records.window(measure.window_days)
    kinds = records.facts.rules.contact.appointment_kinds
    names = ("contact_id", "specialist_id", "kind", "with_whom", "attendance")
    lines = records.facts.since_entry("contacts", "on", *names).filter(pl.col("with_whom") == "client")
    missed = lines.filter(pl.col("attendance").is_in(MISSED) & pl.col("kind").is_in(kinds) & (window.start <= ON)).join(
        records.whose.select(ROW, "person_id"), on=ROW
    )
    later = lines.select(ROW, ON.alias("later_on")).sort("later_on")
    frame = (
        missed.with_columns(ON.dt.offset_by("1d").alias("from_on"))
        .sort("from_on")
        .join_asof(later, left_on="from_on", right_on="later_on", by=ROW, strategy="forward", check_sortedness=False)
    )
    judged = (
        Judgement()
        .when(pl.col("on") >= records.as_at, NOT_DUE, "Missed on the day itself.")
        .when(pl.col("later_on").is_null(), NOT_COUNTED, sentence("Nothing is recorded after ", day("on"), "."))
    )
    members = member_table(
        frame,
        subject_id="contact_id",
        outcome_on="later_on",
        **judged.otherwise(COUNTED, sentence("The next contact or attempt was on ", day("later_on"), ".")),
    )
    return share(members, "Nobody missed an appointment in these days.")
