"""What the demo's day itself holds: appointments in specialists' diaries that fit what is due and who is new."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from placewell_web.casework.models import Appointment, Contact, Job
from placewell_web.clients.models import Episode
from placewell_web.exchange.demo.places import Places, site_id
from placewell_web.exchange.demo.words import pick

TIMES = (time(9, 30), time(11, 0), time(15, 0))
TODAY, AHEAD = 3, 6
SEARCHING = ("Job search", "Benefits sum", "Interview practice", "Review the plan")
WORKING, FIRST = "At work", "First meeting"


def load_today(places: Places, at: datetime, soonest: dict[str, list[str]]) -> None:
    """Three appointments today and one a day over the next week for every specialist with open episodes.

    `soonest`: by specialist of the data set, their episodes in the order in which something is due from today on.
    """
    met = set(Contact.unscoped.filter(attendance="attended", with_whom="client").values_list("episode_id", flat=True))
    running = Job.unscoped.filter(ended_on__isnull=True, first_day_worked_on__lte=at.date())
    working = set(running.values_list("episode_id", flat=True))
    for staff_id, user in places.staff.items():
        found = {one.pk: one for one in Episode.unscoped.filter(specialist=user).select_related("gp_practice")}
        order = [found[pk] for pk in (site_id("episodes", id) for id in soonest.get(staff_id, ())) if pk in found]
        new = [one for one in order if one.pk not in met]
        known = [one for one in order if one.pk in met]
        diary = [*known[: TODAY - 1], *new[:1], *known[TODAY - 1 :]][: TODAY + AHEAD]
        Appointment.unscoped.bulk_create(
            Appointment(
                episode=one,
                specialist=user,
                starts_at=starts_at,
                place=one.gp_practice.name if one.gp_practice else "",
                purpose=FIRST if one.pk not in met else WORKING if one.pk in working else pick(SEARCHING, str(one.pk)),
                created_at=at - timedelta(days=7),
            )
            for one, starts_at in zip(diary, _starts(at), strict=False)
        )


def _starts(at: datetime) -> Iterator[datetime]:
    """Three times today, then one on each of the next working days."""
    day: date = at.date()
    for moment in TIMES:
        yield datetime.combine(day, moment, tzinfo=at.tzinfo)
    for number in range(AHEAD):
        day += timedelta(days=3 if day.weekday() == 4 else 1)
        yield datetime.combine(day, TIMES[number % len(TIMES)], tzinfo=at.tzinfo)
