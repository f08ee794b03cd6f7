"""The meeting from its beginning to the information sheet, and its ending without a draw."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from placewell_web.accounts import service
from placewell_web.accounts.policy import staff
from placewell_web.audit import actions as audit
from placewell_web.clients import queries as people
from placewell_web.nhsuk.sent import posted
from placewell_web.trial import permissions
from placewell_web.trial.actions import meeting as record
from placewell_web.trial.forms.meeting import EndForm, InformationForm, ListForm, StartForm
from placewell_web.trial.presenters import ending as endings
from placewell_web.trial.presenters.frame import ADDRESSES, strip, waiting_row
from placewell_web.trial.presenters.result import held
from placewell_web.trial.queries import meetings, participants
from placewell_web.trial.steps import asked, open_step, why_closed
from placewell_web.trial.views.opening import (
    CASEWORKERS,
    Opened,
    at_step,
    closed,
    common,
    onward,
    page,
    record_view,
    see_other,
    the_trial,
)


@staff(*CASEWORKERS)
def show_list(request: HttpRequest) -> HttpResponse:
    """Those who wait for their meeting: a specialist's own, a leader's or manager's area."""
    spec = service.current()
    trial = the_trial(spec)
    form = ListForm(request.GET)
    leads = request.viewer.has_role(*permissions.LEADERS)
    why = why_closed(spec, request.now)
    own = None if leads else request.viewer.user_id
    rows = [] if why else meetings.waiting(request.viewer, own, form.words)
    audit.record_list_view(
        by=request.actor, at=request.now, verb="view_trial_meetings", ids=[episode.pk for episode, _ in rows]
    )
    before = meetings.randomised_before(request.viewer, [episode for episode, _ in rows])
    context = {
        "rows": [waiting_row(trial, episode, meeting, episode.pk in before) for episode, meeting in rows],
        "asked_for": form.words,
        "why": why,
        "leads": leads,
        "most": meetings.MOST_LISTED,
    }
    return render(request, "trial/list.html", context)


@staff(*CASEWORKERS)
def show_meeting(request: HttpRequest, episode: UUID) -> HttpResponse:
    """Where a meeting begins, goes on, or has ended."""
    found = people.get_episode(request.viewer, episode)
    spec = service.current()
    trial = the_trial(spec)
    meeting = meetings.meeting_of(request.viewer, episode)
    if meeting is not None and meeting.randomised_at is not None:
        return see_other("trial:result", episode)
    if meeting is not None and meeting.ended_at is not None:
        record_view(request, found, "trial_ended")
        context = {"ending": endings.ended(meeting), "strip": strip(meeting, request.today), "person": found.person}
        return render(request, "trial/ended.html", context | {"episode": found})
    if elsewhere := closed(request, found, spec):
        return elsewhere
    stands = participants.standing(request.viewer, found)
    if stands.state == participants.RANDOMISED:
        record_view(request, found, "trial_held")
        context = {"held": held(trial, stands), "episode": found, "person": found.person}
        return render(request, "trial/held.html", context)
    permissions.check_can_meet(request.viewer, found)
    form = StartForm(posted(request) if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        begun = record.start(
            by=request.actor,
            at=request.now,
            viewer=request.viewer,
            episode_id=episode,
            specification=spec,
            place=form.cleaned_data["place"],
        )
        return see_other(ADDRESSES[open_step(begun)], episode)
    if not form.is_bound and found.gp_practice is not None:
        form.initial["place"] = found.gp_practice.name
    record_view(request, found, "trial_meeting")
    context = {
        "form": form,
        "episode": found,
        "person": found.person,
        "steps": asked(trial),
        "go_on": ADDRESSES[open_step(meeting)] if meeting else "",
        "meeting": meeting,
    }
    return render(request, "trial/meeting.html", context)


@staff(*CASEWORKERS)
@at_step("script")
def script(request: HttpRequest, opened: Opened) -> HttpResponse:
    """What is said at the beginning, word by word."""
    if request.method == "POST":
        record.read_script(**common(request, opened))
        return onward(request, opened)
    return page(request, opened, "trial/script.html")


@staff(*CASEWORKERS)
@at_step("information")
def information(request: HttpRequest, opened: Opened) -> HttpResponse:
    """The information sheet, point by point."""
    wording = opened.trial.consent_form
    form = InformationForm(posted(request) if request.method == "POST" else None, points=wording.information)
    if request.method == "POST" and form.is_valid():
        record.inform(**common(request, opened))
        return onward(request, opened)
    if opened.meeting.informed_at is not None and not form.is_bound:
        form.initial["explained"] = [number for number, _ in form.points]
    return page(request, opened, "trial/information.html", form=form, version=wording.information_version)


@staff(*CASEWORKERS)
@at_step("script")
def stop(request: HttpRequest, opened: Opened) -> HttpResponse:
    """Stop here and go on another day, or end the meeting for a reason."""
    rows = endings.endings(opened.meeting)
    wanted = request.GET.get("why", "")[:20]
    form = EndForm(posted(request) if request.method == "POST" else None, endings=rows, chosen=wanted)
    if request.method == "POST" and form.is_valid():
        record.end(**common(request, opened), ending=form.cleaned_data["ending"])
        return see_other("trial:meeting", opened.episode.pk)
    back = ADDRESSES[open_step(opened.meeting)]
    reasons = endings.not_met(opened.meeting.screening)
    here = replace(opened, step="stop")
    return page(request, here, "trial/stop.html", form=form, back=back, reasons=reasons)
