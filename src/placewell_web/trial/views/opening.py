"""Opens a person's meeting for a page: in scope, in order, while the trial is open; else it says where to go."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from placewell.specification import Specification
from placewell.specification.trial import TrialFile
from placewell_web.accounts import service
from placewell_web.accounts.roles import Role
from placewell_web.audit import actions as audit
from placewell_web.clients import queries as people
from placewell_web.nhsuk.sent import posted
from placewell_web.trial import permissions
from placewell_web.trial.actions import drafts
from placewell_web.trial.forms.drafts import draft_key, resume, sent
from placewell_web.trial.presenters.frame import ADDRESSES, frame
from placewell_web.trial.queries import meetings
from placewell_web.trial.steps import asked, comes_after, open_step, why_closed

View = Callable[..., HttpResponse]
CASEWORKERS = (Role.SPECIALIST, Role.TEAM_LEADER, Role.MANAGER)


@dataclass(frozen=True)
class Opened:
    """A meeting that goes on, at one of its steps."""

    meeting: Any
    episode: Any
    spec: Specification
    trial: TrialFile
    step: str
    kept: dict[str, dict[str, str]]
    """The questionnaires there are."""


def the_trial(spec: Specification) -> TrialFile:
    """The service's trial; 404 where it has none."""
    if spec.trial is None:
        raise Http404
    return spec.trial


def at_step(step: str) -> Callable[[View], View]:
    """The view gets the meeting where this step may be done; otherwise whoever asks is led to what comes first."""

    def decorate(view: View) -> View:
        @wraps(view)
        def opened(request: HttpRequest, episode: UUID, **named: Any) -> HttpResponse:
            found = people.get_episode(request.viewer, episode)
            spec = service.current()
            trial = the_trial(spec)
            meeting = meetings.meeting_of(request.viewer, episode)
            if meeting is not None and meeting.randomised_at is not None:
                return see_other("trial:result", episode)
            if elsewhere := closed(request, found, spec):
                return elsewhere
            permissions.check_can_meet(request.viewer, found)
            if meeting is None or meeting.ended_at is not None:
                return see_other("trial:meeting", episode)
            first = open_step(meeting)
            if comes_after(step, first):
                label = next(one.label for one in asked(trial) if one.kind == first)
                messages.info(request, f"“{label}” comes first: the steps of the meeting have an order.")
                return see_other(ADDRESSES[first], episode)
            kept = meetings.questionnaires_kept(request.viewer, meeting)
            return view(request, Opened(meeting, meeting.episode, spec, trial, step, kept), **named)

        return opened

    return decorate


def closed(request: HttpRequest, episode: Any, spec: Specification) -> HttpResponse | None:
    """The page that says that nobody is randomised today, and how it goes on; None while the trial is open."""
    why = why_closed(spec, request.now)
    if not why:
        return None
    record_view(request, episode, "trial_closed")
    return render(request, "trial/closed.html", {"why": why, "episode": episode, "person": episode.person})


def see_other(name: str, episode: Any, **named: Any) -> HttpResponse:
    """On to another page, which the browser asks for anew (303)."""
    response = redirect(name, episode=episode, **named)
    response.status_code = 303
    return response


def page(request: HttpRequest, opened: Opened, template: str, draft: str = "", **context: Any) -> HttpResponse:
    """The page of a step, written down as a view of the person."""
    step = draft or opened.step
    record_view(request, opened.episode, f"trial_{step}")
    base = {
        "frame": frame(opened.trial, opened.meeting, opened.step, request.today, opened.kept),
        "meeting": opened.meeting,
        "episode": opened.episode,
        "person": opened.episode.person,
        "draft": meetings.draft_of(request.viewer, opened.meeting, step),
        "draft_step": step,
        "draft_key": draft_key(opened.episode.pk, request.viewer.user_id, step),
    }
    return render(request, template, base | context)


def resumed(request: HttpRequest, opened: Opened, form: forms.Form, draft: str = "") -> None:
    """Show in the form what was typed and not kept yet."""
    kept = meetings.draft_of(request.viewer, opened.meeting, draft or opened.step)
    if kept is not None:
        resume(form, json.loads(kept.fields))


def keep(request: HttpRequest, opened: Opened, draft: str = "") -> None:
    """Keep what was sent, right or wrong."""
    drafts.keep_draft(
        by=request.actor,
        at=request.now,
        meeting=opened.meeting,
        step=draft or opened.step,
        fields=sent(posted(request)),
    )


def onward(request: HttpRequest, opened: Opened) -> HttpResponse:
    """The step is kept, and the next open step comes."""
    meeting = meetings.meeting_of(request.viewer, opened.episode.pk)
    return see_other(ADDRESSES[open_step(meeting)], opened.episode.pk)


def common(request: HttpRequest, opened: Opened) -> dict[str, Any]:
    """What every action of the meeting is told."""
    return {
        "by": request.actor,
        "at": request.now,
        "viewer": request.viewer,
        "meeting_id": opened.meeting.pk,
        "specification": opened.spec,
    }


def record_view(request: HttpRequest, episode: Any, where: str) -> None:
    """Write down that the viewer saw this person on this page."""
    audit.record_view(
        by=request.actor,
        at=request.now,
        verb="view_person",
        target_kind="episode",
        target_id=episode.pk,
        person_id=episode.person_id,
        lot=episode.lot_id or "",
        detail={"page": where},
    )
