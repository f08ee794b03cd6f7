"""Handing a whole caseload over, what became of it, and taking it back on the same day."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from placewell_web.accounts import service
from placewell_web.accounts.errors import Refused
from placewell_web.accounts.policy import staff
from placewell_web.accounts.roles import Role
from placewell_web.audit import actions as audit
from placewell_web.casework import permissions
from placewell_web.casework.actions import handover as actions
from placewell_web.casework.forms.teams import AmongForm, HandoverForm
from placewell_web.casework.presenters import handover_page as page
from placewell_web.casework.presenters.cases import cases
from placewell_web.casework.queries import caseload, episodes, teams
from placewell_web.clients.permissions import can_go_over_limit
from placewell_web.nhsuk.sent import posted

if TYPE_CHECKING:
    from placewell_web.clients.models import Handover

LEADERS = (Role.TEAM_LEADER, Role.MANAGER)


@staff(*LEADERS)
def hand_over(request: HttpRequest, specialist: UUID) -> HttpResponse:
    """Every open case of a specialist, ticked, with a colleague proposed for each."""
    leaver = teams.member(request.viewer, request.today, specialist)
    shown = _shown(request, leaver.id)
    form = _form(request, shown)
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.hand_over(
                viewer=request.viewer,
                by=request.actor,
                at=request.now,
                token=form.cleaned_data["token"],
                specialist_id=leaver.id,
                on=form.cleaned_data["on"],
                reason=form.cleaned_data["reason"],
                given=form.given(),
                specification=service.current(),
            )
        except Refused as refusal:
            form.add_error(None, list(refusal.problems))
        else:
            messages.success(request, _told(request, made))
            return redirect("casework:handover", handover=made.pk)
    over = can_go_over_limit(request.viewer)
    context = {"leaver": leaver, "form": form, "may_go_over": over, **shown}
    return render(request, "casework/hand_over.html", context)


@staff(*LEADERS)
@require_safe
def show_handover(request: HttpRequest, handover: UUID) -> HttpResponse:
    """Who went to whom, and the way back on the same day."""
    made = teams.handover(request.viewer, handover)
    given = list(teams.taken_over(request.viewer, made))
    ids = [one.episode_id for one in given]
    audit.record_list_view(by=request.actor, at=request.now, verb="view_handover", ids=ids)
    may_undo = permissions.can_undo_handover(request.viewer, made, request.today)
    return render(request, "casework/handover.html", {"made": made, "given": given, "may_undo": may_undo})


@staff(*LEADERS)
@require_POST
def undo_handover(request: HttpRequest, handover: UUID) -> HttpResponse:
    made = teams.handover(request.viewer, handover)
    actions.undo_handover(viewer=request.viewer, by=request.actor, at=request.now, handover=made)
    messages.success(request, f"Taken back. The people are with {made.specialist.name} again.")
    return redirect("casework:team")


def _told(request: HttpRequest, made: Handover) -> str:
    given = teams.taken_over(request.viewer, made).count()
    left = episodes.caseload_of(request.viewer, made.specialist_id).count()
    return page.told(given, left, made.specialist.name)


def _shown(request: HttpRequest, leaver: UUID) -> dict[str, Any]:
    """The people in the order in which things break, and the colleagues with their room."""
    held = episodes.caseload_of(request.viewer, leaver)
    rows = cases(caseload.load(held, request.today))
    audit.record_list_view(
        by=request.actor, at=request.now, verb="view_caseload", ids=[case.episode_id for case in rows]
    )
    facts = {str(one.pk): (one.version, one.lot_id or "") for one in held}
    loads = teams.colleagues(request.viewer, request.today, (lot for _, lot in facts.values()), leaver)
    offered = page.colleagues(loads, service.current(), request.today)
    there = [one for one in offered if not one.is_away]
    among = AmongForm(request.GET, colleagues=[(str(one.id), one.said) for one in offered])
    chosen = among.chosen() or {str(one.id) for one in there}
    takers = [one for one in offered if str(one.id) in chosen]
    lots = {case.episode_id: facts[case.episode_id][1] for case in rows if case.episode_id in facts}
    proposed = page.shared_out(lots, takers)
    return {
        "rows": page.rows(rows, facts, proposed, request.now),
        "without": sum(one is None for one in proposed.values()),
        "colleagues": offered,
        "there": there,
        "away": dict.fromkeys(f"{one.name}{one.away_words}" for one in offered if one.is_away and one not in takers),
        "chosen": chosen,
    }


def _form(request: HttpRequest, shown: dict[str, Any]) -> HandoverForm:
    choices: dict[str, list[tuple[str, str]]] = {}
    for one in shown["colleagues"]:
        choices.setdefault(one.lot, []).append((str(one.id), one.said))
    data = posted(request) if request.method == "POST" else None
    initial = {"on": request.today, "token": uuid.uuid4()}
    return HandoverForm(data, people=shown["rows"], choices=choices, today=request.today, initial=initial)
