"""Who has a place under the cap: whole payments in order, and the place a rejection frees."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from placewell.payment.lines import Line, Proof
from placewell.payment.terms import Terms
from placewell.periods import year_of


@dataclass
class _Count:
    """Places taken so far under each limit: in all, of a lot, of a lot in a contract year."""

    terms: Terms
    taken: Counter[Hashable] = field(default_factory=Counter)

    def is_free(self, line: Line) -> bool:
        return all(self.taken[key] < limit for key, limit in self._limits(line))

    def take(self, line: Line, places: int = 1) -> None:
        for key, _ in self._limits(line):
            self.taken[key] += places

    def _limits(self, line: Line) -> Iterator[tuple[Hashable, int]]:
        terms, lot = self.terms, line.proof.lot or ""
        yield None, terms.places
        if lot in terms.lot_places:
            yield lot, terms.lot_places[lot]
        if terms.year_places and (key := (lot, contract_year_of(line.proof, terms))) in terms.year_places:
            yield key, terms.year_places[key]


def contract_year_of(proof: Proof, terms: Terms) -> int:
    """The contract year in which a start was verified, 1 the first; 0 before the contract, or where none is known."""
    if terms.years_from is None or proof.verified_on < terms.years_from:
        return 0
    return int(year_of(proof.verified_on, terms.years_from).label[1:])


def places(lines: Iterable[Line], terms: Terms) -> Mapping[Line, date]:
    """The day each entitlement got its place under the cap; a line that is not there is over it.

    `lines`: entitlements and clawbacks in any order. What is paid keeps its place. A clawback frees one, which goes
    that day to the first waiting line (whose lot has room). Source: 002 §21.4, semantics.md §3 Payment.
    """
    ordered = sorted(lines, key=lambda line: line.order)
    got = {line: line.on for line in ordered if _is_paid(line) and line.lost_on is None}
    count, waiting = _Count(terms), deque[Line]()
    for line in got:
        count.take(line)
    for line in ordered:
        if line.is_clawback:
            _free(line, count, got, waiting)
        elif line not in got and (count.is_free(line) or _is_paid(line)):
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
    count.take(line)
    got[line] = on


def _free(clawback: Line, count: _Count, got: dict[Line, date], waiting: deque[Line]) -> None:
    """Give back the place of the line that is clawed back, and hand it to the first that waits, fits and lasts."""
    original = clawback.entitlement
    if original not in got:
        waiting.remove(original)
        return
    count.take(original, -1)
    following = next((line for line in waiting if line.lost_on != clawback.on and count.is_free(line)), None)
    if following is not None:
        waiting.remove(following)
        _give(following, clawback.on, count, got)
