"""Who has a place under the cap: whole payments in order, and the place a rejection frees."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from placewell.payment.lines import Line
from placewell.payment.terms import Terms


@dataclass
class _Count:
    """Places taken so far, in all and per lot."""

    terms: Terms
    total: int = 0
    of_lot: dict[str | None, int] = field(default_factory=dict)

    def is_free(self, lot: str | None) -> bool:
        of_this = self.terms.lot_places.get(lot or "")
        return self.total < self.terms.places and (of_this is None or self.of_lot.get(lot, 0) < of_this)

    def take(self, lot: str | None, places: int = 1) -> None:
        self.total += places
        self.of_lot[lot] = self.of_lot.get(lot, 0) + places


def places(lines: Iterable[Line], terms: Terms) -> Mapping[Line, date]:
    """The day each entitlement got its place under the cap; a line that is not there is over it.

    `lines`: entitlements and clawbacks in any order. What is paid keeps its place. A clawback frees one, which goes
    that day to the first waiting line (whose lot has room). Source: 002 §21.4, semantics.md §3 Payment.
    """
    ordered = sorted(lines, key=lambda line: line.order)
    got = {line: line.on for line in ordered if _is_paid(line) and line.lost_on is None}
    count, waiting = _Count(terms), deque[Line]()
    for line in got:
        count.take(line.proof.lot)
    for line in ordered:
        if line.is_clawback:
            _free(line, count, got, waiting)
        elif line not in got and (count.is_free(line.proof.lot) or _is_paid(line)):
            _give(line, line.on, count, got)
        elif line not in got:
            waiting.append(line)
    return got


def _is_paid(line: Line) -> bool:
    """Paid, and not given back for another reason than the rejection of its evidence."""
    return line.claim is not None and (
        line.claim.is_paid or (line.lost_on is not None and line.claim.paid_on is not None)
    )


def _give(line: Line, on: date, count: _Count, got: dict[Line, date]) -> None:
    count.take(line.proof.lot)
    got[line] = on


def _free(clawback: Line, count: _Count, got: dict[Line, date], waiting: deque[Line]) -> None:
    """Give back the place of the line that is clawed back, and hand it to the first that waits and fits."""
    original = clawback.entitlement
    if original not in got:
        waiting.remove(original)
        return
    count.take(original.proof.lot, -1)
    following = next((line for line in waiting if count.is_free(line.proof.lot)), None)
    if following is not None:
        waiting.remove(following)
        _give(following, clawback.on, count, got)
