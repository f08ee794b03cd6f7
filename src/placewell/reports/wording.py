"""Figures in words: numbers with their units, targets, distances from them, days and periods."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, NamedTuple

from placewell.periods import in_words

NOTHING = "–"
MINUS = "−"
SINGULAR = {
    "people": "person",
    "episodes": "referral",
    "jobs": "job",
    "records": "record",
    "sessions": "session",
    "contacts": "contact",
    "activities": "activity",
    "reviews": "review",
    "organisations": "organisation",
    "days": "day",
    "points": "point",
}
PLURAL = {"episodes": "referrals"}


class Measured(NamedTuple):
    """A number that words say: its value, its unit, and its name beside others (empty: what the words are about)."""

    value: int | float | Decimal
    unit: str = ""
    name: str = ""


class Said(str):
    """Words that still know the numbers they say, so that a page prints the words and a workbook holds the numbers."""

    numbers: tuple[Measured, ...]

    def __new__(cls, words: str, *numbers: Measured) -> Said:
        """The words, and their numbers in the order in which they are said."""
        made = super().__new__(cls, words)
        made.numbers = numbers
        return made


def number(value: float | int | Decimal, decimals: int = 1) -> Said:
    """A number as people write it: 1,240, 15.5, −3; halves are rounded up."""
    return Said(_written(value, decimals), Measured(value))


def _written(value: float | int | Decimal, decimals: int = 1) -> str:
    exact = Decimal(str(value)).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    text = f"{abs(exact):,}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return f"{MINUS}{text}" if exact < 0 and text != "0" else text


def amount(value: Any, unit: str) -> Said:
    """A figure's value in its unit's form: 61%, £9.80, +2.1, 52; a dash where there is nothing to rest on."""
    if value is None:
        return Said(NOTHING)
    return Said(_amount(value, unit), Measured(value, unit))


def _amount(value: Any, unit: str) -> str:
    if unit == "proportion":
        return f"{number(Decimal(str(value)) * 100, 0)}%"
    if unit == "pounds":
        return f"£{Decimal(str(value)).quantize(Decimal('0.01'), ROUND_HALF_UP):,}"
    return f"+{number(value)}" if unit == "points" and value > 0 else number(value)


def of(part: int, whole: int, name: str = "counted") -> Said:
    """ "38 of 62": a number and what it is a part of."""
    return Said(f"{number(part)} of {number(whole)}", Measured(part, name=name), Measured(whole, name="of"))


def resting_on(count: int) -> Said:
    """ "from 12": how many a median or mean rests on."""
    return Said(f"from {number(count)}", Measured(count, name="from"))


def unit_words(figure: Mapping[str, Any]) -> str:
    """What stands under the value: "people", "38 of 62", "median of 12 episodes"."""
    unit, value, rests_on = figure["unit"], figure["value"], figure["denominator"]
    if unit == "proportion":
        return of(figure["numerator"], rests_on) if rests_on else "nobody due"
    if rests_on is not None:
        words = "pounds an hour" if unit == "pounds" else counted(unit, 2)
        return f"{words}, from {number(rests_on)}" if rests_on else "nothing to rest on"
    return counted(unit, value)


def counted(unit: str, value: Any) -> str:
    """The noun of a count: 1 person, 2 people, 0 referrals."""
    return SINGULAR.get(unit, unit) if value == 1 else PLURAL.get(unit, unit)


def status_words(figure: Mapping[str, Any], *, at_most: bool = False) -> str:
    """Where the figure stands against its target, with the distance: "2 below the line", "On target"."""
    status, target = figure["status"], figure["target"]
    if status == "no_target" or target is None:
        return "No target in the contract"
    if status == "not_due":
        return "Not due yet"
    reached = figure["value_to_date"] if figure["value_to_date"] is not None else figure["value"]
    if reached is None:
        return "Nothing to judge yet"
    return _distance(Decimal(str(reached)) - Decimal(str(target)), figure["unit"], at_most=at_most)


def target_words(figure: Mapping[str, Any], *, at_most: bool = False) -> str:
    """The target with what has been reached of it; empty without a target.

    "79 so far, 81 wanted by now"; "At least 80%"; "100%", for there is no more than all.
    """
    target, to_date, unit = figure["target"], figure["value_to_date"], figure["unit"]
    if target is None:
        return ""
    if to_date is not None:
        line = f"at most {amount(target, unit)}" if at_most else f"{amount(target, unit)} wanted"
        return f"{amount(to_date, unit)} so far, {line} by now"
    if unit == "proportion" and target == 1:
        return amount(target, unit)
    return f"{'At most' if at_most else 'At least'} {amount(target, unit)}"


def period_words(label: str, start: date, last_day: date) -> str:
    """A period with its days: "Year 2 quarter 3, 1 April to 30 June 2019"."""
    shown = in_words(start) if start.year != last_day.year else in_words(start).rsplit(" ", 1)[0]
    days = f"{shown} to {in_words(last_day)}"
    if "/" in label:
        return days
    year, _, quarter = label[1:].partition("Q")
    return f"Year {year}{f' quarter {quarter}' if quarter else ''}, {days}"


def _distance(difference: Decimal, unit: str, *, at_most: bool) -> str:
    if difference == 0:
        return "On target"
    if at_most and difference < 0:
        return "Inside the line"
    gap = abs(difference) * 100 if unit == "proportion" else abs(difference)
    shown: str = amount(gap, "people" if unit in ("points", "proportion") else unit)
    if shown == "0":
        shown = "Under 0.1"
    noun = "" if unit != "proportion" else " point" if shown == "1" else " points"
    return f"{shown}{noun} {'above' if difference > 0 else 'below'} the line"
