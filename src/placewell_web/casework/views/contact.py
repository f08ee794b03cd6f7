"""Logging a contact: the form, its draft, undo, and what comes next."""

from __future__ import annotations

import json
import uuid
from dataclasses import replace
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
from placewell_web.casework.actions.contacts import SavedAlready
from placewell_web.casework.forms.contact import ContactForm, sent, typed
from placewell_web.casework.forms.parsers import read_writing
from placewell_web.casework.presenters import saving
from placewell_web.casework.presenters.cases import cases
from placewell_web.casework.presenters.person import head
from placewell_web.casework.queries import caseload, episodes, person
from placewell_web.casework.views.drafting import discard, draft_context, draft_for, keep, keeps_text
from placewell_web.casework.views.opening import reached, record_view
from placewell_web.nhsuk.sent import posted, pressed
from placewell_web.nhsuk.words import clock_time

CASEWORKERS = (Role.SPECIALIST, Role.TEAM_LEADER, Role.MANAGER)
FORM = "contact"


@keeps_text(FORM, sent)
@staff(*CASEWORKERS)
def log_contact(request: HttpRequest, episode: UUID) -> HttpResponse:
    found = reached(request, episode)
    permissions.check_can_work_with(request.viewer, found)
    saved = None
    if request.method == "POST":
        if pressed(request, "discard"):
            discard(request, FORM, found)
            return redirect("casework:log_contact", episode=episode)
        form, draft = _form(request, found, posted(request), None), None
        try:
            if form.is_valid():
                return _save(request, found, form)
        except SavedAlready as refused:
            saved = refused.contact
        keep(request, FORM, sent, found)
    else:
        draft = draft_for(request, FORM, found)
        form = _form(request, found, None, draft)
    record_view(request, found, "log_contact")
    context = _context(request, found, form) | draft_context(request, FORM, draft, found)
    context["saved"] = saving.saved(saved) if saved else None
    return render(request, "casework/log_contact.html", context, status=409 if saved else 200)


@keeps_text(FORM, sent, answers=True)
@staff(*CASEWORKERS)
@require_POST
def save_draft(request: HttpRequest, episode: UUID) -> HttpResponse:
    """What the page sends by itself while someone writes."""
    found = reached(request, episode)
    keep(request, FORM, sent, found)
    return JsonResponse({"saved_at": clock_time(request.now)})


@staff(*CASEWORKERS)
@require_POST
def undo_contact(request: HttpRequest, contact: UUID) -> HttpResponse:
    found = get_object_or_404(episodes.contacts(request.viewer), pk=contact)
    record.undo_contact(by=request.actor, at=request.now, contact=found)
    messages.success(request, f"The contact with {found.episode.person.called} was taken back.")
    return redirect("casework:log_contact", episode=found.episode_id)


def _form(request: HttpRequest, episode: Any, data: Any, draft: Any | None) -> ContactForm:
    options = {"called": episode.person.called, "today": request.today, "earliest": episode.referred_on}
    options["jobs"] = person.jobs_with_problems(episode, request.today)
    if data is not None:
        return ContactForm(data, **options)
    kept = typed(json.loads(draft.fields)) if draft else {}
    token = draft.form_token if draft and draft.form_token else uuid.uuid4()
    return ContactForm(initial={"on": request.today, "with_whom": "client", "form_token": token, **kept}, **options)


def _save(request: HttpRequest, episode: Any, form: ContactForm) -> HttpResponse:
    """Save once. What the form saved before may be replaced, or stand beside what is in it now."""
    facts = form.facts(another=pressed(request, "another"))
    save = record.replace_contact if pressed(request, "replace") else record.record_contact
    writing = replace(read_writing(request, FORM), form_token=facts.form_token)
    contact = save(by=request.actor, at=request.now, episode=episode, facts=facts, writing=writing)
    messages.success(request, _done(request, episode, contact))
    if pressed(request, "go_on"):
        following = saving.next_due(_own_cases(request), str(contact.episode_id))
        return redirect(following.next_due.url if following and following.next_due else reverse("casework:today"))
    return redirect("casework:person", episode=episode.pk)


def _done(request: HttpRequest, episode: Any, contact: Any) -> str:
    """`Contact with Jas saved. 3rd appointment: engaged.`"""
    loaded = caseload.load(episodes.episodes(request.viewer).filter(pk=episode.pk), request.today)
    that_day = episodes.contacts_of_day(request.viewer, [episode.pk], contact.on)
    number = saving.ordinal(loaded, str(contact.pk), that_day)
    return f"Contact with {episode.person.called} saved. {f'{number}.' if number else ''}".rstrip()


def _own_cases(request: HttpRequest) -> list[Any]:
    return cases(caseload.load(episodes.caseload_of(request.viewer, request.viewer.user_id), request.today))


def _context(request: HttpRequest, episode: Any, form: ContactForm) -> dict[str, Any]:
    loaded = caseload.load(episodes.episodes(request.viewer).filter(pk=episode.pk), request.today)
    case = cases(loaded)[0]
    own = str(episode.specialist_id) == str(request.viewer.user_id)
    planned = str(episode.pk) in loaded.active or saving.has_plan(loaded)
    return {
        "person": head(episode, person.alerts(episode, request.today), case.state, "", request.today),
        "episode": episode,
        "form": form,
        "counting": saving.counting(loaded, case, request.today),
        "effects": saving.effects(loaded, case, request.today, planned),
        "recent": saving.recent(list(person.contacts(episode)[:3])),
        "following": saving.next_due(_own_cases(request), str(episode.pk)) if own else None,
        "employers": episodes.employer_names(request.viewer),
        "other_token": uuid.uuid4(),
    }
