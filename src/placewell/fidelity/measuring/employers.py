"""Measures of work with employers: the first contact, the search begun in time, contacts a week, meeting again.

Source: 002 App. 7 Sv 4, 6, 7; domain-facts.md §1.2 items 15, 17, 18.
"""

from __future__ import annotations

from fractions import Fraction

import polars as pl

from placewell.fidelity.measures import DAYS_IN_A_WEEK, Measure
from placewell.fidelity.members import COUNTED, EXCLUDED, NOT_COUNTED, NOT_DUE, Judgement, member_table
from placewell.fidelity.records import Records
from placewell.fidelity.tally import Tally, median, not_known, rate, share
from placewell.outcomes.casework import application_days, employer_contact_days
from placewell.outcomes.facts import ROW
from placewell.outcomes.words import day, plural, sentence
from placewell.periods import in_words

EMPTY = "The table employer_contacts is empty: contacts with employers are not recorded."
FIRST = "first_employer_contact_on"
ON = pl.col("on")


def first_contact(records: Records, measure: Measure) -> Tally:
    """The median of days from programme entry to the first face-to-face contact with an employer for the person.

    Looked at are first contacts within the window; people who wait for theirs are not due, however long they wait.
    """
    if not records.holds("employer_contacts"):
        return not_known(EMPTY)
    window = records.window(measure.window_days)
    frame = records.cases.join(employer_contact_days(records.facts), on=ROW, how="left")
    first = pl.col(FIRST)
    days = (first - pl.col("entered_on")).dt.total_days()
    waiting = (pl.lit(records.as_at) - pl.col("entered_on")).dt.total_days()
    judged = (
        Judgement()
        .when(first.is_null(), NOT_DUE, sentence("None yet, ", plural(waiting, "day"), " after entry."))
        .when(first < window.start, EXCLUDED, sentence("On ", day(FIRST), f", before {in_words(window.start)}."))
    )
    members = member_table(
        frame,
        subject_id="episode_id",
        outcome_on=FIRST,
        value=days,
        **judged.otherwise(COUNTED, sentence("On ", day(FIRST), ", ", plural(days, "day"), " after entry.")),
    )
    return median(members, "Nobody's first contact with an employer falls in these days.")


def search_begun(records: Records, measure: Measure) -> Tally:
    """People with an application or a face-to-face employer contact within `limit` days of programme entry.

    Looked at are people whose last day for it falls in the window. Source: 002 App. 7 Sv 4; semantics.md §2 (maturity).
    """
    if not records.holds("employer_contacts", "applications"):
        return not_known("The tables employer_contacts and applications are empty: the search is not recorded.")
    window = records.window(measure.window_days)
    frame = (
        records.cases.join(employer_contact_days(records.facts), on=ROW, how="left")
        .join(application_days(records.facts), on=ROW, how="left")
        .with_columns(
            pl.min_horizontal(FIRST, "first_application_on").alias("begun_on"),
            pl.col("entered_on").dt.offset_by(f"{measure.limit}d").alias("last_day"),
        )
    )
    begun, last = pl.col("begun_on"), pl.col("last_day")
    judged = (
        Judgement()
        .when(last > records.as_at, NOT_DUE, sentence("There is time until ", day("last_day"), "."))
        .when(last < window.start, EXCLUDED, sentence("Due by ", day("last_day"), f", before {window.start}."))
        .when(begun.is_null(), NOT_COUNTED, sentence("None recorded; due by ", day("last_day"), "."))
        .when(begun > last, NOT_COUNTED, sentence("On ", day("begun_on"), ", after ", day("last_day"), "."))
    )
    members = member_table(
        frame,
        subject_id="episode_id",
        outcome_on="begun_on",
        **judged.otherwise(COUNTED, sentence("On ", day("begun_on"), ", in time.")),
    )
    return share(members, "Nobody's last day for it falls in these days.")


def weekly(records: Records, measure: Measure) -> Tally:
    """Face-to-face contacts with employers for somebody, to each specialist for each week in post.

    Rows with the same specialist, employer and day are one contact, recorded once for each person it was for.
    """
    if not records.holds("employer_contacts"):
        return not_known(EMPTY)
    window = records.window(measure.window_days)
    weeks = {id: Fraction(days, DAYS_IN_A_WEEK) for id, days in records.days_in_post(window).items()}
    frame = _contacts(records).filter(window.start <= ON)
    same = ("specialist_id", "employer_id", "on")
    whole = pl.all_horizontal(pl.col(name).is_not_null() for name in (*same, "met"))
    first = pl.col("employer_contact_id").min().over(*same, "met")
    judged = (
        Judgement()
        .when(~pl.col("met"), NOT_COUNTED, "Not recorded as face to face.")
        .when(pl.col("specialist_id").is_null(), NOT_COUNTED, "No specialist is named.")
        .when(
            ~pl.col("specialist_id").is_in(list(weeks)),
            NOT_COUNTED,
            sentence(pl.col("specialist_id"), " held no post of a specialist in these days."),
        )
        .when(
            whole & (pl.col("employer_contact_id") != pl.col("first")),
            EXCLUDED,
            sentence("The same contact as ", pl.col("first"), "."),
        )
    )
    members = member_table(
        frame.with_columns(first.alias("first")),
        subject_id="employer_contact_id",
        outcome_on="on",
        **judged.otherwise(COUNTED, sentence("Face to face on ", day("on"), ".")),
    )
    return rate(members, weeks, "No post of a specialist falls in these days.")


def met_again(records: Records, measure: Measure) -> Tally:
    """Employers met face to face on more than one day, of those met within the window. Source: 002 App. 7 Sv 7."""
    if not records.holds("employer_contacts"):
        return not_known(EMPTY)
    window = records.window(measure.window_days)
    met = _contacts(records).filter(pl.col("met") & (window.start <= ON) & pl.col("employer_id").is_not_null())
    frame = met.group_by("employer_id").agg(ON.n_unique().alias("days"), ON.max().alias("last_on"))
    judged = Judgement().when(pl.col("days") < 2, NOT_COUNTED, sentence("Met on ", day("last_on"), " alone."))
    members = member_table(
        frame,
        subject_id="employer_id",
        outcome_on="last_on",
        **judged.otherwise(COUNTED, sentence("Met on ", plural(pl.col("days"), "day"), ".")),
    )
    return share(members, "No employer was met face to face in these days.")


def _contacts(records: Records) -> pl.LazyFrame:
    """Contacts with employers for a case, on or after its entry, by the specialist who made them."""
    names = ("employer_contact_id", "employer_id", "specialist_id", "face_to_face")
    lines = records.facts.since_entry("employer_contacts", "on", *names)
    return lines.join(records.whose.select(ROW, "person_id"), on=ROW).with_columns(
        pl.col("face_to_face").fill_null(False).alias("met")
    )
