"""The specification in words: every rule that runs the service, with the clause it comes from."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from placewell.specification import Specification
from placewell.specification.entries import Entry, Sourced
from placewell_web.nhsuk.words import count, day, money

OURS = "Not in the contract: chosen by the service"


@dataclass(frozen=True)
class Rule:
    """One statement of the contract as the service runs it."""

    clause: str
    name: str
    says: str
    version: str
    note: str
    ours: str


@dataclass(frozen=True)
class Chapter:
    id: str
    title: str
    rules: tuple[Rule, ...]


def pages(specification: Specification) -> list[Chapter]:
    """The chapters of the contract page, in the order in which a person meets them."""
    chapters = [
        Chapter("service", "The service", _service(specification)),
        Chapter("referral", "How people come", _routes(specification)),
        Chapter("eligibility", "Who may join", _criteria(specification)),
        Chapter("limits", "Limits and caseloads", _limits(specification)),
        Chapter("clocks", "What must be done by when", _clocks(specification)),
        Chapter("outcomes", "What counts as an outcome", _outcomes(specification)),
        Chapter("evidence", "What proves it", _evidence(specification)),
        Chapter("indicators", "What is reported", _indicators(specification)),
        Chapter("payment", "What is paid", _payment(specification)),
        Chapter("duties", "What else the provider takes on", _duties(specification)),
        Chapter("why", "Principles, aims and questions", _why(specification)),
    ]
    return [chapter for chapter in chapters if chapter.rules]


def _rule(entry: Sourced, name: str, says: str = "") -> Rule:
    version = ""
    if isinstance(entry, Entry):
        since = f" from {day(entry.in_force_from)}" if entry.in_force_from else ""
        version = f"version {entry.version}{since}" if entry.version > 1 or since else ""
    return Rule(entry.clause, name, says, version, entry.note, "" if entry.in_contract else OURS)


def _service(specification: Specification) -> tuple[Rule, ...]:
    service = specification.service
    contract = f"Commissioned by {service.commissioner}, {_phase_days(service.contract_start, service.contract_end)}"
    return (
        _rule(service, service.name, f"{contract}. Quarters begin on {day(service.first_quarter_starts)}."),
        *(_rule(phase, phase.name, _phase_days(phase.start, phase.end)) for phase in service.phases),
        *(_rule(lot, lot.name, "A lot of the contract") for lot in service.lots),
        *(_rule(one, one.name, "; ".join(group.name for group in one.groups)) for one in service.lot_groupings),
        *(_rule(one, one.name, ", ".join(one.roles).capitalize()) for one in service.organisations),
    )


def _routes(specification: Specification) -> tuple[Rule, ...]:
    sources = {source.id: source.label for source in specification.referral.sources}
    return tuple(
        _rule(route, route.label, f"{'; '.join(sources[id] for id in route.sources)}. Ends in: {route.ends_in}")
        for route in specification.referral.routes
    )


def _duties(specification: Specification) -> tuple[Rule, ...]:
    governance = specification.governance
    if governance is None:
        return ()
    return (
        *(_rule(one, one.label, f"Tell: {one.tell}") for one in governance.duties),
        *(_rule(one, one.label) for one in governance.commitments),
        *(_rule(one, f"Policy: {one.label}") for one in governance.policies),
    )


def _why(specification: Specification) -> tuple[Rule, ...]:
    service = specification.service
    return (
        *(_rule(one, one.label, "A principle of IPS") for one in service.principles),
        *(_rule(one, one.label, "An aim of the programme") for one in service.aims),
        *(_rule(one, one.label, "A question of the evaluation") for one in service.research_questions),
    )


def _phase_days(start: object, end: object) -> str:
    said = [f"from {day(start)}" if start else "", f"to {day(end)}" if end else ""]  # type: ignore[arg-type]
    return " ".join(one for one in said if one) or "before the service begins"


def _criteria(specification: Specification) -> tuple[Rule, ...]:
    return tuple(
        _rule(one, one.question, f"Met: {one.met} Not met: {one.not_met}") for one in specification.eligibility.criteria
    )


def _limits(specification: Specification) -> tuple[Rule, ...]:
    pathway = specification.pathway
    limits = [
        _rule(one, one.label, f"{count(one.months, 'month')} after {one.runs_from.replace('_', ' ')}")
        for one in pathway.limits
        if one.in_use
    ]
    caseloads = [
        _rule(
            one,
            f"Cases of a full-time specialist in year {one.service_year}",
            f"{one.usual_from} to {one.usual_to}, at most {one.maximum}",
        )
        for one in pathway.caseload_limits
    ]
    return (*limits, *caseloads)


def _clocks(specification: Specification) -> tuple[Rule, ...]:
    return tuple(_rule(clock, clock.what, clock.satisfied_by) for clock in specification.pathway.clocks)


def _outcomes(specification: Specification) -> tuple[Rule, ...]:
    return tuple(_rule(one, one.name) for one in specification.outcomes.outcomes)


def _evidence(specification: Specification) -> tuple[Rule, ...]:
    return tuple(
        _rule(rule, specification.outcomes.outcome(rule.outcome).name, _kinds(rule.accepted, rule.backup))
        for rule in specification.outcomes.evidence
    )


def _kinds(accepted: Iterable[str], backup: Iterable[Iterable[str]]) -> str:
    said = ", ".join(kind.replace("_", " ") for kind in accepted)
    extra = " or ".join(" with ".join(kind.replace("_", " ") for kind in kinds) for kinds in backup)
    return f"{said}; as a backup {extra}" if extra else said


def _indicators(specification: Specification) -> tuple[Rule, ...]:
    return tuple(
        _rule(
            one,
            one.name,
            "Held by the evaluator" if one.held_by == "evaluator" else _measure(one.measure, one.evidence),
        )
        for one in specification.indicators.indicators
    )


def _measure(measure: str, evidence: bool) -> str:
    words = {"count": "Counted", "proportion": "Share of those due", "median": "Median", "mean": "Average"}[measure]
    return f"{words}, with evidence" if evidence else words


def _payment(specification: Specification) -> tuple[Rule, ...]:
    terms = specification.payment
    if terms is None:
        return ()
    paid = terms.outcome_payment
    outcome = specification.outcomes.outcome(paid.outcome).name
    return (
        _rule(
            terms.block,
            "Block payment",
            f"{terms.block.share_per_cent}% of {money(terms.contract_value)}, every {terms.block.every}",
        ),
        _rule(
            paid,
            f"{money(paid.amount)} for each {paid.subject}",
            f"{outcome}; up to {money(paid.cap)}, {paid.cap_payments} payments",
        ),
        _rule(terms.clawback, "Evidence rejected after a claim", "Taken back on the day of the rejection"),
    )
