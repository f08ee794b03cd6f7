"""Other support: sign-posting, methods to manage health and work, and steps that are no job; undone on the same day."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from placewell_web.accounts import service
from placewell_web.accounts.policy import staff
from placewell_web.accounts.roles import Role
from placewell_web.casework import permissions
from placewell_web.casework.actions import other_support as record
from placewell_web.casework.forms.other_support import (
    DestinationForm,
    MethodsForm,
    OnwardForm,
    OnwardOutcomeForm,
)
from placewell_web.casework.presenters import other_support as told
from placewell_web.casework.queries import other_support as kept
from placewell_web.casework.views.opening import opened, reached, record_view
from placewell_web.employers.queries import directory
from placewell_web.nhsuk.sent import posted
from placewell_web.nhsuk.words import count

CASEWORKERS = (Role.SPECIALIST, Role.TEAM_LEADER, Role.MANAGER)
ALREADY = "That was recorded already."


@staff(*CASEWORKERS)
def show_other_support(request: HttpRequest, episode: UUID) -> HttpResponse:
    page = opened(request, episode, "other_support")
    viewer = request.viewer
    shown = {
        kind: told.rows(kind, kept.recorded(page.episode, kind), viewer.user_id, request.today) for kind in kept.KINDS
    }
    context = {**page.context, **shown, "can_record": permissions.can_work_with(viewer, page.episode)}
    return render(request, "casework/other_support.html", context)


@staff(*CASEWORKERS)
def refer_on(request: HttpRequest, episode: UUID) -> HttpResponse:
    found, form = _opened_form(request, episode, OnwardForm)
    if request.method == "POST" and form.is_valid():
        row = record.record_onward_referral(by=request.actor, at=request.now, episode=found, **form.facts())
        return _saved(request, episode, "Recorded." if row else ALREADY)
    fields = tuple(name for name in ("service", "to", "another", "kind", "on") if name in form.fields)
    return _page(request, found, form, "Refer on or sign-post", fields)


@staff(*CASEWORKERS)
def say_what_came(request: HttpRequest, episode: UUID, entry: UUID) -> HttpResponse:
    found = reached(request, episode)
    permissions.check_can_work_with(request.viewer, found)
    row = kept.one(request.viewer, found, "onward", entry)
    options = {"today": request.today, "earliest": row.on}
    if request.method == "POST":
        form = OnwardOutcomeForm(posted(request), **options)
        if form.is_valid():
            record.say_what_came(by=request.actor, at=request.now, record=row, **form.cleaned_data)
            return _saved(request, episode, "Recorded.")
    else:
        form = OnwardOutcomeForm(initial={"on": request.today, "outcome": row.outcome}, **options)
    return _page(request, found, form, f"What came of it: {told.title_of(row)}", ("outcome", "on"))


@staff(*CASEWORKERS)
def show_card(request: HttpRequest, episode: UUID, entry: UUID) -> HttpResponse:
    """A card to print for the person: where to go, whom to ask, what to say."""
    found = reached(request, episode)
    row = kept.one(request.viewer, found, "onward", entry)
    record_view(request, found, "onward_card")
    context = {"episode": found, "entry": row, "title": told.title_of(row), "other": row.service}
    return render(request, "casework/onward_card.html", context)


@staff(*CASEWORKERS)
def add_methods(request: HttpRequest, episode: UUID) -> HttpResponse:
    found, form = _opened_form(request, episode, MethodsForm)
    if request.method == "POST" and form.is_valid():
        rows = record.record_methods(by=request.actor, at=request.now, episode=found, **form.cleaned_data)
        return _saved(request, episode, f"{count(len(rows), 'method')} recorded." if rows else ALREADY)
    return _page(request, found, form, "Record methods to manage health and work", ("methods", "on"))


@staff(*CASEWORKERS)
def add_step(request: HttpRequest, episode: UUID) -> HttpResponse:
    found, form = _opened_form(request, episode, DestinationForm)
    if request.method == "POST" and form.is_valid():
        row = record.record_destination(by=request.actor, at=request.now, episode=found, **form.cleaned_data)
        return _saved(request, episode, "Recorded." if row else ALREADY)
    return _page(request, found, form, "Record education, work experience or volunteering", ("code", "on", "detail"))


@staff(*CASEWORKERS)
@require_POST
def undo(request: HttpRequest, episode: UUID, kind: str, entry: UUID) -> HttpResponse:
    found = reached(request, episode)
    record.undo(by=request.actor, at=request.now, record=kept.one(request.viewer, found, kind, entry))
    return _saved(request, episode, "Taken back.")


def _opened_form(request: HttpRequest, episode: UUID, form: Any) -> tuple[Any, Any]:
    """The episode, and the form empty or as it was sent."""
    found = reached(request, episode)
    permissions.check_can_work_with(request.viewer, found)
    options = {"spec": service.current(), "today": request.today, "earliest": found.referred_on}
    if form is OnwardForm:
        options["directory"] = list(directory.offered(request.viewer, request.today, found.lot_id))
    if request.method == "POST":
        return found, form(posted(request), **options)
    return found, form(initial={"on": request.today}, **options)


def _saved(request: HttpRequest, episode: UUID, words: str) -> HttpResponse:
    messages.success(request, words)
    return redirect("casework:other_support", episode=episode)


def _page(request: HttpRequest, episode: Any, form: Any, title: str, fields: tuple[str, ...]) -> HttpResponse:
    record_view(request, episode, title)
    context = {
        "form": form,
        "fields": [form[name] for name in fields],
        "title": title,
        "button_text": "Record",
        "said": "",
        "episode": episode,
        "back": "casework:other_support",
    }
    return render(request, "casework/record_form.html", context)
