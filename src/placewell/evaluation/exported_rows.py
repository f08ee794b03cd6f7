"""The rows of an evaluator's export: only people randomised, only declared columns, only values from a list."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

import polars as pl

from placewell.dataset import Dataset
from placewell.evaluation.answered import Answered, codes_of
from placewell.evaluation.exported_jobs import exported_jobs
from placewell.evaluation.exported_tables import ITEM_NAMES, NOT_LISTED, tables_for
from placewell.evaluation.facts import LedgerFacts
from placewell.evaluation.follow_up import occasions_of, told_by_one_arm
from placewell.evaluation.randomised import randomised
from placewell.evaluation.trial import scopes_that_stop, trial_of
from placewell.outcomes.as_at import known
from placewell.questionnaires import instrument, instrument_ids, scores
from placewell.specification import Specification
from placewell.vocabulary import code_list

CONSENTS = ("trial", "linkage", "share_data")
HELD_DATA, SHARE_DATA = "held_data", "share_data"


def exported_rows(
    tables: Dataset,
    spec: Specification,
    ledger: LedgerFacts,
    as_at: date,
    *,
    arms: bool,
    lot: str | None = None,
    answered: Answered | None = None,
) -> Mapping[str, pl.DataFrame]:
    """Every declared table by name, in order of trial number.

    Only forms of the trial leave, and blinded no follow-up before people of every arm answered it: one that only one
    arm answers would tell the arm. The items of the person are those `answered` at the baseline where they are kept.
    Who took back what is held, or its sharing, is only in `withheld`. Raises ValueError for a service without a trial.
    Source: trust.md T5; 002 §11.9.
    """
    data, facts = known(tables, as_at), ledger.as_at(as_at)
    everyone = randomised(data, facts, as_at, answered=answered)
    withheld = _withheld(data, spec, facts, everyone)
    told = everyone.join(withheld, on="person", how="anti")
    forms = _forms(data, spec, told)
    if not arms:
        forms = forms.filter(~pl.col("occasion").is_in(told_by_one_arm(forms, trial_of(spec))))
    if lot is not None:
        everyone = everyone.filter(pl.col("lot") == lot)
    people, withheld, forms = (
        one.join(everyone.select("person"), on="person", how="semi", maintain_order="left")
        for one in (told, withheld, forms)
    )
    found = {
        "participants": _participants(data, spec, facts, people),
        "benefits": _benefits(data, people, answered or Answered()),
        "answers": _answers(forms),
        "scores": _scores(forms),
        "jobs": exported_jobs(data, spec, people),
        "corrections": _corrections(spec, facts, people),
        "withheld": withheld,
    }
    return {
        table.name: found[table.name].rename({"person": "trial_number"}).select(table.header(arms=arms))
        for table in tables_for(arms=arms)
    }


def _withheld(tables: Dataset, spec: Specification, facts: LedgerFacts, people: pl.DataFrame) -> pl.DataFrame:
    scopes = scopes_that_stop(trial_of(spec), "held_data")
    asked = facts.withdrawals.filter(pl.col("scope").is_in(scopes)).select("person").unique()
    removed = people.join(asked, on="person", how="semi").select("person", pl.lit(HELD_DATA).alias("reason"))
    back = _consents(tables, people).filter(pl.col(SHARE_DATA) == "withdrawn")
    unshared = back.join(removed, on="person", how="anti").select("person", pl.lit(SHARE_DATA).alias("reason"))
    return pl.concat([removed, unshared]).sort("person")


def _consents(tables: Dataset, people: pl.DataFrame) -> pl.DataFrame:
    """person, and for each kind of consent: given, withdrawn, not_given. The last one given decides."""
    last = (
        tables["consents"]
        .filter(pl.col("kind").is_in(CONSENTS))
        .sort("given_on", maintain_order=True)
        .group_by("episode_id", "kind", maintain_order=True)
        .last()
        .with_columns(
            pl.when(pl.col("withdrawn_on").is_null())
            .then(pl.lit("given"))
            .otherwise(pl.lit("withdrawn"))
            .alias("state")
        )
    )
    frame = people.select("person", "episode_id")
    for kind in CONSENTS:
        of_kind = last.filter(pl.col("kind") == kind).select("episode_id", pl.col("state").alias(kind))
        frame = frame.join(of_kind, on="episode_id", how="left")
    return frame.with_columns(pl.col(CONSENTS).fill_null("not_given")).drop("episode_id")


def _participants(tables: Dataset, spec: Specification, facts: LedgerFacts, people: pl.DataFrame) -> pl.DataFrame:
    trial = trial_of(spec)
    study = pl.col("scope").is_null() | pl.col("scope").is_in(
        scopes_that_stop(trial, "contact", "linkage", "held_data")
    )
    left = facts.withdrawals.group_by("person").agg(
        pl.col("on").filter(study).min().alias("withdrew_on"),
        pl.col("scope").drop_nulls().unique().sort().str.join(" ").alias("scopes"),
    )
    consents = _consents(tables, people).rename({kind: f"consent_{kind}" for kind in CONSENTS})
    frame = people.join(left, on="person", how="left").join(consents, on="person", how="left")
    return frame.select(
        "person",
        listed("lot", [lot.code for lot in spec.service.lots]),
        pl.col("referred_on").dt.strftime("%Y-%m").alias("referral_month"),
        pl.col("allocated_on").dt.strftime("%Y-%m").alias("randomisation_month"),
        _days("allocated_on", "referred_on").alias("days_to_randomisation"),
        "age_band",
        *(listed(name, codes_of(name, spec)) for name in ITEM_NAMES),
        *(f"consent_{kind}" for kind in CONSENTS),
        pl.col("voided").alias("randomised_in_error"),
        pl.col("withdrew_on").is_not_null().alias("withdrawn"),
        _days("withdrew_on", "allocated_on").alias("withdrawal_days"),
        _words_listed("scopes", [choice.id for choice in trial.withdrawals]).alias("withdrawal_scopes"),
        listed("arm", [arm.id for arm in trial.arms]),
    )


def listed(column: str, codes: Sequence[str]) -> pl.Expr:
    """The column with every value that is on no list replaced; absent stays absent."""
    value = pl.col(column)
    return pl.when(value.is_null() | value.is_in(list(codes))).then(value).otherwise(pl.lit(NOT_LISTED)).alias(column)


def _words_listed(column: str, codes: Sequence[str]) -> pl.Expr:
    """Several codes parted by spaces, those on the list only."""
    return pl.col(column).str.split(" ").list.eval(pl.element().filter(pl.element().is_in(list(codes)))).list.join(" ")


def _days(later: str, earlier: str) -> pl.Expr:
    return (pl.col(later) - pl.col(earlier)).dt.total_days()


def _benefits(tables: Dataset, people: pl.DataFrame, answered: Answered) -> pl.DataFrame:
    """What was kept with the baseline, or else said by the day of randomisation: later only one arm is asked."""
    then = answered.benefits.join(people.filter("kept").select("person", "episode_id"), on="episode_id")
    said = (
        tables["benefits"]
        .join(people.filter(~pl.col("kept")).select("person", "episode_id", "allocated_on"), on="episode_id")
        .filter(pl.col("on") <= pl.col("allocated_on"))
        .sort("on", maintain_order=True)
    )
    columns = ("person", "benefit", "received")
    return (
        pl.concat([then.select(columns), said.select(columns)])
        .with_columns(listed("benefit", list(code_list("benefit").codes)))
        .unique(["person", "benefit"], keep="last", maintain_order=True)
        .sort("person", "benefit", nulls_last=True)
    )


def _corrections(spec: Specification, facts: LedgerFacts, people: pl.DataFrame) -> pl.DataFrame:
    """Notes that a baseline answer was wrong: told, and nothing is changed by them."""
    reasons = [one.id for one in trial_of(spec).mistakes if one.kind == "baseline_corrected"]
    noted = facts.notes.filter(pl.col("kind").is_in(reasons)).join(people.select("person", "allocated_on"), on="person")
    found = noted.select("person", pl.col("kind").alias("reason"), _days("on", "allocated_on").alias("days"))
    return found.sort("person", "days", "reason")


def _forms(tables: Dataset, spec: Specification, people: pl.DataFrame) -> pl.DataFrame:
    """The answers of the trial's forms, with the person's number of the form instead of its id."""
    rows = tables["responses"].join(people.select("person", "episode_id", "allocated_on", "arm"), on="episode_id")
    forms = occasions_of(rows, trial_of(spec)).with_columns(_days("completed_on", "allocated_on").alias("days"))
    heads = (
        forms.select("person", "completed_on", "instrument", "response_id")
        .sort("person", "completed_on", "instrument", "response_id")
        .unique(["person", "response_id"], keep="first", maintain_order=True)
        .select("response_id", "person", pl.col("response_id").cum_count().over("person").cast(pl.Int64).alias("form"))
    )
    return forms.join(heads, on=["person", "response_id"])


def _answers(forms: pl.DataFrame) -> pl.DataFrame:
    """Items by number, answers by code: what no questionnaire asks is left out, an unknown answer is not repeated."""
    asked = [
        (id, item, code)
        for id in instrument_ids()
        for answers in instrument(id).answers
        for item in answers.items
        for code in answers.allowed
    ]
    codes = pl.DataFrame(asked, schema=["instrument", "item", "answer"], orient="row")
    kept = forms.join(codes.select("instrument", "item").unique(), on=["instrument", "item"], how="semi")
    known = codes.with_columns(pl.lit(value=True).alias("known"))
    return (
        kept.join(known, on=["instrument", "item", "answer"], how="left", maintain_order="left")
        .with_columns(
            pl.when(pl.col("known") | pl.col("answer").is_null())
            .then("answer")
            .otherwise(pl.lit(NOT_LISTED))
            .alias("answer"),
            pl.col("item").str.zfill(3).alias("place"),
        )
        .sort("person", "form", "place", maintain_order=True)
    )


def _scores(forms: pl.DataFrame) -> pl.DataFrame:
    heads = forms.select("person", "form", "response_id", "instrument", "occasion", "days").unique(maintain_order=True)
    found = scores(forms.lazy()).collect(engine="in-memory")
    return heads.join(found, on=["response_id", "instrument"]).sort("person", "form", maintain_order=True)
