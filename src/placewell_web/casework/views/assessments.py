"""The assessment of a service that asks for one: reading, writing drafts, completing; two editors see both versions."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from placewell_web.accounts import service
from placewell_web.accounts.errors import EditConflict
from placewell_web.accounts.policy import staff
from placewell_web.accounts.roles import Role
from placewell_web.casework import permissions
from placewell_web.casework.actions import assessments as record
from placewell_web.casework.actions.assessments import COLUMNS
from placewell_web.casework.forms.assessments import COLUMN_LABELS, AssessmentForm
from placewell_web.casework.presenters.assessments import assessment_words
from placewell_web.casework.queries.assessments import assessments
from placewell_web.casework.views.documents import documents_row
from placewell_web.casework.views.drafting import discard, keep, keeps_text
from placewell_web.casework.views.editing import again, differing
from placewell_web.casework.views.keeping import ASSESSMENT, fill, kept_context, sent, writing_of
from placewell_web.casework.views.opening import Opened, opened, reached
from placewell_web.nhsuk.sent import posted, pressed

CASEWORKERS = (Role.SPECIALIST, Role.TEAM_LEADER, Role.MANAGER)


@keeps_text(ASSESSMENT, sent)
@staff(*CASEWORKERS)
def show_assessment(request: HttpRequest, episode: UUID) -> HttpResponse:
    """The assessment that holds; while a draft is open, its form. A service may ask for none."""
    page = opened(request, episode, "profile")
    draft = open_one(page.episode)
    if request.method == "POST" and not pressed(request, "discard"):
        return _save(request, page, draft)
    if request.method == "POST":
        discard(request, ASSESSMENT, page.episode)
        return redirect("casework:assessment", episode=episode)
    form = form_of(draft) if draft and permissions.can_plan(request.viewer, page.episode) else None
    kept = fill(request, ASSESSMENT, page.episode, draft, form) if form else None
    return _page(request, page, draft, form, kept=kept)


@staff(*CASEWORKERS)
@require_POST
def start_assessment(request: HttpRequest, episode: UUID) -> HttpResponse:
    found = reached(request, episode)
    permissions.check_can_plan(request.viewer, found)
    if _parts():
        record.start_assessment(by=request.actor, at=request.now, episode=found)
    return redirect("casework:assessment", episode=episode)


def _parts() -> tuple[Any, ...]:
    return service.current().pathway.assessment_parts


def open_one(episode: Any) -> Any:
    """The version that is being written, or None."""
    return next((one for one in assessments(episode) if one.completed_on is None), None)


def form_of(draft: Any, data: Any = None) -> AssessmentForm:
    met = {True: "yes", False: "no", None: ""}[draft.face_to_face]
    said = {f"{one.part}_{column}": getattr(one, column) for one in draft.parts.all() for column in COLUMNS}
    initial = {"edit_version": draft.edit_version, "face_to_face": met, **said}
    return AssessmentForm(data, parts=_parts(), initial=initial)


def _save(request: HttpRequest, page: Opened, draft: Any) -> HttpResponse:
    permissions.check_can_plan(request.viewer, page.episode)
    if draft is None:
        messages.info(request, "That version was completed meanwhile. Start a new version to change it.")
        return redirect("casework:assessment", episode=page.episode.pk)
    form = AssessmentForm(posted(request), parts=_parts(), completing=pressed(request, "complete"))
    if not form.is_valid():
        keep(request, ASSESSMENT, sent, page.episode)
        return _page(request, page, draft, form)
    try:
        record.save_assessment(
            by=request.actor,
            at=request.now,
            assessment=draft,
            edit_version=form.cleaned_data["edit_version"],
            parts=form.facts(),
            face_to_face=form.met_face_to_face(),
            completed_on=request.today if form.completing else None,
            writing=writing_of(request, ASSESSMENT),
        )
    except EditConflict as conflict:
        keep(request, ASSESSMENT, sent, page.episode)
        return _page(request, page, draft, again(form, draft), conflict)
    messages.success(request, "Assessment completed." if form.completing else "Assessment saved as a draft.")
    return redirect("casework:assessment", episode=page.episode.pk)


def _page(
    request: HttpRequest,
    page: Opened,
    draft: Any,
    form: AssessmentForm | None,
    conflict: EditConflict | None = None,
    kept: Any = None,
) -> HttpResponse:
    parts = _parts()
    names = {f"{part.id}_{column}": f"{part.label}: {COLUMN_LABELS[column]}" for part in parts for column in COLUMNS}
    versions = [assessment_words(one, parts) for one in assessments(page.episode) if one.completed_on]
    context = {
        **page.context,
        "documents": documents_row(page.episode, "assessment"),
        "form": form,
        "draft": draft,
        "parts": parts,
        "versions": versions,
        "conflict": differing(conflict, names),
        "can_plan": permissions.can_plan(request.viewer, page.episode),
        **kept_context(request, ASSESSMENT, page.episode, kept),
    }
    return render(request, "casework/assessment.html", context, status=409 if conflict else 200)
