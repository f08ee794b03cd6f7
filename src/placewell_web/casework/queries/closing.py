"""What is still open with a person when support is to end, and what was tried to reach them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from placewell_web.accounts.models import Lot
from placewell_web.casework.models import Appointment, Contact, Job, PersonalLink, Plan, Profile
from placewell_web.clients.models import Episode

MEETINGS = ("appointment", "video", "group", "joint_with_clinician")
"""Kinds of contact that are agreed beforehand: one that was missed is no attempt to reach somebody."""


@dataclass(frozen=True)
class StillOpen:
    """What stops with the episode."""

    meetings: list[Appointment]
    links: list[PersonalLink]


def still_open(episode: Episode, at: datetime) -> StillOpen:
    """Meetings to come and links that work, of an episode that the caller may see."""
    meetings = episode.appointments.filter(starts_at__gte=at, cancelled_at=None)
    links = episode.links.filter(revoked_at=None, answered_at=None, expires_at__gt=at)
    return StillOpen(list(meetings.order_by("starts_at")), list(links.order_by("created_at")))


@dataclass(frozen=True)
class Attempts:
    """Since the last time the person answered: attempts to reach them, and meetings they missed."""

    outreach: list[Contact]
    missed: int


def attempts(episode: Episode) -> Attempts:
    """What was tried since the last two-way contact, of an episode that the caller may see (002 App. 7 Sv 14)."""
    with_them = episode.contacts.filter(with_whom="client").order_by("on", "created_at")
    since: list[Contact] = []
    for contact in with_them:
        since = [] if contact.attendance == "attended" else [*since, contact]
    outreach = [one for one in since if one.kind not in MEETINGS]
    return Attempts(outreach, len(since) - len(outreach))


AT_WORK_ON_ENTRY = ("in_work", "off_sick", "self_employed")


@dataclass(frozen=True)
class WorkNow:
    """What the record says of the person's work: jobs that go on with no last day, and whether they are in work."""

    going_on: list[Job]
    is_in_work: bool


def work_now(episode: Episode, today: date) -> WorkNow:
    """A job that began; where none was ever recorded, work as it was on entry. Of an episode the caller may see."""
    jobs = list(episode.jobs.select_related("employer").filter(started_on__lte=today).order_by("started_on", "id"))
    holds = any(job.ended_on is None or job.ended_on >= today for job in jobs)
    kept = not jobs and episode.employment_at_entry in AT_WORK_ON_ENTRY
    return WorkNow([job for job in jobs if job.ended_on is None], holds or kept)


def other_lots(episode: Episode) -> list[Lot]:
    """The lots someone can move to, each with who provides it."""
    found = Lot.objects.exclude(code=episode.lot_id).select_related("provider")
    return list(found.order_by("name"))


def came_along(episode: Episode) -> tuple[Profile | None, Plan | None]:
    """The last completed profile and agreed plan of the episode that this one follows; the caller may see this one."""
    before = episode.follows
    if before is None:
        return None, None
    profile = before.profiles.filter(completed_on__isnull=False).order_by("-version").first()
    plans = before.plans.filter(agreed_on__isnull=False).prefetch_related("steps").select_related("written_by")
    return profile, plans.order_by("-agreed_on", "-version").first()
