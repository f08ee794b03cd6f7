"""What the page of a comparison says: the readings, what differs side by side, then who differs and why."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from placewell.dataset import content_hash
from placewell.periods import in_words
from placewell.reports.comparison import letter, money_words, signed, value_words
from placewell.reports.page import template
from placewell.reports.wording import MINUS, counted, number, period_words

if TYPE_CHECKING:
    from decimal import Decimal

    from placewell.comparison import Comparison, Difference, Move
    from placewell.comparison.comparing import Compared

STATES = {
    "counted": "Counted", "not_counted": "Not counted", "not_due": "Not due", "excluded": "Excluded",
    "not_considered": "Not looked at", "payable": "Payable", "paid": "Paid", "over_cap": "Over the cap",
    "clawed_back": "Clawed back", "no_line": "No line",
}  # fmt: skip
WORD_JOINER = "\u2060"
HOW = {"joins": "Joins", "leaves": "Leaves", "denominator": "What it rests on"}


@dataclass(frozen=True)
class Cell:
    """A value under one reading; `change` is empty where it is the same."""

    value: str
    change: str = ""


@dataclass(frozen=True)
class Line:
    """One figure side by side: as shipped, then under every reading."""

    short_name: str
    name: str
    detail: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Who:
    """One who differs, with the state and the reason under both readings."""

    id: str
    detail: str
    how: str
    was: tuple[str, str]
    now: tuple[str, str]


@dataclass(frozen=True)
class Changed:
    """One figure, or the payments, under one reading: what became of it, and everyone who differs."""

    name: str
    summary: str
    people: tuple[Who, ...]


@dataclass(frozen=True)
class ReadingView:
    """One reading, with its letter and what it changes."""

    letter: str
    written: str
    name: str
    clause: str
    rows: str
    hash: str
    changed: tuple[Changed, ...]


@dataclass(frozen=True)
class ComparisonPage:
    """Everything the template prints; the template decides nothing."""

    service: str
    commissioner: str
    lots: str
    period: str
    as_at: str
    answer: str
    readings: tuple[ReadingView, ...]
    figures: tuple[Line, ...]
    same: int
    money: tuple[Line, ...]
    provenance: Mapping[str, str]


def comparison_html(found: Comparison) -> str:
    """The comparison as one self-contained page, without script or anything from outside: the same text every time."""
    return template("comparison.html").render(page=page_of(found))


def page_of(found: Comparison) -> ComparisonPage:
    """Lay a comparison out for the page."""
    asked, service = found.asked, found.spec.service
    figures = tuple(_figures(found))
    return ComparisonPage(
        service=service.name,
        commissioner=service.commissioner,
        lots=next((lot.name for lot in service.lots if lot.code == asked.lot), "All lots"),
        period=period_words(asked.period.label, asked.period.start, asked.period.last_day),
        as_at=in_words(asked.as_at),
        answer=" ".join(_answer(found, figures)),
        readings=tuple(_reading(place, one) for place, one in enumerate(found.compared)),
        figures=figures,
        same=len(found.counts) - len(figures),
        money=tuple(_money(found)),
        provenance={
            "Specification": f"{service.id}, version {found.spec.version}",
            "Specification hash": found.spec.hash,
            "Data hash": content_hash(asked.dataset),
        },
    )


def _answer(found: Comparison, figures: Sequence[Line]) -> Iterator[str]:
    if not figures:
        yield "No figure differs under any of these readings."
    for line in figures[:1]:
        moved = [(letter(place), cell.value) for place, cell in enumerate(line.cells[1:]) if cell.change]
        values = ", ".join(f"{value} under {mark}" for mark, value in moved)
        yield f"{line.short_name}: {line.cells[0].value} as shipped; {values}."
    if len(figures) > 1:
        yield f"{number(len(figures))} figures differ."
    sums = [one.money.difference.amount for one in found.compared if one.money]
    if sums and not any(sums):
        yield "Not a pound differs."
    elif sums:
        told = ", ".join(
            f"{_signed_money(change)} under {letter(place)}" for place, change in enumerate(sums) if change
        )
        yield f"Payments: {told}."


def _figures(found: Comparison) -> Iterator[Line]:
    for place, own in enumerate(found.counts):
        differences = [one.people[place] for one in found.compared]
        if not all(one.is_same for one in differences):
            unit = "share" if own.unit == "proportion" else counted(own.unit, 2)
            beside = "" if own.in_return else ", beside the return"
            cells = (Cell(value_words(own)), *(_cell(one) for one in differences))
            yield Line(own.short_name, own.name, f"{own.clause}; {unit}{beside}", cells)


def _cell(one: Difference) -> Cell:
    return Cell(value_words(one.now), "" if one.is_same else signed(one))


def _money(found: Comparison) -> Iterator[Line]:
    if found.ledger is None:
        return
    ledgers = [one.money for one in found.compared if one.money]
    lines, sums = found.ledger.payable.lines, found.ledger.payable.amount
    changes = [one.difference for one in ledgers]
    of_lines = (Cell(number(one.now.payable.lines), _signed(one.difference.lines)) for one in ledgers)
    of_sums = (
        Cell(money_words(one.now.payable.amount), _signed_money(change.amount))
        for one, change in zip(ledgers, changes, strict=True)
    )
    of_period = (
        Cell(money_words(now), _signed_money(now - found.ledger.in_period.amount))
        for now in (one.now.in_period.amount for one in ledgers)
    )
    day = in_words(found.asked.as_at)
    yield Line(
        "lines", "Payments payable or paid", f"the whole programme, as at {day}", (Cell(number(lines)), *of_lines)
    )
    yield Line(
        "pounds", "Pounds payable or paid", f"the whole programme, as at {day}", (Cell(money_words(sums)), *of_sums)
    )
    of_own = Cell(money_words(found.ledger.in_period.amount))
    yield Line("in_period", "Of which in the period", "by the day of verification", (of_own, *of_period))


def _signed(change: int) -> str:
    return f"{'+' if change > 0 else MINUS}{number(abs(change))}" if change else ""


def _signed_money(change: Decimal) -> str:
    """With a sign that no line end parts from its pounds; empty for nought."""
    said = f"{'+' if change > 0 else ''}{money_words(change)}"
    return said.replace(MINUS, f"{MINUS}{WORD_JOINER}") if change else ""


def _reading(place: int, one: Compared) -> ReadingView:
    reading = one.reading
    return ReadingView(
        letter(place), reading.written, reading.name, reading.clause, ", ".join(reading.rows), reading.spec.hash,
        tuple(_changed(one)),
    )  # fmt: skip


def _changed(one: Compared) -> Iterator[Changed]:
    for each in one.changes:
        people = (*_who("joins", each.joins), *_who("leaves", each.leaves), *_who("denominator", each.denominator))
        summary = f"{value_words(each.was)} as shipped, {value_words(each.now)} under this reading ({signed(each)})"
        yield Changed(each.was.name, summary, people)
    money = one.money
    if money is not None and not money.is_same:
        was, now = money.was.payable, money.now.payable
        summary = (
            f"{_lines(was.lines)}, {money_words(was.amount)} as shipped; "
            f"{_lines(now.lines)}, {money_words(now.amount)} under this reading"
        )
        yield Changed("Payments", summary, (*_who("joins", money.joins), *_who("leaves", money.leaves)))


def _lines(count: int) -> str:
    return f"{number(count)} line{'' if count == 1 else 's'}"


def _who(how: str, moves: Sequence[Move]) -> Iterator[Who]:
    for move in moves:
        ids = [("person", move.person_id), ("episode", move.episode_id)]
        detail = ", ".join(f"{kind} {id}" for kind, id in ids if id and id != move.subject_id)
        was = (STATES[move.was_status], _sentence(move.was_reason))
        yield Who(move.subject_id, detail, HOW[how], was, (STATES[move.is_status], _sentence(move.is_reason)))


def _sentence(reason: str) -> str:
    ended = reason if reason.endswith(".") else f"{reason}."
    return ended[:1].upper() + ended[1:]
