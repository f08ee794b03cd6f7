"""Plans of several kinds: what each covers by the contract, who does a step, what a search says, shown and agreed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client
from tests.site.casework.factories import TODAY, ago, make_episode, make_plan
from tests.site.conftest import NOW, World

from placewell.specification import load
from placewell_web.accounts import service
from placewell_web.accounts.errors import EditConflict
from placewell_web.accounts.models import User
from placewell_web.casework.actions import plans
from placewell_web.casework.actions.plans import SearchFacts, StepFacts
from placewell_web.casework.models import Plan, PlanStep
from placewell_web.casework.presenters.plans import plan_words, who
from placewell_web.casework.queries import plans as kept
from placewell_web.clients.models import Episode

SignIn = Callable[[User | None], Client]
AGREED = {"agreed_on-day": "14", "agreed_on-month": "6", "agreed_on-year": "2019"}


@pytest.fixture(autouse=True)
def _still(frozen: object) -> None:
    """Friday 14 June 2019."""


@pytest.fixture
def episode(world: World) -> Episode:
    return make_episode(world)


@pytest.fixture
def by(world: World) -> dict[str, Any]:
    return {"by": world.actor("specialist"), "at": NOW}


@pytest.fixture
def of_004(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The site serves the service of document 004, whose plan has six parts."""
    spec = load("nottingham_health_employment")
    monkeypatch.setattr(service, "current", lambda: spec)
    yield


def test_the_kinds_are_the_services_and_those_the_person_has(episode: Episode) -> None:
    assert list(kept.kinds(episode)) == ["vocational_action", "job_search"]
    Plan.unscoped.filter(pk=make_plan(episode, ago(3)).pk).update(kind="return_to_work")
    assert list(kept.kinds(episode)) == ["vocational_action", "job_search", "return_to_work"]


@pytest.mark.usefixtures("of_004")
def test_the_six_parts_belong_to_the_plan_of_004_alone(episode: Episode) -> None:
    assert (kept.main_kind(), len(kept.parts("return_to_work")), kept.parts("vocational_action")) == (
        "return_to_work",
        6,
        (),
    )
    assert {part.clause for part in kept.parts("return_to_work")} == {"004 §3.2"}


@pytest.mark.parametrize("kind", ["cat", "return_to_work", "VOCATIONAL_ACTION"])
def test_a_kind_the_service_does_not_make_is_not_there(
    world: World, client_for: SignIn, episode: Episode, kind: str
) -> None:
    client = client_for(world.user("specialist"))
    assert client.get(f"/people/{episode.pk}/plan/{kind}/").status_code == 404
    assert client.post(f"/people/{episode.pk}/plan/{kind}/start/").status_code == 404
    assert client.get(f"/people/{episode.pk}/print/plan/{kind}/").status_code == 404
    assert Plan.unscoped.count() == 0


def test_two_kinds_have_versions_of_their_own(episode: Episode, by: dict[str, Any]) -> None:
    make_plan(episode, ago(40))
    search = plans.start_plan(episode=episode, kind="job_search", **by)
    assert search.version == 1
    plans.save_plan(plan=search, edit_version=1, goal="Shops", steps=[StepFacts("Ask")], agreed_on=TODAY, **by)
    assert {(one.kind, one.ended_on) for one in Plan.unscoped.all()} == {
        ("vocational_action", None),
        ("job_search", None),
    }


def test_a_job_search_plan_from_start_to_its_next_version(world: World, client_for: SignIn, episode: Episode) -> None:
    client, address = client_for(world.user("specialist")), f"/people/{episode.pk}/plan/job_search/"
    client.post(address + "start/")
    said = {
        "edit_version": "1",
        "goal": "Part-time shop work",
        "kinds_of_job": "Till, stock\nNo nights",
        "employers": "Marlowe Home Store",
        "how_often": "Two visits a week",
        "step-1-text": "Ask in the High Street",
        "step-1-by_whom": "specialist",
        "step-1-owner": "Leah",
        "step-2-text": "Look at adverts on Mondays",
        "step-2-by_whom": "client",
    }
    client.post(address, said | AGREED | {"agree": "1"})
    plan = Plan.unscoped.get()
    assert (plan.kind, plan.kinds_of_job, plan.how_often) == (
        "job_search",
        "Till, stock\nNo nights",
        "Two visits a week",
    )
    page = client.get(address).content.decode()
    for words in ("Ask in the High Street", "Leah", "Two visits a week", "Jaswinder agreed it on 14 June 2019"):
        assert words in page, words
    client.post(f"/plan-steps/{plan.steps.get(position=1).pk}/", {"done": "1"})
    client.post(address + "start/")
    draft = Plan.unscoped.get(version=2)
    assert (draft.employers, [(s.text, s.by_whom) for s in draft.steps.all()]) == (
        "Marlowe Home Store",
        [("Look at adverts on Mondays", "client")],
    )


@pytest.mark.usefixtures("of_004")
def test_with_parts_every_step_belongs_to_one(world: World, client_for: SignIn, episode: Episode) -> None:
    client, address = client_for(world.user("specialist")), f"/people/{episode.pk}/plan/"
    client.post(address + "start/")
    form = {"edit_version": "1", "goal": "Back to the kitchen", "step-1-text": "Ask for physiotherapy", "agree": "1"}
    assert "Choose the part of the plan" in client.post(address, form | AGREED).content.decode()
    client.post(address, form | AGREED | {"step-1-part": "direct_referrals"})
    plan = Plan.unscoped.get()
    assert (plan.kind, plan.steps.get().part) == ("return_to_work", "direct_referrals")
    page = client.get(address).content.decode()
    assert page.count("Nothing agreed.") == 5
    assert (
        page.index("Direct referrals") < page.index("Ask for physiotherapy") < page.index("Agreement with the employer")
    )


def test_steps_under_no_known_part_are_not_lost(episode: Episode) -> None:
    plan = make_plan(episode, ago(3), steps=("One", "Two"))
    PlanStep.unscoped.filter(text="Two").update(part="an_old_part")
    part = load("nottingham_health_employment").pathway.plan_parts[0]
    words = plan_words(plan, [part], "Plan", "Jas")
    assert [(one.label, [step.text for step in one.steps]) for one in words.parts] == [
        ("", ["One", "Two"]),
        ("Health support and treatment", []),
    ]


@pytest.mark.parametrize(
    ("by_whom", "owner", "said"),
    [
        ("", "", ""),
        ("", "Leah and Jas", "Leah and Jas"),
        ("client", "", "Jas"),
        ("client", "Jas", "Jas"),
        ("specialist", "", "The specialist"),
        ("specialist", "Leah", "Leah"),
        ("employer", "Marlowe", "The employer (Marlowe)"),
        ("gone_from_the_list", "Leah", "Leah"),
    ],
)
def test_who_does_a_step(by_whom: str, owner: str, said: str) -> None:
    assert who(PlanStep(by_whom=by_whom, owner=owner), {"client": "Jas"}) == said


def test_a_search_that_changed_meanwhile_is_a_conflict(episode: Episode, by: dict[str, Any]) -> None:
    draft = plans.start_plan(episode=episode, kind="job_search", **by)
    given = {"plan": draft, "goal": "Shops", "steps": []}
    plans.save_plan(edit_version=1, search=SearchFacts(employers="Theirs"), **given, **by)
    with pytest.raises(EditConflict) as conflict:
        plans.save_plan(edit_version=1, search=SearchFacts(employers="Mine"), **given, **by)
    assert (conflict.value.stored["employers"], conflict.value.written["employers"]) == ("Theirs", "Mine")


def test_a_conflict_on_the_page_shows_both(world: World, client_for: SignIn, episode: Episode, by: Any) -> None:
    draft = plans.start_plan(episode=episode, kind="job_search", **by)
    plans.save_plan(plan=draft, edit_version=1, goal="Theirs: office", steps=[StepFacts("Ask")], **by)
    address = f"/people/{episode.pk}/plan/job_search/"
    mine = {"edit_version": "1", "goal": "Mine: shops", "step-1-text": "Visit", "save": "1"}
    answer = client_for(world.user("specialist")).post(address, mine)
    page = answer.content.decode()
    assert answer.status_code == 409
    for words in ("Theirs: office", "Mine: shops", "Visit", 'name="edit_version" value="2"'):
        assert words in page, words


def test_a_draft_is_shown_to_the_person_only_when_asked(world: World, client_for: SignIn, episode: Episode) -> None:
    client, address = client_for(world.user("specialist")), f"/people/{episode.pk}/plan/"
    client.post(address + "start/")
    form = {"edit_version": "1", "goal": "Work", "step-1-text": "Write a CV"}
    client.post(address, form | {"save": "1"})
    assert kept.readable(episode) == []
    client.post(address, form | {"edit_version": "2", "offer": "1"})
    assert [one.offered_on for one in kept.readable(episode)] == [TODAY]
    assert "Shown to Jaswinder since 14 June 2019" in client.get(address).content.decode()


def test_very_many_steps_and_long_words(world: World, client_for: SignIn, episode: Episode) -> None:
    client, address = client_for(world.user("specialist")), f"/people/{episode.pk}/plan/"
    client.post(address + "start/")
    many = {f"step-{number}-text": f"Step {number}" for number in range(1, 40)}
    client.post(address, {"edit_version": "1", "goal": "Work", "save": "1", **many})
    assert Plan.unscoped.get().steps.count() == 12
    long = client.post(address, {"edit_version": "2", "goal": "x" * 301, "save": "1"}).content.decode()
    assert "Goal must be 300 characters or fewer" in long


@pytest.mark.usefixtures("of_004")
def test_the_timeline_tells_of_the_plan_that_the_card_shows(world: World, client_for: SignIn, episode: Episode) -> None:
    """Of several kinds the service's first: one day for one agreement on one page."""
    make_plan(episode, ago(9))
    make_plan(episode, ago(20), kind="return_to_work")
    page = client_for(world.user("specialist")).get(f"/people/{episode.pk}/").content.decode()
    assert "agreed this plan on 25 May 2019" in page
    assert 'cw-as-list__day">25 May 2019</span> Plan agreed' in page
    assert 'cw-as-list__day">5 June 2019</span> Plan agreed' not in page
