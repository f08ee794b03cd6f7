"""The clause that a finding names: the service's own document where that has one, else the data dictionary."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from placewell.dataset import Finding
    from placewell.specification import Specification
    from placewell.specification.entries import Sourced


def cited(findings: Iterable[Finding], spec: Specification) -> list[Finding]:
    """The findings with clauses of the service's own documents; a rule of another document is the dictionary's."""
    documents, own = [document.id for document in spec.service.documents], own_clauses(spec)
    return [replace(finding, clause=_clause(finding, documents, own)) for finding in findings]


def own_clauses(spec: Specification) -> Mapping[str, str]:
    """By column, the clause under which the service's documents name its codes or its boundary of hours."""
    sources: dict[str, Iterable[Sourced]] = {
        "lot": spec.service.lots,
        "locality": spec.service.localities,
        "team_id": spec.service.teams,
        "decline_reason": spec.pathway.decline_reasons,
        "closure_reason": spec.pathway.closure_reasons,
        "contract_hours": (spec.outcomes.hours,),
        "line": spec.budget.lines if spec.budget else (),
    }
    named = {column: [one.clause for one in entries if one.in_contract] for column, entries in sources.items()}
    return {column: clauses[0] for column, clauses in named.items() if clauses}


def asks_hours(spec: Specification) -> bool:
    """Whether some figure of the service counts one band of hours only."""
    return any(indicator.band is not None for indicator in spec.indicators.computed)


def _clause(finding: Finding, documents: Iterable[str], own: Mapping[str, str]) -> str:
    if not finding.clause:
        return ""
    of_these = [part for part in finding.clause.split("; ") if part.partition(" ")[0] in documents]
    if of_these:
        return "; ".join(of_these)
    place = finding.table if finding.column is None else f"{finding.table}.{finding.column}"
    return own.get(finding.column or "", f"data dictionary, {place}")
