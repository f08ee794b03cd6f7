"""What every form with a draft does: keeps what is sent when the session has ended, and fills the form again."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict

from placewell_web.casework.actions import drafts
from placewell_web.casework.forms.parsers import draft_key, read_draft_key, read_writing, wanted_draft
from placewell_web.casework.presenters.drafts import chosen, drafted
from placewell_web.casework.queries import drafts as begun
from placewell_web.nhsuk.sent import posted
from placewell_web.nhsuk.words import clock_time

View = Callable[..., HttpResponse]
Sent = Callable[[QueryDict], Mapping[str, list[str]]]
Named = str | Callable[[Mapping[str, Any]], str]
"""A form's name, or what tells it from the parts of the address."""


def keeps_text(form: Named, sent: Sent, answers: bool = False) -> Callable[[View], View]:
    """Where the session ended while someone wrote, what they send is kept: they sign in and find it.

    `answers`: the page sent it by itself, so it is told that it was kept and that its writer is signed out.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def kept(request: HttpRequest, *arguments: Any, **named: Any) -> HttpResponse:
            if request.method == "POST" and not request.user.is_authenticated:
                was_kept = _keep_signed_out(request, form if isinstance(form, str) else form(named), sent)
                if was_kept:
                    request.kept_as_draft = True  # accounts/unsent.py keeps it no second time
                if was_kept and answers:
                    return JsonResponse({"saved_at": clock_time(request.now), "signed_out": True})
            return view(request, *arguments, **named)

        return kept

    return decorate


def keep(request: HttpRequest, form: str, sent: Sent, episode: Any = None) -> None:
    """Keep what was sent as the signed-in writer's draft."""
    fields, writing = sent(posted(request)), read_writing(request, form)
    drafts.keep_draft(by=request.actor, at=request.now, episode=episode, fields=fields, writing=writing)


def discard(request: HttpRequest, form: str, episode: Any = None) -> None:
    """Throw this page's draft away: its writer pressed the button."""
    drafts.discard_draft(by=request.actor, at=request.now, episode=episode, writing=read_writing(request, form))


def draft_for(request: HttpRequest, form: str, episode: Any = None) -> Any | None:
    """The draft that the form is filled from when it is opened."""
    return chosen(begun.of_form(request.viewer, form, episode), wanted_draft(request))


def draft_context(request: HttpRequest, form: str, draft: Any | None, episode: Any = None) -> dict[str, Any]:
    """What the template shows of `draft`, and of others; after a refused save the page goes on in its own."""
    found, writing = begun.of_form(request.viewer, form, episode), read_writing(request, form)
    own = next((one for one in found if writing.page and one.page == writing.page), None)
    return {
        "drafted": drafted(own if request.method == "POST" else draft, found, request.now, writing.page),
        "draft_key": draft_key(episode.pk if episode else None, request.viewer.user_id),
    }


def _keep_signed_out(request: HttpRequest, form: str, sent: Sent) -> bool:
    key = read_draft_key(request)
    found = begun.author_and_episode(key.author, key.episode, request.today) if key else None
    if found is None:
        return False
    by, episode = found
    fields, writing = sent(posted(request)), read_writing(request, form)
    drafts.keep_draft(by=by, at=request.now, episode=episode, fields=fields, writing=writing)
    return True
