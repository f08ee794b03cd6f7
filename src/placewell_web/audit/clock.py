"""What time it is, for requests and audit entries: the real time, or the demo's day with the real time of day."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone

LONDON = ZoneInfo("Europe/London")


def now() -> datetime:
    """The moment, as people in London read it on their clocks."""
    real = timezone.now().astimezone(LONDON)
    if settings.DEMO_DAY is None:
        return real
    return datetime.combine(settings.DEMO_DAY, real.time(), tzinfo=LONDON)
