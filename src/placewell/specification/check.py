"""What a specification must have in common with the rest of the product: codes, columns and requirement rows.

`load` looks at the files alone and stays quick; this reads the code lists and the data set as well (`placewell check`).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import NamedTuple

from placewell.dataset import TABLES
from placewell.specification.model import Specification
from placewell.specification.outcomes import (
    Answered,
    EachRow,
    Entered,
    ExitQuestionnaire,
    FirstRecord,
    QuestionnaireChange,
    WorkStatus,
)
from placewell.specification.problems import Problem
from placewell.specification.trial import TrialFile
from placewell.vocabulary import code_lists


class Named(NamedTuple):
    """A code or column that an entry names, and where."""

    file: str
    key: str
    name: str


SITE_TABLES = ("referrals", "screening")
"""What a form may fill beside the tables of the data set: the referral itself, and facts of the screening."""


def content_problems(spec: Specification) -> tuple[str, ...]:
    """Every code that is in no list, every column that is not there, every form that has no words for its reader."""
    found = [*_codes(spec), *_columns(spec), *_form(spec)]
    return tuple(str(problem) for problem in sorted(found))


def content_warnings(spec: Specification) -> tuple[str, ...]:
    """What the document leaves open and nobody has settled yet, each with what is needed; no reason to refuse. X42."""
    return tuple(
        f"service.toml: open_point “{point.id}”: {point.label} is not settled. It needs {point.needs}; "
        f"until then {point.until_then} Set value when it is settled."
        for point in spec.service.open_points
        if point.is_open
    )


def _codes(spec: Specification) -> Iterator[Problem]:
    for code_list, named in _named_codes(spec):
        if named.name not in code_lists()[code_list].codes:
            words = (
                f"{named.name!r} is not a code of the list {code_list}: correct it, or add the code to the vocabulary"
            )
            yield Problem(f"{named.file}.toml", named.key, words)


def _named_codes(spec: Specification) -> Iterator[tuple[str, Named]]:
    lists = (
        ("source", "referral", "source", spec.referral.sources),
        ("prompted_by", "referral", "prompt", spec.referral.prompts),
        ("onward_service", "referral", "onward", spec.referral.onward),
        ("evidence_kind", "pathway", "evidence_kind", spec.pathway.evidence_kinds),
        ("destination", "pathway", "destination", spec.pathway.destinations),
        ("consent_kind", "pathway", "consent_kind", spec.pathway.consent_kinds),
        ("plan_kind", "pathway", "plan_kind", spec.pathway.plan_kinds),
        ("arm", "trial", "arm", spec.trial.arms if spec.trial else ()),
        ("course", "governance", "training_area", spec.governance.training_areas if spec.governance else ()),
    )
    for code_list, file, key, entries in lists:
        yield from ((code_list, Named(file, f"{key} “{entry.id}”", entry.id)) for entry in entries)
    yield from _named_in_outcomes(spec)
    yield from _named_in_trial(spec.trial)
    for asked in spec.pathway.questionnaires:
        yield "instrument", Named("pathway", f"questionnaire “{asked.id}”.instrument", asked.instrument)
        yield "occasion", Named("pathway", f"questionnaire “{asked.id}”.occasion", asked.occasion)
    for service in spec.governance.other_services if spec.governance else ():
        yield "onward_service", Named("governance", f"other_service “{service.id}”.kind", service.kind)


def _named_in_outcomes(spec: Specification) -> Iterator[tuple[str, Named]]:
    contact = spec.outcomes.contact
    for kind in contact.appointment_kinds:
        yield "contact_kind", Named("outcomes", "contact.appointment_kinds", kind)
    for kind in contact.two_way_kinds:
        yield "contact_kind", Named("outcomes", "contact.two_way_kinds", kind)
    for code in contact.two_way_attendance:
        yield "attendance", Named("outcomes", "contact.two_way_attendance", code)
    for rule in spec.outcomes.evidence:
        for kind in (*rule.accepted, *(kind for together in rule.backup for kind in together)):
            yield "evidence_kind", Named("outcomes", f"evidence “{rule.id}”", kind)
    for group in spec.outcomes.groups:
        named = (*group.codes, *group.other_than)
        yield from _of_column("episodes", group.column, named, f"group “{group.id}”")
    for outcome in spec.outcomes.outcomes:
        key = f"outcome “{outcome.id}”"
        if isinstance(outcome, FirstRecord | EachRow):
            for only in outcome.only:
                yield from _of_column(outcome.table, only.column, only.codes, f"{key}.only")
        if isinstance(outcome, FirstRecord):
            yield from _of_column(outcome.table, outcome.column, (*outcome.codes, *outcome.met_by), f"{key}.codes")
        elif isinstance(outcome, EachRow) and outcome.column:
            yield from _of_column(outcome.table, outcome.column, outcome.codes, f"{key}.codes")
        elif isinstance(outcome, Entered) and outcome.column:
            yield from _of_column("episodes", outcome.column, outcome.codes, f"{key}.codes")
        elif isinstance(outcome, WorkStatus):
            yield from _of_column("employment_checks", "status", outcome.met_by, f"{key}.met_by")
        elif isinstance(outcome, Answered | ExitQuestionnaire | QuestionnaireChange):
            yield "instrument", Named("outcomes", f"{key}.instrument", outcome.instrument)


def _named_in_trial(trial: TrialFile | None) -> Iterator[tuple[str, Named]]:
    if trial is None:
        return
    for part in trial.baseline:
        if part.instrument:
            yield "instrument", Named("trial", f"baseline “{part.id}”.instrument", part.instrument)
    for again in trial.follow_ups:
        yield "instrument", Named("trial", f"follow_up “{again.id}”.instrument", again.instrument)
        yield "occasion", Named("trial", f"follow_up “{again.id}”.occasion", again.occasion)
    for service in trial.local_services:
        yield "onward_service", Named("trial", f"local_service “{service.id}”.kind", service.kind)
    for course in trial.trained_in:
        yield "course", Named("trial", "trained_in", course)


def _of_column(table: str, column: str, named: Iterable[str], key: str) -> Iterator[tuple[str, Named]]:
    """The codes that a rule names of a column, where the column has a list of codes."""
    columns = {item.name: item for item in TABLES[table].columns}
    codes = columns[column].codes if column in columns else None
    if codes:
        yield from ((codes, Named("outcomes", key, code)) for code in named)


def _columns(spec: Specification) -> Iterator[Problem]:
    columns = {f"{table.name}.{column}" for table in TABLES.values() for column in table.names}
    for named in _named_columns(spec):
        if named.name not in columns:
            words = f"{named.name!r} is not a column of the data set: write table.column as in the data dictionary"
            yield Problem(f"{named.file}.toml", named.key, words)


def _named_columns(spec: Specification) -> Iterator[Named]:
    for fact in spec.eligibility.facts:
        if fact.derived_from:
            yield Named("eligibility", f"fact “{fact.id}”.derived_from", fact.derived_from)
    for group in spec.outcomes.groups:
        yield Named("outcomes", f"group “{group.id}”.column", f"episodes.{group.column}")
    for outcome in spec.outcomes.outcomes:
        if isinstance(outcome, FirstRecord | EachRow) and outcome.column:
            yield Named("outcomes", f"outcome “{outcome.id}”.column", f"{outcome.table}.{outcome.column}")
        if isinstance(outcome, FirstRecord | EachRow):
            for only in outcome.only:
                yield Named("outcomes", f"outcome “{outcome.id}”.only", f"{outcome.table}.{only.column}")
        elif isinstance(outcome, Entered) and outcome.column:
            yield Named("outcomes", f"outcome “{outcome.id}”.column", f"episodes.{outcome.column}")
    for breakdown in spec.indicators.breakdowns:
        if breakdown.table != "record":
            name = f"{breakdown.table}.{breakdown.column}"
            yield Named("indicators", f"breakdown “{breakdown.id}”.column", name)
    for item in spec.indicators.data_items:
        yield from (Named("indicators", f"data_item “{item.id}”.columns", column) for column in item.columns)
    for indicator in spec.indicators.indicators:
        yield from (Named("indicators", f"indicator “{indicator.id}”.linkage", column) for column in indicator.linkage)


def _form(spec: Specification) -> Iterator[Problem]:
    facts = {fact.id for fact in spec.eligibility.facts}
    for question in spec.referral.questions:
        key = f"question “{question.id}”"
        for audience in question.asked_of:
            if not getattr(question, f"title_{audience}"):
                words = f"has no title_{audience} though it is asked of them: add the question's words"
                yield Problem("referral.toml", key, words)
        for field in question.fields:
            yield from _filled(f"{key}.field “{field.id}”.fills", field.fills, facts)


def _filled(key: str, fills: str, facts: Collection[str]) -> Iterator[Problem]:
    table, _, column = fills.partition(".")
    if not column or table not in (*TABLES, *SITE_TABLES):
        yield Problem("referral.toml", key, f"{fills!r} names no table: write table.column, or screening.fact")
    elif table == "screening" and column not in facts:
        yield Problem("referral.toml", key, f"there is no fact {column!r} in eligibility.toml: correct it, or add it")
