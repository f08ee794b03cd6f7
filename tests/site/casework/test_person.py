"""The person's pages: whole at once, seen and written down, closed and opened again."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from tests.site.casework.factories import (
    TODAY,
    ago,
    make_contact,
    make_employer,
    make_episode,
    make_evidence,
    make_hours,
    make_job,
    make_person,
    make_plan,
    make_profile,
)
from tests.site.conftest import NOW, World

from placewell_web.accounts.errors import Refused
from placewell_web.accounts.models import User
from placewell_web.audit.models import Entry
from placewell_web.casework.actions import closure
from placewell_web.casework.models import SupportDecision
from placewell_web.clients.models import Alert, Benefit, Episode

SignIn = Callable[[User | None], Client]
PAGES = (
    "",
    "contacts/",
    "history/",
    "job-search/",
    "benefits/",
    "profile/",
    "plan/",
    "jobs/",
    "contact/",
    "proof/",
    "close/",
)


@pytest.fixture(autouse=True)
def _still(frozen: object) -> None:
    """Friday 14 June 2019."""


@pytest.fixture
def episode(world: World) -> Episode:
    """Somebody with a bit of everything."""
    person = make_person(preferred_name="Jas", pronouns="she, her", contact_preference="text", language="Punjabi")
    episode = make_episode(world, person=person, referrer_name="Dr S. Whitlock")
    Alert.unscoped.create(person=person, kind="risk", title="Do not visit at home alone", reviewed_on=ago(40))
    Alert.unscoped.create(person=person, kind="risk", title="Long over", reviewed_on=ago(90), ended_on=ago(60))
    job = make_job(episode, ago(50), employer=make_employer())
    make_hours(job, ago(20), 24)
    make_evidence(
        episode, job, status="verified", decided_on=TODAY, verified_on=TODAY, decided_by=world.user("manager")
    )
    make_contact(episode, ago(5), note="Enjoying <b>20 hours</b>.")
    make_contact(episode, ago(3), kind="call", attendance="did_not_attend")
    make_profile(episode, ago(60), ago(55), preferences="Shop work")
    make_plan(episode, ago(50), steps=("Write a CV", "Visit a shop"))
    return episode


@pytest.mark.parametrize("page", PAGES)
def test_every_page_shows_and_is_written_down(world: World, client_for: SignIn, episode: Episode, page: str) -> None:
    answer = client_for(world.user("specialist")).get(f"/people/{episode.pk}/{page}")
    text = answer.content.decode()
    assert answer.status_code == 200
    assert text.count("<h1") == 1
    assert "style=" not in text.replace("font-style=", "")
    seen = Entry.objects.filter(verb="view_person", person_id=str(episode.person_id), is_view=True)
    assert seen.count() == 1
    assert seen.get().actor_name == "Employment specialist Dudley"


@pytest.mark.parametrize("page", PAGES)
def test_someone_new_has_every_page_too(world: World, client_for: SignIn, page: str) -> None:
    bare = make_person(birth_date=None, phone="")
    new = make_episode(world, person=bare, referred_on=TODAY, accepted_on=TODAY, source="", gp_practice=None)
    assert client_for(world.user("specialist")).get(f"/people/{new.pk}/{page}").status_code == 200


def test_the_overview_answers_who_where_and_what_next(world: World, client_for: SignIn, episode: Episode) -> None:
    page = client_for(world.user("specialist")).get(f"/people/{episode.pk}/").content.decode()
    for words in (
        "Jaswinder Sandhu",
        "Likes to be called",
        "07700 900218",
        "3 March 1984 (35)",
        "Risk: do not visit at home alone",
        "Text first",
        "Speaks Punjabi.",
        "In work for 51 of the 51 days",
        "6 weeks reached; its proof is missing.",
        "Payslip, verified 14 June 2019 by Service manager Dudley.",
        "£750",
        "Enjoying &lt;b&gt;20 hours&lt;/b&gt;.",
        "Call, did not answer",
        "24 a week, since 25 May 2019",
        "Dr S. Whitlock",
        "Read as a list",
    ):
        assert words in page, words
    assert "Long over" not in page
    assert page.count('role="img"') == 2


def test_the_history_tells_who_saw_and_who_changed(world: World, client_for: SignIn, episode: Episode) -> None:
    client_for(world.user("team_leader")).get(f"/people/{episode.pk}/")
    page = client_for(world.user("specialist")).get(f"/people/{episode.pk}/history/").content.decode()
    assert "<strong>Team leader Dudley</strong> looked at the record" in page


def test_benefits_and_disclosure_are_recorded(world: World, client_for: SignIn, episode: Episode) -> None:
    client = client_for(world.user("specialist"))
    address, day = f"/people/{episode.pk}/benefits/", {"on-day": "3", "on-month": "6", "on-year": "2019"}
    assert "Choose the benefit." in client.post(address, {"save_benefit": "1", **day}).content.decode()
    client.post(address, {"save_benefit": "1", "benefit": "universal_credit", "received": "yes", **day})
    assert Benefit.unscoped.get().received
    address = f"/people/{episode.pk}/disclosure/"
    assert "Choose what the person decided." in client.post(address, day).content.decode()
    client.post(address, {"decision": "no", **day})
    assert episode.disclosures.get().decision == "no"


def close(world: World, episode: Episode, role: str = "specialist") -> Episode:
    return closure.close_episode(
        viewer=world.viewer(role),
        by=world.actor(role),
        at=NOW,
        episode=episode,
        version=episode.version,
        reason="moved_away",
    )


def test_support_ends_today_with_a_reason(world: World, client_for: SignIn, episode: Episode) -> None:
    client = client_for(world.user("specialist"))
    address = f"/people/{episode.pk}/close/"
    page = client.post(address, {"version": "1"}).content.decode()
    assert "Choose why support ends." in page
    assert "Tell the person how they can come back" in page
    client.post(address, {"version": "1", "reason": "moved_away", "sure": "on"})
    episode.refresh_from_db()
    assert (episode.closed_on, episode.closure_reason) == (TODAY, "moved_away")
    assert Entry.objects.get(verb="close_episode").person_id == str(episode.person_id)
    assert client.get(address).status_code == 403
    after = client.get(f"/people/{episode.pk}/").content.decode()
    assert "Support ended on 14 June 2019." in after


@pytest.mark.parametrize(
    ("role", "closed_days_ago", "why"),
    [
        ("specialist", 0, "Only a team leader or manager"),
        ("team_leader", 1, "only be opened again on that day"),
        ("manager", 0, ""),
    ],
)
def test_a_leader_opens_it_again_on_the_same_day(
    world: World, episode: Episode, role: str, closed_days_ago: int, why: str
) -> None:
    close(world, episode)
    Episode.unscoped.filter(pk=episode.pk).update(closed_on=ago(closed_days_ago))
    arguments: dict[str, Any] = {"viewer": world.viewer(role), "by": world.actor(role), "at": NOW, "episode": episode}
    if why:
        with pytest.raises(Refused, match=why):
            closure.reopen_episode(**arguments)
        return
    assert closure.reopen_episode(**arguments).closed_on is None


def test_milestones_outlive_support(world: World, client_for: SignIn, episode: Episode) -> None:
    close(world, episode)
    client = client_for(world.user("specialist"))
    assert client.get(f"/people/{episode.pk}/proof/").status_code == 200
    assert client.get(f"/people/{episode.pk}/jobs/new/").status_code == 200


@pytest.mark.parametrize(("role", "kept"), [("specialist", 0), ("team_leader", 1)])
def test_support_beyond_a_limit_is_a_leaders_word(
    world: World, client_for: SignIn, episode: Episode, role: str, kept: int
) -> None:
    form = {
        "limit": "in_work",
        "decision": "extended",
        "reason": "job_offer_near",
        "until_on-day": "1",
        "until_on-month": "8",
        "until_on-year": "2019",
    }
    client_for(world.user(role)).post(f"/people/{episode.pk}/support/", form)
    assert SupportDecision.unscoped.count() == kept


def test_active_support_can_end_while_the_person_stays_in_touch(
    world: World, client_for: SignIn, episode: Episode
) -> None:
    client_for(world.user("specialist")).post(
        f"/people/{episode.pk}/support/", {"limit": "in_work", "decision": "ended"}
    )
    assert SupportDecision.unscoped.get().decision == "ended"
    assert Entry.objects.filter(verb="decide_support").exists()


def test_on_a_phone_the_list_leads_to_every_page_of_the_record(world: World, client_for: SignIn) -> None:
    """The tabs are not shown there; contacts and jobs have links of their own above the list."""
    episode = make_episode(world)
    page = client_for(world.user("team_leader")).get(f"/people/{episode.pk}/").content.decode()
    fold = page[page.index('<ul class="cw-fold">') :]
    for name in ("about", "profile", "job-search", "benefits", "other-support", "questionnaires", "history", "move"):
        assert f"/people/{episode.pk}/{name}/" in fold, name
