"""Made-up reviews of fidelity, from outside and by the service in between, and the actions that follow them."""

from __future__ import annotations

from datetime import date

import polars as pl

from placewell.periods import add_months
from placewell.specification import Specification
from placewell.specification.outcomes import FidelityActions, FidelityReview
from placewell.synthetic.dice import Dice, days, weekday

SCHEDULE = {"external": (11, 36), "follow_up": (23, 36), "self_assessment": (5, 6)}
"""Kind of review: months from the first day to the first one, and between one and the next."""
SCORES = {"5": 41, "4": 50, "3": 9}
NOT_RATED = 0.004
LOW_SCORE = 4
"""An item scored under it always gets an action; one at it sometimes."""
ALSO_AT_IT = 0.3
NEVER_ACHIEVED = 0.06


def fidelity_reviews(spec: Specification, through: date, dice: Dice) -> pl.DataFrame | None:
    """One row per item of each review up to `through`; None for a service that counts none."""
    asked = [outcome for outcome in spec.outcomes.outcomes if isinstance(outcome, FidelityReview)]
    rows = []
    for scale, items in sorted({(outcome.scale, outcome.items) for outcome in asked}):
        kinds = {kind for outcome in asked if outcome.scale == scale for kind in outcome.reviews or SCHEDULE}
        for kind, day in _held(kinds, spec.service.contract_start, through):
            rows += [(scale, kind, day, item) for item in range(1, items + 1)]
    if not rows:
        return None
    frame = pl.DataFrame(rows, schema=PLANNED, orient="row").with_columns(
        pl.col("on").rank("dense").cast(pl.Int64).alias("r"), weekday(pl.col("on")).alias("on")
    )
    throw = dice.by("r", "q")
    return frame.with_columns(
        pl.concat_str(pl.lit("F"), pl.col("on").dt.strftime("%Y%m%d"), pl.lit("-"), "kind").alias("review_id"),
        pl.lit(spec.id).alias("service_id"),
        pl.col("q").cast(pl.String).alias("item"),
        pl.when(~throw.happens("not rated", NOT_RATED)).then(throw.pick("score", SCORES)).alias("score"),
    ).sort("on", "review_id", "q")


def fidelity_actions(reviews: pl.DataFrame | None, spec: Specification, dice: Dice) -> pl.DataFrame | None:
    """One row per action agreed after a review whose plan the service looks at; None for a service that looks at none.

    Most are achieved within months, a few after the follow-up review that is a year later, and some never.
    """
    asked = [outcome for outcome in spec.outcomes.outcomes if isinstance(outcome, FidelityActions)]
    if reviews is None or not asked:
        return None
    kinds = {kind for outcome in asked for kind in outcome.reviews or SCHEDULE}
    throw = dice.by("r", "q")
    score = pl.col("score").cast(pl.Int64)
    low = (score < LOW_SCORE) | ((score == LOW_SCORE) & throw.happens("action", ALSO_AT_IT))
    agreed = weekday(pl.col("on") + days(throw.between("agreed", 7, 21)))
    achieved = agreed + days(throw.between("achieved", 20, 400))
    return reviews.filter(pl.col("kind").is_in(sorted(kinds)) & low.fill_null(False)).select(
        pl.format("{}-A{}", "review_id", "item").alias("action_id"),
        "review_id",
        "item",
        agreed.alias("agreed_on"),
        (agreed + days(182)).alias("due_on"),
        pl.when(~throw.happens("never", NEVER_ACHIEVED)).then(weekday(achieved)).alias("achieved_on"),
    )


PLANNED = pl.Schema({"scale": pl.String(), "kind": pl.String(), "on": pl.Date(), "q": pl.Int64()})


def _held(kinds: set[str], first: date, through: date) -> list[tuple[str, date]]:
    """Each review and its day: those that would have been held by `through`."""
    held = []
    for kind, (begins, every) in SCHEDULE.items():
        day = add_months(first, begins)
        while kind in kinds and day <= through:
            held.append((kind, day))
            day = add_months(day, every)
    return sorted(held, key=lambda one: (one[1], one[0]))
