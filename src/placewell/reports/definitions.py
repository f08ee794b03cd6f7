"""The annex of definitions: what each indicator of a return counts, what proves it, and its members by state."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from placewell.reports.wording import Said, number
from placewell.vocabulary import label

if TYPE_CHECKING:
    from placewell.specification import Specification
    from placewell.specification.indicators import Indicator


@dataclass(frozen=True)
class Definition:
    """What one indicator counts, in words, with how many members fell on each side.

    `version` is the indicator's own, `outcome` and `outcome_version` those of what it counts.
    """

    place: str
    id: str
    name: str
    counts: str
    evidence: str
    clause: str
    version: int
    outcome: str
    outcome_version: int
    members: tuple[Said, ...]
    in_contract: bool = True


def definitions(
    spec: Specification, figures: Mapping[str, Mapping[str, Any]], places: Mapping[str, str]
) -> Iterator[Definition]:
    """One definition for each figure, in the order of the return.

    `members` are how many are counted, not counted, not due and excluded.
    """
    for id, place in places.items():
        if id not in figures:
            continue
        indicator, members = spec.indicators.indicator(id), figures[id]["members"]
        outcome = spec.outcomes.outcome(indicator.outcome or "")
        yield Definition(
            place=place,
            id=id,
            name=figures[id]["name"],
            counts=" ".join(_meaning(spec, indicator)),
            evidence=evidence(spec, indicator),
            clause=figures[id]["clause"],
            version=indicator.version,
            outcome=outcome.id,
            outcome_version=outcome.version,
            members=tuple(number(members[state]) for state in ("counted", "not_counted", "not_due", "excluded")),
            in_contract=indicator.in_contract,
        )


def evidence(spec: Specification, indicator: Indicator) -> str:
    """What proves an indicator, in words: the accepted kinds and the backup, or the record itself."""
    rule = spec.outcomes.evidence_for(indicator.outcome) if indicator.evidence and indicator.outcome else None
    if rule is None:
        return "the record itself."
    accepted = ", ".join(label("evidence_kind", kind).lower() for kind in rule.accepted)
    backup = " or ".join(" with ".join(label("evidence_kind", kind).lower() for kind in kinds) for kinds in rule.backup)
    return f"verified, of the kinds {accepted}." + (f" Backup: {backup}." if backup else "")


def _meaning(spec: Specification, indicator: Indicator) -> Iterator[str]:
    if indicator.outcome:
        outcome = spec.outcomes.outcome(indicator.outcome)
        yield f"{outcome.name}."
        if outcome.note:
            yield outcome.note
    if indicator.note:
        yield indicator.note
    if indicator.among:
        group = spec.outcomes.group(indicator.among)
        named = " or ".join(f"“{name}”" for name in (group.name, *group.also_called))
        yield f"Of the people the contract calls {named}. {group.note}".rstrip()
    national = [one for one in spec.indicators.national_outcomes if one.id in indicator.contributes_to]
    if national:
        yield f"Contributes to {', '.join(f'{one.framework} {one.code}' for one in national)}."
