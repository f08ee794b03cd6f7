"""A small trial, its ledger open, and who looks at it."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import pytest
from django.test import Client
from tests.site.conftest import World
from tests.site.evaluation.factories import Trial, small_trial

from placewell.randomisation import guessing
from placewell_web.accounts.models import Role, User
from placewell_web.trial.actions import integrity

SIMULATED = cache(guessing.predictability)
"""The real simulation, run once for all tests."""


@pytest.fixture(autouse=True)
def _simulated_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(integrity, "predictability", SIMULATED)


@pytest.fixture
def trial(world: World, frozen: object) -> Trial:
    """Twelve people randomised in two areas (see `small_trial`), seen from 14 June 2019."""
    return small_trial(world)


@pytest.fixture
def as_role(world: World, client_for: Callable[[User | None], Client]) -> Callable[[str], Client]:
    """A client signed in as someone with a role."""
    return lambda role: client_for(world.user(role))


@pytest.fixture
def blinded(as_role: Callable[[str], Client]) -> Client:
    return as_role(Role.EVALUATOR)


@pytest.fixture
def unblinded(as_role: Callable[[str], Client]) -> Client:
    return as_role(Role.UNBLINDED)
