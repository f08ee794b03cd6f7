"""Today: what a specialist sees first."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from placewell.specification import Specification
from placewell_web.accounts.policy import staff
from placewell_web.accounts.roles import Role
from placewell_web.audit import actions as audit
from placewell_web.casework.presenters import caseload_page
from placewell_web.casework.presenters import today_page as page
from placewell_web.casework.presenters.cases import cases
from placewell_web.casework.presenters.done import done_today
from placewell_web.casework.presenters.drafts import other
from placewell_web.casework.presenters.employers_said import Said, employers_said
from placewell_web.casework.presenters.questionnaires import to_ask
from placewell_web.casework.queries import (
    caseload,
    comments,
    confirmations,
    drafts,
    episodes,
    questionnaires,
    radar,
    supervisions,
    teams,
)

MOST_COMMENTS = 10


@staff(Role.SPECIALIST)
def show_today(request: HttpRequest) -> HttpResponse:
    viewer = request.viewer
    loaded = caseload.load(episodes.own_and_covered(viewer), request.today)
    covering = teams.covering(viewer, loaded)
    rows = cases(loaded)
    ids = [case.episode_id for case in rows]
    audit.record_list_view(by=request.actor, at=request.now, verb="view_today", ids=ids)
    fte = episodes.full_time_equivalent(viewer.user_id, request.today)
    left = questionnaires.left_on_caseload(viewer, loaded)
    asked = to_ask(questionnaires.due_on_caseload(viewer, loaded), left, rows, request.today)
    groups = page.groups(rows, request.now)
    context = {
        "groups": groups,
        "counts": page.headline(groups),
        "nothing": page.nothing_due(rows, page.questionnaires(asked)),
        "meetings": page.meetings(rows, request.today),
        "planned": page.planned(rows, episodes.planned_contacts(viewer, loaded.episode_ids), request.today),
        "referrals": page.new_referrals(rows, request.now),
        "drafts": [other(one, request.now) for one in drafts.unsaved(viewer)],
        "done": done_today(episodes.contacts_logged_on(viewer, request.today), rows, request.today),
        "to_ask": asked,
        "late_questionnaires": page.late_questionnaires(asked),
        "questionnaires": page.questionnaires(asked),
        "comments": list(comments.unread(viewer)[:MOST_COMMENTS]),
        "said": _employers_said(request, loaded),
        "sent_back": radar.sent_back(viewer, request.today),
        "awaiting": _awaiting(request, loaded.spec),
        "covering": covering,
        "tasks": supervisions.tasks(viewer),
        "to_sign": supervisions.to_sign(viewer),
        "room": caseload_page.own_room(loaded.spec, loaded.active, rows, covering, fte, request.today),
    }
    return render(request, "casework/today.html", context)


def _employers_said(request: HttpRequest, loaded: caseload.Caseload) -> list[Said]:
    answers = confirmations.against_the_record(request.viewer, episodes.own_and_covered(request.viewer), request.today)
    return employers_said(loaded, answers)


def _awaiting(request: HttpRequest, spec: Specification) -> frozenset[str]:
    """Whose trial meeting comes first, while the phase of the day randomises."""
    phase = spec.service.phase_on(request.today)
    if phase is None or not phase.randomised:
        return frozenset()
    return episodes.awaiting_allocation(request.viewer, request.viewer.user_id)
