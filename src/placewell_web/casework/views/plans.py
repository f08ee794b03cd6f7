"""Plans: reading, writing drafts, showing them to the person, agreeing, ticking off; two editors see both versions."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from placewell_web.accounts.errors import EditConflict
from placewell_web.accounts.policy import staff
from placewell_web.accounts.roles import Role
from placewell_web.casework import permissions
from placewell_web.casework.actions import plan_links
from placewell_web.casework.actions import plans as planning
from placewell_web.casework.actions.plans import SEARCH
from placewell_web.casework.forms.plans import SEARCH_LABELS, PlanForm
from placewell_web.casework.presenters import plans as told
from placewell_web.casework.presenters.documents import plan_address
from placewell_web.casework.queries import comments, episodes
from placewell_web.casework.queries import plans as kept
from placewell_web.casework.views.documents import documents_row, link_address
from placewell_web.casework.views.drafting import discard, keep, keeps_text
from placewell_web.casework.views.editing import again, differing
from placewell_web.casework.views.keeping import fill, kept_context, name_in, plan_form, sent, writing_of
from placewell_web.casework.views.opening import Opened, opened, reached
from placewell_web.nhsuk.sent import posted, pressed
from placewell_web.nhsuk.words import count

CASEWORKERS = (Role.SPECIALIST, Role.TEAM_LEADER, Role.MANAGER)
NAMES = {"goal": "Goal", "steps_in_words": "Steps"} | {name: label for name, (label, _) in SEARCH_LABELS.items()}


@keeps_text(name_in, sent)
@staff(*CASEWORKERS)
def show_plan(request: HttpRequest, episode: UUID, kind: str = "") -> HttpResponse:
    """The plan of a kind that holds, with its ticks; while a draft is open, its form."""
    page = opened(request, episode, "profile")
    kind = known(page.episode, kind)
    draft = open_one(page.episode, kind)
    if request.method == "POST" and not pressed(request, "discard"):
        return _save_plan(request, page, kind, draft)
    if request.method == "POST":
        discard(request, plan_form(kind), page.episode)
        return redirect(address(episode, kind))
    may_write = draft and permissions.can_plan(request.viewer, page.episode)
    form = form_of(request, page.episode, draft) if may_write else None
    unsaved = fill(request, plan_form(kind), page.episode, draft, form) if form else None
    return _plan_page(request, page, kind, draft, form, unsaved=unsaved)


@staff(*CASEWORKERS)
@require_POST
def start_plan(request: HttpRequest, episode: UUID, kind: str = "") -> HttpResponse:
    found = reached(request, episode)
    kind = known(found, kind)
    permissions.check_can_plan(request.viewer, found)
    planning.start_plan(by=request.actor, at=request.now, episode=found, kind=kind)
    return redirect(address(episode, kind))


@staff(*CASEWORKERS)
@require_POST
def tick_step(request: HttpRequest, step: UUID) -> HttpResponse:
    found = get_object_or_404(episodes.steps(request.viewer), pk=step)
    permissions.check_can_plan(request.viewer, found.plan.episode)
    planning.tick_step(by=request.actor, at=request.now, step=found, done=pressed(request, "done"))
    return redirect(address(found.plan.episode_id, found.plan.kind))


@staff(*CASEWORKERS)
@require_POST
def read_comments(request: HttpRequest, episode: UUID) -> HttpResponse:
    """What the person wrote has been read, and leaves Today."""
    found = reached(request, episode)
    permissions.check_can_work_with(request.viewer, found)
    read = plan_links.mark_comments_read(by=request.actor, at=request.now, episode=found)
    messages.success(request, f"{count(read, 'comment')} marked as read." if read else "They were read already.")
    return redirect("casework:plan", episode=episode)


def address(episode: object, kind: str) -> str:
    return plan_address(episode, kind, kept.main_kind())


def open_one(episode: Any, kind: str) -> Any:
    """The version of that kind that is being written, or None."""
    return next((one for one in kept.plans(episode, kind) if one.agreed_on is None), None)


def known(episode: Any, kind: str) -> str:
    if kind and kind not in kept.kinds(episode):
        raise Http404
    return kind or kept.main_kind()


def form_of(request: HttpRequest, episode: Any, draft: Any, data: Any = None, agreeing: bool = False) -> PlanForm:
    names = ("part", "text", "by_whom", "owner", "due_on")
    initial = {"edit_version": draft.edit_version, "goal": draft.goal, "agreed_on": request.today}
    return PlanForm(
        data,
        today=request.today,
        earliest=episode.referred_on,
        called=episode.person.called,
        agreeing=agreeing,
        searching=draft.kind == kept.JOB_SEARCH,
        parts=tuple((part.id, part.label) for part in kept.parts(draft.kind)),
        steps=[{name: getattr(step, name) for name in names} for step in draft.steps.all()],
        initial=initial | {name: getattr(draft, name) for name in SEARCH},
    )


def _save_plan(request: HttpRequest, page: Opened, kind: str, draft: Any) -> HttpResponse:
    permissions.check_can_plan(request.viewer, page.episode)
    if draft is None:
        messages.info(request, "That version was agreed meanwhile. Start a new version to change it.")
        return redirect(address(page.episode.pk, kind))
    agreeing, offering = pressed(request, "agree"), pressed(request, "offer")
    form = form_of(request, page.episode, draft, posted(request), agreeing)
    if not form.is_valid():
        keep(request, plan_form(kind), sent, page.episode)
        return _plan_page(request, page, kind, draft, form)
    try:
        planning.save_plan(
            by=request.actor,
            at=request.now,
            plan=draft,
            edit_version=form.cleaned_data["edit_version"],
            goal=form.cleaned_data["goal"],
            steps=form.step_facts(),
            search=form.search_facts(),
            agreed_on=form.cleaned_data["agreed_on"] if agreeing else None,
            offered_on=request.today if offering else None,
            writing=writing_of(request, plan_form(kind)),
        )
    except EditConflict as conflict:
        keep(request, plan_form(kind), sent, page.episode)
        return _plan_page(request, page, kind, draft, again(form, draft), conflict)
    messages.success(request, _saved(page.episode.person.called, agreeing, offering))
    return redirect(address(page.episode.pk, kind))


def _saved(called: str, agreeing: bool, offering: bool) -> str:
    if agreeing:
        return "Plan agreed."
    if offering:
        return f"{called} can read the plan by their personal link, and agree it there."
    return "Plan saved as a draft."


def _plan_page(
    request: HttpRequest,
    page: Opened,
    kind: str,
    draft: Any,
    form: PlanForm | None,
    conflict: EditConflict | None = None,
    unsaved: Any = None,
) -> HttpResponse:
    kinds, parts = kept.kinds(page.episode), kept.parts(kind)
    title, called = told.kind_title(kinds, kind), page.episode.person.called
    specialist = page.episode.specialist.name if page.episode.specialist else ""
    agreed = [one for one in kept.plans(page.episode, kind) if one.agreed_on]
    context = {
        **page.context,
        "form": form,
        "draft": told.plan_words(draft, parts, title, called, specialist) if draft else None,
        "offered": bool(draft and draft.offered_on),
        "plans": [told.plan_words(one, parts, title, called, specialist) for one in agreed],
        "title": title,
        "kind": kind,
        "parts": parts,
        "documents": documents_row(page.episode, kind),
        "comments": list(comments.comments(page.episode)[:20]),
        "link_address": link_address(page.episode),
        "conflict": differing(conflict, NAMES),
        "can_plan": permissions.can_plan(request.viewer, page.episode),
        **kept_context(request, plan_form(kind), page.episode, unsaved),
    }
    return render(request, "casework/plan.html", context, status=409 if conflict else 200)
