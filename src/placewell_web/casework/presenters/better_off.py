"""A better-off sum in words: each row, the totals, and by how much a week."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from placewell.vocabulary import label
from placewell_web.casework.actions.better_off import SIDES, TOLD_TO
from placewell_web.casework.actions.other_support import can_undo
from placewell_web.casework.presenters.documents import job_words
from placewell_web.nhsuk.words import day, hours

ZERO = Decimal(0)


@dataclass(frozen=True)
class Line:
    label: str
    before: str
    after: str


@dataclass(frozen=True)
class Sum:
    """One sum as pages and paper show it."""

    id: UUID
    on: date
    about: str
    facts: tuple[tuple[str, str], ...]
    incomes: tuple[Line, ...]
    costs: tuple[Line, ...]
    left: Line
    result: str
    words: str
    undoable: bool


def sums(records: Iterable[Any], user_id: object, today: date) -> list[Sum]:
    return [better_off_words(one, can_undo(one.advice, user_id, today)) for one in records]


def better_off_words(record: Any, undoable: bool = False) -> Sum:
    amounts = list(record.amounts.all())
    before, after = left_over(amounts, "before"), left_over(amounts, "after")
    advice = record.advice
    return Sum(
        id=record.pk,
        on=advice.on,
        about=label("benefits_advice_about", advice.about),
        facts=tuple(_facts(record)),
        incomes=_lines(amounts, "income"),
        costs=_lines(amounts, "cost"),
        left=Line("Left each week", pounds(before), pounds(after)),
        result=result(after - before),
        words=advice.words,
        undoable=undoable,
    )


def left_over(amounts: Iterable[Any], when: str) -> Decimal:
    """Income less costs a week."""
    return sum((getattr(one, when) * (1 if one.side == "income" else -1) for one in amounts), ZERO)


def result(difference: Decimal) -> str:
    if difference == 0:
        return "Neither better nor worse off"
    how = "Better off" if difference > 0 else "Worse off"
    return f"{how} by {pounds(abs(difference))} a week"


def pounds(amount: Decimal) -> str:
    """`£1,234.50`; less than nothing has its sign in front."""
    return f"{'−' if amount < 0 else ''}£{abs(amount):,.2f}"


def _lines(amounts: Iterable[Any], side: str) -> tuple[Line, ...]:
    found = {one.code: one for one in amounts if one.side == side}
    return tuple(
        Line(words, pounds(found[code].before), pounds(found[code].after))
        for code, words in SIDES[side].items()
        if code in found
    )


def _facts(record: Any) -> Iterable[tuple[str, str]]:
    yield "Date", day(record.advice.on)
    yield "About", label("benefits_advice_about", record.advice.about)
    yield "Job", job_words(record.advice.job) or "No job in particular"
    yield "Hours a week", hours(record.weekly_hours) if record.weekly_hours else "Not known"
    yield "Advice from", record.advised_by or "Not said"
    told = [TOLD_TO[code] for code in record.told_to.split(",") if code in TOLD_TO]
    yield "To be told of earnings", "; ".join(told) or "Not said"
