"""The demo's documents: of every service, deterministic, nothing dated after its day, and only of whom it supports."""

from __future__ import annotations

from typing import Any

import pytest
from tests.site.casework.factories import TODAY, ago, make_contact, make_episode, make_job, make_plan, make_profile
from tests.site.conftest import NOW, World

from placewell.specification import load, service_ids
from placewell_web.casework import models as casework
from placewell_web.clients.models import Allocation, Consent
from placewell_web.exchange.demo.documents import load_documents
from placewell_web.exchange.demo.words import PART_STEPS

MADE = (
    "ProfileSource",
    "Barrier",
    "Adjustment",
    "AccessToWork",
    "BenefitsAdvice",
    "BetterOff",
    "WeeklyAmount",
    "PersonalLink",
    "PlanComment",
)


def people(world: World, number: int = 12) -> list[Any]:
    made = []
    for _ in range(number):
        one = make_episode(world)
        Consent.unscoped.create(episode=one, kind="contact_family", given_on=ago(70))
        make_profile(one, ago(69), ago(60))
        make_plan(one, ago(50))
        make_contact(one, ago(55))
        make_job(one, ago(20))
        made.append(one)
    return made


def counts() -> dict[str, int]:
    return {name: getattr(casework, name).unscoped.count() for name in (*MADE, "Assessment", "AssessmentPart")}


@pytest.mark.parametrize("service", sorted(service_ids()))
def test_every_service_has_them(world: World, service: str) -> None:
    spec = load(service)
    people(world)
    load_documents(spec, NOW)
    found = counts()
    assert all(found[name] for name in MADE), found
    assert bool(found["Assessment"]) is bool(spec.pathway.assessment_parts)
    assert casework.PlanComment.unscoped.filter(read_at=None).count() == 1, "of each specialist one"


def test_nothing_is_dated_after_the_day_or_before_a_consent(world: World) -> None:
    people(world)
    load_documents(load("thrive_into_work"), NOW)
    for name in ("ProfileSource", "Barrier", "Adjustment", "AccessToWork", "BenefitsAdvice"):
        rows = getattr(casework, name).unscoped.all()
        assert all(row.on <= TODAY and row.created_at <= NOW for row in rows), name
    assert all(row.on >= row.consent.given_on for row in casework.ProfileSource.unscoped.select_related("consent"))


def test_who_has_ended_or_is_compared_has_none(world: World) -> None:
    ended, compared = people(world, 2)
    type(ended).unscoped.filter(pk=ended.pk).update(closed_on=ago(1), closure_reason="moved_away")
    Allocation.unscoped.create(episode=compared, arm="control", allocated_on=ago(60))
    load_documents(load("thrive_into_work"), NOW)
    assert set(counts().values()) == {0}


def test_the_steps_of_a_plan_belong_to_the_part_they_stand_under(world: World) -> None:
    """Nottingham's six parts: "Visit two employers" is no treatment; no part is empty in every plan."""
    spec = load("nottingham_health_employment")
    make_plan(people(world)[0], ago(45), version=2, steps=("",) * 6)
    casework.Plan.unscoped.update(kind="return_to_work")
    load_documents(spec, NOW)
    steps = list(casework.PlanStep.unscoped.filter(plan__kind="return_to_work"))
    assert {step.part for step in steps} == {part.id for part in spec.pathway.parts_of("return_to_work")}
    for step in steps:
        assert step.text in {text for text, _ in PART_STEPS[step.part]}
        assert step.owner and "{" not in step.owner


@pytest.mark.parametrize("service", sorted(service_ids()))
def test_every_part_that_a_contract_names_has_steps_of_its_own(service: str) -> None:
    assert {part.id for part in load(service).pathway.plan_parts} <= set(PART_STEPS)
