"""The clock: real in production, the demo's day with the real time of day in the demo; views read no other."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
import time_machine

from placewell_web.audit import clock

DEMO_DAY = date(2019, 6, 14)


@pytest.mark.parametrize(
    ("real", "demo_day", "shown"),
    [
        (datetime(2026, 11, 22, 11, 45, tzinfo=UTC), None, "2026-11-22T11:45:00+00:00"),
        (datetime(2026, 7, 1, 23, 30, tzinfo=UTC), None, "2026-07-02T00:30:00+01:00"),
        (datetime(2026, 11, 22, 11, 45, tzinfo=UTC), DEMO_DAY, "2019-06-14T11:45:00+01:00"),
        (datetime(2026, 7, 1, 11, 45, tzinfo=UTC), DEMO_DAY, "2019-06-14T12:45:00+01:00"),
        (datetime(2026, 7, 1, 22, 59, 59, tzinfo=UTC), DEMO_DAY, "2019-06-14T23:59:59+01:00"),
        (datetime(2026, 7, 1, 23, 0, 1, tzinfo=UTC), DEMO_DAY, "2019-06-14T00:00:01+01:00"),
    ],
)
def test_now(settings: object, real: datetime, demo_day: date | None, shown: str) -> None:
    settings.DEMO_DAY = demo_day
    with time_machine.travel(real, tick=False):
        assert clock.now().isoformat() == shown
