"""Work and health: barriers, adjustments, Access to Work and methods on one page; each recorded on its own form."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from placewell.vocabulary import label
from placewell_web.accounts import service
from placewell_web.accounts.policy import staff
from placewell_web.accounts.roles import Role
from placewell_web.casework import permissions
from placewell_web.casework.actions import work_and_health as record
from placewell_web.casework.forms.work_and_health import (
    AccessToWorkForm,
    AdjustmentForm,
    AdjustmentStepForm,
    BarrierForm,
    EndForm,
)
from placewell_web.casework.presenters import other_support as methods_told
from placewell_web.casework.presenters import work_and_health as told
from placewell_web.casework.presenters.documents import job_choices
from placewell_web.casework.queries import other_support, person
from placewell_web.casework.queries import work_and_health as kept
from placewell_web.casework.views.documents import documents_row
from placewell_web.casework.views.opening import opened, reached, record_view
from placewell_web.nhsuk.sent import posted
from placewell_web.nhsuk.words import day

CASEWORKERS = (Role.SPECIALIST, Role.TEAM_LEADER, Role.MANAGER)
ALREADY = "That was recorded already."


@staff(*CASEWORKERS)
def show_work_and_health(request: HttpRequest, episode: UUID) -> HttpResponse:
    page = opened(request, episode, "profile")
    found, user, today = page.episode, request.viewer.user_id, request.today
    context = {
        **page.context,
        "documents": documents_row(found, "work_and_health"),
        "barriers": told.barriers(kept.barriers(found), user, today),
        "adjustments": told.adjustments(kept.adjustments(found), user, today),
        "access_to_work": told.access_to_work(kept.access_to_work(found), user, today),
        "methods": methods_told.rows("method", other_support.recorded(found, "method"), user, today),
        "can_record": permissions.can_work_with(request.viewer, found),
    }
    return render(request, "casework/work_and_health.html", context)


@staff(*CASEWORKERS)
def add_barrier(request: HttpRequest, episode: UUID) -> HttpResponse:
    found, form = _opened_form(request, episode, BarrierForm)
    if request.method == "POST" and form.is_valid():
        row = record.record_barrier(by=request.actor, at=request.now, episode=found, **form.cleaned_data)
        return _saved(request, episode, "Recorded." if row else "It is recorded already, and has not ended.")
    return _page(request, found, form, "Record a barrier to work", ("barrier", "words", "on"))


@staff(*CASEWORKERS)
def end_barrier(request: HttpRequest, episode: UUID, entry: UUID) -> HttpResponse:
    found = _worked_with(request, episode)
    row = kept.one(request.viewer, found, "barrier", entry)
    data = posted(request) if request.method == "POST" else None
    form = EndForm(data, earliest=row.on, today=request.today, initial={"ended_on": request.today})
    if request.method == "POST" and form.is_valid():
        record.end_barrier(by=request.actor, at=request.now, barrier=row, **form.cleaned_data)
        return _saved(request, episode, "It no longer stands in the way. That it did stays in the record.")
    said = f"{label('work_barrier', row.barrier)}, recorded on {day(row.on)}."
    return _page(request, found, form, "It no longer stands in the way", ("ended_on",), said)


@staff(*CASEWORKERS)
def add_adjustment(request: HttpRequest, episode: UUID) -> HttpResponse:
    found, form = _opened_form(request, episode, AdjustmentForm)
    if request.method == "POST" and form.is_valid():
        said = _with_job(found, form.cleaned_data)
        row = record.ask_adjustment(by=request.actor, at=request.now, episode=found, **said)
        return _saved(request, episode, "Recorded." if row else ALREADY)
    return _page(request, found, form, "Record an adjustment asked for", ("kind", "words", "job", "on"))


@staff(*CASEWORKERS)
def move_adjustment(request: HttpRequest, episode: UUID, entry: UUID) -> HttpResponse:
    found = _worked_with(request, episode)
    row = kept.one(request.viewer, found, "adjustment", entry)
    data = posted(request) if request.method == "POST" else None
    form = AdjustmentStepForm(data, earliest=row.on, today=request.today, initial={"on": request.today})
    if request.method == "POST" and form.is_valid():
        record.move_adjustment(by=request.actor, at=request.now, adjustment=row, **form.cleaned_data)
        return _saved(request, episode, "Recorded.")
    said = f"{label('adjustment_kind', row.kind)}, asked for on {day(row.on)}. {told.adjustment_state(row)}."
    return _page(request, found, form, "What became of the adjustment", ("step", "on"), said)


@staff(*CASEWORKERS)
def add_access_to_work(request: HttpRequest, episode: UUID) -> HttpResponse:
    found, form = _opened_form(request, episode, AccessToWorkForm)
    if request.method == "POST" and form.is_valid():
        said = _with_job(found, form.cleaned_data)
        row = record.record_access_to_work(by=request.actor, at=request.now, episode=found, **said)
        return _saved(request, episode, "Recorded." if row else ALREADY)
    return _page(request, found, form, "Record a step with Access to Work", ("step", "words", "job", "on"))


@staff(*CASEWORKERS)
@require_POST
def undo(request: HttpRequest, episode: UUID, kind: str, entry: UUID) -> HttpResponse:
    found = reached(request, episode)
    record.undo(by=request.actor, at=request.now, record=kept.one(request.viewer, found, kind, entry))
    return _saved(request, episode, "Taken back.")


def _with_job(episode: Any, said: dict[str, Any]) -> dict[str, Any]:
    return {**said, "job": kept.job_of(episode, said["job"])}


def _worked_with(request: HttpRequest, episode: UUID) -> Any:
    found = reached(request, episode)
    permissions.check_can_work_with(request.viewer, found)
    return found


def _opened_form(request: HttpRequest, episode: UUID, form: Any) -> tuple[Any, Any]:
    """The episode, and the form empty or as it was sent."""
    found = _worked_with(request, episode)
    options = {
        "spec": service.current(),
        "jobs": job_choices(person.jobs(found)),
        "today": request.today,
        "earliest": found.referred_on,
    }
    if request.method == "POST":
        return found, form(posted(request), **options)
    return found, form(initial={"on": request.today}, **options)


def _saved(request: HttpRequest, episode: UUID, words: str) -> HttpResponse:
    messages.success(request, words)
    return redirect("casework:work_and_health", episode=episode)


def _page(
    request: HttpRequest, episode: Any, form: Any, title: str, fields: tuple[str, ...], said: str = ""
) -> HttpResponse:
    record_view(request, episode, title)
    context = {
        "form": form,
        "fields": [form[name] for name in fields],
        "title": title,
        "button_text": "Record",
        "said": said,
        "episode": episode,
        "back": "casework:work_and_health",
    }
    return render(request, "casework/record_form.html", context)
