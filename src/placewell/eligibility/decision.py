"""Answers the criteria of a service for one person on one day, and what follows from all of them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from placewell.specification import Specification
from placewell.specification.conditions import FactType, FactValue, compile_condition
from placewell.specification.eligibility import Criterion

Answer = Literal["met", "not_met", "not_known"]
Overall = Literal["eligible", "not_eligible", "not_known"]


@dataclass(frozen=True)
class CriterionAnswer:
    """The answer to one criterion, and the version of it that was in force.

    `missing` are the facts that are not known and could still decide; empty once the answer is known. `sends_to`: the
    service that is for people who do not meet it, where the contract names one.
    """

    criterion: str
    question: str
    answer: Answer
    reason: str
    clause: str
    version: int
    missing: tuple[str, ...] = ()
    sends_to: str | None = None


def decide(spec: Specification, facts: Mapping[str, FactValue], on: date) -> tuple[CriterionAnswer, ...]:
    """Answer every criterion in force on a day, in the order of the specification.

    A fact that is absent or None is not known: the answer is then `not_known`, unless the other facts decide. Keep
    `spec.version` and `spec.hash` with the decision. Raises ValueError for a fact that screening does not know, must
    not use, or that has the wrong type. Source: 002 §10, Fig. 1; changes of criteria: §10.2.
    """
    current = spec.as_of(on)
    types: dict[str, FactType] = {fact.id: fact.type for fact in current.eligibility.facts}
    _refuse_strangers(current, facts, types)
    phase = current.service.phase_on(on)
    return tuple(
        _answered(criterion, facts, types)
        for criterion in current.eligibility.criteria
        if not criterion.phases or (phase is not None and phase.id in criterion.phases)
    )


def overall(answers: Iterable[CriterionAnswer]) -> Overall:
    """What the answers say together: one `not_met` shuts out; otherwise one `not_known` leaves it open.

    Without any criterion nobody is shut out.
    """
    found = {answer.answer for answer in answers}
    if "not_met" in found:
        return "not_eligible"
    return "not_known" if "not_known" in found else "eligible"


def _refuse_strangers(spec: Specification, facts: Mapping[str, FactValue], types: Mapping[str, FactType]) -> None:
    forbidden = {fact.id: fact for fact in spec.eligibility.forbidden_facts}
    for name in facts:
        if name in forbidden:
            raise ValueError(f"{forbidden[name].label} may not be used in screening ({forbidden[name].clause})")
        if name not in types:
            raise ValueError(f"there is no fact {name} in eligibility.toml; it has {', '.join(types)}")


def _answered(criterion: Criterion, facts: Mapping[str, FactValue], types: Mapping[str, FactType]) -> CriterionAnswer:
    condition = compile_condition(criterion.condition, {need: types[need] for need in criterion.needs})
    holds = condition.holds(facts)
    answer: Answer = "not_known" if holds is None else "met" if holds else "not_met"
    reason = {"met": criterion.met, "not_met": criterion.not_met, "not_known": criterion.not_known}[answer]
    missing = tuple(need for need in criterion.needs if facts.get(need) is None) if holds is None else ()
    return CriterionAnswer(
        criterion.id,
        criterion.question,
        answer,
        reason,
        criterion.clause,
        criterion.version,
        missing,
        criterion.sends_to if answer == "not_met" else None,
    )
