"""What staff see of referrals: rows of the inbox, the referral page, screening and the specialists with their room."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from placewell.pathway import caseload_limit
from placewell.specification import Specification
from placewell.specification.referral import Audience
from placewell_web.intake.answers import Answers
from placewell_web.intake.presenters.public import Group, Row, groups
from placewell_web.intake.questions import ABOUT_YOU, pages_for
from placewell_web.nhsuk import words

STATES = {
    "new": ("New", "blue"),
    "duplicate": ("Duplicate?", "orange"),
    "screening": ("Screening", "purple"),
    "ready": ("Ready to assign", "green"),
}
OVERALL = {
    "eligible": ("Eligible", "green"),
    "not_eligible": ("Not eligible", "red"),
    "not_known": ("Not known yet", "grey"),
}
ANSWERS = {"met": ("Met", "met"), "not_met": ("Not met", "breached"), "not_known": ("Not known", "none")}
MATCHED = {
    "nhs_number": "NHS number",
    "name": "name",
    "birth_date": "date of birth",
    "postcode": "postcode",
    "phone": "phone number",
}
SECTIONS = {"About them": "The person", "Reaching you": "Reaching them"}
LABELS = {
    "Where you work": "Works at",
    "What to call you": "Likes to be called",
    "How you heard of us": "What led to it",
}
ROUTES = {"web": "On the website", "phone": "By phone", "email": "By email", "in_person": "In person"}


@dataclass(frozen=True)
class Pill:
    label: str
    count: int
    url: str
    current: bool


def pills(counts: Mapping[str, int], shown: str) -> list[Pill]:
    """The parts of the inbox, each with how many wait in it."""
    here = reverse("intake:inbox")
    all_of_them = Pill("All", sum(counts.values()), here, not shown)
    parts = [
        Pill(label, counts.get(state, 0), f"{here}?{urlencode({'show': state})}", state == shown)
        for state, (label, _) in STATES.items()
    ]
    return [all_of_them, *parts]


@dataclass(frozen=True)
class InboxRow:
    """One referral of the inbox."""

    url: str
    name: str
    number: str
    state: str
    colour: str
    came: str
    lot: str
    referred_on: date
    days: int
    late: bool
    compared: bool


def inbox_rows(
    waiting: Iterable[Any], specification: Specification, first_contact_days: int, compared: Container[object] = ()
) -> list[InboxRow]:
    """Rows of the inbox; one that waits longer than the aim for the first contact is late.

    `compared`: the people who are in the trial's comparison group, and so cannot be accepted before it ends.
    """
    labels = source_labels(specification)
    return [
        InboxRow(
            url=reverse("intake:referral", kwargs={"episode": one.episode.pk}),
            name=str(one.episode.person),
            number=one.episode.person.number,
            state=STATES[one.state][0],
            colour=STATES[one.state][1],
            came=came(one.episode, labels),
            lot=one.episode.lot.name if one.episode.lot else "No area yet",
            referred_on=one.episode.referred_on,
            days=one.days,
            late=one.days > first_contact_days,
            compared=one.episode.person_id in compared,
        )
        for one in waiting
    ]


def source_labels(specification: Specification) -> dict[str, str]:
    return {source.id: source.label for source in specification.referral.sources}


def came(episode: Any, labels: Mapping[str, str]) -> str:
    """How a referral came, in a few words: GP, on the website."""
    source = labels.get(episode.source, episode.source or "Source not known")
    route = ROUTES.get(episode.route, "")
    return f"{source}, {route[:1].lower()}{route[1:]}" if route else source


def waited(days: int) -> str:
    """Since when: came today, came yesterday, waits 15 days."""
    return "came today" if days <= 0 else "came yesterday" if days == 1 else f"waits {days} days"


def answer_groups(specification: Specification, answers: Answers) -> list[Group]:
    """The answers as they were given, in the sections of the form, named for staff; nothing where none are held."""
    if not answers:
        return []
    audience: Audience = "self" if answers.get("form") == "self" else "professional"
    titles = SECTIONS | {ABOUT_YOU: "The person" if audience == "self" else "The referrer"}
    said = groups(pages_for(specification, audience), answers)
    return [Group(titles.get(group.title, group.title), [_for_staff(row) for row in group.rows]) for group in said]


def _for_staff(row: Row) -> Row:
    """A row whose label spoke to the sender: "Your role" is the role of the referrer."""
    label = row.label.removeprefix("Your ")
    return Row(LABELS.get(row.label, label[:1].upper() + label[1:]), row.text)


def person_rows(episode: Any) -> list[Row]:
    """What the record holds of the person now, for a page that has no answers of a form."""
    person = episode.person
    number = person.nhs_number
    return [
        Row("Name", str(person)),
        Row("Date of birth", words.day(person.birth_date)),
        Row("NHS number", f"{number[:3]} {number[3:6]} {number[6:]}" if number else words.NOT_KNOWN),
        Row("Phone", words.phone(person.phone) if person.phone else words.NOT_KNOWN),
        Row("Email", person.email or words.NOT_KNOWN),
        Row("Postcode", person.postcode or words.NOT_KNOWN),
        Row("GP practice", episode.gp_practice.name if episode.gp_practice else words.NOT_KNOWN),
    ]


@dataclass(frozen=True)
class CriterionRow:
    """A criterion of a screening, in words."""

    question: str
    answer: str
    mark: str
    reason: str
    clause: str


@dataclass(frozen=True)
class ScreeningCard:
    """A screening as it was decided."""

    overall: str
    colour: str
    on: date
    by: str
    version: str
    hash: str
    override_reason: str
    override_by: str
    rows: list[CriterionRow]


def screening_card(screening: Any, specification: Specification) -> ScreeningCard:
    questions = {criterion.id: criterion.question for criterion in specification.eligibility.criteria}
    label, colour = OVERALL[screening.overall]
    return ScreeningCard(
        overall=label,
        colour=colour,
        on=screening.decided_on,
        by=screening.decided_by.name,
        version=screening.specification_version,
        hash=screening.specification_hash[:8],
        override_reason=screening.override_reason,
        override_by=screening.override_by.name if screening.override_by else "",
        rows=[
            CriterionRow(
                questions.get(answer.criterion, answer.criterion), *ANSWERS[answer.answer], answer.reason, answer.clause
            )
            for answer in sorted(screening.answers.all(), key=lambda answer: answer.pk)
        ],
    )


def matched(question: Any) -> str:
    """What two records agree on, in words: name, date of birth and phone number."""
    names = [MATCHED.get(part, part) for part in question.matched_on.split(",")]
    return " and ".join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else names[0]


@dataclass(frozen=True)
class BesideRow:
    """One fact of two records laid side by side."""

    label: str
    this: str
    other: str
    same: bool


def side_by_side(this: Any, other: Any) -> list[BesideRow]:
    """Two records line by line, in the same words."""
    rows = []
    for label, name in (
        ("First name", "first_name"),
        ("Last name", "surname"),
        ("Called", "preferred_name"),
        ("Date of birth", "birth_date"),
        ("NHS number", "nhs_number"),
        ("Phone", "phone"),
        ("Email", "email"),
        ("Postcode", "postcode"),
        ("Number", "number"),
    ):
        left, right = _shown(getattr(this, name)), _shown(getattr(other, name))
        rows.append(BesideRow(label, left, right, left == right and left != words.NOT_KNOWN))
    return rows


def _shown(value: Any) -> str:
    if isinstance(value, date):
        return words.day(value)
    if str(value).startswith("+"):
        return words.phone(value)
    return str(value) if value not in ("", None) else words.NOT_KNOWN


@dataclass(frozen=True)
class Room:
    """A specialist and how much room they have."""

    key: str
    name: str
    said: str
    full: bool


def rooms(loads: Iterable[Any], specification: Specification, on: date) -> list[Room]:
    """Each specialist's open cases against their limit, where the service sets one: 24 open of 30, room for 6."""
    found = []
    for load in loads:
        limit = caseload_limit(specification, on, load.fte)
        left = None if limit is None else limit - load.open_cases
        full = left is not None and left <= 0
        room = "" if left is None else f" of {limit}: full" if full else f" of {limit}: room for {left}"
        part = "" if load.fte == 1 else f", works {words.hours(load.fte * 100)}% of full time"
        team = f", {load.team_name}" if load.team_name else ""
        away = words.away_words(load.away, on)
        found.append(Room(str(load.user_id), load.name, f"{load.open_cases} open{room}{part}{team}{away}", full))
    return found


def trial_first(specification: Specification, on: date) -> bool:
    """Whether the trial's meeting comes before anyone enters: the phase of the day randomises (002 §9.10, §9.11)."""
    phase = specification.service.phase_on(on)
    return phase is not None and phase.randomised
