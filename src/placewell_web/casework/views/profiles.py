"""The vocational profile: reading, writing drafts, completing, who was asked; two editors see both versions."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from placewell_web.accounts import service
from placewell_web.accounts.errors import EditConflict, Refused
from placewell_web.accounts.policy import staff
from placewell_web.accounts.roles import Role
from placewell_web.casework import permissions
from placewell_web.casework.actions import profiles as profiling
from placewell_web.casework.actions.profiles import PARTS
from placewell_web.casework.forms.profiles import PART_LABELS, SHOWN_ALWAYS, ProfileForm, SourceForm
from placewell_web.casework.presenters import profiles as told
from placewell_web.casework.queries import person, profiles
from placewell_web.casework.views.documents import documents_row, profile_wanted
from placewell_web.casework.views.drafting import discard, keep, keeps_text
from placewell_web.casework.views.editing import again, differing
from placewell_web.casework.views.keeping import PROFILE, fill, kept_context, sent, writing_of
from placewell_web.casework.views.opening import Opened, opened, reached, record_view
from placewell_web.nhsuk.sent import posted, pressed

CASEWORKERS = (Role.SPECIALIST, Role.TEAM_LEADER, Role.MANAGER)
NAMES = {part: label for part, (label, _) in PART_LABELS.items()}


@keeps_text(PROFILE, sent)
@staff(*CASEWORKERS)
def show_profile(request: HttpRequest, episode: UUID) -> HttpResponse:
    """The profile that holds; while a draft is open, its form."""
    page = opened(request, episode, "profile")
    draft = _draft(page.episode)
    if request.method == "POST" and not pressed(request, "discard"):
        return _save_profile(request, page, draft)
    if request.method == "POST":
        discard(request, PROFILE, page.episode)
        return redirect("casework:profile", episode=episode)
    form = form_of(draft) if draft and permissions.can_plan(request.viewer, page.episode) else None
    kept = fill(request, PROFILE, page.episode, draft, form) if form else None
    return _profile_page(request, page, draft, form, kept=kept)


@staff(*CASEWORKERS)
@require_POST
def start_profile(request: HttpRequest, episode: UUID) -> HttpResponse:
    found = reached(request, episode)
    permissions.check_can_plan(request.viewer, found)
    profiling.start_profile(by=request.actor, at=request.now, episode=found)
    return redirect("casework:profile", episode=episode)


@staff(*CASEWORKERS)
def add_source(request: HttpRequest, episode: UUID) -> HttpResponse:
    """Who was asked for the open version; refused without the person's consent, with how to record it."""
    found = reached(request, episode)
    permissions.check_can_plan(request.viewer, found)
    draft = _draft(found)
    if draft is None:
        messages.info(request, "Start a new version of the profile first, then say who was asked for it.")
        return redirect("casework:profile", episode=episode)
    options = {"today": request.today, "earliest": found.referred_on}
    form = SourceForm(posted(request), **options) if request.method == "POST" else SourceForm(**options)
    if request.method == "POST" and form.is_valid() and _added(request, draft, form):
        return redirect("casework:profile", episode=episode)
    record_view(request, found, "Who was asked")
    context = {
        "form": form,
        "fields": [form[name] for name in ("who", "name", "on")],
        "title": "Who was asked for the profile",
        "button_text": "Record",
        "said": "Only with the person’s consent, which is recorded under About.",
        "episode": found,
        "back": "casework:profile",
    }
    return render(request, "casework/record_form.html", context)


@staff(*CASEWORKERS)
@require_POST
def remove_source(request: HttpRequest, episode: UUID, source: UUID) -> HttpResponse:
    found = reached(request, episode)
    permissions.check_can_plan(request.viewer, found)
    row = profiles.source(request.viewer, found, source)
    profiling.remove_source(by=request.actor, at=request.now, source=row)
    messages.success(request, "Taken out of the draft.")
    return redirect("casework:profile", episode=episode)


def _added(request: HttpRequest, draft: Any, form: SourceForm) -> bool:
    """Recorded, or the form says which consent is missing."""
    try:
        row = profiling.add_source(by=request.actor, at=request.now, profile=draft, **form.cleaned_data)
    except Refused as refused:
        form.add_error("who", " ".join(refused.problems))
        return False
    messages.success(request, "Recorded." if row else "That was recorded already.")
    return True


def _draft(episode: Any) -> Any:
    return next((one for one in person.profiles(episode) if one.completed_on is None), None)


def _clause_of_parts() -> str:
    """Where the contract says what a profile holds; nothing where it does not."""
    parts = service.current().pathway.profile_parts
    return parts[0].clause if parts else ""


def form_of(draft: Any, data: Any = None) -> ProfileForm:
    said = {part: getattr(draft, part) for part in PARTS}
    return ProfileForm(data, initial={"edit_version": draft.edit_version, **said})


def _save_profile(request: HttpRequest, page: Opened, draft: Any) -> HttpResponse:
    permissions.check_can_plan(request.viewer, page.episode)
    if draft is None:
        messages.info(request, "That version was completed meanwhile. Start a new version to change it.")
        return redirect("casework:profile", episode=page.episode.pk)
    form = ProfileForm(posted(request), completing=pressed(request, "complete"))
    if not form.is_valid():
        keep(request, PROFILE, sent, page.episode)
        return _profile_page(request, page, draft, form)
    completed_on = request.today if form.completing else None
    try:
        profiling.save_profile(
            by=request.actor,
            at=request.now,
            profile=draft,
            edit_version=form.cleaned_data["edit_version"],
            parts=form.parts(),
            completed_on=completed_on,
            writing=writing_of(request, PROFILE),
        )
    except EditConflict as conflict:
        keep(request, PROFILE, sent, page.episode)
        return _profile_page(request, page, draft, again(form, draft), conflict)
    messages.success(request, "Profile completed." if form.completing else "Profile saved as a draft.")
    return redirect("casework:profile", episode=page.episode.pk)


def _profile_page(
    request: HttpRequest,
    page: Opened,
    draft: Any,
    form: ProfileForm | None,
    conflict: EditConflict | None = None,
    kept: Any = None,
) -> HttpResponse:
    episode = page.episode
    sources = list(profiles.sources(request.viewer, episode))
    last = profiles.last_completed(episode)
    context = {
        **page.context,
        "form": form,
        "draft": draft,
        "versions": told.versions(person.profiles(episode), sources, PART_LABELS),
        "documents": documents_row(episode, "profile"),
        "labels": PART_LABELS,
        "shown_always": told.shown_always([NAMES[part] for part in SHOWN_ALWAYS], episode.person.called),
        "asked": [(one.pk, told.source_words(one)) for one in sources if draft and one.profile_id == draft.pk],
        "asked_before": [told.source_words(one) for one in sources if not draft or one.profile_id != draft.pk],
        "permissions": told.permissions(person.consents(episode, request.today)),
        "wanted": profile_wanted(episode, request.today) if not draft else "",
        "wanted_clause": _clause_of_parts(),
        "changed": told.changes(last, draft, PART_LABELS) if draft else "",
        "conflict": differing(conflict, NAMES),
        "can_plan": permissions.can_plan(request.viewer, episode),
        **kept_context(request, PROFILE, episode, kept),
    }
    return render(request, "casework/profile.html", context, status=409 if conflict else 200)
