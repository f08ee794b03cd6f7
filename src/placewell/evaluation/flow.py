"""The participant flow of a trial as in CONSORT 2010: from referral to analysis, every count with its members."""

from __future__ import annotations

from datetime import date

import polars as pl

from placewell.dataset import Dataset
from placewell.evaluation.after_randomisation import columns
from placewell.evaluation.boxes import PEOPLE, Box, Flow, Line
from placewell.evaluation.definitions import definitions, footnotes
from placewell.evaluation.enrolment import (
    BASELINE_OPEN,
    CRITERION,
    DECLINED,
    NOT_HELD,
    NOT_RECORDED,
    OPEN,
    OTHER,
    RANDOMISED,
    enrolled,
)
from placewell.evaluation.facts import LedgerFacts
from placewell.evaluation.trial import trial_of
from placewell.evaluation.words import clause_of
from placewell.outcomes.as_at import known
from placewell.specification import Specification


def participant_flow(
    tables: Dataset,
    spec: Specification,
    ledger: LedgerFacts,
    as_at: date,
    *,
    lot: str | None = None,
    arms: bool = True,
    meetings: pl.DataFrame | None = None,
    handouts: pl.DataFrame | None = None,
) -> Flow:
    """The flow as at a day, of one lot or of all.

    Counts are people, each once: see `enrolled`, `received` and `answers_due` for who counts where. Totals are made of
    their parts, so referred = first meeting not held + assessed; assessed = excluded + still open + randomised;
    randomised = the arms; an arm = received + did not receive it = answered + no answer + withdrawn + not due.
    `arms=False` is the blinded view: nothing by arm, and nothing only one arm can have: who answered a
    follow-up is not told before people of every arm did. `meetings` and `handouts` have
    the columns of `facts.SCHEMAS`. Raises ValueError for a service without a trial.
    Source: CONSORT 2010, items 13a-13b; issue 4 (participant flow); mockups/consort-desktop.png.
    """
    trial = trial_of(spec)
    data, facts = known(tables, as_at), ledger.as_at(as_at)
    people = enrolled(data, spec, facts, as_at, _meetings_as_at(meetings, as_at), tables["episodes"])
    everyone = people.filter(pl.col("leaf") == RANDOMISED)
    if lot is not None:
        people = people.filter(pl.col("lot") == lot)
    given = None if handouts is None else handouts.filter(pl.col("on") <= as_at)
    drawn = people.filter(pl.col("leaf") == RANDOMISED)
    excluded = _excluded(people, spec)
    return Flow(
        as_at=as_at,
        lot=lot,
        arms=arms,
        referred=_referred(people),
        assessed=_assessed(people),
        excluded=excluded,
        randomised=Box("randomised", "enrolment", "Randomised", _members(drawn)),
        columns=columns(drawn, data, spec, facts, as_at, arms=arms, handouts=given, everyone=everyone),
        people=people.select("id", "leaf", "reason"),
        notes=footnotes(trial),
        definitions=definitions(spec, arms=arms, handouts=given is not None),
    )


def _meetings_as_at(meetings: pl.DataFrame | None, as_at: date) -> pl.DataFrame | None:
    """Meetings begun by the day; what became of them later is not known yet."""
    if meetings is None:
        return None
    days = ("consented_on", "baseline_on", "declined_on")
    return meetings.filter(pl.col("started_on") <= as_at).with_columns(
        *(pl.when(pl.col(name) <= as_at).then(pl.col(name)).alias(name) for name in days),
        pl.when(pl.col("declined_on") <= as_at).then("decline_reason").alias("decline_reason"),
    )


def _members(people: pl.DataFrame) -> pl.DataFrame:
    return people.select(PEOPLE.names())


def _at(people: pl.DataFrame, leaf: str) -> pl.DataFrame:
    return _members(people.filter(pl.col("leaf") == leaf))


def _referred(people: pl.DataFrame) -> Box:
    line = Line(NOT_HELD, "First meeting not held", _at(people, NOT_HELD))
    return Box("referred", "enrolment", "Referred", _members(people), (line,))


def _assessed(people: pl.DataFrame) -> Box:
    """Who is still open is shown only while somebody is: later everybody is excluded or randomised."""
    held = people.filter(pl.col("leaf") != NOT_HELD)
    still = _at(people, OPEN)
    lines = (Line(OPEN, "Still open: met, not yet decided", still),) if still.height else ()
    return Box("assessed", "enrolment", "Assessed for eligibility", _members(held), lines)


def _excluded(people: pl.DataFrame, spec: Specification) -> Box:
    """Did not meet the criteria, by the first that was not met in their order; then the other ways out, in order."""
    criteria = {one.id: clause_of(one.not_met) for one in spec.eligibility.criteria}
    labels = criteria | {NOT_RECORDED: "another criterion, or none recorded"}
    parts = [Line(CRITERION + id, label, _at(people, CRITERION + id), depth=1) for id, label in labels.items()]
    not_met = _members(people.filter(pl.col("leaf").str.starts_with(CRITERION)))
    lines = (
        Line("criteria", "Did not meet the criteria", not_met),
        *(part for part in parts if part.count),
        Line(DECLINED, "Declined to take part", _at(people, DECLINED)),
        Line(BASELINE_OPEN, "Baseline not completed", _at(people, BASELINE_OPEN)),
        Line(OTHER, "Other reasons", _at(people, OTHER)),
    )
    out = people.filter(~pl.col("leaf").is_in([NOT_HELD, OPEN, RANDOMISED]))
    return Box("excluded", "enrolment", "Excluded", _members(out), lines)
