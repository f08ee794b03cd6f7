"""The inbox: referrals that wait for a decision or for a specialist, oldest first."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from placewell_web.accounts.policy import Role, staff
from placewell_web.accounts.service import current
from placewell_web.audit.actions import record_list_view
from placewell_web.clients.actions import compared_among
from placewell_web.intake import queries
from placewell_web.intake.forms import InboxForm
from placewell_web.intake.letters import days_to_first_contact
from placewell_web.intake.presenters import staff as words


@staff(Role.TEAM_LEADER, Role.MANAGER)
@require_safe
def inbox(request: HttpRequest) -> HttpResponse:
    """Everyone who waits in the viewer's lots."""
    form = InboxForm(request.GET)
    shown = form.chosen(words.STATES)
    specification = current()
    days = days_to_first_contact(specification)
    found = queries.inbox(request.viewer, request.today, shown, form.number)
    record_list_view(
        by=request.actor, at=request.now, verb="view_inbox", ids=[row.episode.person_id for row in found.rows]
    )
    context = {
        "rows": words.inbox_rows(found.rows, specification, days, _compared(found, request)),
        "pills": words.pills(found.counts, shown),
        "total": sum(found.counts.values()),
        "days": days,
        "recent": queries.decided_recently(request.viewer, specification, request.today),
        "number": found.number,
        "pages": found.pages,
        "prefix": f"?show={shown}&page=",
        "several_lots": len(request.viewer.lots) > 1,
    }
    return render(request, "intake/staff/inbox.html", context)


def _compared(found: queries.Inbox, request: HttpRequest) -> set[object]:
    """Those of the page who are in the trial's comparison group, for as long as that holds."""
    return set(compared_among((row.episode.person_id for row in found.rows), request.today))
