"""What the public form shows: where the reader stands, the answers in groups, and what the answers suggest."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from placewell.specification import Specification
from placewell_web.intake.answers import Answers, hints, in_words, is_needed, needs
from placewell_web.intake.questions import Box, Page

if TYPE_CHECKING:
    from placewell_web.intake.forms import QuestionForm

Address = Callable[..., str]
JOINED = (  # label, boxes that read as one, what stands between them; with a comma the last comes first
    ("Name", ("first_name", "surname"), " "),
    ("GP practice", ("lot", "gp_practice"), ", "),
    ("Health condition or disability", ("has_condition", "condition_words"), ": "),
)

HINTS = {
    "gp_in_area": "People need to be with a GP practice in one of our areas.",
    "adult": "The service is for people aged 18 or older.",
    "health_condition": "The service is for people with a health condition or disability that makes it harder to work.",
    "no_excluded_condition": "With some conditions, other services can help better.",
    "out_of_work_four_weeks": "The service is for people who have been out of work for 4 weeks or more.",
    "wants_work": "The service helps people who want to find paid work.",
    "no_job_offer": "The service is for people without a job offer.",
    "not_on_state_programme": "People cannot be on another state-funded employment programme at the same time.",
}
NOT_AGREED = (
    "You said that they have not agreed yet. Please ask them first: we do not contact people who have not agreed."
)


@dataclass(frozen=True)
class Row:
    """One line of a list of answers."""

    label: str
    text: str
    url: str = ""
    action: str = "Change"


@dataclass(frozen=True)
class Group:
    """Answers under one heading."""

    title: str
    rows: list[Row]


@dataclass(frozen=True)
class Place:
    """Where a question stands in the form: its number, and where Back leads."""

    number: int
    of: int
    back: str


def place(pages: tuple[Page, ...], page: Page, changing: bool, address: Address) -> Place:
    number = pages.index(page) + 1
    if changing:
        back = address("check")
    elif number == 1:
        back = address("start")
    else:
        back = address("question", question=pages[number - 2].id)
    return Place(number, len(pages), back)


def groups(pages: Iterable[Page], answers: Answers, address: Address | None = None) -> list[Group]:
    """The answers in the sections of the form, each with its way back if `address` is given.

    What was left empty and not needed is left out; answers that read as one stand in one row.
    """
    found: dict[str, list[Row]] = {}
    for page in pages:
        url = address("question", change=True, question=page.id) if address else ""
        rows = [Row(label, text, url) for label, text in _said(page, answers)]
        if not rows and address:
            rows = [Row(page.boxes[0].short, "Nothing given", url)]
        found.setdefault(page.section, []).extend(rows)
    return [Group(title, rows) for title, rows in found.items() if rows]


def _said(page: Page, answers: Answers) -> Iterator[tuple[str, str]]:
    boxes = {box.id: box for box in page.boxes}
    texts = {box.id: in_words(box, answers[box.id]) for box in page.boxes if box.id in answers}
    told: set[str] = set()
    for box in page.boxes:
        if box.id in told:
            continue
        label, parts, between = _joined(box, boxes, answers)
        if set(parts) <= set(texts):
            told |= set(parts)
            yield label, between.join(texts[part] for part in parts)
        elif box.id in texts or is_needed(box, answers):
            yield box.short, texts.get(box.id, "Not answered")


def _joined(box: Box, boxes: Mapping[str, Box], answers: Answers) -> tuple[str, tuple[str, ...], str]:
    """The boxes that read as one with this box, and what stands between them; nothing to join: the box alone."""
    for label, parts, between in JOINED:
        if box.id == parts[0] and set(parts) <= set(boxes):
            if between == ", " and answers.get(box.id) == box.divider_before:
                return label, parts, ": "
            return label, parts[::-1] if between == ", " else parts, between
    needed = next((one.id for one in boxes.values() if one.required_when and needs(one, box.id, answers)), "")
    return (box.short, (box.id, needed), ", to ") if needed else (box.short, (box.id,), "")


def not_kept(form: QuestionForm) -> str:
    """What was typed and could not be read when someone stopped in the middle; empty where all was kept."""
    wrong = [bound.label for bound in form if bound.errors and any(_typed(bound.data))]
    return f"Not kept, because we could not read it: {', '.join(wrong).lower()}. Enter it again." if wrong else ""


def _typed(data: Any) -> tuple[Any, ...]:
    return tuple(data) if isinstance(data, (list, tuple)) else (data,)


def said_by_answers(specification: Specification, answers: Answers, on: date) -> list[str]:
    """What the reader should know before sending, from their own answers alone."""
    said = raised_by_answers(specification, answers, on)
    return said + ([NOT_AGREED] if answers.get("person_agrees") == "no" else [])


def raised_by_answers(specification: Specification, answers: Answers, on: date) -> list[str]:
    """The criteria that the form's own answers do not meet, in words that shut nobody out."""
    reasons = {criterion.id: criterion.not_met for criterion in specification.eligibility.criteria}
    return [HINTS.get(criterion, reasons[criterion]) for criterion in hints(specification, answers, on)]


def area_name(specification: Specification, answers: Answers) -> str:
    """The name of the area that was chosen, or nothing."""
    return next((lot.name for lot in specification.service.lots if lot.code == answers.get("lot")), "")
