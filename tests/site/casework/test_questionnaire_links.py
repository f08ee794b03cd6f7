"""A questionnaire by a personal link: answered once, kept as it goes, and nothing shown of the person."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from tests.site.casework.factories import TODAY, make_episode
from tests.site.casework.test_questionnaires import answered, url
from tests.site.conftest import NOW, World, sign_in
from tests.site.writes import writes

from placewell_web.audit.models import Entry
from placewell_web.casework.actions import questionnaires as record
from placewell_web.casework.models import AskedQuestionnaire, PersonalLink
from placewell_web.clients.models import Episode, Response

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]


@pytest.fixture
def staff(client: Client, world: World) -> Client:
    sign_in(client, world.user("specialist"))
    return client


@pytest.fixture
def link(staff: Client, world: World) -> str:
    """The address of a questionnaire asked by link, as the member of staff sees it once."""
    episode = make_episode(world)
    sent = {"instrument": "self_report", "occasion": "exit", "way": "link"}
    page = staff.post(url("ask_questionnaire", episode.pk), sent).content.decode()
    return "/l/" + page.split("/l/")[1].split("<")[0]


OWN_REPORT = {"q1": "better", "q2": "better", "q3": "same", "q4": "less", "q5": "NA"}


def test_the_person_answers_once_without_an_account(link: str, world: World) -> None:
    someone = Client()
    assert "How ready for work do you feel?" in someone.get(link).content.decode()
    with writes() as written:
        answer = someone.post(link, OWN_REPORT | {"finish": "yes"})
    assert (answer.status_code, answer["Location"], written.alone()) == (302, link, [])
    assert "Your answers have reached us" in someone.get(link).content.decode()
    someone.post(link, OWN_REPORT | {"q1": "worse", "finish": "yes"})
    assert [row.answer for row in Response.unscoped.order_by("item")] == list(OWN_REPORT.values())
    assert Entry.objects.get(verb="answer_questionnaire").actor_name == "Client, by a personal link"
    one = AskedQuestionnaire.unscoped.get()
    assert (one.keyed_by, one.answered_on) == (None, TODAY)


def test_answers_so_far_are_kept_and_come_back(link: str) -> None:
    someone = Client()
    assert someone.post(link, {"q1": "better"}).json() == {"saved_at": "12:04"}
    assert (
        "Open the same link again"
        in someone.post(link, {"q1": "better", "q2": "same", "later": "yes"}).content.decode()
    )
    page = Client().get(link).content.decode()
    assert page.count(" checked") == 2
    assert not Response.unscoped.exists()


def test_unfinished_says_which_are_open_and_lets_them_stay_so(link: str) -> None:
    someone = Client()
    page = someone.post(link, {"q1": "better", "finish": "yes"}).content.decode()
    assert "Questions 2, 3, 4 and 5 have no answer" in page
    someone.post(link, {"q1": "better", "leave_open": "on", "finish": "yes"})
    assert Response.unscoped.get(item="2").answer == ""


@pytest.mark.parametrize("what", ["expired", "taken back", "answered by staff", "left unanswered"])
def test_a_link_that_no_longer_serves_shows_no_question(link: str, world: World, what: str) -> None:
    one, by = AskedQuestionnaire.unscoped.get(), world.actor("specialist")
    if what == "expired":
        PersonalLink.unscoped.update(created_at=NOW - timedelta(days=30), expires_at=NOW)
    elif what == "taken back":
        PersonalLink.unscoped.update(revoked_at=NOW)
    elif what == "answered by staff":
        answered(world, one, dict.fromkeys("12345", "same"))
    else:
        record.leave_unanswered(by=by, at=NOW, asked=one, reason="declined")
    for answer in (Client().get(link), Client().post(link, OWN_REPORT | {"finish": "yes"})):
        assert "How ready for work" not in answer.content.decode()
    assert Response.unscoped.filter(answer="better").count() == 0


def test_the_link_shows_nothing_about_the_person(link: str) -> None:
    episode = Episode.unscoped.get()
    page = Client().get(link).content.decode()
    for secret in (episode.person.first_name, episode.person.surname, str(episode.pk), episode.person.number):
        assert secret not in page
