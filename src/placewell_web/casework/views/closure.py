"""Ending support, and opening it again on the same day."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from placewell_web.accounts import service
from placewell_web.accounts.errors import Refused
from placewell_web.accounts.policy import staff
from placewell_web.accounts.roles import Role
from placewell_web.casework import permissions
from placewell_web.casework.actions import closure
from placewell_web.casework.forms.closing import NOT_BY_HAND, ClosureForm
from placewell_web.casework.forms.records import SupportForm, limits_of
from placewell_web.casework.queries import closing
from placewell_web.casework.views.opening import opened, reached
from placewell_web.nhsuk.sent import posted

CLOSING = ("version", "reason", "words", "destination", "despite")
ABOUT_WORK = ("in_work_limit", "re_access")
CASEWORKERS = (Role.SPECIALIST, Role.TEAM_LEADER, Role.MANAGER)


@staff(*CASEWORKERS)
def close(request: HttpRequest, episode: UUID) -> HttpResponse:
    page = opened(request, episode, "close")
    permissions.check_can_plan(request.viewer, page.episode)
    spec = service.current()
    data = posted(request) if request.method == "POST" else None
    form = ClosureForm(data, spec=spec, initial={"version": page.episode.version})
    if request.method == "POST" and form.is_valid():
        said = {name: form.cleaned_data.get(name, "") for name in CLOSING}
        try:
            closure.close_episode(viewer=request.viewer, by=request.actor, at=request.now, episode=page.episode, **said)
        except Refused as refusal:
            asks = "despite" if isinstance(refusal, closure.NoJobRecorded) else "reason"
            form.add_error(asks, " ".join(refusal.problems))
        else:
            messages.success(request, _told(page.episode.person.called, said["reason"] in spec.pathway.deaths))
            return redirect("casework:person", episode=episode)
    context = {
        **page.context,
        "form": form,
        "stays": [due for due in page.case.dues if due.clock.startswith("evidence")],
        "stops": [due for due in page.case.dues if not due.clock.startswith("evidence")],
        "opened": closing.still_open(page.episode, request.now),
        "going_on": closing.work_now(page.episode, request.today).going_on,
        "moves": NOT_BY_HAND in {one.id for one in spec.pathway.closure_reasons},
        "can_move": permissions.can_move(request.viewer, page.episode),
        "tried": closing.attempts(page.episode),
        "asks_exit": any(clock.kind == "exit_questionnaire" for clock in spec.pathway.clocks),
        "never": [reason.label for reason in spec.pathway.not_closure_reasons],
    }
    return render(request, "casework/close.html", context)


def _told(called: str, died: bool) -> str:
    if died:
        return f"Recorded that {called} has died. Meetings are cancelled, links have ended, and nothing is asked."
    return f"Support for {called} has ended."


@staff(*CASEWORKERS)
def decide_support(request: HttpRequest, episode: UUID) -> HttpResponse:
    """What happens when support comes to a limit of the contract; where that sets none, the page says so."""
    page = opened(request, episode, "support")
    permissions.check_can_plan(request.viewer, page.episode)
    if not limits_of(service.current()):
        return render(request, "casework/no_limits.html", page.context)
    may_extend = permissions.can_extend(request.viewer, page.episode)
    limits = [due for due in page.case.dues if due.action == "decide_support"]
    initial = {"limit": "in_work" if any(due.clock in ABOUT_WORK for due in limits) else "job_search"}
    data = posted(request) if request.method == "POST" else None
    form = SupportForm(data, spec=service.current(), today=request.today, may_extend=may_extend, initial=initial)
    if request.method == "POST" and form.is_valid():
        closure.decide_support(
            viewer=request.viewer, by=request.actor, at=request.now, episode=page.episode, **form.cleaned_data
        )
        messages.success(request, "Decision on support recorded.")
        return redirect("casework:person", episode=episode)
    context = {**page.context, "form": form, "dues": limits, "may_extend": may_extend}
    return render(request, "casework/support.html", context)


@staff(Role.TEAM_LEADER, Role.MANAGER)
@require_POST
def reopen(request: HttpRequest, episode: UUID) -> HttpResponse:
    found = reached(request, episode)
    closure.reopen_episode(viewer=request.viewer, by=request.actor, at=request.now, episode=found)
    messages.success(request, f"Support for {found.person.called} is open again.")
    return redirect("casework:person", episode=episode)
