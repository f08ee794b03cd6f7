"""What is typed in a step is kept while it is typed, and when the session has ended before it was sent."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_POST

from placewell_web.accounts.policy import staff
from placewell_web.clients import queries as people
from placewell_web.nhsuk.sent import posted
from placewell_web.nhsuk.words import clock_time
from placewell_web.trial import permissions
from placewell_web.trial.actions import drafts
from placewell_web.trial.forms.drafts import read_draft_key, sent
from placewell_web.trial.queries import meetings
from placewell_web.trial.views.opening import CASEWORKERS

View = Callable[..., HttpResponse]


def keeps_text(view: View) -> View:
    """Where the session ended while someone wrote, what they send is kept: they sign in and find it."""

    @wraps(view)
    def kept(request: HttpRequest, *arguments: Any, **named: Any) -> HttpResponse:
        if request.method == "POST" and not request.user.is_authenticated:
            key = read_draft_key(request)
            found = meetings.author_and_meeting(key.author, key.episode, request.today) if key else None
            if key is not None and found is not None:
                by, meeting = found
                drafts.keep_draft(by=by, at=request.now, meeting=meeting, step=key.step, fields=sent(posted(request)))
                request.kept_as_draft = True  # accounts/unsent.py keeps it no second time
        return view(request, *arguments, **named)

    return kept


@keeps_text
@staff(*CASEWORKERS)
@require_POST
def save_draft(request: HttpRequest, episode: UUID) -> HttpResponse:
    """What the page sends by itself while someone writes."""
    found = people.get_episode(request.viewer, episode)
    key = read_draft_key(request)
    meeting = meetings.meeting_of(request.viewer, episode)
    if key is None or key.episode != episode or meeting is None or meeting.ended_at or meeting.randomised_at:
        return JsonResponse({"error": "This form is no longer open."}, status=409)
    permissions.check_can_meet(request.viewer, found)
    drafts.keep_draft(by=request.actor, at=request.now, meeting=meeting, step=key.step, fields=sent(posted(request)))
    return JsonResponse({"saved_at": clock_time(request.now)})
