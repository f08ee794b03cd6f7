"""Outcomes that ask for an earlier one: without it, reached and where asked proved by that day, they are not met."""

from __future__ import annotations

import polars as pl

from placewell.outcomes import words
from placewell.outcomes.facts import settle
from placewell.specification.outcomes import OutcomesFile, StillInWork, WeeksInWork


def held_to(rules: OutcomesFile, frame: pl.LazyFrame) -> pl.LazyFrame:
    """The outcome table with `<id>_met` false where a required outcome is lacking, and `<id>_lacking`: the sentence.

    Source: 002 App. 6 ("an engaged service user", "who has achieved a job entry outcome"); X51.
    """
    asking = [one for one in rules.outcomes if isinstance(one, WeeksInWork | StillInWork) and one.requires]
    if not asking:
        return frame
    lacking = [_lacking(rules, outcome).alias(lacking_of(outcome)) for outcome in asking]
    met = [
        (pl.col(f"{outcome.id}_met") & pl.col(lacking_of(outcome)).is_null()).alias(f"{outcome.id}_met")
        for outcome in asking
    ]
    return settle(frame.with_columns(lacking).with_columns(met))


def lacking_of(outcome: WeeksInWork | StillInWork) -> str:
    """The column that says what an outcome lacks."""
    return f"{outcome.id}_lacking"


def _lacking(rules: OutcomesFile, outcome: WeeksInWork | StillInWork) -> pl.Expr:
    """Of an outcome that would be met: the first of those required that is lacking, as a sentence."""
    day = pl.col(f"{outcome.id}_on")
    sentence = pl.lit(None, pl.String)
    for id in reversed(outcome.requires):
        name = words.in_brackets(rules.outcome(id).name)
        reached = ((pl.col(f"{id}_on") <= day) & pl.col(f"{id}_met")).fill_null(False)
        late = words.sentence("Asked for and not reached by ", words.day(day), f": {name}.")
        sentence = pl.when(~reached).then(late).otherwise(sentence)
        if rules.evidence_for(id) is not None:
            unproved = reached & pl.col(f"{id}_evidence").is_null()
            sentence = pl.when(unproved).then(pl.lit(f"Asked for and not proved: {name}.")).otherwise(sentence)
    return pl.when(pl.col(f"{outcome.id}_met").fill_null(False)).then(sentence)
