"""The answers of a referral form: kept as text, read again, shown in words, and turned into a person and an episode."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from placewell.eligibility import decide
from placewell.periods import age_on
from placewell.specification import Specification
from placewell.specification.referral import Audience
from placewell_web.intake.questions import Box, Page
from placewell_web.nhsuk import words

Answers = Mapping[str, Any]  # text, or a tuple of codes; a date is ISO text
YES_NO = {"yes": True, "no": False}
ASKED_AS_IS = ("wants_paid_work", "has_condition")


def to_text(answers: Answers) -> str:
    """Canonical JSON of cleaned answers: the same answers are the same bytes."""
    return json.dumps(answers, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def from_text(text: str) -> dict[str, Any]:
    """What `to_text` wrote; only ever our own text."""
    read: dict[str, Any] = json.loads(text or "{}")
    return read


def cleaned(values: Mapping[str, Any]) -> dict[str, Any]:
    """The values of a valid form as answers: dates as ISO text, nothing for what was left empty."""
    kept = {name: value.isoformat() if isinstance(value, date) else value for name, value in values.items()}
    return {name: value for name, value in kept.items() if value not in ("", None, [])}


def day(answers: Answers, name: str) -> date | None:
    return date.fromisoformat(answers[name]) if answers.get(name) else None


def is_needed(box: Box, answers: Answers) -> bool:
    """Whether a box must be answered: always, or because of another answer (`contact_preference in phone, text`)."""
    if box.required:
        return True
    name = box.required_when.partition(" in ")[0].strip()
    return needs(box, name, answers)


def needs(box: Box, name: str, answers: Answers) -> bool:
    """Whether the answer to the box `name` makes this box needed."""
    asked, _, codes = box.required_when.partition(" in ")
    return asked.strip() == name and answers.get(name) in {code.strip() for code in codes.split(",") if code.strip()}


def is_complete(page: Page, answers: Answers) -> bool:
    return all(box.id in answers for box in page.boxes if is_needed(box, answers))


def first_incomplete(pages: Iterable[Page], answers: Answers) -> Page | None:
    """The first page that still lacks an answer it needs."""
    return next((page for page in pages if not is_complete(page, answers)), None)


def in_words(box: Box, value: Any) -> str:
    """An answer as the person gave it, in the words of the form."""
    labels = dict(box.options)
    if box.kind == "date":
        return words.day(date.fromisoformat(value))
    if box.kind == "checkboxes":
        return ", ".join(labels.get(code, code) for code in value)
    if box.kind == "tel":
        return words.phone(value)
    if box.kind == "nhs_number":
        return f"{value[:3]} {value[3:6]} {value[6:]}"
    if box.kind == "textarea":
        return f"“{value}”"
    return labels.get(value, str(value))


def filled(specification: Specification, boxes: Mapping[str, Box], answers: Answers, table: str) -> dict[str, Any]:
    """What the answers put into the columns of one table (`people`, `episodes`), by the `fills` of each box."""
    columns: dict[str, Any] = {}
    for box in boxes.values():
        name, _, column = box.fills.partition(".")
        if name == table and box.id in answers:
            columns[column] = _written(specification, box, answers[box.id])
    return columns


def _written(specification: Specification, box: Box, value: Any) -> Any:
    if box.kind == "date":
        return date.fromisoformat(value)
    if box.kind == "checkboxes":
        return in_words(box, value)
    if {code for code, _ in box.options} <= set(YES_NO) and value in YES_NO:
        return YES_NO[value]
    return _writes(specification, box.id).get(value, value)


def _writes(specification: Specification, box_id: str) -> dict[str, str]:
    fields = (field for question in specification.referral.questions for field in question.fields)
    return {
        option.id: option.writes for field in fields if field.id == box_id for option in field.options if option.writes
    }


def source_of(specification: Specification, audience: Audience, answers: Answers) -> str:
    """Who referred, as a code: what was answered, or the person themselves; a professional who did not say: nothing."""
    given = str(answers.get("source", ""))
    if given or audience == "professional":
        return given
    return next((source.id for source in specification.referral.sources if source.refers == audience), "")


def facts_said(specification: Specification, answers: Answers, on: date, in_area: bool | None) -> dict[str, Any]:
    """What the form's own answers say about the facts of screening; a fact they leave open is not in it."""
    facts: dict[str, Any] = {name: YES_NO[answers[name]] for name in ASKED_AS_IS if answers.get(name) in YES_NO}
    if in_area is not None:
        facts["gp_registered_in_area"] = in_area
    if born := day(answers, "birth_date"):
        facts["age_years"] = float(age_on(born, on))
    worked = answers.get("last_worked")
    if worked == "in_work":
        facts |= {"in_work": True, "weeks_out_of_work": 0.0}
    elif worked and worked != "not_known":
        facts["in_work"] = False
    known = {fact.id for fact in specification.eligibility.facts}
    return {name: value for name, value in facts.items() if name in known}


def hints(specification: Specification, answers: Answers, on: date) -> list[str]:
    """The criteria that the form's own answers do not meet; they never say anything about who is known already."""
    area = answers.get("lot")
    in_area = None if not area else area in {lot.code for lot in specification.service.lots} or None
    facts = facts_said(specification, answers, on, in_area)
    if answers.get("last_worked") == "under_4_weeks":
        facts["weeks_out_of_work"] = 0.0
    return [answer.criterion for answer in decide(specification, facts, on) if answer.answer == "not_met"]
