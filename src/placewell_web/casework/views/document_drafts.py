"""What the page of a profile, an assessment or a plan sends by itself while someone writes."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_POST

from placewell_web.accounts.policy import staff
from placewell_web.accounts.roles import Role
from placewell_web.casework import permissions
from placewell_web.casework.queries import person
from placewell_web.casework.views import assessments, plans, profiles
from placewell_web.casework.views.drafting import keeps_text
from placewell_web.casework.views.keeping import ASSESSMENT, PROFILE, keep_changes, name_in, sent
from placewell_web.casework.views.opening import reached
from placewell_web.nhsuk.sent import posted
from placewell_web.nhsuk.words import clock_time

CASEWORKERS = (Role.SPECIALIST, Role.TEAM_LEADER, Role.MANAGER)


@keeps_text(name_in, sent, answers=True)
@staff(*CASEWORKERS)
@require_POST
def save_document(request: HttpRequest, episode: UUID, document: str) -> HttpResponse:
    """`document` is profile, assessment or a kind of plan."""
    found = reached(request, episode)
    permissions.check_can_plan(request.viewer, found)
    keep_changes(request, name_in({"document": document}), found, _form(request, found, document))
    return JsonResponse({"saved_at": clock_time(request.now)})


def _form(request: HttpRequest, episode: Any, document: str) -> Any | None:
    """What was sent beside what the document says; None where no version of it is open any more."""
    data = posted(request)
    if document == PROFILE:
        draft = next((one for one in person.profiles(episode) if one.completed_on is None), None)
        return draft and profiles.form_of(draft, data)
    if document == ASSESSMENT:
        draft = assessments.open_one(episode)
        return draft and assessments.form_of(draft, data)
    draft = plans.open_one(episode, plans.known(episode, document))
    return draft and plans.form_of(request, episode, draft, data)
