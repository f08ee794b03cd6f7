"""Logging a contact: the form, its draft, undo, and what comes next."""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from placewell_web.accounts.policy import staff
from placewell_web.accounts.roles import Role
from placewell_web.casework import permissions
from placewell_web.casework.actions import contacts as record
from placewell_web.casework.actions import drafts
from placewell_web.casework.forms.contact import ContactForm, sent, typed
from placewell_web.casework.forms.parsers import draft_key, read_draft_key
from placewell_web.casework.presenters import saving
from placewell_web.casework.presenters.cases import cases
from placewell_web.casework.presenters.person import head
from placewell_web.casework.queries import caseload, episodes, person
from placewell_web.casework.views.opening import reached, record_view
from placewell_web.nhsuk.sent import posted, pressed
from placewell_web.nhsuk.words import clock_time

CASEWORKERS = (Role.SPECIALIST, Role.TEAM_LEADER, Role.MANAGER)
View = Callable[..., HttpResponse]


def keeps_text(view: View) -> View:
    """Where the session ended while someone wrote, what they send is kept: they sign in and find it."""

    @wraps(view)
    def kept(request: HttpRequest, *arguments: Any, **named: Any) -> HttpResponse:
        if request.method == "POST" and not request.user.is_authenticated:
            key = read_draft_key(request)
            if key is not None:
                _keep_for(request, key.author, key.episode)
        return view(request, *arguments, **named)

    return kept


def _keep_for(request: HttpRequest, author: UUID, episode_id: UUID) -> None:
    found = episodes.author_and_episode(author, episode_id, request.today)
    if found is not None:
        by, episode = found
        drafts.keep_draft(by=by, at=request.now, episode=episode, fields=sent(posted(request)))


@keeps_text
@staff(*CASEWORKERS)
def log_contact(request: HttpRequest, episode: UUID) -> HttpResponse:
    found = reached(request, episode)
    permissions.check_can_work_with(request.viewer, found)
    if request.method == "POST":
        if pressed(request, "discard"):
            drafts.discard_draft(by=request.actor, at=request.now, episode=found)
            return redirect("casework:log_contact", episode=episode)
        form = _form(request, found, posted(request))
        if form.is_valid():
            return _save(request, found, form)
        drafts.keep_draft(by=request.actor, at=request.now, episode=found, fields=sent(posted(request)))
    else:
        form = _form(request, found, None)
    record_view(request, found, "log_contact")
    return render(request, "casework/log_contact.html", _context(request, found, form))


@keeps_text
@staff(*CASEWORKERS)
@require_POST
def save_draft(request: HttpRequest, episode: UUID) -> HttpResponse:
    """What the page sends by itself while someone writes."""
    found = reached(request, episode)
    drafts.keep_draft(by=request.actor, at=request.now, episode=found, fields=sent(posted(request)))
    return JsonResponse({"saved_at": clock_time(request.now)})


@staff(*CASEWORKERS)
@require_POST
def undo_contact(request: HttpRequest, contact: UUID) -> HttpResponse:
    found = get_object_or_404(episodes.contacts(request.viewer), pk=contact)
    record.undo_contact(by=request.actor, at=request.now, contact=found)
    messages.success(request, f"The contact with {found.episode.person.called} was taken back.")
    return redirect("casework:log_contact", episode=found.episode_id)


def _form(request: HttpRequest, episode: Any, data: Any) -> ContactForm:
    options = {"called": episode.person.called, "today": request.today, "earliest": episode.referred_on}
    if data is not None:
        return ContactForm(data, **options)
    draft = episodes.draft_of(request.viewer, episode)
    kept = typed(json.loads(draft.fields)) if draft else {}
    initial = {"on": request.today, "with_whom": "client", "form_token": uuid.uuid4(), **kept}
    return ContactForm(initial=initial, **options)


def _save(request: HttpRequest, episode: Any, form: ContactForm) -> HttpResponse:
    contact = record.record_contact(by=request.actor, at=request.now, episode=episode, facts=form.facts())
    messages.success(request, f"Contact with {episode.person.called} saved.")
    if pressed(request, "go_on"):
        following = saving.next_due(_own_cases(request), str(contact.episode_id))
        return redirect(following.next_due.url if following and following.next_due else reverse("casework:today"))
    return redirect("casework:person", episode=episode.pk)


def _own_cases(request: HttpRequest) -> list[Any]:
    return cases(caseload.load(episodes.caseload_of(request.viewer, request.viewer.user_id), request.today))


def _context(request: HttpRequest, episode: Any, form: ContactForm) -> dict[str, Any]:
    loaded = caseload.load(episodes.episodes(request.viewer).filter(pk=episode.pk), request.today)
    case = cases(loaded)[0]
    own = str(episode.specialist_id) == str(request.viewer.user_id)
    draft = episodes.draft_of(request.viewer, episode)
    return {
        "person": head(episode, person.alerts(episode, request.today), case.state, "", request.today),
        "episode": episode,
        "form": form,
        "draft": draft,
        "draft_key": draft_key(episode.pk, request.viewer.user_id),
        "effects": saving.effects(case, request.today, str(episode.pk) in loaded.active or saving.has_plan(loaded)),
        "recent": saving.recent(list(person.contacts(episode)[:3])),
        "following": saving.next_due(_own_cases(request), str(episode.pk)) if own else None,
        "employers": episodes.employer_names(request.viewer),
    }
