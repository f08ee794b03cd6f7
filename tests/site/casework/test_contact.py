"""Logging a contact: six taps, once only, words never lost, rows where they stand for tables."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.test import Client
from tests.site.casework.factories import ago, make_contact, make_episode, make_job, make_person, make_profile
from tests.site.conftest import NOW, World

from placewell.specification import load
from placewell_web.accounts.models import User
from placewell_web.audit.models import Entry
from placewell_web.casework.models import (
    Application,
    BenefitsAdvice,
    Contact,
    ContactDraft,
    Disclosure,
    EmployerContact,
    JobProblem,
)
from placewell_web.casework.presenters import saving
from placewell_web.casework.presenters.cases import cases
from placewell_web.casework.queries import caseload, episodes
from placewell_web.clients.models import Episode
from placewell_web.employers.models import Employer

SignIn = Callable[[User | None], Client]
DAY = {"on-day": "14", "on-month": "6", "on-year": "2019"}
SIX_TAPS = {"kind": "appointment", "attendance": "attended", "minutes": "45", "place": "community", "next": "fortnight"}


@pytest.fixture(autouse=True)
def _still(frozen: object) -> None:
    """Friday 14 June 2019, 12:04."""


@pytest.fixture
def episode(world: World) -> Episode:
    return make_episode(world, person=make_person(preferred_name="Jas"))


@pytest.fixture
def client(world: World, client_for: SignIn) -> Client:
    return client_for(world.user("specialist"))


def sent(**fields: Any) -> dict[str, Any]:
    return {"form_token": str(uuid4()), "with_whom": "client", **DAY, **SIX_TAPS, **fields}


def post(client: Client, episode: Episode, **fields: Any) -> Any:
    return client.post(f"/people/{episode.pk}/contact/", sent(**fields))


def test_nothing_is_chosen_at_first_but_who_and_when(client: Client, episode: Episode) -> None:
    page = client.get(f"/people/{episode.pk}/contact/").content.decode()
    assert page.count(" checked") == 1
    assert 'value="client" checked' in page
    assert "Log a contact with Jas Sandhu" in page
    assert "Cancelled by Jas" in page


def test_six_taps_save_a_contact(client: Client, episode: Episode, world: World) -> None:
    response = post(client, episode, note="Met at the café.")
    contact = Contact.unscoped.get()
    assert response.status_code == 302
    assert (contact.kind, contact.attendance, contact.minutes, contact.place) == (
        "appointment",
        "attended",
        45,
        "community",
    )
    assert contact.next_on == ago(-14)
    assert contact.specialist == world.user("specialist")
    entry = Entry.objects.get(verb="record_contact")
    assert (entry.person_id, entry.lot) == (str(episode.person_id), "dudley")
    assert "café" not in entry.detail, "the chain keeps codes, not what was said"


def test_a_form_sent_twice_saves_once(client: Client, episode: Episode) -> None:
    fields = sent(covered=["application"], application_by="client")
    answers = [client.post(f"/people/{episode.pk}/contact/", fields).status_code for _ in range(2)]
    assert answers == [302, 302]
    assert (Contact.unscoped.count(), Application.unscoped.count()) == (1, 1)
    assert Entry.objects.filter(verb="record_contact").count() == 1


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"kind": ""}, "Choose how you were in contact."),
        ({"attendance": ""}, "Choose whether it happened."),
        ({"minutes": ""}, "Choose how many minutes it took."),
        ({"minutes": "other"}, "Enter how many minutes it took, like 20."),
        ({"place": ""}, "Choose where you met."),
        ({"next": ""}, "Choose when you will be in contact next, or None."),
        ({"next": "day"}, "Enter the day of the next contact."),
        ({"on-day": "15"}, "Date must be on or before 14 June 2019."),
        ({"on-month": "3"}, "Date must be on or after 1 April 2019."),
        ({"on-day": "31"}, "Date must be a real date"),
        ({"covered": ["application"]}, "Choose who sent the application."),
        ({"covered": ["employer_contact"]}, "Enter the name of the employer you were in contact with."),
        ({"covered": ["disclosure"]}, "Choose what was decided about telling an employer."),
        ({"covered": ["benefits_advice"]}, "Choose what the benefits advice was about."),
        ({"covered": ["job_problem"]}, "Choose what kind of problem it is."),
        ({"covered": ["job_problem"], "problem_known_on-day": "15"}, "Day you learned of it must include a month"),
        (
            {"on-day": "3", "problem_known_on-day": "4", "problem_known_on-month": "6", "problem_known_on-year": "2019"}
            | {"covered": ["job_problem"], "problem_kind": "health"},
            "The day you learned of the problem must not be after the contact.",
        ),
        ({"kind": "<script>"}, "Choose one of the answers in the list."),
    ],
)
def test_what_is_missing_is_said_and_the_note_is_kept(
    client: Client, episode: Episode, fields: Any, sentence: str
) -> None:
    response = post(client, episode, note="Words that took time.", **fields)
    page = response.content.decode()
    assert response.status_code == 200
    assert "There is a problem" in page
    assert "<title>Error: " in page
    assert sentence in page
    assert "Words that took time." in page
    assert Contact.unscoped.count() == 0
    assert "Words that took time." in ContactDraft.unscoped.get().fields


@pytest.mark.parametrize("kind", ["call", "video", "text", "email", "letter"])
def test_what_is_remote_needs_no_place(client: Client, episode: Episode, kind: str) -> None:
    post(client, episode, kind=kind, place="")
    assert Contact.unscoped.get().place == "remote"


@pytest.mark.parametrize("attendance", ["did_not_attend", "cancelled_by_client", "cancelled_by_service", "one_way"])
def test_what_did_not_happen_has_no_length(client: Client, episode: Episode, attendance: str) -> None:
    post(client, episode, attendance=attendance, minutes="45", place="")
    assert Contact.unscoped.get().minutes is None


def test_what_was_covered_becomes_rows(client: Client, episode: Episode) -> None:
    post(
        client,
        episode,
        covered=["application", "employer_contact", "disclosure", "benefits_advice"],
        application_by="specialist",
        application_employer="Marlowe Home Store",
        application_role="Stock assistant",
        employer_name="marlowe home store ltd",
        employer_purpose="client_job_search",
        employer_face_to_face="on",
        disclosure_decision="yes",
        disclosure_to="line_manager",
        advice_about="change",
    )
    application, contact = Application.unscoped.get(), EmployerContact.unscoped.get()
    assert (application.made_by, application.role_title) == ("specialist", "Stock assistant")
    assert (contact.purpose, contact.face_to_face, contact.episode_id) == ("client_job_search", True, episode.pk)
    assert application.employer == contact.employer, "one employer, however it is written"
    assert Employer.unscoped.count() == 1
    assert Disclosure.unscoped.get().decision == "yes"
    assert Contact.unscoped.get().covered == "employer_contact,application,benefits_advice,disclosure"
    verbs = set(Entry.objects.filter(is_view=False).values_list("verb", flat=True))
    assert verbs >= {
        "record_contact",
        "record_application",
        "record_employer_contact",
        "record_disclosure",
        "add_employer",
    }


LEARNED = {"problem_known_on-day": "10", "problem_known_on-month": "6", "problem_known_on-year": "2019"}


@pytest.mark.parametrize(("learned", "known_on"), [({}, ago(0)), (LEARNED, ago(4))])
def test_a_problem_at_work_is_known_since_a_day(
    client: Client, episode: Episode, learned: dict[str, str], known_on: object
) -> None:
    job = make_job(episode, ago(30))
    make_job(episode, ago(90), ended_on=ago(60))
    post(client, episode, covered=["job_problem"], problem_kind="tasks", **learned)
    problem = JobProblem.unscoped.get()
    assert (problem.kind, problem.known_on, problem.job) == ("tasks", known_on, job)
    assert Entry.objects.get(verb="record_job_problem").person_id == str(episode.person_id)


def test_with_two_jobs_nobody_guesses_which(client: Client, episode: Episode) -> None:
    for _ in range(2):
        make_job(episode, ago(30))
    post(client, episode, covered=["benefits_advice"], advice_about="before_start")
    advice = BenefitsAdvice.unscoped.get()
    assert (advice.about, advice.on, advice.job) == ("before_start", ago(0), None)


def test_with_two_jobs_it_is_asked_which(client: Client, episode: Episode) -> None:
    ended, running = make_job(episode, ago(90), ended_on=ago(5)), make_job(episode, ago(30), title="Baker")
    ahead = make_job(episode, ago(-4), title="Teaching assistant", first_day_worked_on=None)
    page = client.get(f"/people/{episode.pk}/contact/").content.decode()
    assert 0 < page.index(f'name="problem_job" value="{running.pk}"') < page.index(f'value="{ended.pk}"')
    assert str(ahead.pk) not in page
    problem = {"covered": ["job_problem"], "problem_kind": "tasks"}
    assert "Choose which job the problem is in." in post(client, episode, **problem).content.decode()
    assert "Choose one of the answers" in post(client, episode, problem_job=str(ahead.pk), **problem).content.decode()
    assert not JobProblem.unscoped.exists()
    post(client, episode, problem_job=str(ended.pk), **problem)
    assert JobProblem.unscoped.get().job == ended


def test_no_problem_is_in_a_job_that_lies_ahead(client: Client, episode: Episode) -> None:
    make_job(episode, ago(-4), first_day_worked_on=None)
    assert 'name="problem_job"' not in client.get(f"/people/{episode.pk}/contact/").content.decode()
    post(client, episode, covered=["job_problem"], problem_kind="tasks")
    assert JobProblem.unscoped.get().job is None


NUMBERED = [
    (0, {}, "1st appointment", ""),
    (1, {}, "2nd appointment", ""),
    (2, {}, "3rd appointment: engaged", "App. 6"),
    (3, {}, "4th appointment", ""),
    (10, {}, "11th appointment", ""),
    (2, {"profile": True}, "3rd appointment", ""),
]


@pytest.mark.parametrize(("before", "has", "words", "clause"), NUMBERED)
def test_the_number_of_the_appointment_shows_before_and_after(
    client: Client, episode: Episode, before: int, has: dict[str, bool], words: str, clause: str
) -> None:
    for number in range(before):
        make_contact(episode, ago(40 - number))
    if has:
        make_profile(episode, ago(60), ago(50))
    page = client.get(f"/people/{episode.pk}/contact/").content.decode()
    assert f"<strong>Counts as</strong> the {words}<span" in page
    if clause:
        assert f'</span> <span class="cw-clause-inline">{clause}' in page
    post(client, episode)
    after = client.get("/today/").content.decode()
    assert f"Contact with Jas saved. {words}." in after
    listed = client.get(f"/people/{episode.pk}/contacts/").content.decode()
    assert f">{words}<" in listed


@pytest.mark.parametrize(
    "fields", [{"attendance": "did_not_attend"}, {"kind": "text", "attendance": "one_way"}, {"with_whom": "clinician"}]
)
def test_what_is_no_appointment_has_no_number(client: Client, episode: Episode, fields: dict[str, str]) -> None:
    post(client, episode, **fields)
    page = client.get("/today/").content.decode()
    assert "Contact with Jas saved." in page
    assert "1st appointment" not in page


@pytest.mark.parametrize(
    ("service", "engaged"),
    [
        ("thrive_into_work", True),
        ("ips_grow", False),  # a profile and a plan, however many meetings
        ("dorset_work_matters", False),
        ("nottingham_health_employment", False),  # has no engaged
        ("workwise", False),
    ],
)
def test_only_a_service_that_counts_appointments_says_engaged(
    world: World, episode: Episode, service: str, engaged: bool
) -> None:
    for days in (20, 10):
        make_contact(episode, ago(days))
    viewer = world.viewer("specialist")
    read = caseload.load(episodes.episodes(viewer).filter(pk=episode.pk), ago(0))
    loaded = replace(read, spec=load(service))
    words = [effect.words for effect in saving.counting(loaded, cases(loaded)[0], ago(0))]
    assert [": engaged" in text for text in words] in ([engaged], []), words
    if engaged:
        assert words == ["the 3rd appointment: engaged"]


def test_a_contact_of_an_earlier_day_has_the_number_of_that_day(client: Client, episode: Episode) -> None:
    make_contact(episode, ago(3))
    post(client, episode, **{"on-day": "1"})
    assert "saved. 1st appointment." in client.get("/today/").content.decode()


def promised(client: Client, episode: Episode) -> str:
    page = client.get(f"/people/{episode.pk}/contact/").content.decode()
    return re.search(r"<strong>Counts as</strong> the (.*?)[ <]*<span", page)[1].strip()


def listed(client: Client, episode: Episode) -> list[str]:
    """The numbers of the contacts page, newest first."""
    page = client.get(f"/people/{episode.pk}/contacts/").content.decode()
    return re.findall(r">(\d+(?:st|nd|rd|th) appointment[^<]*)<", page)


def test_of_one_day_what_is_saved_first_comes_first(client: Client, episode: Episode, frozen: Any) -> None:
    """Engaged is said of one contact, in the form, the message, the contacts page and the list of the ribbon alike."""
    make_contact(episode, ago(9))
    words = ["2nd appointment", "3rd appointment: engaged", "4th appointment", "5th appointment"]
    for minutes, number in zip(("15", "30", "45", "60"), words, strict=True):
        assert promised(client, episode) == number
        post(client, episode, kind="call", minutes=minutes, place="")
        assert f"saved. {number}." in client.get("/today/").content.decode()
        frozen.shift(60)
    assert listed(client, episode) == [*reversed(words), "1st appointment"]
    assert client.get(f"/people/{episode.pk}/").content.decode().count("appointment: engaged") == 1
    page = client.get(f"/people/{episode.pk}/").content.decode()
    told = re.findall(r"Call, attended, (\d+) minutes", page.split("Read as a list")[1].split("</ol>")[0])
    assert told == ["15", "30", "45", "60"], "the ribbon's list keeps the order"


def test_which_contact_of_a_day_engaged_hangs_on_the_hour_it_was_saved_not_on_its_id(episode: Episode) -> None:
    ids = ["f" * 32, "8" * 32, "0" * 31 + "1"]
    for place, id in enumerate(ids):
        make_contact(episode, ago(0), id=UUID(id), created_at=NOW + timedelta(minutes=place))
    loaded = caseload.load(Episode.unscoped.filter(pk=episode.pk), ago(0))
    numbers = saving.ordinals(loaded, Contact.unscoped.all())
    assert [numbers[str(UUID(id))] for id in ids] == ["1st appointment", "2nd appointment", "3rd appointment: engaged"]
    assert {row["number"] for row in loaded.appointments} == {1, 2, 3}, "the library's numbers are another order"
    later = [one.words for one in saving.counting(loaded, cases(loaded)[0], ago(0))]
    assert later == ["the 4th appointment"]


def test_contacts_saved_at_one_moment_have_each_a_number_of_their_own(episode: Episode) -> None:
    for _ in range(3):
        make_contact(episode, ago(0), created_at=NOW)
    loaded = caseload.load(Episode.unscoped.filter(pk=episode.pk), ago(0))
    numbers = saving.ordinals(loaded, Contact.unscoped.all()).values()
    assert sorted(numbers) == ["1st appointment", "2nd appointment", "3rd appointment: engaged"]


def test_a_draft_is_kept_and_found_again(client: Client, episode: Episode) -> None:
    answer = client.post(f"/people/{episode.pk}/contact/draft/", {**DAY, "kind": "call", "note": "Half a thought"})
    assert answer.json() == {"saved_at": "12:04"}
    client.post(f"/people/{episode.pk}/contact/draft/", {**DAY, "kind": "call", "note": "Half a thought, and more"})
    page = client.get(f"/people/{episode.pk}/contact/").content.decode()
    assert "Half a thought, and more" in page
    assert 'value="call" checked' in page
    assert "Draft of 14 June 2019 at 12:04" in page
    assert Entry.objects.filter(verb="begin_contact_draft").count() == 1
    post(client, episode)
    assert ContactDraft.unscoped.count() == 0


def test_a_draft_is_its_authors_alone(client: Client, client_for: SignIn, world: World, episode: Episode) -> None:
    client.post(f"/people/{episode.pk}/contact/draft/", {"note": "Mine"})
    assert "Mine" not in client_for(world.user("team_leader")).get(f"/people/{episode.pk}/contact/").content.decode()
    client.post(f"/people/{episode.pk}/contact/", {"discard": "1"})
    assert ContactDraft.unscoped.count() == 0


def test_words_survive_a_session_that_ended(client: Client, client_for: SignIn, world: World, episode: Episode) -> None:
    page = client.get(f"/people/{episode.pk}/contact/").content.decode()
    key = page.split('name="draft_key" value="')[1].split('"')[0]
    signed_out = Client()
    answer = signed_out.post(f"/people/{episode.pk}/contact/", sent(draft_key=key, note="Written for ten minutes."))
    assert answer.status_code == 302
    assert answer["Location"].startswith("/accounts/login/")
    assert Contact.unscoped.count() == 0
    again = client_for(world.user("specialist")).get(f"/people/{episode.pk}/contact/").content.decode()
    assert "Written for ten minutes." in again


@pytest.mark.parametrize("key", ["", "made-up", "eyJhIjoxfQ:1abc:xyz"])
def test_nobody_keeps_words_without_a_key(episode: Episode, key: str) -> None:
    Client().post(f"/people/{episode.pk}/contact/", sent(draft_key=key, note="Spam"))
    assert ContactDraft.unscoped.count() == 0


def test_a_key_keeps_words_only_where_its_owner_may_look(client: Client, world: World, episode: Episode) -> None:
    from placewell_web.casework.forms.parsers import draft_key

    stranger = draft_key(episode.pk, world.user("specialist", "wolverhampton").pk)
    Client().post(f"/people/{episode.pk}/contact/", sent(draft_key=stranger, note="Spam"))
    assert ContactDraft.unscoped.count() == 0


def test_only_the_forms_own_fields_are_kept(client: Client, episode: Episode) -> None:
    client.post(f"/people/{episode.pk}/contact/draft/", {"note": "x", "csrfmiddlewaretoken": "secret", "other": "y"})
    assert set(json.loads(ContactDraft.unscoped.get().fields)) == {"note"}


def test_undo_takes_back_what_was_saved_in_one_go(client: Client, episode: Episode) -> None:
    post(
        client,
        episode,
        covered=["application", "benefits_advice", "job_problem"],
        application_by="client",
        advice_about="other",
        problem_kind="health",
    )
    client.post(f"/contacts/{Contact.unscoped.get().pk}/undo/")
    for model in (Contact, Application, BenefitsAdvice, JobProblem):
        assert model.unscoped.count() == 0, model
    assert Entry.objects.filter(verb="undo_contact").count() == 4


def test_undo_is_for_the_author_and_the_day(client: Client, client_for: SignIn, world: World, episode: Episode) -> None:
    old = make_contact(episode, ago(3))
    assert client.post(f"/contacts/{old.pk}/undo/").status_code == 403
    post(client, episode)
    newest = Contact.unscoped.order_by("-created_at").first()
    assert newest is not None
    assert client_for(world.user("team_leader")).post(f"/contacts/{newest.pk}/undo/").status_code == 403
    assert Contact.unscoped.count() == 2


def test_save_and_next_goes_to_who_is_due_next(client: Client, world: World, episode: Episode) -> None:
    other = make_episode(world, person=make_person("Kelvin", "Osei"))
    answer = client.post(f"/people/{episode.pk}/contact/", sent() | {"next": "none"} | {"save": "1"})
    assert answer["Location"] == f"/people/{episode.pk}/"
    answer = client.post(f"/people/{episode.pk}/contact/", sent() | {"go_on": "1"})
    assert str(other.pk) in answer["Location"]


def test_hostile_words_are_shown_as_words(client: Client, episode: Episode) -> None:
    post(client, episode, note="<script>alert(1)</script> ‮ \x00 {{ 7*7 }}")
    page = client.get(f"/people/{episode.pk}/contacts/").content.decode()
    assert "&lt;script&gt;alert(1)" in page
    assert "<script>alert" not in page
    assert "‮" not in page
