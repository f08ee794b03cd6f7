"""The evidence radar: what has to be proved, what is here, what would do, and how long is left."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from placewell_web.accounts.policy import staff
from placewell_web.accounts.roles import Role
from placewell_web.audit import actions as audit
from placewell_web.casework.forms.parsers import wanted_outcome
from placewell_web.casework.presenters import radar as told
from placewell_web.casework.queries import caseload, radar

CASEWORKERS = (Role.SPECIALIST, Role.TEAM_LEADER, Role.MANAGER)


@staff(*CASEWORKERS)
def show_radar(request: HttpRequest) -> HttpResponse:
    """A specialist's own people; of a leader or manager everyone in their lots."""
    loaded = caseload.load(radar.looked_at(request.viewer), request.today)
    agreed = radar.may_ask_employers(request.viewer, loaded.episode_ids, request.today)
    names = radar.names_of_specialists(request.viewer, request.today)
    rows = told.radar(loaded, radar.links_asking(request.viewer, loaded.episode_ids), agreed, request.now, names)
    wanted = wanted_outcome(request)
    chosen = [row for row in rows if wanted in ("", row.outcome)]
    shown = chosen[: told.MOST_ROWS]
    ids = dict.fromkeys(row.episode_id for row in shown)
    audit.record_list_view(by=request.actor, at=request.now, verb="view_evidence_radar", ids=ids)
    context = {
        "groups": told.groups(chosen),
        "pills": told.pills(loaded.spec, rows, wanted, reverse("casework:evidence_radar")),
        "number": len(chosen),
        "shown": len(shown),
        "waiting": told.waiting(chosen),
        "days": told.AHEAD_DAYS,
        "team": request.viewer.has_role(Role.TEAM_LEADER, Role.MANAGER),
    }
    return render(request, "casework/evidence/radar.html", context)
