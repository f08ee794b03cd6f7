"""When the demo's records were typed in: on the day they tell of, in working hours, never after the demo's moment."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from placewell_web.audit.clock import LONDON
from placewell_web.exchange.demo.words import pick

OPENS, OPEN_MINUTES = time(8, 40), 530


def noted(on: date | None, at: datetime, key: str) -> datetime:
    """A moment of that day, the same on every load; for a day unknown or ahead, the demo's own."""
    if on is None or on > at.date():
        return at
    opens = datetime.combine(on, OPENS, tzinfo=LONDON)
    return min(opens + timedelta(seconds=pick(range(OPEN_MINUTES * 60), key)), at)
