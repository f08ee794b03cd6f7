"""Walks a meeting for tests: each step sent as its page sends it, by someone who may hold the meeting."""

from __future__ import annotations

import html
import re
from datetime import date, datetime
from html.parser import HTMLParser
from typing import Any
from zoneinfo import ZoneInfo

from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from tests.site.casework.factories import make_episode, make_person
from tests.site.conftest import PASSWORD, World
from tests.site.trial.ready import train

from placewell.questionnaires import instrument
from placewell_web.accounts import service
from placewell_web.clients.models import Episode, Person
from placewell_web.trial.models import Meeting

LONDON = ZoneInfo("Europe/London")
DAY = datetime(2018, 11, 14, 10, 2, tzinfo=LONDON)

ELIGIBLE = {
    "gp_registered_in_area": "yes",
    "has_condition": "yes",
    "condition_stops_work": "yes",
    "excluded_condition": "none",
    "in_work": "no",
    "weeks_out_of_work": "52",
    "wants_paid_work": "yes",
    "has_job_offer": "no",
    "on_state_programme": "no",
    "primary_condition": "anxiety_or_depression",
}
ITEMS = {
    "source": "gp",
    "primary_condition": "anxiety_or_depression",
    "region": "west_midlands",
    "first_name": "Kelly",
    "surname": "Marsh",
    "birth_date-day": "2",
    "birth_date-month": "7",
    "birth_date-year": "1984",
    "email_not_said": "on",
    "phone": "07700 900 218",
    "gender": "2",
    "ethnicity": "A",
    "religion": "M",
    "sexual_orientation": "1",
    "education": "level_2",
    "time_since_last_worked": "under_6_months",
    "benefits": ["universal_credit", "pip"],
}
STATEMENTS = [one.id for one in service.current().trial.consent_form.statements]
POINTS = [str(number) for number, _ in enumerate(service.current().trial.consent_form.information, 1)]
CONSENT = {f"statement_{one}": "yes" for one in STATEMENTS} | {"signed_on": "screen", "signed_name": "Kelly Marsh"}
STEPS = ("meeting", "script", "eligibility", "information", "consent", "person_items", "wellbeing", "health")


def kelly(world: World, lot: str = "dudley", **fields: Any) -> Episode:
    """Accepted a week before the meeting, with that lot's specialist, who has taken the briefing."""
    if "person" not in fields:
        fields["person"] = make_person("Kelly", "Marsh", preferred_name="Kel", birth_date=date(1984, 7, 2))
    given = {"referred_on": date(2018, 11, 1), "accepted_on": date(2018, 11, 7)} | fields
    return make_episode(world, lot, **given)


def prepared(world: World, lot: str = "dudley", **fields: Any) -> Episode:
    train(world, lot)
    return kelly(world, lot, **fields)


def address(episode: Episode, step: str) -> str:
    parts = [one.id for one in service.current().trial.baseline]
    if step in parts:
        return reverse("trial:baseline_part", args=[episode.pk, step])
    return reverse(f"trial:{step}", args=[episode.pk])


def answers(episode: Episode, step: str) -> dict[str, Any]:
    """What a page of this step sends when everything is answered."""
    if step == "person_items":
        fresh = Episode.unscoped.select_related("person").get(pk=episode.pk)
        return (
            ITEMS | _said_of(fresh.person) | {"person_version": fresh.person.version, "episode_version": fresh.version}
        )
    if step in ("wellbeing", "health"):
        return form_of("swemwbs" if step == "wellbeing" else "rand36")
    fixed = {
        "meeting": {"place": "Feldon Lane Surgery"},
        "eligibility": ELIGIBLE,
        "information": {"explained": POINTS},
        "consent": CONSENT,
        "review": {"password": PASSWORD},
    }
    return dict(fixed.get(step, {}))


def _said_of(person: Person) -> dict[str, Any]:
    """Name, birth and phone as the record has them."""
    born = person.birth_date
    parts = {"birth_date-day": str(born.day), "birth_date-month": str(born.month), "birth_date-year": str(born.year)}
    return {"first_name": person.first_name, "surname": person.surname, "phone": person.phone, **parts}


def form_of(name: str, **other: str) -> dict[str, str]:
    """Every item answered with the lowest code."""
    one = instrument(name)
    return {f"item_{item}": one.answers_of(item).known[0] for item in one.items} | other


def send(client: Client, episode: Episode, step: str, **changed: Any) -> HttpResponse:
    data = {name: value for name, value in (answers(episode, step) | changed).items() if value is not None}
    return client.post(address(episode, step), data)


def walk(client: Client, episode: Episode, to: str = "health") -> Meeting:
    """Every step up to and with this one."""
    for step in STEPS[: STEPS.index(to) + 1]:
        response = send(client, episode, step)
        assert response.status_code == 303, (step, response.status_code, errors(response))
    return Meeting.unscoped.get(episode=episode)


def press(client: Client, episode: Episode, password: str = PASSWORD) -> HttpResponse:
    return client.post(address(episode, "review"), {"password": password})


def errors(response: HttpResponse) -> str:
    """What the page says, where it complains of what was sent."""
    return text_of(response)[:2000]


def text_of(response: HttpResponse) -> str:
    """The words of a page."""
    body = re.sub(r"(?s)<(script|style).*?</\1>", "", response.content.decode())
    return html.unescape(" ".join(re.sub(r"<[^>]+>", " ", body).split()))


def fields_of(response: HttpResponse) -> dict[str, str]:
    """The fields of the page's forms as they stand, those that hold something; keys are left out."""
    reader = _Fields()
    reader.feed(response.content.decode())
    left_out = ("csrfmiddlewaretoken", "writer", "draft_key", "person_version", "episode_version", "q")
    return {name: value for name, value in reader.found.items() if value and name not in left_out}


class _Fields(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: dict[str, str] = {}
        self._list = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        name, value = given.get("name") or "", given.get("value") or ""
        if tag == "select":
            self._list = name
        elif tag == "option" and "selected" in given:
            self.found[self._list] = value
        elif tag == "input" and (given.get("type") not in ("radio", "checkbox") or "checked" in given):
            self.found[name] = value
