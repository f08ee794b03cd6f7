"""A comparison for its readers: numbers in words, the flat table, and the page in the look of a return."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from placewell.reports.wording import MINUS, amount

if TYPE_CHECKING:
    from placewell.comparison import Comparison, Difference, Move
    from placewell.comparison.comparing import Compared
    from placewell.comparison.counts import Count

COLUMNS = (
    "service", "period", "start", "end", "as_at", "lot", "with", "reading", "clause", "row", "id", "name", "unit",
    "was", "is", "difference", "subject_id", "episode_id", "person_id", "was_status", "was_reason", "is_status",
    "is_reason",
)  # fmt: skip
"""`row` says what a line is of: figure, lines, pounds, joins, leaves or denominator (of a share, counted or not)."""


def letter(place: int) -> str:
    """The letter of a reading: A, B, ... Z, AA, AB."""
    first, last = divmod(place, 26)
    return (letter(first - 1) if first else "") + chr(ord("A") + last)


def value_words(count: Count) -> str:
    """A figure's value in its unit's form, a share with what it rests on: "12", "61% of 23", "–"."""
    said = amount(count.value, count.unit)
    return f"{said} of {count.denominator}" if count.unit == "proportion" and count.denominator else said


def signed(one: Difference) -> str:
    """A difference with its sign: "+3", "−2", "+4 points", "±0" where only the people differ, a dash without one."""
    change = one.difference
    if change is None:
        return "–"
    if not change:
        return "±0"
    size = amount(abs(change) * 100, "people") if one.was.unit == "proportion" else amount(abs(change), one.was.unit)
    points = " points" if one.was.unit == "proportion" else ""
    return f"{'+' if change > 0 else MINUS}{size.removeprefix('+')}{points}"


def money_words(pounds: Decimal) -> str:
    """Pounds and pence: £3,000.00, −£750.00."""
    return f"{MINUS if pounds < 0 else ''}£{abs(pounds):,.2f}"


def comparison_rows(found: Comparison) -> Iterator[tuple[Any, ...]]:
    """The rows of the flat table, in the order of COLUMNS: of each reading its figures with who differs, then money."""
    asked = found.asked
    about = (found.spec.id, asked.period.label, asked.period.start, asked.period.end, asked.as_at, asked.lot)
    for one in found.compared:
        of_reading = (*about, one.reading.written, one.reading.name, one.reading.clause)
        for row in _of_reading(one):
            yield (*of_reading, *row)


NOBODY = (None,) * 7


def _of_reading(one: Compared) -> Iterator[tuple[Any, ...]]:
    for each in one.people:
        named = (each.was.id, each.was.name, each.was.unit)
        yield ("figure", *named, each.was.value, each.now.value, each.difference, *NOBODY)
        for how, moves in (("joins", each.joins), ("leaves", each.leaves), ("denominator", each.denominator)):
            yield from ((how, *named, None, None, None, *_person(move)) for move in moves)
    money = one.money
    if money is not None:
        was, now, change = money.was.payable, money.now.payable, money.difference
        yield ("lines", "payment", "Lines payable", "lines", was.lines, now.lines, change.lines, *NOBODY)
        yield ("pounds", "payment", "Pounds payable", "pounds", was.amount, now.amount, change.amount, *NOBODY)
        for how, moves in (("joins", money.joins), ("leaves", money.leaves)):
            yield from ((how, "payment", "Lines payable", "lines", None, None, None, *_person(move)) for move in moves)


def _person(move: Move) -> tuple[str | None, ...]:
    return (
        move.subject_id, move.episode_id, move.person_id,
        move.was_status, move.was_reason, move.is_status, move.is_reason,
    )  # fmt: skip
