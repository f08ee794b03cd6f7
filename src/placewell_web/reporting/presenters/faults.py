"""What to put right first: faults in the records, with the people and the pounds that wait for each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from placewell.specification.indicators import Indicator
from placewell.specification.payment import OutcomePayment
from placewell_web.reporting.queries import PROOF, Lacking

WORDS = {
    "evidence": ("{outcome}: no evidence received", "Ask for evidence"),
    "better_evidence": ("{outcome}: the evidence does not do", "Ask for better evidence"),
    "verification": ("{outcome}: evidence waits for a verifier", "Verify"),
    "hours": ("{outcome}: weekly hours not recorded", "Add the hours"),
    "occupation": ("Job role not recorded", "Add the role"),
    "industry": ("Industry not recorded", "Add the industry"),
    "hourly_wage": ("Hourly wage not recorded", "Add the wage"),
}
NOTES = {"hours": "In the total, in neither hours band", "hourly_wage": "Cannot be checked against the minimum wage"}


@dataclass(frozen=True)
class Touched:
    """A figure that a fault keeps people out of."""

    id: str
    name: str


@dataclass(frozen=True)
class Fault:
    """Something that keeps people out of figures, with what it costs. `in_queue`: the next action is a verifier's."""

    what: str
    note: str
    lacks: str
    people: int
    pounds: Decimal
    figures: tuple[Touched, ...]
    next: str

    @property
    def in_queue(self) -> bool:
        return self.lacks == "verification"

    @property
    def list_status(self) -> str:
        """The list of the first figure in which these people stand."""
        return "excluded" if self.lacks == "hourly_wage" else "not_counted"


def faults(
    lacking: Sequence[Lacking], indicators: Mapping[str, Indicator], payment: OutcomePayment | None
) -> list[Fault]:
    """The dearest first, then by people; £0 is written, since it costs a figure and no money."""
    found = [_fault(one, indicators, payment) for one in lacking]
    return sorted(found, key=lambda fault: (-fault.pounds, -fault.people, fault.what))


def _fault(one: Lacking, indicators: Mapping[str, Indicator], payment: OutcomePayment | None) -> Fault:
    names = [Touched(id, indicators[id].short_name or indicators[id].name) for id in one.indicators]
    pays = payment is not None and one.outcome == payment.outcome and one.lacks in PROOF
    what, then = WORDS[one.lacks]
    return Fault(
        what.format(outcome=names[0].name.partition(",")[0]),
        NOTES.get(one.lacks, ""),
        one.lacks,
        one.people,
        payment.amount * one.people if payment and pays else Decimal(0),
        tuple(names),
        then,
    )
