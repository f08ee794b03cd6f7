"""What one payment is for: a person once, in the programme, a contract year or a lot; or each of their jobs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby

from placewell.payment.lines import Claim, Proof
from placewell.payment.terms import Terms
from placewell.periods import year_of

Key = tuple[str, str]


def entitlements(
    proven: Iterable[Proof], claims: Mapping[str, Sequence[Claim]], terms: Terms
) -> Iterator[tuple[Sequence[Proof], Sequence[Claim]]]:
    """The proofs of each payment, with the claims made for it.

    A claim is for the payment whose proofs name its job; one that names no job, or another, for the person's first.
    Source: 002 §21.2; X20.
    """
    of_people = groupby(sorted(proven, key=lambda proof: proof.person_id), key=lambda proof: proof.person_id)
    for person, theirs in of_people:
        yield from _of_person(sorted(theirs, key=lambda proof: proof.order), claims.get(person, ()), terms)


def _of_person(
    proven: Sequence[Proof], claims: Sequence[Claim], terms: Terms
) -> Iterator[tuple[Sequence[Proof], Sequence[Claim]]]:
    groups: dict[Key, list[Proof]] = {}
    for proof in proven:
        groups.setdefault(_key(proof, terms), []).append(proof)
    of_jobs = {proof.job_id: key for key, theirs in groups.items() for proof in theirs}
    first = next(iter(groups))
    for key, theirs in groups.items():
        yield theirs, [claim for claim in claims if of_jobs.get(claim.job_id or "", first) == key]


def _key(proof: Proof, terms: Terms) -> Key:
    """What a person is paid for once; a year is that of the first day worked."""
    job = proof.job_id if terms.subject == "job" else ""
    if terms.once_in == "lot":
        return job, proof.lot or ""
    if terms.once_in == "contract_year" and terms.years_from is not None:
        day = max(proof.first_day_worked_on, terms.years_from)
        return job, year_of(day, terms.years_from).label
    return job, ""
