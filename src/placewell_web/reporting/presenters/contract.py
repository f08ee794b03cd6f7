"""The specification in words: every rule that runs the service, with the clause it comes from."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from placewell.specification import Specification
from placewell.specification.entries import Entry, Sourced
from placewell.vocabulary import label
from placewell_web.nhsuk.words import count, day, money

OURS = "Not in the contract: chosen by the service"
MEASURES = {"count": "Counted", "proportion": "Share of those due", "median": "Median", "mean": "Average"}


@dataclass(frozen=True)
class Rule:
    """One statement of the contract as the service runs it; `id` is its place on the page."""

    id: str
    clause: str
    name: str
    says: tuple[str, ...]
    version: str
    note: str
    ours: str


@dataclass(frozen=True)
class Chapter:
    id: str
    title: str
    rules: tuple[Rule, ...]


def chapters(specification: Specification) -> list[Chapter]:
    """The chapters of the contract page, in the order in which a person meets them."""
    found = [
        Chapter("service", "The service", _service(specification)),
        Chapter("referral", "How people come", _routes(specification)),
        Chapter("eligibility", "Who may join", _criteria(specification)),
        Chapter("limits", "Limits and caseloads", _limits(specification)),
        Chapter("clocks", "What must be done by when", _clocks(specification)),
        Chapter("outcomes", "What counts as an outcome", _outcomes(specification)),
        Chapter("evidence", "What proves it", _evidence(specification)),
        Chapter("indicators", "What is reported", _indicators(specification)),
        Chapter("payment", "What is paid", _payment(specification)),
        Chapter("budget", "What it costs", _budget(specification)),
        Chapter("duties", "What else the provider takes on", _duties(specification)),
        Chapter("why", "Principles, aims and questions", _why(specification)),
        Chapter("open", "What the document leaves open", _open_points(specification)),
    ]
    return [chapter for chapter in found if chapter.rules]


def _rule(chapter: str, entry: Sourced, name: str, *says: str) -> Rule:
    version = id = ""
    if isinstance(entry, Entry):
        id = f"{chapter}-{entry.id}"
        since = f" from {day(entry.in_force_from)}" if entry.in_force_from else ""
        version = f"version {entry.version}{since}" if entry.version > 1 or since else ""
    ours = "" if entry.in_contract else OURS
    return Rule(id, entry.clause, name, tuple(one for one in says if one), version, entry.note, ours)


def _service(specification: Specification) -> tuple[Rule, ...]:
    service = specification.service
    return (
        _rule(
            "service",
            service,
            service.name,
            f"Commissioned by {service.commissioner}",
            _span(service.contract_start, service.contract_end),
            f"Quarters begin on {day(service.first_quarter_starts)}",
        ),
        *(_rule("phase", one, one.name, _span(one.start, one.end)) for one in service.phases),
        *(_rule("lot", one, f"Lot: {one.name}", "" if one.area == one.name else one.area) for one in service.lots),
        *(_rule("locality", one, f"Locality: {one.name}", one.area) for one in service.localities),
        *(_rule("grouping", one, one.name, *(group.name for group in one.groups)) for one in service.lot_groupings),
        *(_rule("organisation", one, one.name, ", ".join(one.roles).capitalize()) for one in service.organisations),
    )


def _span(start: date | None, end: date | None) -> str:
    said = [f"From {day(start)}" if start else "", f"{'to' if start else 'Up to'} {day(end)}" if end else ""]
    return " ".join(one for one in said if one) or "Before the service begins"


def _routes(specification: Specification) -> tuple[Rule, ...]:
    sources = {source.id: source.label for source in specification.referral.sources}
    return tuple(
        _rule("route", one, one.label, "; ".join(sources[id] for id in one.sources), f"Ends in: {one.ends_in}")
        for one in specification.referral.routes
    )


def _budget(specification: Specification) -> tuple[Rule, ...]:
    budget = specification.budget
    if budget is None:
        return ()
    lines = (_rule("budget", line, line.label, money(line.amount)) for line in budget.lines)
    return (*lines, _rule("budget", budget, f"Together: {budget.title}", money(budget.total)))


def _open_points(specification: Specification) -> tuple[Rule, ...]:
    """What nobody has settled yet, and what holds until then."""
    return tuple(
        _rule("open", one, one.label, f"Needs {one.needs}", f"Until then: {one.until_then}")
        for one in specification.service.open_points
        if one.is_open
    )


def _duties(specification: Specification) -> tuple[Rule, ...]:
    governance = specification.governance
    if governance is None:
        return ()
    return (
        *(_rule("duty", one, one.label, f"Tell: {one.tell}") for one in governance.duties),
        *(_rule("commitment", one, one.label) for one in governance.commitments),
        *(_rule("policy", one, f"Policy: {one.label}") for one in governance.policies),
    )


def _why(specification: Specification) -> tuple[Rule, ...]:
    service = specification.service
    return (
        *(_rule("principle", one, one.label, "A principle of IPS") for one in service.principles),
        *(_rule("aim", one, one.label, "An aim of the programme") for one in service.aims),
        *(_rule("question", one, one.label, "A question of the evaluation") for one in service.research_questions),
    )


def _criteria(specification: Specification) -> tuple[Rule, ...]:
    return tuple(
        _rule("eligibility", one, one.question, f"Met: {one.met}", f"Not met: {one.not_met}")
        for one in specification.eligibility.criteria
    )


def _limits(specification: Specification) -> tuple[Rule, ...]:
    pathway = specification.pathway
    limits = [
        _rule("limits", one, one.label, f"{count(one.months, 'month')} after {one.runs_from.replace('_', ' ')}")
        for one in pathway.limits
        if one.in_use
    ]
    caseloads = [
        _rule(
            "limits",
            one,
            f"Cases of a full-time specialist in year {one.service_year}",
            f"{one.usual_from} to {one.usual_to}, at most {one.maximum}",
        )
        for one in pathway.caseload_limits
    ]
    return (*limits, *caseloads)


def _clocks(specification: Specification) -> tuple[Rule, ...]:
    return tuple(
        _rule("clocks", clock, clock.what, f"Done by {clock.satisfied_by}") for clock in specification.pathway.clocks
    )


def _outcomes(specification: Specification) -> tuple[Rule, ...]:
    reported = {one.outcome for one in specification.indicators.indicators}
    return tuple(
        _rule("outcomes", one, one.name, _used_by(specification, one.id) if one.id in reported else "")
        for one in specification.outcomes.outcomes
    )


def _used_by(specification: Specification, outcome: str) -> str:
    names = [one.short_name or one.name for one in specification.indicators.indicators if one.outcome == outcome]
    return f"Reported as: {'; '.join(names)}"


def _evidence(specification: Specification) -> tuple[Rule, ...]:
    return tuple(
        _rule("evidence", rule, specification.outcomes.outcome(rule.outcome).name, *_kinds(rule.accepted, rule.backup))
        for rule in specification.outcomes.evidence
    )


def _kinds(accepted: Iterable[str], backup: Iterable[Iterable[str]]) -> tuple[str, str]:
    said = ", ".join(_kind(kind) for kind in accepted)
    extra = " or ".join(" with ".join(_kind(kind) for kind in kinds) for kinds in backup)
    return f"{said[:1].upper()}{said[1:]}", f"As a backup: {extra}" if extra else ""


def _kind(code: str) -> str:
    return label("evidence_kind", code).lower()


def _indicators(specification: Specification) -> tuple[Rule, ...]:
    return tuple(
        _rule(
            "indicators",
            one,
            one.name,
            "Held by the evaluator" if one.held_by == "evaluator" else _measure(one.measure, evidence=one.evidence),
        )
        for one in specification.indicators.indicators
    )


def _measure(measure: str, *, evidence: bool) -> str:
    return f"{MEASURES[measure]}, with evidence" if evidence else MEASURES[measure]


def _payment(specification: Specification) -> tuple[Rule, ...]:
    terms = specification.payment
    if terms is None:
        return ()
    paid = terms.outcome_payment
    outcome = specification.outcomes.outcome(paid.outcome).name
    return (
        _rule(
            "payment",
            terms.block,
            "Block payment",
            f"{terms.block.share_per_cent}% of {money(terms.contract_value)}, every {terms.block.every}",
        ),
        _rule(
            "payment",
            paid,
            f"{money(paid.amount)} for each {paid.subject}",
            f"{outcome}; up to {money(paid.cap)}, {paid.cap_payments} payments",
        ),
        _rule("payment", terms.clawback, "Evidence rejected after a claim", "Taken back on the day of the rejection"),
    )
