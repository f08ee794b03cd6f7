"""The payment ledger: every line with its money, its state and why, in the order in which places are given."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import polars as pl

from placewell.payment.entitlements import entitlements
from placewell.payment.lines import Claim, Line, Proof, lines_of, why_lost
from placewell.payment.places import places
from placewell.payment.proofs import claims_by_person, proofs
from placewell.payment.terms import Terms, terms_of
from placewell.periods import in_words, quarter_of

if TYPE_CHECKING:
    from placewell.dataset import Dataset
    from placewell.specification import Specification

MONEY = pl.Decimal(14, 2)
STATES = ("payable", "paid", "over_cap", "clawed_back")
SCHEMA: dict[str, pl.DataType] = {
    "person_id": pl.String(),
    "episode_id": pl.String(),
    "job_id": pl.String(),
    "lot": pl.String(),
    "verified_on": pl.Date(),
    "first_day_worked_on": pl.Date(),
    "amount": MONEY,
    "state": pl.String(),
    "quarter": pl.String(),
    "backup": pl.Boolean(),
    "reason": pl.String(),
    "line_on": pl.Date(),
    "claimed_on": pl.Date(),
    "paid_on": pl.Date(),
    "evidence_id": pl.String(),
    "place_on": pl.Date(),
    "claim_id": pl.String(),
}


@dataclass(frozen=True)
class _Book:
    """All lines with the places they got: what the state and the reason of one line are told from."""

    terms: Terms
    first_quarter_starts: date
    got: Mapping[Line, date]
    position: Mapping[Line, int]

    def state(self, line: Line) -> str:
        if line.is_clawback:
            return "clawed_back"
        if line.claim is not None and line.claim.paid_on is not None and line in self.got:
            return "paid" if line.claim.is_paid or line.lost_on else "payable"
        return "payable" if line in self.got else "over_cap"

    def quarter(self, day: date) -> str | None:
        """The contract quarter of a day; none for one before the contract: a fault of the data, told by `validate`."""
        return None if day < self.first_quarter_starts else quarter_of(day, self.first_quarter_starts).label

    def amount(self, line: Line) -> Decimal:
        owed = self.terms.amount if line.entitlement in self.got else Decimal(0)
        return -owed if line.is_clawback else owed

    def reason(self, line: Line) -> str:
        if line.is_clawback:
            return why_lost(line)
        said = [self._standing(line)]
        claimed = line.claim.amount if line.claim else None
        if claimed is not None and claimed != self.terms.amount:
            said.append(f"The claim was for £{claimed:,.2f}; £{self.terms.amount:,.2f} is due for each.")
        if line.proof.backup:
            said.append("Backup evidence, marked as such.")
        if line.lost_on:
            said.append(f"Clawed back on {in_words(line.lost_on)}.")
        return " ".join(said)

    def _standing(self, line: Line) -> str:
        if line not in self.got:
            cap = f"{self.terms.places} payment{'' if self.terms.places == 1 else 's'}"
            return f"Over the cap ({cap}): number {self.position[line]} in line for a freed place."
        taken = self.got[line]
        freed = f" Was over the cap; took the place freed on {in_words(taken)}." if taken > line.on else ""
        return _claim_words(line.claim) + freed


def ledger(spec: Specification, dataset: Dataset, as_at: date) -> pl.DataFrame:
    """The ledger of a service as at a day: one row per line, columns as in SCHEMA, money in pounds as Decimal.

    A person is paid for once in the whole programme (or as the terms say), for the earliest-verified job start with
    accepted evidence, in the quarter of that verification.
    Lines stand in order of verification day, first day worked and person_id; whole payments up to the cap, later ones
    `over_cap` at £0. A rejection after the claim adds a clawback line on its day; the entitlement it takes back stays
    where it stood, and the freed place goes to the first line over the cap that fits under the caps of lots; `place_on`
    is the day a line got its place.
    `paid` is what the `claims` table says. Control participants are never in it. Raises NoPaymentTerms.
    Source: 002 §21.2-21.4, §9.3; semantics.md §3 Payment.
    """
    terms = terms_of(spec)
    rows = rows_of(
        proofs(spec, dataset, terms, as_at),
        claims_by_person(dataset, as_at),
        terms,
        spec.service.first_quarter_starts,
        as_at,
    )
    return pl.DataFrame(rows, schema=SCHEMA, orient="row")


def rows_of(
    proven: Iterable[Proof],
    claims: Mapping[str, Sequence[Claim]],
    terms: Terms,
    first_quarter_starts: date,
    as_at: date,
) -> list[dict[str, Any]]:
    """The rows of the ledger from the proofs and claims of all people, in order."""
    lines = _all_lines(proven, claims, terms, as_at)
    got = places(lines, terms)
    waiting = [line for line in lines if not line.is_clawback and line not in got]
    book = _Book(terms, first_quarter_starts, got, {line: number for number, line in enumerate(waiting, 1)})
    return [_row(line, book) for line in lines]


def totals(lines: pl.DataFrame) -> dict[str, dict[str, Any]]:
    """Lines and pounds by state; `to_claim` is what is payable and not claimed yet, `net` all of it."""

    def total(part: pl.DataFrame) -> dict[str, Any]:
        pounds = part["amount"].sum()
        return {"lines": part.height, "amount": Decimal(pounds or 0).quantize(Decimal("0.01"))}

    by_state = {state: total(lines.filter(pl.col("state") == state)) for state in STATES}
    unclaimed = (pl.col("state") == "payable") & pl.col("claimed_on").is_null()
    return by_state | {"to_claim": total(lines.filter(unclaimed)), "net": total(lines)}


def without_line(dataset: Dataset, lines: pl.DataFrame, as_at: date) -> pl.DataFrame:
    """Claims made by the day that no line rests on: nothing entitles to them, or another claim of the person was first.

    Columns: claim_id, person_id, amount, claimed_on, paid_on (null when later). `lines`: the whole ledger.
    """
    paid = pl.when(pl.col("paid_on") <= as_at).then(pl.col("paid_on")).alias("paid_on")
    return (
        dataset["claims"]
        .filter(pl.col("claimed_on") <= as_at)
        .join(lines.filter(pl.col("claim_id").is_not_null()), on="claim_id", how="anti")
        .sort("claimed_on", "claim_id")
        .select("claim_id", "person_id", pl.col("amount").cast(MONEY), "claimed_on", paid)
    )


def _all_lines(proven: Iterable[Proof], claims: Mapping[str, Sequence[Claim]], terms: Terms, as_at: date) -> list[Line]:
    each = entitlements(proven, claims, terms)
    lines = [line for theirs, claimed in each for line in lines_of(theirs, claimed, as_at)]
    return sorted(lines, key=lambda line: line.order)


def _claim_words(claim: Claim | None) -> str:
    if claim is None:
        return "Payable, to claim."
    if claim.is_paid and claim.paid_on:
        return f"Claimed on {in_words(claim.claimed_on)}, paid on {in_words(claim.paid_on)}."
    if claim.clawed_back_on:
        return f"The claim of {in_words(claim.claimed_on)} was clawed back on {in_words(claim.clawed_back_on)}."
    return f"Claimed on {in_words(claim.claimed_on)}, not paid yet."


def _row(line: Line, book: _Book) -> dict[str, Any]:
    proof, claim = line.proof, line.claim
    return {
        "person_id": proof.person_id,
        "episode_id": proof.episode_id,
        "job_id": proof.job_id,
        "lot": proof.lot,
        "verified_on": proof.verified_on,
        "first_day_worked_on": proof.first_day_worked_on,
        "amount": book.amount(line),
        "state": book.state(line),
        "quarter": book.quarter(line.on),
        "backup": proof.backup,
        "reason": book.reason(line),
        "line_on": line.on,
        "claimed_on": claim.claimed_on if claim else None,
        "paid_on": claim.paid_on if claim else None,
        "evidence_id": proof.evidence_id,
        "place_on": book.got.get(line),
        "claim_id": claim.claim_id if claim else None,
    }
