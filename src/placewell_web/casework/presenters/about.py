"""What is kept about a person, as summary lists; and which of the items that the contract asks for are still to ask."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from placewell.specification import Specification
from placewell.vocabulary import label
from placewell_web.clients.wording import FLAG_WORDS, NOT_ASKED, time_in_words
from placewell_web.nhsuk.words import day, phone

NONE_GIVEN = "Not known"
WAYS = {"text": "Text message", "phone": "Phone call", "call": "Phone call", "email": "Email", "letter": "Letter"}
"""The ways that services offer on their forms, for one whose form does not offer what is recorded."""


@dataclass(frozen=True)
class Row:
    label: str
    text: str
    is_open: bool = False  # nothing is known or asked yet


@dataclass(frozen=True)
class Items:
    """How many of the items that the contract asks for are recorded, and the others by name."""

    recorded: int
    asked: int
    missing: tuple[str, ...]
    clause: str = ""


def details(person: Any, ways: Iterable[tuple[str, str]]) -> list[Row]:
    """Name and contact details."""
    return [
        Row("Name", str(person)),
        _text("Likes to be called", person.preferred_name),
        _text("Pronouns", person.pronouns),
        Row("Date of birth", day(person.birth_date) if person.birth_date else NONE_GIVEN, person.birth_date is None),
        _text("NHS number", _grouped(person.nhs_number)),
        _text("Phone number", phone(person.phone) if person.phone else ""),
        _text("Email address", person.email),
        _text("Postcode", person.postcode),
        _text("Best way to reach them", (WAYS | dict(ways)).get(person.contact_preference, person.contact_preference)),
        _text("Best time", time_in_words(person.contact_time)),
        _flag("Safe to leave a message", person.safe_to_leave_message),
        Row("Language", person.language or "English, as far as known"),
        _flag("Interpreter", person.needs_interpreter),
        _text("What helps", person.communication_needs),
    ]


def equality(person: Any) -> list[Row]:
    """Equality monitoring; "not asked yet" stands apart from "not known" and from what someone prefers not to say."""
    named = {
        "gender": "Gender",
        "ethnicity": "Ethnic group",
        "religion": "Religion or belief",
        "sexual_orientation": "Sexual orientation",
        "education": "Highest qualification",
        "region": "Region",
    }
    return [_coded(words, getattr(person, name), name) for name, words in named.items()]


def health(episode: Any) -> list[Row]:
    """Health and work when the person was referred."""
    practice = episode.gp_practice
    return [
        _coded("Main health condition", episode.primary_condition, "primary_condition"),
        _flag("Long-term condition", episode.has_long_term_condition),
        _flag("Common mental health problem", episode.has_common_mental_health_problem),
        _flag("Autistic", episode.has_autism),
        _flag("Learning disability", episode.has_learning_disability),
        _coded("Work when referred", episode.employment_at_entry, "employment_at_entry"),
        _coded("Time since last worked", episode.time_since_last_worked, "time_since_last_worked"),
        Row("GP practice", practice.name if practice else NONE_GIVEN, practice is None),
    ]


def referral(episode: Any) -> list[Row]:
    """How the person came; it stands as it was received."""
    by = ", ".join(part for part in (episode.referrer_name, episode.referrer_organisation) if part)
    return [
        Row("Referred on", day(episode.referred_on)),
        _coded("Source", episode.source, "source"),
        _text("Referred by", by),
    ]


def items(spec: Specification, episode: Any, consents: Iterable[Any], benefits: Iterable[Any]) -> Items:
    """The items about a person that the contract asks for, in this order; none where it asks for none.

    Recorded is also what someone prefers not to say, and what was asked and is not known.
    """
    person = episode.person
    held: dict[str, tuple[str, object]] = {
        "date referred": ("episodes.referred_on", episode.referred_on),
        "source of referral": ("episodes.source", episode.source),
        "main health condition": ("episodes.primary_condition", episode.primary_condition),
        "consent": ("consents.given_on", list(consents)),
        "region": ("people.region", person.region),
        "first name": ("people.first_name", person.first_name),
        "last name": ("people.surname", person.surname),
        "date of birth": ("people.birth_date", person.birth_date),
        "email address": ("people.email", person.email),
        "phone number": ("people.phone", person.phone),
        "gender": ("people.gender", person.gender),
        "ethnic group": ("people.ethnicity", person.ethnicity),
        "religion or belief": ("people.religion", person.religion),
        "sexual orientation": ("people.sexual_orientation", person.sexual_orientation),
        "education": ("people.education", person.education),
        "time since last worked": ("episodes.time_since_last_worked", episode.time_since_last_worked),
        "benefits": ("benefits.benefit", list(benefits)),
    }
    clauses = {column: item.clause for item in spec.indicators.data_items for column in item.columns}
    asked = {name: value for name, (column, value) in held.items() if column in clauses}
    missing = tuple(name for name, value in asked.items() if not value)
    used = [clauses[column] for column, _ in held.values() if column in clauses]
    return Items(len(asked) - len(missing), len(asked), missing, _clause(used))


def _clause(clauses: list[str]) -> str:
    """`002 App. 6 i–xvii`: the first and the last where they are of one place, else the first."""
    if not clauses:
        return ""
    (place, _, first), (end, _, last) = clauses[0].rpartition(" "), clauses[-1].rpartition(" ")
    return f"{place} {first}–{last}" if place == end and first != last else clauses[0]


def _text(words: str, value: str) -> Row:
    return Row(words, value or NONE_GIVEN, not value)


def _coded(words: str, code: str, list_name: str) -> Row:
    return Row(words, label(list_name, code) if code else NOT_ASKED, not code)


def _flag(words: str, value: bool | None) -> Row:
    return Row(words, FLAG_WORDS[value], value is None)


def _grouped(number: str) -> str:
    return f"{number[:3]} {number[3:6]} {number[6:]}" if number else ""
