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
    page = staff.post(ask_by_link(staff, episode), {"how": "show", "token": "one"}).content.decode()
    return shown(page)


def ask_by_link(staff: Client, episode: Episode) -> str:
    """Ask the questionnaire; the address of the page that gives its link."""
    sent = {"instrument": "self_report", "occasion": "exit", "way": "link"}
    return str(staff.post(url("ask_questionnaire", episode.pk), sent)["Location"])


def shown(page: str) -> str:
    return f"/l/{page.split('/l/')[1][:43]}/"


OWN_REPORT = {"q1": "better", "q2": "better", "q3": "same", "q4": "less", "q5": "NA"}


def test_the_link_is_given_like_every_other(staff: Client, world: World) -> None:
    give = ask_by_link(staff, make_episode(world))
    assert "own report" in staff.get(give).content.decode()
    pages = [staff.post(give, {"how": "show", "token": "one"}).content.decode() for _ in range(2)]
    assert 'data-copy="message"' in pages[0]
    assert "asks you a few questions. You can answer them here:" in pages[0]
    assert shown(pages[0]) == shown(pages[1])
    assert PersonalLink.unscoped.count() == 1


def test_asked_and_left_the_link_can_still_be_given(staff: Client, world: World) -> None:
    episode = make_episode(world)
    give = ask_by_link(staff, episode)
    assert f'href="{give}"' in staff.get(url("questionnaires", episode.pk)).content.decode()


@pytest.mark.parametrize(
    ("what", "status"), [("nothing", 404), ("of someone else", 404), ("on paper", 403), ("answered", 403)]
)
def test_a_link_is_given_only_for_what_waits_for_one(staff: Client, world: World, what: str, status: int) -> None:
    episode = make_episode(world)
    give = ask_by_link(staff, episode)
    if what == "nothing":
        give = give.split("?")[0]
    elif what == "of someone else":
        give = give.replace(str(episode.pk), str(make_episode(world).pk))
    elif what == "on paper":
        AskedQuestionnaire.unscoped.update(way="paper")
    else:
        answered(world, AskedQuestionnaire.unscoped.get(), dict.fromkeys("12345", "same"))
    assert staff.post(give, {"how": "show", "token": "one"}).status_code == status
    assert not PersonalLink.unscoped.exists()


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
    assert "4 questions have no answer, the first of them “" in page
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
