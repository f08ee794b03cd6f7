"""Small records for the tests of employers: an activity, an entry of the directory."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from tests.site.conftest import NOW, World

from placewell_web.employers.models import Activity, OutsideService


def make_activity(world: World, lot: str = "dudley", on: date | None = None, **fields: Any) -> Activity:
    """An awareness session of the lot's specialist, recorded some days ago."""
    given = {
        "service_id": "thrive_into_work",
        "on": on or NOW.date(),
        "kind": "practice_meeting",
        "specialist": world.user("specialist", lot),
        "lot_id": lot,
        "created_at": NOW - timedelta(days=3),
    }
    return Activity.unscoped.create(**(given | fields))


def make_service(world: World, lot: str = "dudley", **fields: Any) -> OutsideService:
    given = {
        "kept_for_id": lot,
        "name": "Debt line",
        "kind": "debt_advice",
        "reviewed_on": NOW.date(),
        "reviewed_by": world.user("team_leader", lot),
        "created_at": NOW,
    }
    return OutsideService.unscoped.create(**(given | fields))
