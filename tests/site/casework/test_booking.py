"""Booking a meeting: at a time that is still to come, and by day."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import time_machine
from django.test import Client
from tests.site.casework.factories import make_episode
from tests.site.conftest import World

from placewell_web.accounts.models import User
from placewell_web.casework.models import Appointment

pytestmark = pytest.mark.django_db
PASSED, NIGHT = "It is 12:04 already. Enter a later time or another day.", "Meetings begin between 7:00 and 21:00."


@pytest.mark.parametrize(
    ("day", "at", "said"),
    [
        (14, "14:30", ""),
        (14, "12:05", ""),
        (14, "12:04", PASSED),
        (14, "9:00", PASSED),
        (17, "9:00", ""),
        (17, "7:00", ""),
        (17, "21:00", ""),
        (14, "5:00", f"{NIGHT} For the afternoon, enter 17:00."),
        (17, "5", f"{NIGHT} For the afternoon, enter 17:00."),
        (17, "5pm", ""),
        (17, "23:15", NIGHT),
        (17, "0:30", NIGHT),
        (17, "soon", "Time must be like 9:30 or 14:00."),
        (13, "14:00", "Date must be"),
    ],
)
def test_when(
    world: World, client_for: Callable[[User], Client], frozen: time_machine.Traveller, day: int, at: str, said: str
) -> None:
    episode = make_episode(world)
    fields = {"on-day": str(day), "on-month": "6", "on-year": "2019", "at": at, "place": "Library", "purpose": ""}
    response = client_for(world.user("specialist")).post(f"/people/{episode.pk}/meeting/", fields)
    assert response.status_code == (200 if said else 302)
    assert said in response.content.decode()
    assert Appointment.unscoped.count() == (0 if said else 1)
