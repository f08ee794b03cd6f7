"""A small demo in the database."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest
from django.db import transaction
from tests.site.conftest import NOW

from placewell_web.accounts.models import Posting, Role, User
from placewell_web.accounts.queries import viewer_of
from placewell_web.accounts.service import current
from placewell_web.accounts.viewer import Viewer
from placewell_web.exchange.demo import load as demo


@pytest.fixture(scope="module")
def _loaded(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """90 made-up people with their work, once a module; each test works on a savepoint of its own."""
    with django_db_blocker.unblock(), pytest.MonkeyPatch.context() as patch, transaction.atomic():
        patch.setattr(demo, "PEOPLE", 90)
        demo.load(current(), NOW)
        yield
        transaction.set_rollback(True)


@pytest.fixture
def small_demo(_loaded: None, db: None) -> None:
    """The loaded people, in a test's own transaction."""


@pytest.fixture
def manager(small_demo: None) -> User:
    """The manager of every lot."""
    return Posting.objects.filter(role=Role.MANAGER).order_by("user__name").first().user  # type: ignore[union-attr]


@pytest.fixture
def leader(small_demo: None) -> User:
    """A team leader, who works in one lot."""
    return Posting.objects.filter(role=Role.TEAM_LEADER).order_by("user__name").first().user  # type: ignore[union-attr]


@pytest.fixture
def viewer(manager: User, now: datetime) -> Viewer:
    return viewer_of(manager, now.date())
