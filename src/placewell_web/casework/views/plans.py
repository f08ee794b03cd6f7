"""Profile and plan: reading, writing drafts, completing and agreeing, ticking off; two editors see both versions."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from placewell_web.accounts.errors import EditConflict
from placewell_web.accounts.policy import staff
from placewell_web.accounts.roles import Role
from placewell_web.casework import permissions
from placewell_web.casework.actions import plans as planning
from placewell_web.casework.actions import profiles as profiling
from placewell_web.casework.actions.profiles import PARTS
from placewell_web.casework.forms.plans import PART_LABELS, PlanForm, ProfileForm
from placewell_web.casework.queries import episodes, person
from placewell_web.casework.views.opening import Opened, opened, reached
from placewell_web.nhsuk.sent import posted, pressed

CASEWORKERS = (Role.SPECIALIST, Role.TEAM_LEADER, Role.MANAGER)


@staff(*CASEWORKERS)
def show_profile(request: HttpRequest, episode: UUID) -> HttpResponse:
    """The profile that holds; while a draft is open, its form."""
    page = opened(request, episode, "profile")
    versions = person.profiles(page.episode)
    draft = next((one for one in versions if one.completed_on is None), None)
    if request.method == "POST":
        return _save_profile(request, page, draft)
    form = _profile_form(draft) if draft else None
    return _profile_page(request, page, draft, form)


@staff(*CASEWORKERS)
@require_POST
def start_profile(request: HttpRequest, episode: UUID) -> HttpResponse:
    found = reached(request, episode)
    permissions.check_can_plan(request.viewer, found)
    profiling.start_profile(by=request.actor, at=request.now, episode=found)
    return redirect("casework:profile", episode=episode)


@staff(*CASEWORKERS)
def show_plan(request: HttpRequest, episode: UUID) -> HttpResponse:
    """The plan that holds, with its ticks; while a draft is open, its form."""
    page = opened(request, episode, "profile")
    draft = next((one for one in person.plans(page.episode) if one.agreed_on is None), None)
    if request.method == "POST":
        return _save_plan(request, page, draft)
    form = _plan_form(request, page, draft) if draft else None
    return _plan_page(request, page, draft, form)


@staff(*CASEWORKERS)
@require_POST
def start_plan(request: HttpRequest, episode: UUID) -> HttpResponse:
    found = reached(request, episode)
    permissions.check_can_plan(request.viewer, found)
    planning.start_plan(by=request.actor, at=request.now, episode=found, kind=person.VOCATIONAL)
    return redirect("casework:plan", episode=episode)


@staff(*CASEWORKERS)
@require_POST
def tick_step(request: HttpRequest, step: UUID) -> HttpResponse:
    found = get_object_or_404(episodes.steps(request.viewer), pk=step)
    permissions.check_can_plan(request.viewer, found.plan.episode)
    planning.tick_step(by=request.actor, at=request.now, step=found, done=pressed(request, "done"))
    return redirect("casework:plan", episode=found.plan.episode_id)


def _profile_form(draft: Any) -> ProfileForm:
    return ProfileForm(initial={"edit_version": draft.edit_version, **{part: getattr(draft, part) for part in PARTS}})


def _save_profile(request: HttpRequest, page: Opened, draft: Any) -> HttpResponse:
    permissions.check_can_plan(request.viewer, page.episode)
    if draft is None:
        messages.info(request, "That version was completed meanwhile. Start a new version to change it.")
        return redirect("casework:profile", episode=page.episode.pk)
    form = ProfileForm(posted(request), completing=pressed(request, "complete"))
    if not form.is_valid():
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
        )
    except EditConflict as conflict:
        return _profile_page(request, page, draft, _again(form, conflict, draft), conflict)
    messages.success(request, "Profile completed." if form.completing else "Profile saved as a draft.")
    return redirect("casework:profile", episode=page.episode.pk)


def _again(form: Any, conflict: EditConflict, record: Any) -> Any:
    """The form as written, now at the version that is saved: sending it again keeps what was written."""
    data = form.data.copy()
    record.refresh_from_db()
    data["edit_version"] = str(record.edit_version)
    form.data = data
    return form


def _profile_page(
    request: HttpRequest, page: Opened, draft: Any, form: ProfileForm | None, conflict: EditConflict | None = None
) -> HttpResponse:
    versions = [one for one in person.profiles(page.episode) if one.completed_on]
    context = {
        **page.context,
        "form": form,
        "draft": draft,
        "versions": versions,
        "labels": PART_LABELS,
        "conflict": _conflict(conflict),
        "can_plan": permissions.can_plan(request.viewer, page.episode),
    }
    return render(request, "casework/profile.html", context, status=409 if conflict else 200)


def _conflict(conflict: EditConflict | None) -> list[tuple[str, str]]:
    """Where the two versions differ: the part, and what is saved now."""
    if conflict is None:
        return []
    names = {**{part: label for part, (label, _) in PART_LABELS.items()}, "goal": "Goal", "steps_in_words": "Steps"}
    differing = [name for name in conflict.written if conflict.written[name] != conflict.stored.get(name, "")]
    return [(names.get(name, name), conflict.stored.get(name, "") or "(empty)") for name in differing]


def _plan_form(request: HttpRequest, page: Opened, draft: Any, data: Any = None, agreeing: bool = False) -> PlanForm:
    steps = [{"text": s.text, "owner": s.owner, "due_on": s.due_on} for s in draft.steps.all()]
    initial = {"edit_version": draft.edit_version, "goal": draft.goal, "agreed_on": request.today}
    return PlanForm(
        data,
        today=request.today,
        earliest=page.episode.referred_on,
        agreeing=agreeing,
        steps=steps,
        initial=initial,
    )


def _save_plan(request: HttpRequest, page: Opened, draft: Any) -> HttpResponse:
    permissions.check_can_plan(request.viewer, page.episode)
    if draft is None:
        messages.info(request, "That version was agreed meanwhile. Start a new version to change it.")
        return redirect("casework:plan", episode=page.episode.pk)
    agreeing = pressed(request, "agree")
    form = _plan_form(request, page, draft, posted(request), agreeing)
    if not form.is_valid():
        return _plan_page(request, page, draft, form)
    try:
        planning.save_plan(
            by=request.actor,
            at=request.now,
            plan=draft,
            edit_version=form.cleaned_data["edit_version"],
            goal=form.cleaned_data["goal"],
            steps=form.step_facts(),
            agreed_on=form.cleaned_data["agreed_on"] if agreeing else None,
        )
    except EditConflict as conflict:
        return _plan_page(request, page, draft, _again(form, conflict, draft), conflict)
    messages.success(request, "Plan agreed." if agreeing else "Plan saved as a draft.")
    return redirect("casework:plan", episode=page.episode.pk)


def _plan_page(
    request: HttpRequest, page: Opened, draft: Any, form: PlanForm | None, conflict: EditConflict | None = None
) -> HttpResponse:
    context = {
        **page.context,
        "form": form,
        "draft": draft,
        "versions": [one for one in person.plans(page.episode) if one.agreed_on],
        "conflict": _conflict(conflict),
        "can_plan": permissions.can_plan(request.viewer, page.episode),
    }
    return render(request, "casework/plan.html", context, status=409 if conflict else 200)
