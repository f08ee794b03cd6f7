"""Arranging that a colleague covers for a specialist, and ending it before its last day."""

from __future__ import annotations

import uuid
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from placewell_web.accounts.errors import Refused
from placewell_web.accounts.policy import staff
from placewell_web.accounts.roles import Role
from placewell_web.casework.actions import cover as actions
from placewell_web.casework.forms.teams import CoverForm
from placewell_web.casework.queries import teams
from placewell_web.nhsuk.sent import posted
from placewell_web.nhsuk.words import away_words, day

LEADERS = (Role.TEAM_LEADER, Role.MANAGER)


@staff(*LEADERS)
def arrange_cover(request: HttpRequest, specialist: UUID) -> HttpResponse:
    """Who covers from which day to which; what is arranged already stands above."""
    away = teams.member(request.viewer, request.today, specialist)
    lots = teams.lots_held(request.viewer, away.id, request.today)
    loads = teams.colleagues(request.viewer, request.today, lots, away.id)
    offered = {str(one.user_id): one.name for found in loads.values() for one in found}
    said_of = {str(one.user_id): away_words(one.away, request.today) for found in loads.values() for one in found}
    data = posted(request) if request.method == "POST" else None
    initial = {"from_on": request.today, "token": uuid.uuid4()}
    colleagues = [(id, name + said_of[id]) for id, name in offered.items()]
    form = CoverForm(data, colleagues=colleagues, today=request.today, initial=initial)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            actions.arrange_cover(
                viewer=request.viewer,
                by=request.actor,
                at=request.now,
                token=said["token"],
                specialist_id=away.id,
                colleague_id=UUID(said["colleague"]),
                lots=lots,
                from_on=said["from_on"],
                to_on=said["to_on"],
                reason=said["reason"],
            )
        except Refused as refusal:
            form.add_error(None, list(refusal.problems))
        else:
            who = f"{offered[said['colleague']]} covers for {away.name}"
            messages.success(request, f"{who} from {day(said['from_on'])} to {day(said['to_on'])}.")
            return redirect("casework:team")
    arranged = [one for one in teams.covers_ahead(request.viewer, request.today) if one.specialist_id == away.id]
    context = {"away": away, "form": form, "arranged": arranged, "offered": offered}
    return render(request, "casework/cover.html", context)


@staff(*LEADERS)
@require_POST
def take_cover_back(request: HttpRequest, cover: UUID) -> HttpResponse:
    found = teams.cover(request.viewer, cover)
    actions.take_cover_back(viewer=request.viewer, by=request.actor, at=request.now, cover=found)
    messages.success(request, f"{found.colleague.name} covers for {found.specialist.name} no longer.")
    return redirect("casework:team")
