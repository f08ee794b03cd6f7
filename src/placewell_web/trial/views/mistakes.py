"""A mistake found after the draw: told on one page, decided by a second person on another."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from placewell_web.accounts.errors import Refused
from placewell_web.accounts.policy import Role, staff
from placewell_web.audit.actions import record_list_view
from placewell_web.nhsuk.sent import posted
from placewell_web.trial.actions import mistakes as actions
from placewell_web.trial.aftercare_permissions import can_agree
from placewell_web.trial.forms.aftercare import DecisionForm, MistakeForm, ReasonAsked
from placewell_web.trial.presenters.aftercare import report_row
from placewell_web.trial.queries import aftercare, twice
from placewell_web.trial.queries.participants import of_episode
from placewell_web.trial.views.after_opening import opened, trial_now

CASEWORKERS = (Role.SPECIALIST, Role.TEAM_LEADER, Role.MANAGER)
DECIDERS = (Role.TEAM_LEADER, Role.MANAGER)


@staff(*CASEWORKERS)
@require_http_methods(["GET", "HEAD", "POST"])
def mistake(request: HttpRequest, episode: UUID) -> HttpResponse:
    """Tell what is wrong; the result stands, and a second person decides."""
    trial = trial_now()
    found = opened(request, episode, "mistake")
    areas = aftercare.lots_named(request.viewer)
    data = posted(request) if request.method == "POST" else None
    initial = {"reason": ReasonAsked(request.GET).asked()}
    form = MistakeForm(data, trial=trial, areas=areas, initial=initial)
    if request.method == "POST" and form.is_valid() and _told(request, episode, form):
        messages.success(request, "Told. A team leader or manager of the area decides it; the result stands.")
        return redirect("trial:mistake", episode=episode)
    told = aftercare.reports_of(request.viewer, of_episode(request.viewer, episode))
    context = {
        "episode": found,
        "person": found.person,
        "form": form,
        "randomised": aftercare.group_of(request.viewer, episode) is not None,
        "rows": [report_row(trial, one, found, False, dict(areas)) for one in told],
    }
    return render(request, "trial/mistake.html", context)


def _told(request: HttpRequest, episode: UUID, form: MistakeForm) -> bool:
    try:
        actions.report_mistake(
            by=request.actor, at=request.now, viewer=request.viewer, episode_id=episode, **form.cleaned_data
        )
    except Refused as refusal:
        form.add_error(None, " ".join(refusal.problems))
        return False
    return True


@staff(*DECIDERS)
@require_safe
def mistakes(request: HttpRequest) -> HttpResponse:
    """What waits for a second person, and what was decided."""
    trial = trial_now()
    areas = dict(aftercare.lots_named(request.viewer))
    told = list(aftercare.reports(request.viewer).order_by("-reported_at")[:100])
    pairs = twice.randomised_twice(request.viewer)
    rows = [
        report_row(trial, one, aftercare.episode_of(request.viewer, one.participant), _may(request, one), areas)
        for one in told
    ]
    shown = [row.episode_id for row in rows] + [pair.episode.pk for pair in pairs]
    record_list_view(by=request.actor, at=request.now, verb="view_trial_mistakes", ids=[one for one in shown if one])
    context = {
        "waiting": [row for row in rows if not row.decided],
        "decided": [row for row in rows if row.decided],
        "pairs": pairs,
    }
    return render(request, "trial/mistakes.html", context)


def _may(request: HttpRequest, report: Any) -> bool:
    return can_agree(request.viewer, report)


@staff(*DECIDERS)
@require_POST
def decide(request: HttpRequest, report: UUID) -> HttpResponse:
    """The second person agrees, or does not."""
    trial_now()
    form = DecisionForm(posted(request))
    if not form.is_valid():
        aftercare.seen_report(request.viewer, report)
        messages.error(request, "Choose whether you agree.")
        return redirect("trial:mistakes")
    agree = form.cleaned_data["decision"] == "agree"
    try:
        actions.decide_mistake(by=request.actor, at=request.now, viewer=request.viewer, report_id=report, agree=agree)
    except Refused as refusal:
        messages.error(request, " ".join(refusal.problems))
        return redirect("trial:mistakes")
    messages.success(
        request, "Agreed: the entry is made, and the evaluator is told." if agree else "Not agreed. The report stays."
    )
    return redirect("trial:mistakes")
