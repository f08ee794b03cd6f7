"""A plan as goals of a service: which row is a goal for which of its figures, and the file that a report reads."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import accumulate
from typing import TYPE_CHECKING

from placewell.planning.calculator import QUARTERS, Plan

if TYPE_CHECKING:
    from placewell.specification import Specification


@dataclass(frozen=True)
class Goal:
    """A row of the plan as the trajectory of an indicator: a number for each quarter of the contract, exact."""

    row: str
    indicator: str
    quarters: tuple[Fraction, ...]

    @property
    def due(self) -> tuple[int, ...]:
        """What is to be reached by the end of each quarter: the year's quarters so far, added up, then rounded up."""
        years = (self.quarters[start : start + QUARTERS] for start in range(0, len(self.quarters), QUARTERS))
        return tuple(math.ceil(so_far) for year in years for so_far in accumulate(year))


@dataclass(frozen=True)
class LeftOut:
    """A row that becomes no goal: the service counts nothing of the kind, or the contract has `indicator`'s target."""

    row: str
    indicator: str | None = None


def goals(made: Plan, spec: Specification) -> tuple[tuple[Goal, ...], tuple[LeftOut, ...]]:
    """The rows of a plan that a service has an indicator for, and those that it leaves out, in the plan's order.

    Which row is which indicator is said in the service's indicators.toml: `calculator_row`. Source: 003 calculator.
    """
    counted = {one.calculator_row: one for one in spec.indicators.computed if one.calculator_row}
    found, without = [], []
    for row in made.years[0].rows:
        one = counted.get(row)  # type: ignore[call-overload]  # a row nobody names is not there
        if one is None or one.target is not None:
            without.append(LeftOut(row, one and one.id))
        else:
            quarters = tuple(number for year in made.years for number in year.rows[row].quarters)
            found.append(Goal(row, one.id, quarters))
    return tuple(found), tuple(without)


def goals_text(made: Plan, spec: Specification) -> str:
    """The goals as the TOML file that `report --goals` and the site read; the same plan gives the same text."""
    return "\n".join([*_head(made, spec), *(line for goal in goals(made, spec)[0] for line in _entry(made, goal))])


def _head(made: Plan, spec: Specification) -> Iterator[str]:
    values = ", ".join(f"£{float(value):,.0f}" for value in made.contract_values)
    yield f"# Goals of {spec.service.name}: set by its provider, not by a contract."
    yield f"# From the plan: {made.preset.name}{', with its lags' if made.lagged else ''}."
    yield f"# Contract value by year: {values}. Steady state by year: {_percentages(made)}."
    changed = [f"{one.name} = {one.value}" for one in made.preset.constants.values() if one.status == "changed"]
    if changed:
        yield f"# Changed constants: {', '.join(changed)}."
    yield "# Each number is one quarter's, exact: nothing is rounded until a figure is judged. Then the year's quarters"
    yield "# so far are added up, and the sum is rounded up to a whole number."
    yield f'service = "{spec.id}"'
    yield ""


def _percentages(made: Plan) -> str:
    return ", ".join(f"{float(share):g} %" for share in made.ramp)


def _entry(made: Plan, goal: Goal) -> Iterator[str]:
    yield "[[target]]"
    yield f'indicator = "{goal.indicator}"'
    yield 'basis = "trajectory"'
    yield "quarters = ["
    for year in made.years:
        quarters = slice((year.number - 1) * QUARTERS, year.number * QUARTERS)
        numbers = ", ".join(map(_exact, goal.quarters[quarters]))
        yield f"    {numbers},  # year {year.number}, due so far: {', '.join(map(str, goal.due[quarters]))}"
    yield "]"
    yield "local = true"
    yield f'clause = "{made.preset.clause}, row {goal.row}; set by the provider"'
    yield ""


def _exact(number: Fraction) -> str:
    return str(number) if number.denominator == 1 else f'"{number}"'
