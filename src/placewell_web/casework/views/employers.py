"""One employer: what is known, who was in contact and for whom, the jobs of people the viewer may see."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from placewell_web.accounts.policy import staff
from placewell_web.accounts.roles import Role
from placewell_web.audit import actions as audit
from placewell_web.casework.queries import employers


@staff(Role.SPECIALIST, Role.TEAM_LEADER, Role.MANAGER)
def show_employer(request: HttpRequest, employer: UUID) -> HttpResponse:
    found = get_object_or_404(employers.visible(request.viewer), pk=employer)
    contacts = list(employers.contacts_with(request.viewer, found))
    jobs = list(employers.jobs_at(request.viewer, found))
    ids = sorted({str(one.episode_id) for one in (*contacts, *jobs) if one.episode_id})
    audit.record_list_view(by=request.actor, at=request.now, verb="view_employer", ids=ids)
    context = {"employer": found, "contacts": contacts, "jobs": jobs}
    return render(request, "casework/employer.html", context)
