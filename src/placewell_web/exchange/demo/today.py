"""What the demo's day itself holds: appointments in specialists' diaries, and proof that waits with its file."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from placewell_web.casework.models import Appointment
from placewell_web.clients.models import Episode
from placewell_web.exchange.demo.places import Places
from placewell_web.exchange.demo.words import pick

TIMES = (time(9, 30), time(11, 0), time(13, 30), time(15, 0))
PURPOSES = ("Job search", "At work", "Review the plan", "First meeting", "Benefits sum", "Interview practice")


def load_today(places: Places, at: datetime) -> None:
    """Three appointments today and one a day over the next week for every specialist with open episodes."""
    day = at.replace(hour=0, minute=0, second=0, microsecond=0)
    for user in places.staff.values():
        open_episodes = list(
            Episode.unscoped.filter(specialist=user, accepted_on__isnull=False, closed_on__isnull=True)
            .select_related("gp_practice")
            .order_by("-referred_on", "id")[:9]
        )
        Appointment.unscoped.bulk_create(
            Appointment(
                episode=episode,
                specialist=user,
                starts_at=_starts(day, number),
                place=episode.gp_practice.name if episode.gp_practice else "",
                purpose=pick(PURPOSES, str(episode.pk)),
                created_at=at,
            )
            for number, episode in enumerate(open_episodes)
        )


def _starts(day: datetime, number: int) -> datetime:
    """The first three are today; the others follow on the next weekdays, one a day."""
    later = max(0, number - 2)
    start = day
    while later:
        start += timedelta(days=1)
        later -= start.weekday() < 5
    return datetime.combine(start.date(), TIMES[number % len(TIMES)], tzinfo=day.tzinfo)
