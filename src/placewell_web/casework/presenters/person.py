"""The head of a person's pages: who this is, what must be known first, and the tabs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse

from placewell.periods import age_on
from placewell.vocabulary import label
from placewell_web.casework.presenters.states import State
from placewell_web.nhsuk.words import day

TABS = (
    ("person", "Overview"),
    ("about", "About"),
    ("profile", "Profile and plan"),
    ("job_search", "Job search"),
    ("jobs", "Jobs and proof"),
    ("benefits", "Benefits and disclosure"),
    ("other_support", "Other support"),
    ("questionnaires", "Questionnaires"),
    ("contacts", "Contacts"),
    ("history", "History"),
)

WITHOUT_SUPPORT = ("person", "about", "contacts", "history")


@dataclass(frozen=True)
class AlertBox:
    """Something everyone who meets the person must know first; never folded away."""

    kind: str  # risk | communication | contact
    title: str
    text: str


@dataclass(frozen=True)
class Tab:
    label: str
    url: str
    current: bool


@dataclass(frozen=True)
class Head:
    episode_id: str
    name: str
    called: str
    preferred: str
    pronouns: str
    phone: str
    born: str
    lot: str
    number: str
    state: State
    alerts: tuple[AlertBox, ...]
    tabs: tuple[Tab, ...]
    closed: str
    reach: tuple[tuple[str, str], ...]
    served: bool = True
    died: bool = False
    why_closed: str = ""
    goes_on: str = ""
    goes_on_url: str = ""


def head(
    episode: Any, alerts: list[Any], state: State, tab: str, today: date, *, served: bool = True, died: bool = False
) -> Head:
    """`served`: false of whom the trial put into a group without support; nothing is recorded of them here.

    `died`: nothing says how to reach or to meet them.
    """
    person = episode.person
    return Head(
        episode_id=str(episode.pk),
        name=f"{person.first_name} {person.surname}",
        called=person.called,
        preferred=person.preferred_name,
        pronouns=person.pronouns,
        phone=person.phone,
        born=f"{day(person.birth_date)} ({age_on(person.birth_date, today)})" if person.birth_date else "Not known",
        lot=str(episode.lot or "No lot yet"),
        number=person.number,
        state=state,
        alerts=() if died else tuple(_alerts(person, alerts)),
        tabs=_tabs(episode, tab, served),
        closed=_closed(episode),
        reach=() if died else _reach(person),
        served=served,
        died=died,
    )


def _tabs(episode: Any, tab: str, served: bool) -> tuple[Tab, ...]:
    """The pages of a record; without support only what is known of the person and who saw it."""
    shown = [one for one in TABS if served or one[0] in WITHOUT_SUPPORT]
    return tuple(Tab(text, reverse(f"casework:{name}", args=[episode.pk]), name == tab) for name, text in shown)


def _closed(episode: Any) -> str:
    return f"Support ended on {day(episode.closed_on)}." if episode.closed_on else ""


def _reach(person: Any) -> tuple[tuple[str, str], ...]:
    if not person.phone:
        return ()
    return (("Text", f"sms:{person.phone}"), ("Call", f"tel:{person.phone}"))


def _alerts(person: Any, alerts: list[Any]) -> list[AlertBox]:
    """Risks first, then what the person needs to be understood, then how to reach them."""
    order = ("risk", "communication", "contact")
    found = [AlertBox(a.kind, _title(a), f"{a.text} Reviewed {day(a.reviewed_on)}.".strip()) for a in alerts]
    found.sort(key=lambda box: order.index(box.kind) if box.kind in order else len(order))
    if person.communication_needs and not any(box.kind == "communication" for box in found):
        found.append(AlertBox("communication", "Communication", _sentence(person.communication_needs)))
    reach = _reaching(person)
    if reach and not any(box.kind == "contact" for box in found):
        found.append(reach)
    return found


def _title(alert: Any) -> str:
    return f"Risk: {alert.title[:1].lower()}{alert.title[1:]}" if alert.kind == "risk" else alert.title


def _reaching(person: Any) -> AlertBox | None:
    ways = {"text": "Text first", "phone": "Call", "call": "Call", "email": "Email first", "letter": "Write"}
    parts = [ways.get(person.contact_preference, ""), person.contact_time]
    title = ", ".join(part for part in parts if part)
    said = []
    if person.safe_to_leave_message is False:
        said.append("Do not leave voicemail.")
    if person.language:
        interpreter = ", needs an interpreter" if person.needs_interpreter else ""
        said.append(f"Speaks {person.language}{interpreter}.")
    elif person.needs_interpreter:
        said.append("Needs an interpreter.")
    if not title and not said:
        return None
    return AlertBox("contact", title or "Reaching them", " ".join(said))


def _sentence(text: str) -> str:
    text = text.strip().rstrip(".")
    return f"{text[:1].upper()}{text[1:]}."


def said(value: str | None, list_name: str = "") -> str:
    """A coded or free text as words; what is not known says so."""
    if not value:
        return "Not known"
    return label(list_name, value) if list_name else value
