"""A specialist's week as the logging filled it: contacts with employers and people, applications, jobs, leads."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.http import Http404

from placewell_web.accounts.models import User
from placewell_web.accounts.viewer import Viewer
from placewell_web.casework.models import Application, Contact, EmployerContact, Job, LeadTaken, WeekReview
from placewell_web.casework.queries import episodes
from placewell_web.clients.models import Episode
from placewell_web.employers.models import Employer
from placewell_web.employers.queries import activities, leads

WEEK = timedelta(days=7)
WEEKS_LISTED = 8


@dataclass(frozen=True)
class Week:
    """The rows of one week. `known`: the episodes in it that the viewer may see."""

    monday: date
    employer_contacts: list[EmployerContact]
    contacts: int
    contacts_attended: int
    applications: int
    jobs: int
    leads: int
    leads_taken: int
    activities: int
    known: frozenset[object] = field(default_factory=frozenset)

    @property
    def days(self) -> list[date]:
        return [self.monday + timedelta(days=number) for number in range(7)]

    @property
    def face_to_face_for_someone(self) -> int:
        """Contacts with employers face to face, for a person: what fidelity counts, a row for each person."""
        return sum(1 for one in self.employer_contacts if one.face_to_face and one.episode_id)


def monday_of(day: date) -> date:
    return day - timedelta(days=day.weekday())


def week_of(viewer: Viewer, specialist: User, monday: date) -> Week:
    """What this specialist logged, and what happened on their caseload, from Monday to Sunday.

    Contacts and leads are the specialist's own. Applications and jobs have no author, so they are those of the
    people who are on the specialist's caseload now and whom the viewer may see.
    """
    in_week = {"on__gte": monday, "on__lt": monday + WEEK}
    employer_contacts = list(_of_specialist(viewer, specialist).filter(**in_week).order_by("on", "created_at", "id"))
    theirs = Episode.scoped.visible_to(viewer).filter(specialist=specialist)
    contacts = Contact.scoped.visible_to(viewer).filter(specialist=specialist, with_whom="client", **in_week)
    attendances = list(contacts.values_list("attendance", flat=True))
    started = Q(first_day_worked_on__gte=monday, first_day_worked_on__lt=monday + WEEK)
    ids = {one.episode_id for one in employer_contacts if one.episode_id}
    return Week(
        monday=monday,
        employer_contacts=employer_contacts,
        contacts=len(attendances),
        contacts_attended=attendances.count("attended"),
        applications=Application.scoped.visible_to(viewer).filter(episode__in=theirs, **in_week).count(),
        jobs=Job.scoped.visible_to(viewer).filter(started, episode__in=theirs).count(),
        leads=leads.leads(viewer).filter(found_by=specialist, found_on__gte=monday, found_on__lt=monday + WEEK).count(),
        leads_taken=LeadTaken.scoped.visible_to(viewer).filter(taken_by=specialist, **in_week).count(),
        activities=activities.activities(viewer).filter(specialist=specialist, **in_week).count(),
        known=frozenset(Episode.scoped.visible_to(viewer).filter(pk__in=ids).values_list("pk", flat=True)),
    )


def specialist(viewer: Viewer, asked: UUID | None, today: date) -> User:
    """Whose week is looked at: one of the specialists whose caseload the viewer may open; else 404."""
    offered = specialists(viewer, today)
    found = [one for one in offered if one.pk == (asked or viewer.user_id)]
    if not found and asked is None and offered:
        return offered[0]
    if not found:
        raise Http404
    return found[0]


def specialists(viewer: Viewer, today: date) -> list[User]:
    """The specialists whose week the viewer may look at."""
    return episodes.specialists(viewer, today)


def review_of(specialist: User, monday: date) -> WeekReview | None:
    found = WeekReview.objects.filter(specialist=specialist, monday=monday)
    return found.select_related("reviewed_by").first()


def reviews_since(specialists: list[User], monday: date) -> dict[tuple[Any, date], WeekReview]:
    """By specialist and Monday: the reviews of these people's weeks from one week on."""
    found = WeekReview.objects.filter(specialist__in=specialists, monday__gte=monday)
    return {(one.specialist_id, one.monday): one for one in found}


def _of_specialist(viewer: Viewer, specialist: User) -> Any:
    """The specialist's contacts with employers the viewer's provider knows, for whomever they were."""
    ours = Employer.scoped.visible_to(viewer).values("pk")
    known = Q(episode__isnull=True) | Q(episode__lot_id__in=viewer.lots)
    found = specialist.employer_contacts.filter(known, employer__in=ours)
    return found.select_related("employer", "specialist", "episode__person")
