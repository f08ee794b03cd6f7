"""What the public form shows: where the reader stands, the answers in groups, and what the answers suggest."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from placewell.specification import Specification
from placewell_web.intake.answers import Answers, hints, in_words, is_needed
from placewell_web.intake.questions import Page

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


def place(pages: tuple[Page, ...], page: Page, changing: bool) -> Place:
    number = pages.index(page) + 1
    if changing:
        back = reverse("intake:check")
    elif number == 1:
        back = reverse("intake:start")
    else:
        back = reverse("intake:question", kwargs={"question": pages[number - 2].id})
    return Place(number, len(pages), back)


def groups(pages: Iterable[Page], answers: Answers, change: bool = True) -> list[Group]:
    """The answers in the sections of the form; what was left empty and not needed is left out."""
    found: dict[str, list[Row]] = {}
    for page in pages:
        url = f"{reverse('intake:question', kwargs={'question': page.id})}?change=1" if change else ""
        rows = [
            Row(box.short, in_words(box, answers[box.id]) if box.id in answers else "Not answered", url)
            for box in page.boxes
            if box.id in answers or is_needed(box, answers)
        ]
        if not rows and change:
            rows = [Row(page.boxes[0].short, "Nothing given", url)]
        found.setdefault(page.section, []).extend(rows)
    return [Group(title, rows) for title, rows in found.items() if rows]


def said_by_answers(specification: Specification, answers: Answers, on: date) -> list[str]:
    """What the reader should know before sending, from their own answers alone."""
    reasons = {criterion.id: criterion.not_met for criterion in specification.eligibility.criteria}
    said = [HINTS.get(criterion, reasons[criterion]) for criterion in hints(specification, answers, on)]
    return said + ([NOT_AGREED] if answers.get("person_agrees") == "no" else [])


def area_name(specification: Specification, answers: Answers) -> str:
    """The name of the area that was chosen, or nothing."""
    return next((lot.name for lot in specification.service.lots if lot.code == answers.get("lot")), "")
