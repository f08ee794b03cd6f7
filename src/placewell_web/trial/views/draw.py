"""The review, the press, and the result; the result page only reads."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from allauth.core import ratelimit
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from placewell_web.accounts import service
from placewell_web.accounts.errors import Refused
from placewell_web.accounts.policy import staff
from placewell_web.accounts.roles import Role
from placewell_web.clients import queries as people
from placewell_web.nhsuk.sent import posted
from placewell_web.trial.actions import allocation
from placewell_web.trial.actions.ledger import site_draws
from placewell_web.trial.actions.meeting import refuse_press
from placewell_web.trial.actions.sealed_list import as_told
from placewell_web.trial.forms.meeting import PressForm
from placewell_web.trial.presenters import review as words
from placewell_web.trial.presenters.frame import full_name, strip
from placewell_web.trial.presenters.result import result as result_of
from placewell_web.trial.queries import ledger, meetings, participants
from placewell_web.trial.steps import clears
from placewell_web.trial.views.opening import CASEWORKERS, Opened, at_step, closed, page, record_view, see_other

TOO_MANY = "The password was tried too often. Wait a minute, then try again. Nothing has been decided."


@staff(*CASEWORKERS)
@at_step("randomise")
def review(request: HttpRequest, opened: Opened) -> HttpResponse:
    """Everything once more; the press decides once and leads to the result."""
    form = PressForm(user=request.user, **_listed(opened))
    if request.method == "POST":
        form = _pressed(request, opened)
        if form.is_valid() and _decided(request, opened, form):
            return see_other("trial:result", opened.episode.pk)
        refuse_press(by=request.actor, at=request.now, viewer=request.viewer, meeting_id=opened.meeting.pk)
    return _page(request, opened, form)


def _pressed(request: HttpRequest, opened: Opened) -> PressForm:
    allowed = ratelimit.consume(request, action="reauthenticate", user=request.user)
    blocked = "" if allowed else TOO_MANY
    return PressForm(posted(request), user=request.user, blocked=blocked, **_listed(opened))


def _listed(opened: Opened) -> dict[str, Any]:
    """What the form asks of the sealed list, in a trial that has one."""
    arms = [(arm.id, arm.result) for arm in opened.trial.arms]
    return {"places": opened.trial.emergency_list, "arms": arms}


def _decided(request: HttpRequest, opened: Opened, form: PressForm) -> bool:
    """Whether an arm was decided; what stood against it is said at the top of the page."""
    against = [check.words for check in _checks(request, opened) if not check.holds]
    if against:
        form.add_error(None, f"Nothing has been decided. {'. '.join(against)}.")
        return False
    try:
        allocation.randomise(
            by=request.actor,
            at=request.now,
            viewer=request.viewer,
            meeting_id=opened.meeting.pk,
            told=as_told(*form.listed) if form.listed else None,
        )
    except Refused as refusal:
        form.add_error(None, " ".join(refusal.problems))
        return False
    return True


def _page(request: HttpRequest, opened: Opened, form: PressForm) -> HttpResponse:
    meeting, episode, trial = opened.meeting, opened.episode, opened.trial
    signed = meetings.consent_of(request.viewer, meeting)
    checks = _checks(request, opened)
    context = {
        "form": form,
        "name": full_name(episode.person),
        "eligibility": words.eligibility_rows(opened.spec, meeting.screening, episode.pk),
        "screening_note": words.screening_note(meeting.screening),
        "kept_rows": [
            *words.consent_rows(trial, signed, request.today, episode.pk),
            *words.baseline_rows(trial, meeting, opened.kept, episode.pk),
        ],
        "checks": checks,
        "ready": all(check.holds for check in checks),
    }
    return page(request, opened, "trial/review.html", **context)


def _checks(request: HttpRequest, opened: Opened) -> list[words.Check]:
    viewer, meeting, episode, trial = request.viewer, opened.meeting, opened.episode, opened.trial
    needed = [one.consent for one in trial.consent_form.statements if one.needed]
    return words.checks(
        trial,
        episode.person.called,
        viewer.has_role(Role.SPECIALIST),
        meetings.lacking_training(viewer, trial.trained_in, request.today),
        ledger.allocated(viewer, episode.pk) is not None,
        participants.standing(viewer, episode).state == participants.REVIEW,
        meetings.consent_stands(viewer, meeting, needed) and clears(meeting.screening),
        _not_ready(),
    )


def _not_ready() -> str:
    """Why the draw cannot be asked now, as a few words; empty where it can."""
    try:
        site_draws()
    except Refused:
        return "The draw is not ready: tell your administrator"
    return ""


@staff(*CASEWORKERS)
def result(request: HttpRequest, episode: UUID) -> HttpResponse:
    """What was decided; it stays readable after the trial has ended."""
    found = people.get_episode(request.viewer, episode)
    spec = service.current()
    drawn = ledger.allocated(request.viewer, episode)
    if drawn is None:
        if spec.trial is None:
            raise Http404
        return closed(request, found, spec) or see_other("trial:meeting", episode)
    meeting = meetings.meeting_of(request.viewer, episode)
    record_view(request, found, "trial_result")
    context = {
        "result": result_of(spec, found, drawn, meetings.handed(request.viewer, episode)),
        "strip": strip(meeting, request.today) if meeting else None,
        "episode": found,
        "person": found.person,
    }
    return render(request, "trial/result.html", context)
