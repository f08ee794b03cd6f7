"""A comparison as text: what differs side by side, then who joins and who leaves, and why under both readings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from placewell.periods import in_words
from placewell.reports.comparison import letter, money_words, signed, value_words

if TYPE_CHECKING:
    from placewell.comparison import Comparison, Difference, Move
    from placewell.comparison.comparing import Compared
    from placewell.comparison.money import MoneyDifference

GAP = "   "


def table(found: Comparison) -> str:
    """The whole comparison as lines of text."""
    return "\n".join(_lines(found)) + "\n"


def _lines(found: Comparison) -> Iterator[str]:
    asked = found.asked
    days = f"{in_words(asked.period.start)} to {in_words(asked.period.last_day)}"
    lot = f"lot {asked.lot}" if asked.lot else "all lots"
    yield f"{found.spec.service.name}, {asked.period.label} ({days}), {lot}, as at {in_words(asked.as_at)}"
    yield ""
    for place, one in enumerate(found.compared):
        yield f"{letter(place)}  {one.reading.written}: {one.reading.name} ({one.reading.clause})"
    yield ""
    yield from _side_by_side(found)
    for place, one in enumerate(found.compared):
        yield from _who(letter(place), one)


def _side_by_side(found: Comparison) -> Iterator[str]:
    changing = [i for i in range(len(found.counts)) if any(not one.people[i].is_same for one in found.compared)]
    head = ["", "as shipped", *(letter(place) for place in range(len(found.compared)))]
    lines = [head, *(_figure_line(found, i) for i in changing), *_money_lines(found)]
    yield from _aligned(lines)
    same = len(found.counts) - len(changing)
    yield ""
    yield f"{same} other figure{' is' if same == 1 else 's are'} the same under every reading."


def _figure_line(found: Comparison, place: int) -> list[str]:
    own = found.counts[place]
    return [own.id, value_words(own), *(_changed(one.people[place]) for one in found.compared)]


def _changed(one: Difference) -> str:
    return value_words(one.now) if one.is_same else f"{value_words(one.now)} ({signed(one)})"


def _money_lines(found: Comparison) -> Iterator[list[str]]:
    ledger = found.ledger
    if ledger is None:
        return
    money = [one.money for one in found.compared if one.money]
    yield ["lines payable", str(ledger.payable.lines), *(str(one.now.payable.lines) for one in money)]
    yield ["pounds", money_words(ledger.payable.amount), *(money_words(one.now.payable.amount) for one in money)]
    yield [
        "pounds of the period",
        money_words(ledger.in_period.amount),
        *(money_words(one.now.in_period.amount) for one in money),
    ]


def _aligned(lines: Sequence[Sequence[str]]) -> Iterator[str]:
    widths = [max(len(line[column]) for line in lines) for column in range(len(lines[0]))]
    for line in lines:
        first, *rest = (cell.rjust(width) for cell, width in zip(line, widths, strict=True))
        yield GAP.join([line[0].ljust(len(first)), *rest]).rstrip()


def _who(mark: str, one: Compared) -> Iterator[str]:
    for each in one.changes:
        yield ""
        yield f"{mark}  {each.was.id}: {_counted(each.joins, each.leaves)}"
        yield from _moves("joins", each.joins)
        yield from _moves("leaves", each.leaves)
        yield from _moves("denominator", each.denominator)
    if one.money and not one.money.is_same:
        yield ""
        yield f"{mark}  payment: {_counted(one.money.joins, one.money.leaves)}, {_pounds(one.money)}"
        yield from _moves("joins", one.money.joins)
        yield from _moves("leaves", one.money.leaves)


def _counted(joins: Sequence[Move], leaves: Sequence[Move]) -> str:
    join, leave = "joins" if len(joins) == 1 else "join", "leaves" if len(leaves) == 1 else "leave"
    return f"{len(joins)} {join}, {len(leaves)} {leave}"


def _pounds(money: MoneyDifference) -> str:
    change = money.difference.amount
    return f"{'+' if change > 0 else ''}{money_words(change)}"


def _moves(how: str, moves: Iterable[Move]) -> Iterator[str]:
    for move in moves:
        about = f", episode {move.episode_id}" if move.episode_id and move.episode_id != move.subject_id else ""
        yield f"   {how:<12}{move.subject_id}{about}"
        yield f"      was {move.was_status}: {move.was_reason}"
        yield f"      is  {move.is_status}: {move.is_reason}"
