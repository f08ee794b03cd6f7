"""The person's own page by a personal link: read, comment and agree; nothing of others, nothing twice or hidden."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from tests.site.casework.factories import TODAY, ago, make_contact, make_employer, make_episode, make_plan, make_profile
from tests.site.conftest import NOW, World

from placewell_web.accounts.errors import EditConflict, Refused
from placewell_web.accounts.models import User
from placewell_web.audit.models import Entry
from placewell_web.casework.actions import links, plan_links, plans
from placewell_web.casework.actions.plans import StepFacts
from placewell_web.casework.models import Application, EmployerContact, PersonalLink, Plan, PlanComment
from placewell_web.casework.presenters.plans import agreement
from placewell_web.casework.queries import comments
from placewell_web.clients.models import Episode

SignIn = Callable[[User | None], Client]


@pytest.fixture(autouse=True)
def _still(frozen: object) -> None:
    """Friday 14 June 2019."""


@pytest.fixture
def episode(world: World) -> Episode:
    return make_episode(world)


@pytest.fixture
def given(world: World, episode: Episode) -> tuple[PersonalLink, str]:
    return links.give_link(by=world.actor("specialist"), at=NOW, episode=episode, purpose="plan")


@pytest.fixture
def address(given: tuple[PersonalLink, str]) -> str:
    return f"/l/{given[1]}/"


def offered(world: World, episode: Episode, **fields: Any) -> Plan:
    """A draft that the person may read."""
    by = {"by": world.actor("specialist"), "at": NOW}
    plan = plans.start_plan(episode=episode, kind="vocational_action", **by)
    steps = [StepFacts("Write a CV", by_whom="client")]
    plans.save_plan(plan=plan, edit_version=1, goal="Shop work", steps=steps, offered_on=TODAY, **by)
    plan.refresh_from_db()
    return plan


def agree(client: Client, address: str, plan: Plan, version: int | None = None) -> Any:
    form = {"agree": "1", "plan": str(plan.pk), "edit_version": str(version or plan.edit_version)}
    return client.post(address, form, follow=True)


def write(client: Client, address: str, text: str, token: str = "") -> Any:
    return client.post(address, {"comment": "1", "text": text, "form_token": token or str(uuid4())}, follow=True)


def test_nothing_yet(client: Client, address: str) -> None:
    page = client.get(address).content.decode()
    assert "There is no plan to read yet." in page
    assert "I agree this plan" not in page


def test_it_shows_her_plan_and_words_and_nothing_of_staff_or_others(
    world: World, episode: Episode, client: Client, address: str
) -> None:
    make_plan(episode, ago(10), steps=("Write a CV",))
    said = {"preferences": "Shop work", "health": "SECRET", "personal_contacts": "SECRET", "adjustment": "SECRET"}
    make_profile(episode, ago(30), ago(20), support_needs="SECRET", experience="Kept bees", education="NVQ 2", **said)
    make_contact(episode, ago(3), note="SECRET")
    shop = make_employer(name="Oakline Foods")
    Application.unscoped.create(episode=episode, on=ago(5), made_by="client", employer=shop, created_at=NOW)
    EmployerContact.unscoped.create(
        employer=shop,
        episode=episode,
        specialist=episode.specialist,
        on=ago(4),
        purpose="lead",
        note="SECRET",
        created_at=NOW,
    )
    other = make_episode(world)
    make_plan(other, ago(10), steps=("OTHER",))
    page = client.get(address).content.decode()
    for words in (
        "Jaswinder, this is your plan",
        "Work in a shop",
        "Write a CV",
        "Shop work",
        "Kept bees",
        "NVQ 2",
        "Oakline Foods",
    ):
        assert words in page, words
    for words in ("SECRET", "OTHER", "Sandhu", episode.person.number, "07700", "700900218"):
        assert words not in page, words


def test_a_draft_is_hidden_until_it_is_shown(world: World, episode: Episode, client: Client, address: str) -> None:
    by = {"by": world.actor("specialist"), "at": NOW}
    plan = plans.start_plan(episode=episode, kind="vocational_action", **by)
    plans.save_plan(plan=plan, edit_version=1, goal="Half written", steps=[], **by)
    assert "Half written" not in client.get(address).content.decode()
    assert "no longer holds" in agree(client, address, plan, 2).content.decode()
    plan.refresh_from_db()
    assert plan.agreed_on is None


def test_agreeing_ends_the_version_before_and_counts_once(
    world: World, episode: Episode, client: Client, address: str
) -> None:
    before = make_plan(episode, ago(40))
    plan = offered(world, episode)
    assert "Thank you. You agreed your plan." in agree(client, address, plan).content.decode()
    assert "You agreed this plan already." in agree(client, address, plan).content.decode()
    plan.refresh_from_db()
    before.refresh_from_db()
    assert (plan.agreed_on, plan.agreed_by_link_at, before.ended_on) == (TODAY, NOW, ago(1))
    entry = Entry.objects.get(verb="agree_plan_by_link")
    assert (entry.actor_kind, entry.actor_name) == ("public", "Client, by a personal link")
    assert "I agree this plan" not in client.get(address).content.decode()


def test_a_plan_agreed_in_person_keeps_its_day(episode: Episode, client: Client, address: str) -> None:
    plan = make_plan(episode, ago(10))
    agree(client, address, plan)
    plan.refresh_from_db()
    assert (plan.agreed_on, plan.agreed_by_link_at) == (ago(10), NOW)


def test_the_specialist_sees_how_it_was_agreed(
    world: World, episode: Episode, client: Client, client_for: SignIn, address: str
) -> None:
    agree(client, address, offered(world, episode))
    page = client_for(world.user("specialist")).get(f"/people/{episode.pk}/plan/").content.decode()
    assert "Jaswinder agreed it by their personal link on 14 June 2019" in page


def test_both_days_of_one_agreement_stand_on_every_page(
    episode: Episode, client: Client, world: World, client_for: SignIn, address: str
) -> None:
    """The first counts; the second is the person's own. A plan that was agreed once has one day."""
    for kind in ("vocational_action", "job_search"):
        agree(client, address, make_plan(episode, ago(10), kind=kind))
    staff = client_for(world.user("specialist"))
    for at, times, what in (
        ("", 2, "this plan"),
        ("plan/", 1, "it"),
        ("plan/job_search/", 1, "it"),
        ("print/plan/vocational_action/", 1, "it"),
        ("print/job-search/", 1, "it"),
    ):
        words = staff.get(f"/people/{episode.pk}/{at}").content.decode()
        said = f"Jaswinder agreed {what} on 4 June 2019, and by their personal link on 14 June 2019"
        assert words.count(said) == times, at
    hers = client.get(address).content.decode()
    assert hers.count("You agreed it on 4 June 2019, and by your personal link on 14 June 2019.") == 2


@pytest.mark.parametrize(
    ("agreed_on", "by_link", "words"),
    [
        (ago(10), None, "agreed it on 4 June 2019"),
        (TODAY, NOW, "agreed it by their personal link on 14 June 2019"),
        (ago(10), NOW, "agreed it on 4 June 2019, and by their personal link on 14 June 2019"),
        # late in the evening of 3 June in Greenwich is 4 June in London
        (ago(10), datetime(2019, 6, 3, 23, 30, tzinfo=UTC), "agreed it by their personal link on 4 June 2019"),
    ],
)
def test_an_agreement_in_words(agreed_on: date, by_link: datetime | None, words: str) -> None:
    assert agreement(Plan(agreed_on=agreed_on, agreed_by_link_at=by_link)) == words


def test_what_changed_while_she_read_is_not_agreed(
    world: World, episode: Episode, client: Client, address: str
) -> None:
    plan = offered(world, episode)
    answer = agree(client, address, plan, plan.edit_version - 1)
    assert answer.status_code == 409
    assert "Your plan was changed while you were reading." in answer.content.decode()
    plan.refresh_from_db()
    assert plan.agreed_on is None


@pytest.mark.parametrize(
    "form",
    [
        {"agree": "1"},
        {"agree": "1", "plan": "x", "edit_version": "1"},
        {"agree": "1", "plan": str(uuid4()), "edit_version": "1"},
        {"agree": "1", "plan": str(uuid4()), "edit_version": "99999999999999999999"},
    ],
)
def test_a_broken_agreement_changes_nothing(client: Client, address: str, form: dict[str, str]) -> None:
    assert client.post(address, form).status_code == 409
    assert not Entry.objects.filter(verb="agree_plan_by_link").exists()


def test_the_plan_of_someone_else_is_not_hers(world: World, client: Client, address: str) -> None:
    other = make_plan(make_episode(world), ago(3))
    assert agree(client, address, other).status_code == 409
    other.refresh_from_db()
    assert other.agreed_by_link_at is None


def test_the_action_itself_knows_whose_plan_it_is(world: World, given: tuple[PersonalLink, str]) -> None:
    other = make_plan(make_episode(world), ago(3))
    with pytest.raises(Plan.DoesNotExist):
        plan_links.agree_by_link(at=NOW, link=given[0], plan=other, edit_version=1)


@pytest.mark.parametrize(("state", "error"), [("ended", Refused), ("hidden", Refused), ("stale", EditConflict)])
def test_what_the_action_refuses(
    world: World, episode: Episode, given: tuple[PersonalLink, str], state: str, error: type[Exception]
) -> None:
    plan = make_plan(episode, None if state == "hidden" else ago(9))
    if state == "ended":
        Plan.unscoped.filter(pk=plan.pk).update(ended_on=ago(1))
    with pytest.raises(error):
        plan_links.agree_by_link(at=NOW, link=given[0], plan=plan, edit_version=9 if state == "stale" else 1)


def test_a_comment_is_kept_once_and_read_by_the_specialist(
    world: World, episode: Episode, client: Client, client_for: SignIn, address: str
) -> None:
    plan, token = make_plan(episode, ago(3)), str(uuid4())
    words = "Not <b>nights</b> {{ 7*7 }}\nplease"
    assert "will read what you wrote" in write(client, address, words, token).content.decode()
    assert "That was sent already." in write(client, address, words, token).content.decode()
    row = PlanComment.unscoped.get()
    assert (row.text, row.plan) == (words, plan)
    assert "nights" not in "".join(Entry.objects.values_list("detail", flat=True))
    assert [
        list(comments.unread(world.viewer(*who))) for who in (("specialist",), ("specialist", "wolverhampton"))
    ] == [
        [row],
        [],
    ]
    specialist = client_for(world.user("specialist"))
    for page in ("plan/", ""):
        shown = specialist.get(f"/people/{episode.pk}/{page}").content.decode()
        assert "Not &lt;b&gt;nights&lt;/b&gt; {{ 7*7 }}" in shown
        assert "<b>nights" not in shown
    for said in ("1 comment marked as read.", "They were read already."):
        answer = specialist.post(f"/people/{episode.pk}/plan/comments/read/", follow=True)
        assert said in answer.content.decode()
    assert list(comments.unread(world.viewer("specialist"))) == []
    assert "Read by your specialist" in client.get(address).content.decode()


@pytest.mark.parametrize(
    ("text", "says"),
    [("", "Write what you want to say"), ("  \n ", "Write what you want"), ("x" * 2001, "2,000 characters or fewer")],
)
def test_a_comment_must_say_something(client: Client, address: str, text: str, says: str) -> None:
    assert says in write(client, address, text).content.decode()
    assert PlanComment.unscoped.count() == 0


def test_many_comments_wait_until_they_are_read(client: Client, address: str) -> None:
    for number in range(plan_links.MOST_UNREAD):
        write(client, address, f"Comment {number}")
    assert "have not been read yet" in write(client, address, "One more").content.decode()
    assert PlanComment.unscoped.count() == plan_links.MOST_UNREAD


def test_after_support_ended_it_can_only_be_read(world: World, client: Client) -> None:
    closed = make_episode(world, closed_on=ago(2), closure_reason="moved_away")
    plan = make_plan(closed, ago(9))
    _, secret = links.give_link(by=world.actor("specialist"), at=NOW, episode=closed, purpose="plan")
    page = client.get(f"/l/{secret}/").content.decode()
    assert "Work in a shop" in page
    assert "Your support has ended" in page
    assert agree(client, f"/l/{secret}/", plan).status_code == 409
    assert write(client, f"/l/{secret}/", "Hello").status_code == 409
    assert PlanComment.unscoped.count() == 0


@pytest.mark.parametrize("how", ["taken back", "expired"])
def test_a_link_that_no_longer_works_takes_nothing(
    world: World, episode: Episode, client: Client, given: tuple[PersonalLink, str], address: str, how: str
) -> None:
    plan = offered(world, episode)
    gone = {"revoked_at": NOW} if how == "taken back" else {"expires_at": NOW, "created_at": NOW - timedelta(days=9)}
    PersonalLink.unscoped.filter(pk=given[0].pk).update(**gone)
    assert agree(client, address, plan).status_code == 404
    assert write(client, address, "Hello").status_code == 404
    plan.refresh_from_db()
    assert (plan.agreed_on, PlanComment.unscoped.count()) == (None, 0)


def test_each_page_has_a_token_of_its_own(client: Client, address: str) -> None:
    tokens = [re.findall(r'name="form_token" value="([^"]+)"', client.get(address).content.decode()) for _ in range(2)]
    assert len(tokens[0]) == 1
    assert tokens[0] != tokens[1]
