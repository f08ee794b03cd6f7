"""Screening: every criterion answered from facts, kept under its version, and set aside only by a second person."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from tests.site.conftest import World
from tests.site.intake.test_deciding import page, press, referred

from placewell_web.accounts.models import Role
from placewell_web.accounts.service import current
from placewell_web.audit.models import Entry
from placewell_web.clients.models import Episode, Person
from placewell_web.intake.models import Screening

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]
SignIn = Callable[..., Client]
RIGHT = {
    "gp_registered_in_area": "yes",
    "has_condition": "yes",
    "condition_stops_work": "yes",
    "excluded_condition": "none",
    "in_work": "no",
    "weeks_out_of_work": "40",
    "wants_paid_work": "yes",
    "has_job_offer": "no",
    "on_state_programme": "no",
}
ADULT = {"birth_date": date(1984, 3, 2)}

OUTCOMES: list[tuple[dict[str, Any], dict[str, str], str, str, str]] = [
    (ADULT, {}, "eligible", "", "met"),
    ({"birth_date": date(2001, 6, 14)}, {}, "eligible", "adult", "met"),
    ({"birth_date": date(2001, 6, 15)}, {}, "not_eligible", "adult", "not_met"),
    ({}, {}, "not_known", "adult", "not_known"),
    (ADULT, {"gp_registered_in_area": "no"}, "not_eligible", "gp_in_area", "not_met"),
    (ADULT, {"gp_registered_in_area": "not_known"}, "not_known", "gp_in_area", "not_known"),
    (ADULT, {"has_condition": "no"}, "not_eligible", "health_condition", "not_met"),
    (ADULT, {"condition_stops_work": ""}, "not_known", "health_condition", "not_known"),
    (ADULT, {"excluded_condition": "dementia"}, "not_eligible", "no_excluded_condition", "not_met"),
    (ADULT, {"excluded_condition": "not_known"}, "not_known", "no_excluded_condition", "not_known"),
    (ADULT, {"weeks_out_of_work": "3"}, "not_eligible", "out_of_work_four_weeks", "not_met"),
    (ADULT, {"weeks_out_of_work": "4"}, "eligible", "out_of_work_four_weeks", "met"),
    (ADULT, {"in_work": "yes"}, "not_eligible", "out_of_work_four_weeks", "not_met"),
    (ADULT, {"in_work": "yes", "weeks_out_of_work": ""}, "not_eligible", "out_of_work_four_weeks", "not_met"),
    (ADULT, {"weeks_out_of_work": ""}, "not_known", "out_of_work_four_weeks", "not_known"),
    (ADULT, {"wants_paid_work": "no"}, "not_eligible", "wants_work", "not_met"),
    (ADULT, {"has_job_offer": "yes"}, "not_eligible", "no_job_offer", "not_met"),
    (ADULT, {"on_state_programme": "yes"}, "not_eligible", "not_on_state_programme", "not_met"),
    (ADULT, dict.fromkeys(RIGHT, ""), "not_known", "wants_work", "not_known"),
    (ADULT, {"has_job_offer": "yes", "wants_paid_work": ""}, "not_eligible", "wants_work", "not_known"),
]


@pytest.mark.parametrize(("person", "changes", "overall", "criterion", "answer"), OUTCOMES)
def test_each_fact_answers_its_criterion(
    world: World, client_for: SignIn, person: dict, changes: dict, overall: str, criterion: str, answer: str
) -> None:
    episode = referred(world, **person)
    text = press(client_for(world.user(Role.TEAM_LEADER)), episode, "screen", RIGHT | changes)
    assert "Screening kept." in text
    kept = Screening.objects.get()
    assert kept.overall == overall
    answers = {one.criterion: one for one in kept.answers.all()}
    assert set(answers) == {one.id for one in current().eligibility.criteria}
    assert all(one.clause and one.reason and one.fact for one in answers.values())
    assert answer == (answers[criterion].answer if criterion else "met")


def test_a_screening_keeps_its_version_and_is_never_changed(world: World, client_for: SignIn) -> None:
    episode, client = referred(world, **ADULT), client_for(world.user(Role.TEAM_LEADER))
    press(client, episode, "screen", RIGHT | {"has_job_offer": "yes"})
    first = Screening.objects.values().get()
    assert (first["specification_version"], first["specification_hash"]) == (current().version, current().hash)
    text = press(client, episode, "screen", RIGHT)
    assert Screening.objects.filter(pk=first["id"]).values().get() == first
    assert "1 earlier screening kept." in text
    assert "Earlier screenings" in text


def test_the_record_keeps_what_screening_learns(world: World, client_for: SignIn) -> None:
    episode, client = referred(world), client_for(world.user(Role.TEAM_LEADER))
    assert "What is their date of birth?" in page(client, episode, "screen/")
    born = {"age_years-day": "2", "age_years-month": "3", "age_years-year": "1984"}
    press(client, episode, "screen", RIGHT | born | {"primary_condition": "chronic_pain"})
    assert Person.unscoped.get().birth_date == date(1984, 3, 2)
    assert Episode.unscoped.get().primary_condition == "chronic_pain"
    assert Screening.objects.get().overall == "eligible"
    text = page(client, episode, "screen/")
    assert "Age: 35" in text
    assert "What is their date of birth?" not in text
    assert '<option value="chronic_pain" selected>' in text
    assert Entry.objects.filter(verb="complete_record").count() == 1
    press(client, episode, "screen", RIGHT | {"primary_condition": "chronic_pain"})
    assert Entry.objects.filter(verb="complete_record").count() == 1


WRONG = [
    {"weeks_out_of_work": "many"},
    {"weeks_out_of_work": "-1"},
    {"weeks_out_of_work": "9" * 30},
    {"in_work": "perhaps"},
    {"excluded_condition": "bad_temper"},
    {"primary_condition": "x"},
    {"age_years-day": "31", "age_years-month": "2", "age_years-year": "1984"},
    {"age_years-day": "1", "age_years-month": "1", "age_years-year": "2030"},
]


@pytest.mark.parametrize("changes", WRONG)
def test_what_cannot_be_read_keeps_nothing(world: World, client_for: SignIn, changes: dict) -> None:
    episode = referred(world)
    text = press(client_for(world.user(Role.TEAM_LEADER)), episode, "screen", RIGHT | changes)
    assert "There is a problem" in text
    assert not Screening.objects.exists()
    assert Person.unscoped.get().birth_date is None


def test_a_referral_found_not_eligible_is_not_accepted_until_a_second_person_sets_it_aside(
    world: World, client_for: SignIn, frozen: Any
) -> None:
    episode = referred(world, **ADULT)
    leader, manager = client_for(world.user(Role.TEAM_LEADER)), client_for(world.user(Role.MANAGER))
    press(leader, episode, "screen", RIGHT | {"has_job_offer": "yes"})
    assert "Screening found that the person is not eligible" in press(leader, episode, "accept")
    assert ">Accept<" not in page(leader, episode)
    assert "Go against the criteria" not in page(leader, episode)
    assert "a second person must decide" in press(leader, episode, "override", {"reason": "The offer fell through"})
    assert "Go against the criteria" in page(manager, episode)
    frozen.shift(timedelta(minutes=5))
    empty = press(manager, episode, "override", {"reason": "  "})
    assert "Enter the reason for going against the criteria" in empty
    text = press(manager, episode, "override", {"reason": "The offer fell through"})
    assert "Set aside by Service manager Dudley:" in text
    assert "The offer fell through" in text
    assert "there is nothing to go against" in press(manager, episode, "override", {"reason": "again"})
    press(leader, episode, "accept")
    assert Episode.unscoped.get().accepted_on is not None
    aside = Screening.objects.exclude(override_reason="").get()
    assert (aside.overall, aside.answers.count(), aside.override_by) == ("not_eligible", 8, world.user(Role.MANAGER))


MAY = [
    (Role.TEAM_LEADER, False, True),
    (Role.MANAGER, False, True),
    (Role.SPECIALIST, True, True),
    (Role.SPECIALIST, False, False),
]


@pytest.mark.parametrize(("role", "named", "may"), MAY)
def test_leaders_managers_and_the_named_specialist_screen(
    world: World, client_for: SignIn, role: str, named: bool, may: bool
) -> None:
    episode = referred(world, **ADULT)
    specialist = world.user(Role.SPECIALIST) if named else None
    Episode.unscoped.filter(pk=episode.pk).update(team=world.teams["dudley"], specialist=specialist)
    text = press(client_for(world.user(role)), episode, "screen", RIGHT)
    assert ("Screening kept." in text) is may
    assert ("Only the specialist named for this person" in text) is not may


def test_the_forms_own_answers_are_filled_in_and_raised(world: World, client_for: SignIn, send: Callable) -> None:
    send(Client(), "self", {"last_worked": {"last_worked": "in_work"}, "condition": {"has_condition": "not_sure"}})
    episode, client = Episode.unscoped.get(), client_for(world.user(Role.TEAM_LEADER))
    assert "out of work for 4 weeks or more" in page(client, episode)
    text = page(client, episode, "screen/")
    assert 'name="in_work" type="radio" value="yes" checked' in text
    assert 'name="wants_paid_work" type="radio" value="yes" checked' in text
    assert 'name="has_condition" type="radio" value="yes" checked' not in text
    assert 'name="gp_registered_in_area" type="radio" value="yes" checked' in text
