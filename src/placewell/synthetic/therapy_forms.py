"""Questionnaires of talking therapies: work and social adjustment, economic status, and the experience of treatment."""

from __future__ import annotations

from collections.abc import Callable

import polars as pl

from placewell.specification import Specification
from placewell.specification.outcomes import Answered, QuestionnaireChange
from placewell.synthetic.answers import COLUMNS
from placewell.synthetic.dice import Dice, days, weekday
from placewell.synthetic.opting_in import AT_WORK

ITEMS = {"wsas": 5, "economic_status": 4, "peq_treatment": 6}
FORMS = (("baseline", 0.85), ("exit", 0.55))
RETIRED_OR_OUT_OF_WORK = 0.08
"""How often the first item of the work scale does not apply."""


def responses(episodes: pl.DataFrame, spec: Specification, dice: Dice) -> pl.DataFrame:
    """One row per answer, in the columns of `responses`; only for the questionnaires that the service looks at."""
    asked = {
        outcome.instrument for outcome in spec.outcomes.outcomes if isinstance(outcome, Answered | QuestionnaireChange)
    }
    entered = episodes.filter(pl.col("entered_on").is_not_null())
    parts = [pl.DataFrame(schema=dict.fromkeys(COLUMNS, pl.String) | {"completed_on": pl.Date})]
    if "wsas" in asked:
        parts += [_form(entered, "wsas", occasion, chance, dice, _impairment) for occasion, chance in FORMS]
    if "economic_status" in asked:
        parts += [_form(entered, "economic_status", occasion, chance, dice, _status) for occasion, chance in FORMS]
    if "peq_treatment" in asked:
        parts.append(_form(entered, "peq_treatment", "after_treatment", 0.4, dice, _experience))
    return pl.concat(parts)


def _form(
    entered: pl.DataFrame, name: str, occasion: str, chance: float, dice: Dice, answer: Callable[[Dice, Dice], pl.Expr]
) -> pl.DataFrame:
    throw = dice.by("e")
    at_first = occasion == "baseline"
    known = pl.lit(True) if at_first else pl.col("closed_on").is_not_null()
    day = pl.col("entered_on") if at_first else pl.col("closed_on") - days(1)
    forms = entered.filter(known & throw.happens(f"{name} {occasion}", chance)).with_columns(
        weekday(day).alias("completed_on"),
        throw.between("burden", 0, 5).alias("burden"),
        throw.between("relief", -1, 4).alias("relief") if not at_first else pl.lit(0).alias("relief"),
        throw.between("contentment", -2, 1).alias("contentment"),
    )
    items = pl.DataFrame({"q": range(1, ITEMS[name] + 1)})
    rows = forms.join(items, how="cross").with_columns(pl.lit(0 if at_first else 1).alias("form"))
    return rows.with_columns(
        pl.concat_str(pl.lit("R"), pl.col("episode_id").str.slice(1), pl.lit(f"-{name}-{occasion}")).alias(
            "response_id"
        ),
        pl.lit(name).alias("instrument"),
        pl.lit(occasion).alias("occasion"),
        pl.col("q").cast(pl.String).alias("item"),
        answer(dice.by("e", "form", "q"), dice.by("e")).alias("answer"),
    ).select(COLUMNS)


def _impairment(throw: Dice, by_person: Dice) -> pl.Expr:
    """0 (none) to 8: lower after support for most; the item about work does not apply to a few."""
    level = (pl.col("burden") + throw.between("impairment", 0, 3) - pl.col("relief")).clip(0, 8)
    no_work = (pl.col("q") == 1) & by_person.happens("no work", RETIRED_OR_OUT_OF_WORK)
    return pl.when(no_work).then(pl.lit("NA")).otherwise(level.cast(pl.String))


def _status(throw: Dice, by_person: Dice) -> pl.Expr:
    """Employment, hours, sick pay and benefits, from the work on entry; some come off sick pay and benefits."""
    at_work, sick = pl.col("employment_at_entry").is_in(AT_WORK), pl.col("employment_at_entry") == "off_sick"
    later = pl.col("form") == 1
    works = at_work | (later & by_person.happens("works at the end", 0.3))
    still = ~(later & by_person.happens("comes off it", 0.45))
    yes, no = pl.lit("Y"), pl.lit("N")
    return (
        pl.when(pl.col("q") == 1)
        .then(pl.when(works).then(pl.lit("01")).otherwise(pl.lit("02")))
        .when(pl.col("q") == 2)
        .then(pl.when(works).then(throw.pick("hours worked", {"01": 5, "02": 3, "03": 2})).otherwise(pl.lit("98")))
        .when(pl.col("q") == 3)
        .then(pl.when(sick & still).then(yes).otherwise(no))
        .otherwise(pl.when(~at_work & still).then(yes).otherwise(no))
    )


def _experience(throw: Dice, by_person: Dice) -> pl.Expr:
    """0 to 4, mostly good."""
    return (pl.col("contentment") + throw.between("experience", 3, 5)).clip(0, 4).cast(pl.String)
