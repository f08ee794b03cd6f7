"""What a service with a budget spends: each line over the months of the contract, a little more or less each month."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import polars as pl

from placewell.periods import months_between
from placewell.specification import Specification
from placewell.synthetic.dice import Dice
from placewell.synthetic.teamwork import COSTS

PENCE = 100
SWING_PER_CENT = 12


def by_budget(spec: Specification, usual: pl.DataFrame, through: date, dice: Dice) -> pl.DataFrame:
    """The costs of a service that has a budget, by its lines; those of another service as they are.

    Whole pence; a line's months differ from its twelfth (or whatever the contract has of months) by some per cent.
    """
    if spec.budget is None:
        return usual
    first, end = spec.service.contract_start, spec.service.contract_end + timedelta(days=1)
    months = months_between(first, end)
    rows = []
    month, number = first.replace(day=1), 0
    while month <= min(through, spec.service.contract_end):
        for place, line in enumerate(spec.budget.lines):
            rows.append(
                (spec.id, month, line.id, int(line.amount * PENCE) // months, number * len(spec.budget.lines) + place)
            )
        month, number = (month + timedelta(days=32)).replace(day=1), number + 1
    planned = pl.DataFrame(rows, schema=["service_id", "month", "line", "pence", "b"], orient="row")
    if planned.is_empty():
        return pl.DataFrame(schema=COSTS)
    swing = dice.by("b").between("spent", PENCE - SWING_PER_CENT, PENCE + SWING_PER_CENT - 4)
    spent = planned.with_columns((pl.col("pence") * swing // PENCE).alias("pence"))
    amounts = [str(Decimal(pence) / PENCE) for pence in spent["pence"]]
    return spent.select(
        "service_id",
        pl.lit(None, pl.String).alias("lot"),
        "month",
        "line",
        pl.Series("amount", amounts).cast(pl.Decimal(14, 4)),
    )
