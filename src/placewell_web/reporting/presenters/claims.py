"""The page of payment claims: what there is to claim, the cap, invoices by quarter, and the ledger line by line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl

from placewell.payment.forecast import BINDS, Outlook
from placewell.payment.invoices import pounds
from placewell.reports.wording import period_words
from placewell.specification.payment import OutcomePayment
from placewell.vocabulary import label
from placewell_web.nhsuk.words import count, day, money
from placewell_web.reporting.presenters.scope import Strip
from placewell_web.reporting.queries import Named, Payments, Scope

A_PAGE = 50
BAR = 400
_UNPAID = pl.col("state") == "payable"
STATES: dict[str, tuple[str, pl.Expr]] = {
    "to_claim": ("To claim", _UNPAID & pl.col("claimed_on").is_null()),
    "claimed": ("Claimed", _UNPAID & pl.col("claimed_on").is_not_null()),
    "paid": ("Paid", pl.col("state") == "paid"),
    "over_cap": ("Over the cap", pl.col("state") == "over_cap"),
    "clawed_back": ("Clawed back", pl.col("state") == "clawed_back"),
}
MARKS = {"to_claim": "clock", "claimed": "clock", "paid": "met", "over_cap": "behind", "clawed_back": "breached"}
TO_CLAIM = "Payable, to claim."


@dataclass(frozen=True)
class Tab:
    state: str
    label: str
    count: int
    current: bool


@dataclass(frozen=True)
class Fact:
    title: str
    number: str
    note: str
    state: str = ""  # the lines it opens


@dataclass(frozen=True)
class Cap:
    """A cap and how far it is taken, drawn to scale: widths out of BAR."""

    name: str
    taken: str
    words: str
    binds: bool
    paid: int
    claimed: int
    to_claim: int


@dataclass(frozen=True)
class Cell:
    lines: int
    pounds: str


@dataclass(frozen=True)
class LotRow:
    code: str
    name: str
    cells: Mapping[str, Cell]


@dataclass(frozen=True)
class InvoiceRow:
    quarter: str
    due: str
    block: str
    lines: int
    outcomes: str
    clawed_back: str
    total: str


@dataclass(frozen=True)
class LedgerRow:
    """One line; without a name where the viewer may not see the person."""

    episode_id: str
    name: str
    number: str
    first_day: str
    on: str
    evidence: str
    mark: str
    state: str
    why: str
    amount: str


def strip(scope: Scope) -> Strip:
    """The scope of the ledger: a lot or all, since the programme began."""
    return Strip(scope.lot_name, "whole programme", f"from {day(scope.period.start)}", day(scope.as_at), "")


def answer(terms: OutcomePayment, found: Payments) -> str:
    """What is paid for, and how far the cap is taken; what is foreseen stands beside its bar."""
    paid = f"{money(terms.amount)} for each person’s first verified job start, once in the whole programme."
    if not found.outlooks:
        return paid
    first = found.outlooks[0]
    taken = "is" if first.taken == 1 else "are"
    return f"{paid} {first.taken:,} of the {count(first.places, 'payment')} under the cap {taken} taken."


def facts(found: Payments) -> list[Fact]:
    """The sums a manager asks for first."""
    told = [
        _fact("To claim now", "to_claim", found.lines),
        _fact("Claimed, not paid yet", "claimed", found.lines),
        Fact(
            "Paid, after clawback",
            money(pounds(found.lines.filter(pl.col("state").is_in(["paid", "clawed_back"])))),
            count(found.lines.filter(STATES["paid"][1]).height, "person", "people"),
            "paid",
        ),
    ]
    over = found.lines.filter(STATES["over_cap"][1]).height
    return [
        *told,
        Fact("Verified, over the cap", f"{over:,}", "£0 payable. Counted as outcomes all the same", "over_cap"),
    ]


def caps(found: Payments) -> list[Cap]:
    """Each cap with what is taken of it."""
    return [_cap(each, found.lines) for each in found.outlooks]


def lot_rows(found: Payments, lots: Sequence[tuple[str, str]]) -> list[LotRow]:
    """Lines and pounds of each lot by state; with several lots their sum last."""
    rows = [_lot_row(code, name, found.lines.filter(pl.col("lot") == code)) for code, name in lots]
    return [*rows, _lot_row("", "All lots", found.lines)] if len(rows) > 1 else rows


def invoice_rows(found: Payments, today: date) -> list[InvoiceRow]:
    """What each quarter is invoiced for, newest first."""
    return [
        InvoiceRow(
            period_words(one.quarter.label, one.quarter.start, one.quarter.last_day),
            f"due {day(one.due_on)}" if one.due_on <= today else f"on {day(one.due_on)}",
            money(one.block),
            one.lines,
            money(one.outcomes),
            money(one.clawed_back),
            money(one.total),
        )
        for one in reversed(found.invoices)
    ]


def tabs(lines: pl.DataFrame, current: str) -> list[Tab]:
    """All lines, then those of each state."""
    each = [Tab(state, name, lines.filter(which).height, state == current) for state, (name, which) in STATES.items()]
    return [Tab("", "All", lines.height, not current), *each]


def listed(lines: pl.DataFrame, state: str) -> pl.DataFrame:
    """The lines of a state, or all, newest first."""
    return (lines.filter(STATES[state][1]) if state else lines).reverse()


def row(line: Mapping[str, Any], who: Named | None, kinds: Mapping[str, str]) -> LedgerRow:
    """One line as people read it."""
    state = _state(line)
    return LedgerRow(
        episode_id=line["episode_id"] if who else "",
        name=who.name if who else "Someone of another team",
        number=who.number if who else "",
        first_day=day(line["first_day_worked_on"]),
        on=day(line["line_on"]),
        evidence=" and ".join(_kind(one, kinds) for one in line["evidence_id"].split("+")),
        mark=MARKS[state],
        state="Payable, to claim" if state == "to_claim" else STATES[state][0],
        why=line["reason"].removeprefix(TO_CLAIM).strip(),
        amount=money(line["amount"]),
    )


def _kind(evidence_id: str, kinds: Mapping[str, str]) -> str:
    return label("evidence_kind", kinds[evidence_id]) if evidence_id in kinds else ""


def _state(line: Mapping[str, Any]) -> str:
    if line["state"] == "payable":
        return "claimed" if line["claimed_on"] else "to_claim"
    return str(line["state"])


def _fact(title: str, state: str, lines: pl.DataFrame) -> Fact:
    own = lines.filter(STATES[state][1])
    return Fact(title, money(pounds(own)), count(own.height, "person", "people"), state)


def _cap(outlook: Outlook, lines: pl.DataFrame) -> Cap:
    own = lines if outlook.lot is None else lines.filter(pl.col("lot") == outlook.lot)
    parts = [own.filter(STATES[state][1]).height for state in ("paid", "claimed", "to_claim")]
    scale = BAR / max(outlook.places, sum(parts), 1)
    name = "The programme" if outlook.lot is None else outlook.lot.replace("_", " ").capitalize()
    return Cap(
        name if outlook.year is None else f"{name}, year {outlook.year}",
        f"{outlook.taken:,} of {outlook.places:,} payments",
        outlook.words,
        outlook.state == BINDS,
        *(round(part * scale) for part in parts),
    )


def _lot_row(code: str, name: str, lines: pl.DataFrame) -> LotRow:
    parts = {state: lines.filter(which) for state, (_, which) in STATES.items()}
    return LotRow(code, name, {state: Cell(own.height, money(pounds(own))) for state, own in parts.items()})
