"""Where published targets cannot be met: they count people in work before their weeks can be over."""

from __future__ import annotations

from fractions import Fraction

from placewell.planning.calculator import BANDS, WEEKS, Plan, Year, plan


def warnings(asked: Plan) -> tuple[str, ...]:
    """One sentence for each year and length of time in which the plan counts more than its placements can give.

    Empty for a lagged plan. Both bands of hours are counted together; numbers to one decimal.
    """
    if asked.lagged:
        return ()
    possible = plan(asked.preset, asked.contract_values, asked.ramp, lagged=True)
    return tuple(
        f"Year {year.number}, {weeks} weeks: {_words(wanted)} are targeted, and {_words(able)} can come from the "
        "placements made early enough, at the same rate."
        for weeks in WEEKS
        for year, true in zip(asked.years, possible.years, strict=True)
        if (wanted := _both(year, weeks)) > (able := _both(true, weeks))
    )


def _both(year: Year, weeks: int) -> Fraction:
    return sum((year.rows[f"sustained_{weeks}_weeks_{band}"].total for band in BANDS), Fraction(0))


def _words(number: Fraction) -> str:
    return f"{float(number):.1f}"
