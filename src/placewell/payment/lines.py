"""The lines one person has in the ledger: what the evidence entitles to, and what a rejection takes back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from placewell.periods import in_words


@dataclass(frozen=True)
class Proof:
    """One verified document that proves one job start; `rejected_on` is null while it stands.

    A document that was verified and later rejected proved the job start from `verified_on` until `rejected_on`.
    """

    person_id: str
    episode_id: str
    job_id: str
    lot: str | None
    first_day_worked_on: date
    evidence_id: str
    backup: bool
    verified_on: date
    rejected_on: date | None = None

    def stands_on(self, day: date) -> bool:
        """Whether the document was verified and not rejected at the end of `day`."""
        return self.verified_on <= day and (self.rejected_on is None or day < self.rejected_on)

    @property
    def order(self) -> tuple[date, date, str, bool, str]:
        """Earliest verification, then first day worked; a primary document before a backup one of the same day."""
        return (self.verified_on, self.first_day_worked_on, self.job_id, self.backup, self.evidence_id)


@dataclass(frozen=True)
class Claim:
    """What the provider claimed for a person and what came of it. `paid_on` null: not paid."""

    claimed_on: date
    paid_on: date | None = None
    clawed_back_on: date | None = None
    claim_id: str = ""
    amount: Decimal | None = None
    job_id: str | None = None

    @property
    def is_paid(self) -> bool:
        """Paid, and not given back."""
        return self.paid_on is not None and self.clawed_back_on is None


@dataclass(frozen=True)
class Line:
    """One line: an entitlement, or (`lost_on` set and `is_clawback`) the taking back of a claimed one."""

    proof: Proof
    claim: Claim | None = None
    lost_on: date | None = None
    is_clawback: bool = False

    @property
    def on(self) -> date:
        """The day whose quarter the line falls in: the verification, for a clawback the rejection."""
        return self.lost_on if self.is_clawback and self.lost_on else self.proof.verified_on

    @property
    def entitlement(self) -> Line:
        """The entitlement that a clawback takes back; of an entitlement, itself."""
        return Line(self.proof, self.claim, self.lost_on)

    @property
    def order(self) -> tuple[date, date, str, bool]:
        """Lines stand in order of verification day, first day worked and person. Source: semantics.md §3 Payment."""
        return (self.on, self.proof.first_day_worked_on, self.proof.person_id, self.is_clawback)


def lines_of(proofs: Iterable[Proof], claims: Iterable[Claim], as_at: date) -> list[Line]:
    """All lines of one person, once in the whole programme.

    Every claim takes the earliest-verified proof that stood on its day. When the last standing document is rejected
    after the claim, that day has a clawback line; what is verified later entitles afresh. Without a claim the earliest
    proof that still stands on `as_at` entitles. Source: 002 §21.4, §9.3.
    """
    ordered = sorted((proof for proof in proofs if proof.verified_on <= as_at), key=lambda proof: proof.order)
    lines: list[Line] = []
    unmatched: Claim | None = None
    lost_on = date.min
    for claim in sorted(claims, key=lambda claim: claim.claimed_on):
        proof = _first_standing(ordered, claim.claimed_on)
        if proof is None or claim.claimed_on < lost_on:
            unmatched = claim
            continue
        ended = _end_of_proof(ordered, proof, as_at)
        lines.append(Line(proof, claim, ended))
        if ended is None:
            return lines
        lines.append(Line(proof, claim, ended, is_clawback=True))
        lost_on = ended
    standing = _first_standing(ordered, as_at)
    return [*lines, Line(standing, unmatched)] if standing else lines


def why_lost(line: Line) -> str:
    """The sentence of a clawback line."""
    claim, lost_on = line.claim, line.lost_on
    if claim is None or lost_on is None:
        raise ValueError("only a claimed line whose evidence was rejected is clawed back")
    paid = f"Paid on {in_words(claim.paid_on)}" if claim.paid_on else f"Claimed on {in_words(claim.claimed_on)}"
    return f"{paid}. The evidence was rejected on {in_words(lost_on)} and no other stands."


def _first_standing(ordered: Sequence[Proof], day: date) -> Proof | None:
    return next((proof for proof in ordered if proof.stands_on(day)), None)


def _end_of_proof(ordered: Sequence[Proof], proof: Proof, as_at: date) -> date | None:
    """The day from which nothing stands any more, following from one document to the next; null while one stands."""
    while proof.rejected_on is not None and proof.rejected_on <= as_at:
        following = _first_standing(ordered, proof.rejected_on)
        if following is None:
            return proof.rejected_on
        proof = following
    return None
