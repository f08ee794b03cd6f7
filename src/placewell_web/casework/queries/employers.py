"""What casework knows of an employer: contacts by anyone of the provider, and jobs; whose they are by need to know."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q, QuerySet

from placewell_web.accounts.models import Lot
from placewell_web.accounts.viewer import Viewer
from placewell_web.casework.models import EmployerContact, Job
from placewell_web.clients.models import Episode
from placewell_web.employers.models import Employer, EmployerFeedback, EmployerLead, EmployerStatus
from placewell_web.employers.queries import leads
from placewell_web.employers.queries.employers import with_standing

MOST_ROWS = 100
MOST_WORDS = 20  # of feedback and of the relationship's history


def visible(viewer: Viewer) -> QuerySet[Employer]:
    """Also those that were made one with another: their page leads to the one that is kept."""
    return with_standing(viewer, Employer.scoped.visible_to(viewer).select_related("lot", "owner", "merged_into"))


def contacts_with(viewer: Viewer, employer: Employer) -> QuerySet[EmployerContact]:
    """Every contact of the viewer's provider with the employer, newest first, for whomever it was."""
    ours = Q(episode__isnull=True) | Q(episode__lot__provider_id__in=_providers(viewer))
    rows = employer.contacts.filter(ours).select_related("specialist", "episode__person")
    return rows.order_by("-on", "-created_at", "id")


def known_among(viewer: Viewer, rows: Iterable[EmployerContact]) -> frozenset[object]:
    """The episodes of these contacts that the viewer may see."""
    ids = {row.episode_id for row in rows if row.episode_id}
    return frozenset(Episode.scoped.visible_to(viewer).filter(pk__in=ids).values_list("pk", flat=True))


def jobs_at(viewer: Viewer, employer: Employer) -> QuerySet[Job]:
    """Jobs there of people the viewer may see."""
    rows = Job.scoped.visible_to(viewer).filter(employer=employer).select_related("episode__person")
    return rows.order_by("-started_on")[:MOST_ROWS]


def jobs_gained(viewer: Viewer, employer: Employer) -> int:
    """How many jobs people of the viewer's provider have had there; how many, not whose."""
    return employer.jobs.filter(episode__lot__provider_id__in=_providers(viewer)).count()


def open_leads(viewer: Viewer, employer: Employer) -> QuerySet[EmployerLead]:
    return leads.listed(viewer).filter(employer=employer)


def history_of(employer: Employer) -> QuerySet[EmployerStatus]:
    """Where the relationship stood, the last word first."""
    return employer.statuses.select_related("recorded_by").order_by("-from_on", "-created_at")[:MOST_WORDS]


def feedback_of(employer: Employer) -> QuerySet[EmployerFeedback]:
    return employer.feedback.select_related("recorded_by").order_by("-on", "-created_at")[:MOST_WORDS]


def _providers(viewer: Viewer) -> QuerySet[Lot, object]:
    return Lot.objects.filter(code__in=viewer.lots).values("provider_id")
