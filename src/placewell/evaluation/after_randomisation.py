"""The boxes below randomisation, an arm at a time: what was received, what was answered, who is analysed."""

from __future__ import annotations

from datetime import date

import polars as pl

from placewell.dataset import Dataset
from placewell.evaluation.boxes import Box, Line
from placewell.evaluation.facts import LedgerFacts
from placewell.evaluation.follow_up import (
    ANSWERED,
    NO_ANSWER,
    NOT_DUE,
    WITHDRAWN,
    answers_due,
    left_on,
    told_by_one_arm,
)
from placewell.evaluation.receiving import IN_ERROR, received, received_words, why_words
from placewell.evaluation.trial import (
    arm_name,
    closes_on,
    last_due_on,
    last_follow_up,
    scopes_that_stop,
    trial_of,
)
from placewell.periods import in_words
from placewell.specification import Specification
from placewell.specification.trial import Arm, FollowUp, TrialFile

BY_ARM = "By the arm allocated, whatever was received"
LOCKED = "No outcome by arm until the data set is locked"
WITHHELD = (
    "Only counted so far: who answered is shown once people of every arm have answered, in any area. Until then the "
    "list would tell the arm."
)
MONTHS = {1: "1 month"}


def columns(
    drawn: pl.DataFrame,
    tables: Dataset,
    spec: Specification,
    ledger: LedgerFacts,
    as_at: date,
    *,
    arms: bool,
    handouts: pl.DataFrame | None,
    everyone: pl.DataFrame,
) -> tuple[tuple[Box, ...], ...]:
    """A column of boxes for each arm, in the order of the specification; blinded: one column for everyone together.

    `everyone`: those drawn in any lot, by whom it is decided what a blinded reader may open.
    """
    trial = trial_of(spec)
    voided = ledger.voids.select("person").unique().with_columns(pl.lit(value=True).alias("voided"))
    people = left_on(drawn.drop("reason"), tables, ledger.withdrawals, trial)
    people = people.join(voided, on="person", how="left", maintain_order="left").with_columns(
        pl.col("voided").fill_null(value=False)
    )
    if not arms:
        boxes = _later(people, tables, trial, ledger.withdrawals, as_at, None)
        telling = _telling(left_on(everyone.drop("reason"), tables, ledger.withdrawals, trial), tables, trial, as_at)
        closed = [box.id in telling and not box.pending for box in boxes]
        return (tuple(box.without_members(WITHHELD) if no else box for box, no in zip(boxes, closed, strict=True)),)
    return tuple(
        (
            _allocated(received(people, tables, spec, arm, ledger.withdrawals, handouts), spec, arm, handouts),
            *_later(people.filter(pl.col("arm") == arm.id), tables, trial, ledger.withdrawals, as_at, arm.id),
        )
        for arm in trial.arms
    )


def _allocated(people: pl.DataFrame, spec: Specification, arm: Arm, handouts: pl.DataFrame | None) -> Box:
    name = arm_name(arm)
    yes, no = received_words(arm, spec, handouts, name)
    people = people.with_columns(why_words(yes).alias("reason"))
    without = people.filter(~pl.col("received"))
    counted = (
        without.group_by("why_not").len().sort(pl.col("why_not") == IN_ERROR, -pl.col("len").cast(pl.Int64), "why_not")
    )
    parts = (
        Line(why, why, _members(without.filter(pl.col("why_not") == why)), depth=1)
        for why in counted["why_not"].to_list()
    )
    got = Line("received", yes, _members(people.filter("received")))
    lines = (got, Line("not_received", no, _members(without)), *parts)
    return Box("allocated", "allocation", f"Allocated to {name}", _members(people), lines, arm.id)


def _later(
    people: pl.DataFrame,
    tables: Dataset,
    trial: TrialFile,
    withdrawals: pl.DataFrame,
    as_at: date,
    arm: str | None,
) -> tuple[Box, ...]:
    """A box for each follow-up in order of its day, then the analysis."""
    asked = sorted(trial.follow_ups, key=lambda one: (one.months, one.id))
    states = {one.id: answers_due(people, tables, one, as_at) for one in asked}
    boxes = [_answered(states[one.id], one, arm, alone=_alone(one, trial)) for one in asked]
    last = last_follow_up(trial)
    if last is not None:
        boxes.append(_analysed(states[last.id], trial, last, withdrawals, as_at, arm))
    return tuple(boxes)


def _telling(everyone: pl.DataFrame, tables: Dataset, trial: TrialFile, as_at: date) -> frozenset[str]:
    """The boxes whose members would tell the arm, by the one rule that holds for exports too."""
    states = [
        answers_due(everyone, tables, one, as_at).with_columns(pl.lit(one.id).alias("occasion"))
        for one in trial.follow_ups
    ]
    if not states:
        return frozenset()
    telling = told_by_one_arm(pl.concat(states).filter(pl.col("state") == ANSWERED), trial)
    last = last_follow_up(trial)
    analysed = {"analysed"} if last is not None and last.id in telling else set()
    return frozenset({f"follow_up:{id}" for id in telling} | analysed)


def _alone(asked: FollowUp, trial: TrialFile) -> bool:
    """Whether no other follow-up is asked after as many months."""
    return sum(one.months == asked.months for one in trial.follow_ups) == 1


def _answered(people: pl.DataFrame, asked: FollowUp, arm: str | None, *, alone: bool) -> Box:
    people = people.with_columns(pl.col("why").alias("reason"))
    when = MONTHS.get(asked.months, f"{asked.months} months")
    lines = (
        Line(NO_ANSWER, "No answer", _in(people, NO_ANSWER)),
        Line(WITHDRAWN, "Consent withdrawn", _in(people, WITHDRAWN)),
        Line(NOT_DUE, "Not due yet", _in(people, NOT_DUE)),
        Line("share", "Answered, of those due and not withdrawn", share=_share(people)),
    )
    title = f"Answered at {when}" if alone else f"Answered at {when}: {asked.label}"
    return Box(f"follow_up:{asked.id}", "follow_up", title, _in(people, ANSWERED), lines, arm)


def _share(people: pl.DataFrame) -> tuple[int, int]:
    due = people.filter(pl.col("closed") & pl.col("state").is_in([ANSWERED, NO_ANSWER]))
    return due.filter(pl.col("state") == ANSWERED).height, due.height


def _analysed(
    people: pl.DataFrame,
    trial: TrialFile,
    last: FollowUp,
    withdrawals: pl.DataFrame,
    as_at: date,
    arm: str | None,
) -> Box:
    """Nobody until the last answer can have come in; then who answered and has not taken back what is held."""
    if as_at <= closes_on(trial, last):
        said = (BY_ARM, f"Last follow-up is due on {in_words(last_due_on(trial, last))}", LOCKED)
        lines = tuple(Line(f"pending{number}", words) for number, words in enumerate(said))
        return Box("analysed", "analysis", "Analysed", None, lines, arm, "not due")
    people = people.with_columns(pl.col("why").alias("reason"))
    scopes = scopes_that_stop(trial, "held_data")
    taken_back = withdrawals.filter(pl.col("scope").is_in(scopes))["person"].implode()
    removed = people.filter(pl.col("person").is_in(taken_back))
    kept = people.filter(~pl.col("person").is_in(taken_back))
    lines = (
        Line("no_answer", "Not analysed: no answer", _in(kept, NO_ANSWER)),
        Line("withdrawn", "Not analysed: consent withdrawn", _in(kept, WITHDRAWN)),
        Line("removed", "Not analysed: data taken back", _members(removed)),
        Line("by_arm", BY_ARM),
    )
    return Box("analysed", "analysis", "Analysed", _in(kept, ANSWERED), lines, arm)


def _in(people: pl.DataFrame, state: str) -> pl.DataFrame:
    return _members(people.filter(pl.col("state") == state))


def _members(people: pl.DataFrame) -> pl.DataFrame:
    return people.select("id", "reason")
