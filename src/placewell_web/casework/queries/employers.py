"""What casework knows of an employer: contacts with them, and jobs of people the viewer may see."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from placewell_web.accounts.viewer import Viewer
from placewell_web.casework.models import EmployerContact, Job
from placewell_web.clients.models import Episode
from placewell_web.employers.models import Employer

MOST_ROWS = 100


def visible(viewer: Viewer) -> QuerySet[Employer]:
    return Employer.scoped.visible_to(viewer).select_related("lot", "owner")


def contacts_with(viewer: Viewer, employer: Employer) -> QuerySet[EmployerContact]:
    """Contacts with the employer: for people the viewer may see, and for nobody in particular."""
    mine = Q(episode__isnull=True) | Q(episode__in=Episode.scoped.visible_to(viewer))
    rows = employer.contacts.filter(mine).select_related("specialist", "episode__person")
    return rows.order_by("-on", "-created_at")[:MOST_ROWS]


def jobs_at(viewer: Viewer, employer: Employer) -> QuerySet[Job]:
    rows = Job.scoped.visible_to(viewer).filter(employer=employer).select_related("episode__person")
    return rows.order_by("-started_on")[:MOST_ROWS]
