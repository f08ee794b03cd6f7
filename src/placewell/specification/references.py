"""What must agree between the entries of a specification: ids, clauses, references, dates and sums."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date
from functools import cache
from itertools import pairwise
from typing import Any, ForwardRef, NamedTuple, get_args

from pydantic import BaseModel

from placewell.specification.calculator_references import calculator_problems
from placewell.specification.conditions import ConditionError, compile_condition
from placewell.specification.entries import Entry, Sourced
from placewell.specification.model import entries_of
from placewell.specification.outcome_kinds import ROWS, FirstRecord
from placewell.specification.payment_references import payment_problems
from placewell.specification.trial_references import trial_problems

Models = Mapping[str, Any]

ROW_SUBJECTS = ("contact", "activity", "employer_contact", "row", "review", "action", "organisation")
"""The names of subjects that are rows of a table."""


class Reference(NamedTuple):
    """A problem before it is placed: the file's name without ending, the key, the words."""

    file: str
    key: tuple[str | int, ...]
    message: str


def reference_problems(models: Models) -> Iterator[Reference]:
    """Every disagreement between the files that could be read; a file that is absent is not looked into."""
    for name, model in models.items():
        for key, entries in entries_of(model).items():
            yield from _versions(name, key, entries)
        yield from _clauses(name, model, models)
    for check in CHECKS:
        yield from check(models)
    yield from (Reference("payment", key, words) for key, words in payment_problems(models))
    yield from (Reference("indicators", key, words) for key, words in calculator_problems(models))
    yield from (Reference("trial", key, words) for key, words in trial_problems(models))


def _versions(file: str, key: str, entries: tuple[Entry, ...]) -> Iterator[Reference]:
    seen: dict[str, dict[int, date | None]] = defaultdict(dict)
    for index, entry in enumerate(entries):
        earlier = seen[entry.id]
        at = (file, (key, index, "id"))
        if entry.version in earlier:
            yield Reference(
                *at, f"{entry.id} stands twice as version {entry.version}: rename one, or give it the next version"
            )
        elif earlier and entry.in_force_from is None:
            words = f"version {entry.version} of {entry.id} has no in_force_from: say from which day it holds"
            yield Reference(file, (key, index, "in_force_from"), words)
        elif any(_contradict(entry, version, day) for version, day in earlier.items()):
            words = f"version {entry.version} of {entry.id} and an earlier one do not follow in time: correct the days"
            yield Reference(file, (key, index, "in_force_from"), words)
        earlier[entry.version] = entry.in_force_from


def _contradict(entry: Entry, version: int, day: date | None) -> bool:
    if entry.in_force_from is None or day is None:
        return entry.version < version
    return (entry.version > version) != (entry.in_force_from > day)


def _clauses(file: str, model: BaseModel, models: Models) -> Iterator[Reference]:
    if "service" not in models:
        return
    documents = tuple(document.id for document in models["service"].documents)
    for key, clause in _every_clause(model, ()):
        if not clause.startswith(tuple(f"{document} " for document in documents)):
            words = f"{clause!r} does not begin with the id of a document of service.toml ({', '.join(documents)})"
            yield Reference(file, (*key, "clause"), f"{words}: correct it, or add the document")


def _every_clause(part: BaseModel, key: tuple[str | int, ...]) -> Iterator[tuple[tuple[str | int, ...], str]]:
    if isinstance(part, Sourced):
        yield key, part.clause
    for name, written in _holding_parts(type(part)):
        value, path = getattr(part, name), (*key, written)
        if isinstance(value, BaseModel):
            yield from _every_clause(value, path)
        elif isinstance(value, tuple):
            for index, item in enumerate(value):
                if isinstance(item, BaseModel):
                    yield from _every_clause(item, (*path, index))


@cache
def _holding_parts(kind: type[BaseModel]) -> tuple[tuple[str, str], ...]:
    """The fields of a kind of part that may hold parts again, each with its key in the file."""
    fields = kind.model_fields.items()
    return tuple((name, field.alias or name) for name, field in fields if _holds_parts(field.annotation))


def _holds_parts(annotation: Any) -> bool:
    if isinstance(annotation, type):
        return issubclass(annotation, BaseModel)
    written_ahead = isinstance(annotation, str | ForwardRef)  # the class stands further down in its module
    return written_ahead or any(map(_holds_parts, get_args(annotation)))


def _named(entries: Iterable[Any], *attributes: str) -> Iterator[tuple[int, str, int | None, str]]:
    """Each id that entries name in an attribute, with where it stands."""
    for index, entry in enumerate(entries):
        for attribute in attributes:
            value = getattr(entry, attribute)
            if isinstance(value, tuple):
                yield from ((index, attribute, place, item) for place, item in enumerate(value))
            elif value:
                yield index, attribute, None, value


def _unknown(
    file: str, key: str, entries: Iterable[Any], attributes: tuple[str, ...], known: Collection[str], kind: str
) -> Iterator[Reference]:
    for index, attribute, position, named in _named(entries, *attributes):
        if named not in known:
            path = (key, index, attribute) if position is None else (key, index, attribute, position)
            yield Reference(file, path, f"there is no {kind} {named!r}: correct it, or add the {kind}")


def _ids(entries: Iterable[Any]) -> set[str]:
    return {entry.id for entry in entries}


def _service(models: Models) -> Iterator[Reference]:
    service = models.get("service")
    if service is None:
        return
    lots = _ids(service.lots)
    for index, grouping in enumerate(service.lot_groupings):
        for place, group in enumerate(grouping.groups):
            for lot in set(group.lots) - lots:
                yield Reference(
                    "service", ("lot_grouping", index, "groups", place, "lots"), f"there is no lot {lot!r}: correct it"
                )
    yield from _unknown("service", "locality", service.localities, ("lots",), lots, "lot")
    phases = sorted((phase for phase in service.phases if phase.start), key=lambda phase: phase.start)
    for earlier, later in pairwise(phases):
        if earlier.end is None or earlier.end >= later.start:
            index = service.phases.index(later)
            words = f"begins on {later.start}, before {earlier.id} has ended: phases may not overlap"
            yield Reference("service", ("phase", index, "start"), words)
    if not service.contract_start <= service.first_quarter_starts <= service.contract_end:
        yield Reference(
            "service", ("first_quarter_starts",), "is not within the contract: correct it or the contract's days"
        )


def _teams(models: Models) -> Iterator[Reference]:
    """Every team has its organisation, and follows only teams that have ended by its first day."""
    service = models.get("service")
    if service is None:
        return
    named = ("organisation", "supervised_by")
    yield from _unknown("service", "team", service.teams, named, _ids(service.organisations), "organisation")
    yield from _unknown("service", "team", service.teams, ("follows",), _ids(service.teams), "team")
    ends = {team.id: team.end or service.contract_end for team in service.teams}
    for index, team in enumerate(service.teams):
        begins = team.start or service.contract_start
        for place, earlier in enumerate(team.follows):
            if earlier in ends and ends[earlier] >= begins:
                words = f"{earlier} has not ended when {team.id} begins on {begins}: correct the days"
                yield Reference("service", ("team", index, "follows", place), words)


def _phases(models: Models) -> Iterator[Reference]:
    if "service" not in models:
        return
    phases = _ids(models["service"].phases)
    if "eligibility" in models:
        yield from _unknown("eligibility", "criterion", models["eligibility"].criteria, ("phases",), phases, "phase")
    if "pathway" in models:
        yield from _unknown("pathway", "transition", models["pathway"].transitions, ("phases",), phases, "phase")
        yield from _unknown("pathway", "consent_kind", models["pathway"].consent_kinds, ("phases",), phases, "phase")
    if "trial" in models and models["trial"].phase not in phases:
        yield Reference("trial", ("phase",), f"there is no phase {models['trial'].phase!r}: correct it")


def _conditions(models: Models) -> Iterator[Reference]:
    if "eligibility" not in models:
        return
    eligibility = models["eligibility"]
    types = {fact.id: fact.type for fact in eligibility.facts}
    yield from _unknown("eligibility", "criterion", eligibility.criteria, ("needs",), types, "fact")
    if "referral" in models:
        onward = _ids(models["referral"].onward)
        yield from _unknown("eligibility", "criterion", eligibility.criteria, ("sends_to",), onward, "onward")
    forbidden = _ids(eligibility.forbidden_facts)
    for index, fact in enumerate(eligibility.facts):
        if fact.id in forbidden:
            yield Reference(
                "eligibility", ("fact", index, "id"), f"{fact.id} is a fact that screening must not use: take it out"
            )
    for index, criterion in enumerate(eligibility.criteria):
        try:
            compile_condition(criterion.condition, {need: types[need] for need in criterion.needs if need in types})
        except ConditionError as error:
            words = f"does not compile ({error}): correct it; numbers are written 18.0 and every fact stands in needs"
            yield Reference("eligibility", ("criterion", index, "condition"), words)


def _referral(models: Models) -> Iterator[Reference]:
    referral = models.get("referral")
    if referral is None:
        return
    yield from _unknown("referral", "route", referral.routes, ("sources",), _ids(referral.sources), "source")
    yield from _unknown("referral", "route", referral.routes, ("prompts",), _ids(referral.prompts), "prompt")
    yield from _unknown("referral", "route", referral.routes, ("materials",), _ids(referral.materials), "material")


def _pathway(models: Models) -> Iterator[Reference]:
    pathway = models.get("pathway")
    if pathway is None:
        return
    states, limits = _ids(pathway.states), _ids(pathway.limits)
    yield from _unknown("pathway", "transition", pathway.transitions, ("origins", "target"), states, "state")
    for name in ("job_search", "in_work") if pathway.support else ():
        if (limit := getattr(pathway.support, name)) not in limits:
            yield Reference("pathway", ("support", name), f"there is no limit {limit!r}: correct it, or add the limit")
    if pathway.plan_kinds and pathway.active_case and pathway.active_case.plan_kind not in _ids(pathway.plan_kinds):
        yield Reference("pathway", ("active_case", "plan_kind"), "there is no such plan_kind: correct it")
    kinds = _ids(pathway.plan_kinds)
    yield from _unknown("pathway", "plan_part", pathway.plan_parts, ("kinds",), kinds, "plan_kind")
    if "outcomes" in models:
        yield from _unknown(
            "pathway", "clock", pathway.clocks, ("outcome",), _ids(models["outcomes"].outcomes), "outcome"
        )
        groups = _ids(models["outcomes"].groups)
        yield from _unknown("pathway", "questionnaire", pathway.questionnaires, ("group",), groups, "group")
    if (governance := models.get("governance")) is not None:
        yield from _unknown(
            "pathway", "staff_clock", pathway.staff_clocks, ("ratio",), _ids(governance.ratios), "ratio"
        )


def _outcomes(models: Models) -> Iterator[Reference]:
    outcomes = models.get("outcomes")
    if outcomes is None:
        return
    yield from _unknown("outcomes", "evidence", outcomes.evidence, ("outcome",), _ids(outcomes.outcomes), "outcome")
    asking = [(index, one) for index, one in enumerate(outcomes.outcomes) if getattr(one, "requires", ())]
    for index, outcome in asking:
        for wanted in sorted(set(outcome.requires) - _ids(outcomes.outcomes) | {outcome.id} & set(outcome.requires)):
            words = f"there is no other outcome {wanted!r}: correct it, or add the outcome"
            yield Reference("outcomes", ("outcome", index, "requires"), words)
    for index, outcome in enumerate(outcomes.outcomes):
        for code in sorted(set(outcome.met_by) - set(outcome.codes)) if isinstance(outcome, FirstRecord) else ():
            words = f"{code!r} does not stand in codes: correct it, or add it to codes"
            yield Reference("outcomes", ("outcome", index, "met_by"), words)
    rows = _ids(outcomes.of_kind("each_row"))
    together = [getattr(outcome, "outcomes", ()) for outcome in outcomes.outcomes]
    for index, ids in enumerate(together):
        for place, id in enumerate(ids):
            if id not in rows:
                words = f"there is no outcome {id!r} of kind each_row: correct it, or add the outcome"
                yield Reference("outcomes", ("outcome", index, "outcomes", place), words)


def _indicators(models: Models) -> Iterator[Reference]:
    indicators = models.get("indicators")
    if indicators is None:
        return
    entries = indicators.indicators
    breakdowns = _ids(indicators.breakdowns)
    yield from _unknown("indicators", "indicator", entries, ("breakdowns",), breakdowns, "breakdown")
    consequences = _ids(indicators.consequences)
    yield from _unknown("indicators", "indicator", entries, ("consequence",), consequences, "consequence")
    national = _ids(indicators.national_outcomes)
    yield from _unknown("indicators", "indicator", entries, ("contributes_to",), national, "national_outcome")
    yield from _lots_of_targets(entries, models.get("service"))
    if "outcomes" not in models:
        return
    outcomes = models["outcomes"]
    yield from _unknown("indicators", "indicator", entries, ("outcome",), _ids(outcomes.outcomes), "outcome")
    yield from _unknown("indicators", "indicator", entries, ("band",), outcomes.hours.ids, "band of hours")
    yield from _unknown("indicators", "indicator", entries, ("among",), _ids(outcomes.groups), "group")
    yield from _subjects(entries, outcomes)
    for index, indicator in enumerate(entries):
        if indicator.evidence and outcomes.evidence_for(indicator.outcome) is None:
            words = (
                f"asks for evidence, but outcomes.toml says of none what proves {indicator.outcome}: add [[evidence]]"
            )
            yield Reference("indicators", ("indicator", index, "evidence"), words)


def _lots_of_targets(entries: Iterable[Any], service: Any) -> Iterator[Reference]:
    lots = _ids(service.lots) if service else set()
    for index, indicator in enumerate(entries):
        lot = indicator.target.lot if indicator.target else None
        if service and lot is not None and lot not in lots:
            words = f"there is no lot {lot!r}: correct it, or add the lot"
            yield Reference("indicators", ("indicator", index, "target", "lot"), words)


def _subjects(entries: Iterable[Any], outcomes: Any) -> Iterator[Reference]:
    """An outcome that is counted row by row has rows as its subjects, and nothing else has."""
    kinds = {outcome.id: outcome.kind for outcome in outcomes.outcomes}
    for index, indicator in enumerate(entries):
        kind = kinds.get(indicator.outcome)
        if kind is not None and (kind in ROWS) != (indicator.subject in ROW_SUBJECTS):
            wanted = ROW_SUBJECTS if kind in ROWS else ("person", "episode", "job", "record")
            words = f"is {indicator.subject!r}, but {indicator.outcome} counts one of {', '.join(wanted)}: correct it"
            yield Reference("indicators", ("indicator", index, "subject"), words)


def _report(models: Models) -> Iterator[Reference]:
    report = models.get("report")
    if report is None:
        return
    yield from _unknown("report", "section", report.sections, ("narratives",), _ids(report.narratives), "narrative")
    yield from _unknown("report", "recipient", report.recipients, ("receives",), _ids(report.deliveries), "delivery")
    if "indicators" in models:
        indicators = _ids(models["indicators"].indicators)
        yield from _unknown("report", "section", report.sections, ("indicators",), indicators, "indicator")
        breakdowns = _ids(models["indicators"].breakdowns)
        yield from _unknown("report", "section", report.sections, ("breakdowns",), breakdowns, "breakdown")
        yield from _unknown("report", "footnote", report.footnotes, ("about",), indicators, "indicator")
        yield from _matrices(report.sections, models["indicators"])


def _matrices(sections: Iterable[Any], indicators: Any) -> Iterator[Reference]:
    """A matrix has rows that are computed, across a breakdown that each of them has."""
    computed = {one.id: one for one in indicators.computed}
    for index, section in enumerate(sections):
        for place, row in enumerate(section.matrix.rows if section.matrix else ()):
            at = ("section", index, "matrix", "row", place, "indicator")
            if row.indicator not in computed:
                words = f"there is no indicator {row.indicator!r} to compute: correct it, or add the indicator"
                yield Reference("report", at, words)
            elif section.matrix.across not in _ids(indicators.breakdowns_of(computed[row.indicator])):
                words = f"{row.indicator} has no breakdown {section.matrix.across!r}: add it to the indicator's own"
                yield Reference("report", at, words)


def _governance(models: Models) -> Iterator[Reference]:
    governance = models.get("governance")
    if governance is not None:
        yield from _unknown(
            "governance", "duty", governance.duties, ("kept_in",), _ids(governance.registers), "register"
        )
        measures, of = governance.fidelity_measures, ("governance", "fidelity_measure")
        yield from _unknown(*of, measures, ("item",), _ids(governance.fidelity_items), "fidelity_item")
        yield from _unknown(*of, measures, ("ratio",), _ids(governance.ratios), "ratio")
        if "pathway" in models:
            yield from _unknown(*of, measures, ("clocks",), _ids(models["pathway"].clocks), "clock")


CHECKS = (
    _service, _teams, _phases, _conditions, _referral, _pathway, _outcomes, _indicators, _report, _governance,
)  # fmt: skip
