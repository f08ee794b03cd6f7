"""One row for each person referred while the trial was open, with the one place at which they left enrolment."""

from __future__ import annotations

from datetime import date

import polars as pl

from placewell.dataset import Dataset
from placewell.evaluation.facts import SCHEMAS, LedgerFacts
from placewell.evaluation.follow_up import BASELINE, baseline_instruments
from placewell.evaluation.trial import trial_of
from placewell.outcomes.words import day
from placewell.specification import Specification
from placewell.specification.trial import TrialFile

NOT_HELD, OPEN, DECLINED, BASELINE_OPEN, OTHER, RANDOMISED = (
    "not_held",
    "open",
    "declined",
    "baseline",
    "other",
    "randomised",
)
CRITERION, NOT_RECORDED = "criterion:", "not_recorded"
DECLINING = ("did_not_consent", "changed_mind")
"""Codes of a declined referral by which the person chose not to take part; others are reasons of the service."""


def enrolled(
    tables: Dataset,
    spec: Specification,
    ledger: LedgerFacts,
    as_at: date,
    meetings: pl.DataFrame | None = None,
    episodes: pl.DataFrame | None = None,
) -> pl.DataFrame:
    """Everyone referred: id (of the episode), person (the trial number), lot, leaf, reason, arm, allocated_on and more.

    `tables` and `ledger` are as at the day already. A person counts once, by the referral that came furthest:
    randomised (the first time), then met, then the last received. Referred: received by the last day of the trial, and
    in it or met in it. Who is in the ledger and not in the data set is here, under the trial number. `episodes`: all
    referrals ever, by which somebody whose referral is dated after their allocation is still known.
    Source: CONSORT 2010, item 13.
    """
    trial = trial_of(spec)
    opens, closes = trial.opens_on, trial.closes_at.date()
    met = first_meetings(tables, trial, meetings)
    drawn = ledger.allocations.unique("person", keep="first", maintain_order=True)
    whose = (tables["episodes"] if episodes is None else episodes).select(
        "episode_id", pl.col("person_id").alias("whose"), pl.col("lot").alias("where")
    )
    referrals = (
        tables["episodes"]
        .select("episode_id", "person_id", "lot", "referred_on", "declined_on", "decline_reason", "closed_on")
        .rename({"declined_on": "turned_away_on", "decline_reason": "turned_away"})
        .join(met, on="episode_id", how="left")
        .join(_first_not_met(tables, spec), on="episode_id", how="left")
        .join(drawn, on="episode_id", how="full", coalesce=True)
        .join(whose, on="episode_id", how="left")
    )
    in_window = (pl.col("referred_on") <= closes) & (
        (pl.col("referred_on") >= opens) | (pl.col("met_on").is_between(opens, closes))
    )
    people = (
        referrals.filter(pl.col("arm").is_not_null() | in_window.fill_null(value=False))
        .with_columns(pl.when(pl.col("met_on") <= closes).then("met_on").alias("met_on"))
        .with_columns(
            pl.coalesce("episode_id", "person").alias("id"),
            pl.coalesce("lot", "where", "stratum").alias("lot"),
            pl.coalesce("person_id", "whose").alias("person_id"),
            _leaf(as_at, closes).alias("leaf"),
        )
    )
    return _furthest(people).with_columns(_reason(spec, closes).alias("reason"))


def first_meetings(tables: Dataset, trial: TrialFile, meetings: pl.DataFrame | None) -> pl.DataFrame:
    """Per episode: met_on, eligible, consented_on, baseline_on, declined_on, decline_reason.

    Meetings handed in are taken as they are. Elsewhere the first meeting is the day of the first criterion decided,
    trial consent or allocation; the baseline is complete on the day the last of its questionnaires was first answered.
    """
    given = (SCHEMAS["meetings"].to_frame() if meetings is None else meetings).rename({"started_on": "met_on"})
    screened = tables["screenings"].group_by("episode_id").agg(pl.col("decided_on").min().alias("screened_on"))
    consent = (
        tables["consents"]
        .filter(pl.col("kind") == "trial")
        .group_by("episode_id")
        .agg(pl.col("given_on").min().alias("consented_on"))
    )
    turned_away = tables["episodes"].filter(pl.col("decline_reason").is_in(DECLINING))
    derived = (
        tables["episodes"]
        .select("episode_id")
        .join(screened, on="episode_id", how="left")
        .join(consent, on="episode_id", how="left")
        .join(tables["allocations"].select("episode_id", "allocated_on"), on="episode_id", how="left")
        .join(_baselines(tables, trial), on="episode_id", how="left")
        .join(turned_away.select("episode_id", "declined_on", "decline_reason"), on="episode_id", how="left")
        .with_columns(
            pl.min_horizontal("screened_on", "consented_on", "allocated_on").alias("met_on"),
            pl.lit(None, dtype=pl.Boolean).alias("eligible"),
        )
        .filter(pl.col("met_on").is_not_null())
    )
    return pl.concat([given, derived.join(given, on="episode_id", how="anti").select(given.columns)])


def _baselines(tables: Dataset, trial: TrialFile) -> pl.DataFrame:
    wanted = baseline_instruments(trial)
    asked = (pl.col("occasion") == BASELINE) & pl.col("instrument").is_in(list(wanted))
    return (
        tables["responses"]
        .filter(asked)
        .group_by("episode_id", "instrument")
        .agg(pl.col("completed_on").min())
        .group_by("episode_id")
        .agg(pl.col("completed_on").max().alias("baseline_on"), pl.len().alias("answered"))
        .filter(pl.col("answered") == len(wanted))
        .drop("answered")
    )


def _first_not_met(tables: Dataset, spec: Specification) -> pl.DataFrame:
    """The first criterion, in the order of the specification, whose last answer is that it is not met; at the end those
    that the specification does not have.
    """
    order = {criterion.id: number for number, criterion in enumerate(spec.eligibility.criteria)}
    criterion = pl.col("criterion")
    known = pl.when(criterion.is_in(list(order))).then(criterion).otherwise(pl.lit(NOT_RECORDED)).alias("criterion")
    place = pl.col("criterion").replace_strict(order, default=len(order), return_dtype=pl.Int64)
    return (
        tables["screenings"]
        .sort("decided_on", maintain_order=True)
        .unique(["episode_id", "criterion"], keep="last", maintain_order=True)
        .filter(pl.col("answer") == "not_met")
        .with_columns(known)
        .with_columns(place.alias("place"))
        .sort("place")
        .unique("episode_id", keep="first", maintain_order=True)
        .select("episode_id", "criterion")
    )


def _leaf(as_at: date, closes: date) -> pl.Expr:
    over = pl.any_horizontal(pl.col("turned_away_on", "closed_on").is_not_null())
    running = pl.lit(as_at <= closes)
    return (
        pl.when(pl.col("arm").is_not_null())
        .then(pl.lit(RANDOMISED))
        .when(pl.col("met_on").is_null())
        .then(pl.lit(NOT_HELD))
        .when(pl.col("criterion").is_not_null())
        .then(pl.concat_str(pl.lit(CRITERION), pl.col("criterion")))
        .when(pl.col("eligible").not_().fill_null(value=False))
        .then(pl.lit(CRITERION + NOT_RECORDED))
        .when(pl.col("declined_on").is_not_null())
        .then(pl.lit(DECLINED))
        .when(running & ~over)
        .then(pl.lit(OPEN))
        .when(pl.col("consented_on").is_not_null() & pl.col("baseline_on").is_null())
        .then(pl.lit(BASELINE_OPEN))
        .otherwise(pl.lit(OTHER))
    )


def _furthest(people: pl.DataFrame) -> pl.DataFrame:
    """One row a person: the referral that came furthest, and of those the last received.

    Of two allocations of one person the first is kept, in whose arm they are analysed. Source: Yelland et al., Clinical
    Trials 2015; trial.md §5, Errors.
    """
    how_far = pl.when(pl.col("leaf") == RANDOMISED).then(2).when(pl.col("leaf") == NOT_HELD).then(0).otherwise(1)
    return (
        people.with_columns(how_far.alias("how_far"), pl.coalesce("person_id", "id").alias("who"))
        .sort("how_far", "allocated_on", "referred_on", "id", descending=[True, False, True, True], nulls_last=True)
        .unique("who", keep="first", maintain_order=True)
        .sort("id")
    )


def _reason(spec: Specification, closes: date) -> pl.Expr:
    """Why the person is where they are, as a sentence."""
    not_met = {CRITERION + criterion.id: criterion.not_met for criterion in spec.eligibility.criteria}
    labels = {reason.id: reason.label for reason in spec.pathway.decline_reasons}
    leaf, code = pl.col("leaf"), pl.coalesce("decline_reason", "turned_away")
    why = code.replace_strict(labels, default=pl.lit("Another reason"), return_dtype=pl.String)
    away = pl.when(code.is_not_null()).then(pl.concat_str(why, pl.lit(".")))
    return (
        pl.when(leaf == RANDOMISED)
        .then(pl.format("Randomised on {}.", day("allocated_on")))
        .when(leaf == NOT_HELD)
        .then(pl.coalesce(away, pl.lit(f"No first meeting by {closes.day} {closes:%B %Y}.")))
        .when(leaf.str.starts_with(CRITERION))
        .then(leaf.replace_strict(not_met, default=pl.lit("Did not meet the criteria."), return_dtype=pl.String))
        .when(leaf == DECLINED)
        .then(pl.coalesce(away, pl.format("Declined on {}.", day("declined_on"))))
        .when(leaf == OPEN)
        .then(pl.format("Met on {}; not yet randomised or excluded.", day("met_on")))
        .when(leaf == BASELINE_OPEN)
        .then(pl.format("Agreed to take part on {}; the baseline was not completed.", day("consented_on")))
        .otherwise(pl.coalesce(away, pl.lit("Met, and neither randomised nor excluded by a recorded reason.")))
    )
