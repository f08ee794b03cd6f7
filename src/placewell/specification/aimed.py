"""A service with its provider's own goals, so that figures without a target of the contract can be judged too."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from placewell.specification.indicators import Target
from placewell.specification.model import Specification


@dataclass(frozen=True, eq=False)
class AimedSpecification(Specification):
    """`own` with `goals` by indicator; `hash` stays that of the contract's files."""

    own: Specification
    goals: Mapping[str, Target]

    def as_of(self, day: date) -> Specification:
        """The service as of the day, with the same goals."""
        return aimed(self.own.as_of(day), self.goals)

    @property
    def goals_hash(self) -> str:
        """SHA-256 over the goals, in the order of their indicators' ids."""
        texts = (f"{id} {self.goals[id].model_dump_json()}" for id in sorted(self.goals))
        return sha256("\n".join(texts).encode()).hexdigest()


def aimed(own: Specification, goals: Mapping[str, Target]) -> AimedSpecification:
    """A service with goals as its targets, each marked as local; what the contract aims at stays as it is."""
    kept = {id: goal.model_copy(update={"local": True}) for id, goal in goals.items() if _is_free(own, id)}
    indicators = tuple(
        one.model_copy(update={"target": kept[one.id]}) if one.id in kept else one for one in own.indicators.indicators
    )
    return AimedSpecification(
        service=own.service,
        referral=own.referral,
        eligibility=own.eligibility,
        pathway=own.pathway,
        outcomes=own.outcomes,
        indicators=own.indicators.model_copy(update={"indicators": indicators}),
        report=own.report,
        payment=own.payment,
        trial=own.trial,
        governance=own.governance,
        budget=own.budget,
        hash=own.hash,
        own=own,
        goals=kept,
    )


def _is_free(own: Specification, id: str) -> bool:
    return any(one.id == id and one.target is None for one in own.indicators.computed)
