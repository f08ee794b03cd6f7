"""When you save: what the form says of a contact is what the library makes of it, for every kind, person and answer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import product
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from tests.site.casework.factories import TODAY, ago, make_contact, make_episode, make_job, make_person, make_plan
from tests.site.conftest import World

import placewell_web.casework
from placewell.cadence.situation import met_in_person
from placewell.outcomes import Facts, numbered_appointments
from placewell.outcomes.contacts import is_two_way
from placewell.specification import load
from placewell.vocabulary import labels
from placewell_web.accounts.models import User
from placewell_web.casework.forms.occasion import KINDS, REMOTE, WITH_WHOM, attendances
from placewell_web.casework.presenters import saving
from placewell_web.casework.presenters.cases import cases
from placewell_web.casework.presenters.saving import Effect
from placewell_web.casework.queries import caseload
from placewell_web.casework.queries.caseload import Caseload
from placewell_web.clients.models import Episode

SignIn = Callable[[User | None], Client]
STYLE = Path(placewell_web.casework.__file__).parent / "static/casework/contacts.css"
EVERY = list(product([kind for kind, _ in KINDS], WITH_WHOM, [code for code, _ in attendances("Jas")]))
SERVICES = ("thrive_into_work", "ips_grow", "dorset_work_matters", "nottingham_health_employment", "workwise")


@pytest.fixture(autouse=True)
def _still(frozen: object) -> None:
    """Friday 14 June 2019, 12:04."""


@pytest.fixture
def episode(world: World) -> Episode:
    """In the second week of a job, met on the first day and only spoken with since; with a plan, and proof to get."""
    found = make_episode(world, person=make_person(preferred_name="Jas"))
    make_job(found, ago(10))
    make_contact(found, ago(10))
    make_contact(found, ago(8), kind="call", place="remote")
    make_plan(found, ago(30))
    return found


def read(episode: Episode, service: str = "thrive_into_work") -> Caseload:
    loaded = caseload.load(Episode.unscoped.filter(pk=episode.pk), TODAY)
    return replace(loaded, spec=load(service))


def lines(loaded: Caseload) -> list[Effect]:
    case = cases(loaded)[0]
    return saving.counting(loaded, case, TODAY) + saving.effects(loaded, case, TODAY, planned=True)


def said(effects: list[Effect], kind: str, with_whom: str, attendance: str) -> dict[str, list[str]]:
    """What the page shows of a contact that is chosen: the style hides the list, or lines of it."""
    shown: dict[str, list[str]] = {}
    for one in effects if (with_whom, attendance) == ("client", "attended") else ():
        if one.holds(kind):
            shown.setdefault(one.verb, []).append(one.words)
    return shown


@pytest.mark.parametrize("service", SERVICES)
def test_the_page_says_of_every_contact_what_the_library_makes_of_it(episode: Episode, service: str) -> None:
    loaded = read(episode, service)
    places = {kind: "remote" if kind in REMOTE else "community" for kind, _ in KINDS}
    rows = [
        {"contact_id": f"{n:032x}", "episode_id": str(episode.pk), "on": TODAY, "kind": kind, "place": places[kind]}
        | {"with_whom": whom, "attendance": attendance}
        for n, (kind, whom, attendance) in enumerate(EVERY, 1)
    ]
    (person,) = loaded.people
    whole = replace(loaded, people=(person.plus("contacts", *rows),)).whole
    facts = Facts(loaded.spec, whole, TODAY)
    numbered = set(numbered_appointments(loaded.spec, whole, TODAY)["contact_id"])
    told = whole["contacts"].select("contact_id", "with_whom", is_two_way(facts), met=met_in_person())
    truth = {row["contact_id"]: row for row in told.to_dicts()}
    effects = lines(loaded)
    counted = any(one.verb == "Counts as" for one in effects)
    for row in rows:
        id = str(UUID(row["contact_id"]))
        shown = said(effects, row["kind"], row["with_whom"], row["attendance"])
        answered = truth[id]["is_two_way"] and row["with_whom"] == "client"
        assert ("Counts as" in shown) == (id in numbered and counted), row
        assert ("Keeps" in shown) == answered, row
        weekly = [words for words in shown.get("Clears", ()) if words.startswith("weekly in-work contact")]
        assert bool(weekly) == (truth[id]["met"] and _has_weekly(loaded)), row
        assert ("Clears" in shown) <= answered, row


def _has_weekly(loaded: Caseload) -> bool:
    return any(due.clock == "in_work_weekly" for due in cases(loaded)[0].dues)


def cleared(loaded: Caseload, kind: str) -> set[str]:
    """The clocks that a contact of today moves, by the library."""
    place = "remote" if kind in REMOTE else "community"
    row = {"contact_id": saving.NEW, "episode_id": next(iter(loaded.episode_ids)), "on": TODAY, "kind": kind}
    after = loaded.with_contact(**row, place=place, with_whom="client", attendance="attended")
    left = {(one["clock"], one["due_on"]) for one in after.clocks}
    return {one["what"].lower() for one in loaded.clocks if (one["clock"], one["due_on"]) not in left}


@pytest.mark.parametrize("kind", [kind for kind, _ in KINDS])
def test_what_is_cleared_is_what_the_library_clears(episode: Episode, kind: str) -> None:
    loaded = read(episode)
    shown = said(lines(loaded), kind, "client", "attended").get("Clears", [])
    assert {words.split(",")[0] for words in shown} == cleared(loaded, kind)


def test_a_call_leaves_open_what_only_a_meeting_clears(episode: Episode) -> None:
    effects = lines(read(episode))
    call, met = (said(effects, kind, "client", "attended") for kind in ("call", "appointment"))
    weekly = "weekly in-work contact, 3 days late"
    assert f"{weekly}, if you met face to face" in met["Clears"]
    assert "weekly in-work contact, by 11 June 2019. Only meeting face to face clears it" in call["Still open:"]
    assert not [words for words in call.get("Clears", ()) if "weekly" in words]


def test_what_a_contact_of_today_is_too_early_for_stays_open(world: World) -> None:
    """The meeting before a start is held in the week before it."""
    episode = make_episode(world)
    make_job(episode, ago(-20), first_day_worked_on=None)
    effects = lines(read(episode))
    assert [one.verb for one in effects if one.words.startswith("meet before the job starts")] == ["Still open:"]


def test_a_second_contact_of_one_day_clears_nothing_more(world: World) -> None:
    episode = make_episode(world)
    make_contact(episode, TODAY)
    found = {one.words.split(",")[0]: one.verb for one in lines(read(episode))}
    assert found["stay in contact"] == "Still open:"


def test_words_are_true_before_anything_is_chosen(world: World, episode: Episode, client_for: SignIn) -> None:
    page = client_for(world.user("specialist")).get(f"/people/{episode.pk}/contact/").content.decode()
    assert ", unless it is a text, email, letter or outreach</span>" in page
    assert "If you are in contact with Jas today, and Jas attends or answers:" in page


def test_the_style_knows_every_kind() -> None:
    style = STYLE.read_text()
    for kind in labels("contact_kind"):
        for part in ("not", "only"):
            assert f'.cw-contact-page:has([name="kind"][value="{kind}"]:checked) .cw-{part}-{kind}' in style


def test_every_kind_has_its_own_say() -> None:
    effect = Effect("met", "Counts as", "the 2nd appointment", "", but=("text", "email"))
    other = Effect("missing", "Still open:", "x", "", only=("call",))
    assert effect.classes == "cw-not-text cw-not-email"
    assert other.classes == "cw-only-call cw-only"
    table: list[tuple[Effect, str, Any]] = [(effect, "call", True), (effect, "text", False)]
    assert all(
        one.holds(kind) is answer for one, kind, answer in [*table, (other, "call", True), (other, "text", False)]
    )
