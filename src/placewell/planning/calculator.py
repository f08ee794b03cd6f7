"""The model: money buys specialists, specialists take referrals, some engage, some are placed, some stay in work."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from placewell.errors import UserError
from placewell.planning.presets import Preset

QUARTERS = 4
WEEKS = (13, 26, 52)
BANDS = ("16_and_over", "under_16")
QUARTERS_TO = {13: 1, 26: 2, 52: 4}
"""How many quarters after a placement its 13, 26 and 52 weeks are over."""

MOST_PERCENT = 200
MOST_YEARS = 30


@dataclass(frozen=True)
class Row:
    """One line of a year: a number for each quarter, exact, and their sum."""

    quarters: tuple[Fraction, ...]

    @property
    def total(self) -> Fraction:
        """The year's number: the sum of the unrounded quarters."""
        return sum(self.quarters, Fraction(0))


@dataclass(frozen=True)
class Year:
    """One contract year. `rows` by name: referrals, engaged, placed, sustained_13_weeks_16_and_over …"""

    number: int
    specialists: Fraction
    caseload: Fraction
    cost_per_person_placed: Fraction | None
    rows: dict[str, Row]


@dataclass(frozen=True)
class Plan:
    """What was asked, and the years that follow from it."""

    preset: Preset
    contract_values: tuple[Fraction, ...]
    ramp: tuple[Fraction, ...]
    lagged: bool
    years: tuple[Year, ...]


def plan(
    preset: Preset,
    contract_values: Sequence[Fraction],
    ramp: Sequence[Fraction] | None = None,
    *,
    lagged: bool = False,
) -> Plan:
    """The targets of every quarter of a contract.

    `contract_values`: pounds a year, one for all years or one for each; `ramp`: percent of the steady state by year,
    the preset's where none is given. As published, each rate applies to the placements of the same quarter;
    `lagged` applies it to those 1, 2 and 4 quarters earlier, from which alone 13, 26 and 52 weeks can come.
    Raises UserError. Source: 003 (outcomes target calculator).
    """
    shares = tuple(ramp or preset.ramp)
    values = _values(preset, contract_values, shares)
    specialists = [_specialists(preset, value, year) for year, value in enumerate(values)]
    referrals = [
        specialists[quarter // QUARTERS]
        * preset["referrals_per_specialist"]
        / QUARTERS
        * shares[quarter // QUARTERS]
        / 100
        for quarter in range(QUARTERS * len(shares))
    ]
    engaged = [number * preset["engaged_of_referrals"] for number in referrals]
    placed = _from_quarter(preset["first_quarter_placed"], [one * preset["placed_of_engaged"] for one in engaged])
    lines = {"referrals": referrals, "engaged": engaged, "placed": placed}
    for weeks in WEEKS:
        for band in BANDS:
            lines[f"sustained_{weeks}_weeks_{band}"] = _sustained(preset, placed, weeks, lagged)
    years = tuple(_year(preset, number, specialists, values, lines) for number in range(len(shares)))
    return Plan(preset, values, shares, lagged, years)


def _year(
    preset: Preset,
    number: int,
    specialists: list[Fraction],
    values: tuple[Fraction, ...],
    lines: dict[str, list[Fraction]],
) -> Year:
    quarters = slice(number * QUARTERS, (number + 1) * QUARTERS)
    rows = {name: Row(tuple(line[quarters])) for name, line in lines.items()}
    placed = rows["placed"].total
    cost = values[number] / placed if placed else None
    caseload = specialists[number] * preset["caseload_per_specialist"]
    return Year(number + 1, specialists[number], caseload, cost, rows)


def _specialists(preset: Preset, value: Fraction, year: int) -> Fraction:
    """How many full-time specialists a year's money pays for; setting up is paid first, in year 1."""
    set_up = preset["set_up_charge"] if year == 0 else Fraction(0)
    cost = preset["cost_per_specialist"] * (1 + preset["inflation"]) ** year
    return (value - set_up) / cost


def _sustained(preset: Preset, placed: list[Fraction], weeks: int, lagged: bool) -> list[Fraction]:
    lag = QUARTERS_TO[weeks] if lagged else 0
    earlier = [placed[quarter - lag] if quarter >= lag else Fraction(0) for quarter in range(len(placed))]
    share = preset[f"sustained_{weeks}_weeks"]
    return _from_quarter(preset[f"first_quarter_{weeks}_weeks"], [number * share for number in earlier])


def _from_quarter(first: Fraction, numbers: list[Fraction]) -> list[Fraction]:
    """Nothing before the first quarter, counted from 1."""
    return [number if quarter >= first else Fraction(0) for quarter, number in enumerate(numbers, 1)]


def _values(preset: Preset, given: Sequence[Fraction], ramp: tuple[Fraction, ...]) -> tuple[Fraction, ...]:
    """The money of each year, checked: problems are told all at once."""
    problems = []
    if not 1 <= len(ramp) <= MOST_YEARS:
        problems.append(f"The ramp has {len(ramp)} years: give 1 to {MOST_YEARS} percentages.")
    problems += [
        f"Year {year} of the ramp is {float(share):g} %: give 0 to {MOST_PERCENT}."
        for year, share in enumerate(ramp, 1)
        if not 0 <= share <= MOST_PERCENT
    ]
    if len(given) not in (1, len(ramp)):
        problems.append(
            f"{len(given)} contract values for {len(ramp)} years of ramp: give one for all, or one for each."
        )
    values = tuple(given) * (len(ramp) if len(given) == 1 else 1)
    if preset["cost_per_specialist"] <= 0:
        problems.append("cost_per_specialist must be more than 0.")
    for year, value in enumerate(values[: len(ramp)], 1):
        if value < 0:
            problems.append(f"The contract value of year {year} is {float(value):,.0f}: give pounds, 0 or more.")
        elif year == 1 and value < preset["set_up_charge"]:
            problems.append(
                f"The contract value of year 1, £{float(value):,.0f}, is less than setting up costs, "
                f"£{float(preset['set_up_charge']):,.0f}: raise it, or change set_up_charge."
            )
    if problems:
        raise UserError(*problems)
    return values
