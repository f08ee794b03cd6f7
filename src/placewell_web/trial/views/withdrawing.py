"""A person leaves the study or a part of it: what they no longer want, what that means, and then the record of it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from placewell.specification.trial import TrialFile
from placewell_web.accounts.errors import Refused
from placewell_web.accounts.policy import Role, staff
from placewell_web.nhsuk.sent import posted, pressed
from placewell_web.trial.actions import withdrawals
from placewell_web.trial.forms.aftercare import LeavingForm
from placewell_web.trial.presenters.aftercare import effects, taken_back
from placewell_web.trial.queries import aftercare
from placewell_web.trial.queries.participants import of_episode
from placewell_web.trial.scopes import offered
from placewell_web.trial.views.after_opening import opened, trial_now

CASEWORKERS = (Role.SPECIALIST, Role.TEAM_LEADER, Role.MANAGER)


@staff(*CASEWORKERS)
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, episode: UUID) -> HttpResponse:
    """Two steps: what they no longer want and what it means, then the press that records it."""
    trial = trial_now()
    found = opened(request, episode, "withdraw")
    participant = of_episode(request.viewer, episode)
    group = aftercare.group_of(request.viewer, episode)
    done = aftercare.withdrawn(participant)
    every = offered(trial, group.arm.id if group else "")
    left = [one for one in every if one.id not in {row.scope for row in done}]
    form = _form(request, every if request.method == "POST" else left, participant)
    context: dict[str, Any] = {
        "episode": found,
        "person": found.person,
        "form": form,
        "participant": participant,
        "done": taken_back(trial, done),
        "left": left,
        "randomised": group is not None,
        "hours": trial.notice_hours,
    }
    if request.method == "POST" and form.is_valid():
        if not pressed(request, "confirm"):
            return render(request, "trial/withdraw_check.html", context | _preview(trial, form))
        if _kept(request, episode, form):
            messages.success(request, "Recorded. The researchers’ contact is told within the day.")
            return redirect("trial:withdraw", episode=episode)
    return render(request, "trial/withdraw.html", context)


def _form(request: HttpRequest, scopes: list[Any], participant: Any) -> LeavingForm:
    earliest = timezone.localdate(participant.created_at) if participant else request.today
    data = posted(request) if request.method == "POST" else None
    return LeavingForm(data, scopes=scopes, earliest=earliest, today=request.today)


def _preview(trial: TrialFile, form: LeavingForm) -> dict[str, Any]:
    chosen = [one for one in trial.withdrawals if one.id in form.cleaned_data["scopes"]]
    return {
        "chosen": chosen,
        "on": form.cleaned_data["on"],
        "effects": effects(chosen),
        "closes": any(one.closes_episode for one in chosen),
    }


def _kept(request: HttpRequest, episode: UUID, form: LeavingForm) -> bool:
    try:
        withdrawals.withdraw(
            by=request.actor, at=request.now, viewer=request.viewer, episode_id=episode, **form.cleaned_data
        )
    except Refused as refusal:
        form.add_error(None, " ".join(refusal.problems))
        return False
    return True
