"""One employer: the relationship, who was in contact and for whom, the jobs of people the viewer may see."""

from __future__ import annotations

from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from placewell_web.accounts.policy import staff
from placewell_web.accounts.roles import Role
from placewell_web.audit import actions as audit
from placewell_web.casework.forms.lists import page_number
from placewell_web.casework.presenters.employers import contact_rows
from placewell_web.casework.queries import employers
from placewell_web.employers import permissions
from placewell_web.employers.presenters import employers as told
from placewell_web.employers.queries.employers import merges_of, people_of


@staff(Role.SPECIALIST, Role.TEAM_LEADER, Role.MANAGER)
def show_employer(request: HttpRequest, employer: UUID) -> HttpResponse:
    found = get_object_or_404(employers.visible(request.viewer), pk=employer)
    if found.merged_into_id is not None:
        return redirect("casework:employer", employer=found.merged_into_id)
    pages = Paginator(employers.contacts_with(request.viewer, found), employers.MOST_ROWS)
    page = pages.get_page(page_number(request))
    known = employers.known_among(request.viewer, page.object_list)
    jobs = list(employers.jobs_at(request.viewer, found))
    ids = sorted({str(one) for one in known} | {str(one.episode_id) for one in jobs})
    audit.record_list_view(by=request.actor, at=request.now, verb="view_employer", ids=ids)
    context = {
        "employer": found,
        "page": page,
        "contacts": contact_rows(page.object_list, known),
        "jobs": jobs,
        "gained": employers.jobs_gained(request.viewer, found),
        "leads": [told.lead_row(one, request.today) for one in employers.open_leads(request.viewer, found)],
        "people": people_of(found),
        "statuses": list(employers.history_of(found)),
        "feedback": list(employers.feedback_of(found)),
        "merges": list(merges_of(request.viewer, found)),
        "can_merge": permissions.can_merge(request.viewer),
        "told": told,
    }
    return render(request, "casework/employer.html", context)
