"""Measures of staff: caseload, cases a year, practices, units, leaders, supervision, and what the team does besides.

Source: 002 App. 7 St 1, Org 1-5; domain-facts.md §1.2 items 1, 7, 8.
"""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

import polars as pl

from placewell.fidelity.measures import Measure
from placewell.fidelity.members import COUNTED, EXCLUDED, NOT_COUNTED, Judgement, member_table
from placewell.fidelity.records import SPECIALIST, TEAM_LEADER, Records
from placewell.fidelity.tally import Tally, count, not_known, rate, share
from placewell.outcomes.words import day, sentence
from placewell.periods import in_words

DAYS_IN_A_YEAR = 365
NO_CASELOAD = "The specification does not say what an active case is."


def caseload(records: Records, measure: Measure) -> Tally:
    """Active cases for each full-time specialist in post on the day: all cases to all shares of full time.

    Members: every case; counted: active, and held by a specialist in post whose share of full time is known.
    """
    frame = records.caseload
    if frame is None:
        return not_known(NO_CASELOAD)
    shares = {id: fte for id, fte in records.in_post().items() if fte}
    judged = _active(records).when(*_no_specialist(shares, "with a known share of full time"))
    members = member_table(
        frame,
        subject_id="episode_id",
        outcome_on=pl.when("active").then(pl.lit(records.as_at)),
        **judged.otherwise(COUNTED, "On the active caseload."),
    )
    return rate(members, shares, f"No post of a specialist with a share of full time covers {in_words(records.as_at)}.")


def _active(records: Records) -> Judgement:
    """Why a case is not on the active caseload. Source: semantics.md §3 (active caseload)."""
    return (
        Judgement()
        .when(~pl.col("open"), EXCLUDED, sentence("Closed on ", day("closed_on"), "."))
        .when(~pl.col("in_touch"), NOT_COUNTED, "Not active: no two-way contact in the weeks before the day.")
        .when(~pl.col("planned"), NOT_COUNTED, "Not active: no action plan in force on the day.")
        .when(~pl.col("active"), NOT_COUNTED, "Not active: no job begun and still held.")
    )


def _no_specialist(known: object, such: str) -> tuple[pl.Expr, str, pl.Expr]:
    """The clause for what belongs to nobody, or to somebody who is not among the `known`."""
    named = pl.col("specialist_id")
    nobody = pl.lit("No specialist is named.")
    said = pl.when(named.is_null()).then(nobody).otherwise(sentence(named, f" holds no post of a specialist {such}."))
    return ~named.is_in(list(known)).fill_null(False), NOT_COUNTED, said  # type: ignore[call-overload]


def cases_a_year(records: Records, measure: Measure) -> Tally:
    """Cases open on some day of the window, for each year of a full-time specialist. Source: 002 App. 7 St 1."""
    window = records.window(measure.window_days)
    years = {id: days / DAYS_IN_A_YEAR for id, days in records.full_time_days(window).items()}
    judged = (
        Judgement()
        .when(pl.col("closed_on") <= window.start, EXCLUDED, sentence("Closed on ", day("closed_on"), "."))
        .when(*_no_specialist(years, "with a known share of full time"))
    )
    members = member_table(
        records.cases,
        subject_id="episode_id",
        outcome_on="entered_on",
        **judged.otherwise(COUNTED, sentence("A case since ", day("entered_on"), ".")),
    )
    return rate(members, years, "No post of a specialist with a share of full time falls in these days.")


def own_practices(records: Records, measure: Measure) -> Tally:
    """Active cases of practices that their specialist is attached to, where those are no more than the limit.

    Source: 002 App. 7 Org 1.
    """
    frame = records.caseload
    if frame is None:
        return not_known(NO_CASELOAD)
    if not records.holds("practice_links"):
        return not_known("The table practice_links is empty: which practices a specialist belongs to is not recorded.")
    lasts = pl.col("to_on").is_null() | (pl.col("to_on") >= records.as_at)
    links = (
        records.facts.table("practice_links")
        .filter(lasts)
        .group_by("specialist_id")
        .agg(pl.col("gp_practice").drop_nulls().unique().alias("practices"))
    )
    number = pl.col("practices").list.len()
    judged = (
        _active(records)
        .when(pl.col("specialist_id").is_null(), NOT_COUNTED, "No specialist is named.")
        .when(pl.col("gp_practice").is_null(), EXCLUDED, "The person's practice is not recorded.")
        .when(number.is_null(), NOT_COUNTED, sentence(pl.col("specialist_id"), " is attached to no practice."))
        .when(
            ~pl.col("practices").list.contains(pl.col("gp_practice")),
            NOT_COUNTED,
            sentence(pl.col("specialist_id"), " is not attached to practice ", pl.col("gp_practice"), "."),
        )
        .when(
            number > (measure.limit or 0),
            NOT_COUNTED,
            sentence(pl.col("specialist_id"), " is attached to ", number.cast(pl.String), " practices."),
        )
    )
    members = member_table(
        frame.join(links, on="specialist_id", how="left"),
        subject_id="episode_id",
        outcome_on=pl.when("active").then(pl.lit(records.as_at)),
        **judged.otherwise(COUNTED, sentence("Of practice ", pl.col("gp_practice"), ".")),
    )
    inactive = pl.col("reason").str.starts_with("Not active")  # outside the caseload, so outside the share
    members = members.with_columns(pl.when(inactive).then(pl.lit(EXCLUDED)).otherwise(pl.col("status")).alias("status"))
    return share(members, "Nobody is on the active caseload.")


def units(records: Records, measure: Measure) -> Tally:
    """Teams with enough full-time specialists and a leader in post on the day. Source: 002 App. 7 Org 4."""
    teams: dict[str, tuple[Fraction, bool]] = {}
    for post in records.posts:
        if post.team_id is not None and post.first_day <= records.as_at <= post.last_day:
            full_time, led = teams.get(post.team_id, (Fraction(0), False))
            more = (post.fte or Fraction(0)) if post.role == SPECIALIST else Fraction(0)
            teams[post.team_id] = full_time + more, led or post.role == TEAM_LEADER
    if not teams:
        return not_known(f"No post in a team covers {in_words(records.as_at)}.")
    rows = [
        {
            "subject_id": team,
            "status": COUNTED if full_time >= (measure.limit or 0) and led else NOT_COUNTED,
            "reason": f"{float(full_time):g} full-time specialists, {'with' if led else 'without'} a team leader.",
            "outcome_on": records.as_at,
        }
        for team, (full_time, led) in teams.items()
    ]
    return share(member_table(pl.LazyFrame(rows)), "")


def leaders(records: Records, measure: Measure) -> Tally:
    """Specialists in post on the day to each team leader in post, in people. Source: 002 App. 7 Org 5."""
    led_by = {id: Fraction(1) for id in records.in_post(TEAM_LEADER)}
    specialists = sorted(records.in_post())
    frame = pl.LazyFrame({"specialist_id": specialists}, schema={"specialist_id": pl.String})
    members = member_table(
        frame,
        subject_id="specialist_id",
        outcome_on=pl.lit(records.as_at),
        status=pl.lit(COUNTED),
        reason=pl.lit("In post on the day."),
    )
    found = rate(members, led_by, f"No post of a team leader covers {in_words(records.as_at)}.")
    return Tally(members, found.numerator, found.denominator, found.value, missing=found.missing)


def supervision(records: Records, measure: Measure) -> Tally:
    """Stretches of `every_days` in which a specialist was supervised, of those in post for the whole stretch.

    Stretches are counted back from the as-at day. Source: 002 App. 7 Org 4-5.
    """
    if not records.holds("supervisions"):
        return not_known("The table supervisions is empty: supervision is not recorded.")
    stretches = _stretches(records, measure)
    held = (
        records.facts.table("supervisions")
        .filter(pl.col("kind").is_in(measure.codes))
        .select("specialist_id", pl.col("on").alias("held_on"))
    )
    inside = pl.col("held_on").is_between(pl.col("first_day"), pl.col("last_day"))
    first = (
        stretches.join(held, on="specialist_id")
        .filter(inside)
        .group_by("specialist_id", "first_day")
        .agg(pl.col("held_on").min())
    )
    frame = stretches.join(first, on=["specialist_id", "first_day"], how="left")
    stretch = sentence(day("first_day"), " to ", day("last_day"))
    judged = Judgement().when(pl.col("held_on").is_null(), NOT_COUNTED, sentence("None from ", stretch, "."))
    members = member_table(
        frame,
        subject_id=pl.format("{}:{}", "specialist_id", "first_day"),
        outcome_on="held_on",
        **judged.otherwise(COUNTED, sentence("Held on ", day("held_on"), ".")),
    )
    return share(members, "No specialist was in post for a whole stretch of these days.")


def _stretches(records: Records, measure: Measure) -> pl.LazyFrame:
    """Every whole stretch of the window in which a specialist was in post on each day."""
    window, every = records.window(measure.window_days), measure.every_days
    rows: list[tuple[str, date, date]] = []
    for number in range(measure.window_days // every):
        stretch = records.window(every)
        first = stretch.start - timedelta(days=number * every)
        part = type(window)(f"{first}", first, first + timedelta(days=every))
        there = (id for id, days in records.days_in_post(part).items() if days == every)
        rows += [(id, part.start, part.last_day) for id in there]
    schema = {"specialist_id": pl.String, "first_day": pl.Date, "last_day": pl.Date}
    return pl.LazyFrame(rows, schema=schema, orient="row")


def activities(records: Records, measure: Measure) -> Tally:
    """Activities of some kinds within the window. Source: 002 App. 7 Org 2-3, 5."""
    if not records.holds("activities"):
        return not_known("The table activities is empty: what the team does besides casework is not recorded.")
    window = records.window(measure.window_days)
    own = pl.col("service_id").fill_null(records.spec.service.id) == records.spec.service.id
    chosen = own & (pl.col("on") >= window.start) & pl.col("kind").is_in(measure.codes)
    frame = records.facts.table("activities").filter(chosen)
    if records.teams is not None:
        frame = frame.filter(pl.col("specialist_id").is_in([post.specialist_id for post in records.posts]))
    members = member_table(
        frame,
        subject_id="activity_id",
        outcome_on="on",
        status=pl.lit(COUNTED),
        reason=sentence("On ", day("on"), "."),
    )
    return count(members)
