"""Profile and plan: drafts, completed versions that stay, two editors, ticks."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from tests.site.casework.factories import TODAY, ago, make_episode, make_plan, make_profile
from tests.site.conftest import NOW, World

from placewell_web.accounts.errors import EditConflict, Refused
from placewell_web.accounts.models import User
from placewell_web.audit.models import Entry
from placewell_web.casework.actions import plans, profiles
from placewell_web.casework.actions.plans import StepFacts
from placewell_web.casework.models import Plan, Profile
from placewell_web.clients.models import Episode

SignIn = Callable[[User | None], Client]


@pytest.fixture(autouse=True)
def _still(frozen: object) -> None:
    """Friday 14 June 2019."""


@pytest.fixture
def episode(world: World) -> Episode:
    return make_episode(world)


@pytest.fixture
def by(world: World) -> dict[str, Any]:
    return {"by": world.actor("specialist"), "at": NOW}


def test_a_version_starts_from_the_last(episode: Episode, by: dict[str, Any]) -> None:
    make_profile(episode, ago(40), ago(30), preferences="Shop work", strengths="Patient")
    draft = profiles.start_profile(episode=episode, **by)
    assert (draft.version, draft.preferences, draft.strengths) == (2, "Shop work", "Patient")
    assert (draft.started_on, draft.completed_on) == (TODAY, None)
    assert profiles.start_profile(episode=episode, **by) == draft, "one draft at a time"


def test_a_completed_version_is_never_changed(episode: Episode, by: dict[str, Any]) -> None:
    done = make_profile(episode, ago(40), ago(30), preferences="Shop work")
    with pytest.raises(Refused, match="Start a new version"):
        profiles.save_profile(profile=done, edit_version=1, parts={"preferences": "Else"}, **by)
    done.refresh_from_db()
    assert done.preferences == "Shop work"


def test_the_second_of_two_editors_sees_both_versions(episode: Episode, by: dict[str, Any]) -> None:
    draft = make_profile(episode, ago(3))
    profiles.save_profile(profile=draft, edit_version=1, parts={"skills": "Typing"}, **by)
    with pytest.raises(EditConflict) as conflict:
        profiles.save_profile(profile=draft, edit_version=1, parts={"skills": "Driving"}, **by)
    assert (conflict.value.stored, conflict.value.written) == ({"skills": "Typing"}, {"skills": "Driving"})
    draft.refresh_from_db()
    assert draft.skills == "Typing"


def test_the_profile_from_start_to_completed(world: World, client_for: SignIn, episode: Episode) -> None:
    client = client_for(world.user("specialist"))
    address = f"/people/{episode.pk}/profile/"
    assert "No profile yet" in client.get(address).content.decode()
    client.post(address + "start/")
    refused = client.post(address, {"edit_version": "1", "complete": "1"}).content.decode()
    assert "Write what the person wants from work" in refused
    client.post(address, {"edit_version": "1", "preferences": "Shop work", "save": "1"})
    assert Profile.unscoped.get().completed_on is None
    client.post(address, {"edit_version": "2", "preferences": "Shop work, mornings", "complete": "1"})
    done = Profile.unscoped.get()
    assert (done.completed_on, done.preferences) == (TODAY, "Shop work, mornings")
    verbs = list(Entry.objects.filter(is_view=False).order_by("sequence").values_list("verb", flat=True))
    assert verbs == ["start_profile", "begin_document_draft", "save_profile", "complete_profile"], (
        "a refusal keeps words"
    )
    assert "Shop work" not in "".join(Entry.objects.values_list("detail", flat=True))


def test_a_conflict_on_the_page_loses_no_text(world: World, client_for: SignIn, episode: Episode, by: Any) -> None:
    draft = make_profile(episode, ago(3))
    profiles.save_profile(profile=draft, edit_version=1, parts={"skills": "Theirs: typing"}, **by)
    client = client_for(world.user("specialist"))
    answer = client.post(
        f"/people/{episode.pk}/profile/", {"edit_version": "1", "skills": "Mine: driving", "save": "1"}
    )
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Someone else saved this while you were writing" in page
    assert "Theirs: typing" in page
    assert "Mine: driving" in page
    assert 'name="edit_version" value="2"' in page
    client.post(f"/people/{episode.pk}/profile/", {"edit_version": "2", "skills": "Both", "save": "1"})
    draft.refresh_from_db()
    assert draft.skills == "Both"


def steps(*texts: str) -> list[StepFacts]:
    return [StepFacts(text) for text in texts]


def test_agreeing_a_plan_ends_the_one_before(episode: Episode, by: dict[str, Any]) -> None:
    first = make_plan(episode, ago(60), steps=("CV", "Visit a shop"))
    plans.tick_step(step=first.steps.get(position=1), done=True, **by)
    draft = plans.start_plan(episode=episode, kind="vocational_action", **by)
    assert [step.text for step in draft.steps.all()] == ["Visit a shop"], "what is done stays with the old version"
    plans.save_plan(plan=draft, edit_version=1, goal="Shop work", steps=steps("Apply"), agreed_on=TODAY, **by)
    first.refresh_from_db()
    assert first.ended_on == ago(1)
    assert Plan.unscoped.get(version=2).agreed_on == TODAY


def test_two_plans_agreed_on_one_day_do_not_end_before_they_begin(episode: Episode, by: dict[str, Any]) -> None:
    first = make_plan(episode, TODAY)
    draft = plans.start_plan(episode=episode, kind="vocational_action", **by)
    plans.save_plan(plan=draft, edit_version=1, goal="Other", steps=steps("Apply"), agreed_on=TODAY, **by)
    first.refresh_from_db()
    assert first.ended_on == TODAY


def test_an_agreed_plan_is_kept_and_a_stale_draft_refused(episode: Episode, by: dict[str, Any]) -> None:
    agreed = make_plan(episode, ago(3))
    with pytest.raises(Refused, match="agreed with the person"):
        plans.save_plan(plan=agreed, edit_version=1, goal="Other", steps=[], **by)
    draft = plans.start_plan(episode=episode, kind="vocational_action", **by)
    plans.save_plan(plan=draft, edit_version=1, goal="One", steps=steps("A"), **by)
    with pytest.raises(EditConflict) as conflict:
        plans.save_plan(plan=draft, edit_version=1, goal="Two", steps=steps("B"), **by)
    assert conflict.value.stored == {"goal": "One", "steps_in_words": "A"}


def test_the_plan_from_start_to_ticked(world: World, client_for: SignIn, episode: Episode) -> None:
    client = client_for(world.user("specialist"))
    address = f"/people/{episode.pk}/plan/"
    client.post(address + "start/")
    day = {"agreed_on-day": "14", "agreed_on-month": "6", "agreed_on-year": "2019"}
    refused = client.post(address, {"edit_version": "1", "goal": "Work", "agree": "1", **day}).content.decode()
    assert "Write at least one step" in refused
    wrong = {"edit_version": "1", "goal": "Work", "step-1-owner": "Leah", "save": "1"}
    assert "Write what the step is." in client.post(address, wrong).content.decode()
    client.post(address, {"edit_version": "1", "goal": "Work", "step-1-text": "Write a CV", "agree": "1", **day})
    plan = Plan.unscoped.get()
    assert plan.agreed_on == TODAY
    client.post(f"/plan-steps/{plan.steps.get().pk}/", {"done": "1"})
    assert plan.steps.get().done_on == TODAY
    client.post(f"/plan-steps/{plan.steps.get().pk}/", {"undone": "1"})
    assert plan.steps.get().done_on is None


@pytest.mark.parametrize("address", ["profile/start/", "plan/start/"])
def test_nothing_is_planned_after_support_ended(world: World, client_for: SignIn, address: str) -> None:
    closed = make_episode(world, closed_on=ago(2), closure_reason="moved_away")
    answer = client_for(world.user("specialist")).post(f"/people/{closed.pk}/{address}")
    assert answer.status_code == 403
    assert "Support ended on 12 June 2019" in answer.content.decode()
    assert Profile.unscoped.count() + Plan.unscoped.count() == 0
