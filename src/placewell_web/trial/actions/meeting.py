"""The first meeting, step by step: what is kept of each, in the order the specification sets; nothing is taken back."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction
from django.http import Http404

from placewell.specification import Specification
from placewell_web.accounts.errors import Refused
from placewell_web.audit.actors import Actor
from placewell_web.clients import queries as people
from placewell_web.clients.actions.consents import withdraw_consent
from placewell_web.clients.actions.entries import day_of, note
from placewell_web.clients.models import Episode
from placewell_web.intake.actions import screen
from placewell_web.intake.models import Screening
from placewell_web.trial import permissions
from placewell_web.trial.actions import drafts, participants
from placewell_web.trial.models import Meeting
from placewell_web.trial.queries.meetings import standing_consents
from placewell_web.trial.steps import MOMENTS, clears, comes_after, open_step, why_closed

if TYPE_CHECKING:
    from placewell_web.accounts.viewer import Viewer

ENDINGS = ("not_eligible", "did_not_consent", "stopped")
Facts = Mapping[str, bool | float | str | None]


@transaction.atomic
def start(
    *, by: Actor, at: datetime, viewer: Viewer, episode_id: UUID, specification: Specification, place: str = ""
) -> Meeting:
    """Begin the meeting and give the person their trial number; a meeting that has begun is the one that goes on."""
    people.get_episode(viewer, episode_id)
    episode = Episode.unscoped.select_for_update(of=("self",)).select_related("person").get(pk=episode_id)
    permissions.check_can_meet(viewer, episode)
    _check_open(specification, at)
    begun = Meeting.unscoped.filter(episode=episode).first()
    if begun is not None:
        return begun
    participant = participants.enrol(by=by, at=at, viewer=viewer, person=episode.person)
    meeting = Meeting(
        episode=episode,
        participant=participant,
        started_at=at,
        started_by_id=uuid.UUID(by.id),
        place=place[:120],
    )
    meeting.save(force_insert=True)
    note(by=by, at=at, verb="start_trial_meeting", record=meeting, episode=episode)
    return meeting


@transaction.atomic
def read_script(*, by: Actor, at: datetime, viewer: Viewer, meeting_id: UUID, specification: Specification) -> Meeting:
    """The script was read to the person. Source: 002 §11.5."""
    meeting = locked(viewer, meeting_id, "script", specification, at)
    return done(by, at, meeting, "script", "read_trial_script")


@transaction.atomic
def answer_eligibility(
    *,
    by: Actor,
    at: datetime,
    viewer: Viewer,
    meeting_id: UUID,
    specification: Specification,
    facts: Facts,
    birth_date: date | None = None,
    primary_condition: str = "",
) -> Screening:
    """Answer every criterion; each earlier screening stays. Only a person who meets them all goes on."""
    meeting = locked(viewer, meeting_id, "eligibility", specification, at)
    screening = screen(
        by=by,
        at=at,
        viewer=viewer,
        episode_id=meeting.episode_id,
        specification=specification,
        facts=facts,
        birth_date=birth_date,
        primary_condition=primary_condition,
    )
    _rest_on(by, at, meeting, screening)
    return screening


@transaction.atomic
def rest_on_override(
    *, by: Actor, at: datetime, viewer: Viewer, meeting_id: UUID, specification: Specification
) -> Screening:
    """Go on after a second person has set the screening aside, with the reason they gave. Source: 002 §10.1."""
    meeting = locked(viewer, meeting_id, "eligibility", specification, at)
    last = Screening.objects.filter(episode=meeting.episode_id).order_by("-decided_at", "-id").first()
    if last is None or not last.override_reason:
        raise Refused("Nobody has set the screening aside.", "Ask a team leader or manager of this area.")
    _rest_on(by, at, meeting, last)
    return last


def _rest_on(by: Actor, at: datetime, meeting: Meeting, screening: Screening) -> None:
    """The meeting now rests on this screening, whichever way it went."""
    meeting.screening = screening
    meeting.version += 1
    if clears(screening) and meeting.eligible_at is None:
        meeting.eligible_at = at
    meeting.save(update_fields=["screening", "eligible_at", "version"])
    drafts.discard(meeting=meeting, step="eligibility")
    note(
        by=by,
        at=at,
        verb="answer_trial_eligibility",
        record=meeting,
        episode=meeting.episode,
        detail={"overall": screening.overall, "screening": str(screening.pk)},
    )


@transaction.atomic
def inform(*, by: Actor, at: datetime, viewer: Viewer, meeting_id: UUID, specification: Specification) -> Meeting:
    """Every point of the information sheet was explained, in the version of the specification. Source: 002 §11.3."""
    meeting = locked(viewer, meeting_id, "information", specification, at)
    if meeting.informed_at is None:
        assert specification.trial is not None
        meeting.information_version = specification.trial.consent_form.information_version
        meeting.save(update_fields=["information_version"])
    return done(by, at, meeting, "information", "give_trial_information", version=meeting.information_version)


@transaction.atomic
def end(
    *, by: Actor, at: datetime, viewer: Viewer, meeting_id: UUID, specification: Specification, ending: str
) -> Meeting:
    """End the meeting without a draw; what was agreed to at it holds no longer. Nothing is erased."""
    meeting = locked(viewer, meeting_id, "script", specification, at)
    if ending not in ENDINGS:
        raise Refused("Choose why the meeting ends.")
    if ending == "not_eligible" and (meeting.screening is None or clears(meeting.screening)):
        raise Refused("The answers do not say that the person is not eligible.", "Choose another reason.")
    for consent in standing_consents(viewer, meeting) if meeting.consented_at else []:
        withdraw_consent(by=by, at=at, consent=consent, withdrawn_on=day_of(at))
    meeting.ended_at, meeting.ending, meeting.version = at, ending, meeting.version + 1
    meeting.save(update_fields=["ended_at", "ending", "version"])
    note(by=by, at=at, verb="end_trial_meeting", record=meeting, episode=meeting.episode, detail={"ending": ending})
    return meeting


def locked(viewer: Viewer, meeting_id: UUID, step: str, specification: Specification, at: datetime) -> Meeting:
    """The meeting, held until the transaction ends, where this step may be done now. Raises Refused or Http404."""
    found = Meeting.scoped.visible_to(viewer).filter(pk=meeting_id).first()
    if found is None:
        raise Http404
    rows = Meeting.unscoped.select_for_update(of=("self",)).select_related("episode__person", "screening")
    meeting = rows.get(pk=meeting_id)
    permissions.check_can_meet(viewer, meeting.episode)
    _check_open(specification, at)
    if meeting.randomised_at is not None:
        raise Refused("The group has been decided, and that is final: the answers before it no longer change.")
    if meeting.ended_at is not None:
        raise Refused("This meeting has ended.", "Start a new referral if the person wants to take part after all.")
    if comes_after(step, open_step(meeting)):
        raise Refused("An earlier step of the meeting comes first. Open the meeting again to see which.")
    return meeting


def done(by: Actor, at: datetime, meeting: Meeting, step: str, verb: str, **detail: str) -> Meeting:
    """Write down that a step is done; done a second time it stays as it was."""
    moment = MOMENTS[step]
    if getattr(meeting, moment) is None:
        setattr(meeting, moment, at)
        meeting.version += 1
        meeting.save(update_fields=[moment, "version"])
        drafts.discard(meeting=meeting, step=step)
        note(by=by, at=at, verb=verb, record=meeting, episode=meeting.episode, detail=detail)
    return meeting


def _check_open(specification: Specification, at: datetime) -> None:
    closed = why_closed(specification, at)
    if closed:
        raise Refused(closed)


@transaction.atomic
def refuse_press(*, by: Actor, at: datetime, viewer: Viewer, meeting_id: UUID) -> None:
    """Write down that the button was pressed and nothing was decided: a wrong password, or something not ready."""
    meeting = Meeting.scoped.visible_to(viewer).select_related("episode").get(pk=meeting_id)
    note(by=by, at=at, verb="refuse_randomisation", record=meeting, episode=meeting.episode)
