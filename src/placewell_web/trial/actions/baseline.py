"""The baseline: the items about the person, and each questionnaire keyed in from paper, kept as they were given."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import transaction

from placewell.questionnaires import instrument
from placewell.specification import Specification
from placewell.specification.trial import BaselinePart
from placewell_web.accounts.errors import Refused
from placewell_web.audit.actors import Actor
from placewell_web.clients.actions.entries import day_of, note
from placewell_web.clients.models import Benefit, Episode, Response
from placewell_web.intake.actions.about import change_details, change_equality, change_health
from placewell_web.trial.actions import drafts
from placewell_web.trial.actions.baseline_items import items_of
from placewell_web.trial.actions.meeting import done, locked
from placewell_web.trial.models import Meeting
from placewell_web.trial.queries.meetings import benefits_of, questionnaires_kept
from placewell_web.trial.steps import open_parts

if TYPE_CHECKING:
    from placewell_web.accounts.viewer import Viewer

DETAILS = frozenset({"first_name", "surname", "birth_date", "email", "phone"})
EPISODE = frozenset({"source", "primary_condition", "time_since_last_worked"})


@dataclass(frozen=True)
class ItemFacts:
    """The items as answered: columns of person and episode, benefits received, and which were not said."""

    columns: Mapping[str, Any]
    benefits: tuple[str, ...]
    not_said: tuple[str, ...]
    person_version: int
    episode_version: int


@transaction.atomic
def keep_items(
    *, by: Actor, at: datetime, viewer: Viewer, meeting_id: UUID, specification: Specification, facts: ItemFacts
) -> Meeting:
    """Keep the items in the person's record; the audit keeps what changed. Source: 002 App. 6 i-xvii."""
    meeting = locked(viewer, meeting_id, "baseline", specification, at)
    episode = meeting.episode
    columns = facts.columns
    details = {name: value for name, value in columns.items() if name in DETAILS}
    of_episode = {name: value for name, value in columns.items() if name in EPISODE}
    equality = {name: value for name, value in columns.items() if name not in DETAILS | EPISODE}
    version = facts.person_version
    changed = change_details(by=by, at=at, episode=episode, version=version, facts=details)
    version += bool(changed)
    change_equality(by=by, at=at, episode=episode, version=version, facts=equality)
    change_health(by=by, at=at, episode=episode, version=facts.episode_version, facts=of_episode)
    _keep_benefits(by, at, viewer, episode, facts.benefits)
    meeting.items_at, meeting.not_said, meeting.version = at, ",".join(facts.not_said), meeting.version + 1
    meeting.save(update_fields=["items_at", "not_said", "version"])
    drafts.discard(meeting=meeting, step=_part_of_items(specification))
    note(by=by, at=at, verb="keep_trial_items", record=meeting, episode=episode)
    return _finish(by, at, viewer, meeting, specification)


def _part_of_items(specification: Specification) -> str:
    assert specification.trial is not None
    return next(part.id for part in specification.trial.baseline if part.kind == "person_items")


def _keep_benefits(by: Actor, at: datetime, viewer: Viewer, episode: Episode, received: Iterable[str]) -> None:
    """A row for each benefit that is new, and one for each that is no longer received.

    Answered anew on one day it is the same row: two of a day have no order.
    """
    before, now = set(benefits_of(viewer, episode)), set(received)
    for benefit in sorted(before ^ now):
        gets = benefit in now
        said = {"episode": episode, "benefit": benefit, "on": day_of(at)}
        Benefit.unscoped.filter(**said).update(received=gets)
        row = Benefit.unscoped.filter(**said).first() or Benefit.unscoped.create(**said, received=gets)
        detail = {"benefit": benefit, "received": gets, "on": day_of(at).isoformat()}
        note(by=by, at=at, verb="record_benefit", record=row, episode=episode, detail=detail)


@transaction.atomic
def keep_questionnaire(
    *,
    by: Actor,
    at: datetime,
    viewer: Viewer,
    meeting_id: UUID,
    specification: Specification,
    part: BaselinePart,
    answers: Mapping[str, str],
) -> Meeting:
    """Keep one form as it was filled in on paper; an item left open is kept as open. Once a meeting.

    Source: 002 Fig. 2.
    """
    meeting = locked(viewer, meeting_id, "baseline", specification, at)
    if part.instrument not in questionnaires_kept(viewer, meeting):
        _keep_form(by, at, meeting, part, answers)
        drafts.discard(meeting=meeting, step=part.id)
    return _finish(by, at, viewer, meeting, specification)


def _keep_form(by: Actor, at: datetime, meeting: Meeting, part: BaselinePart, answers: Mapping[str, str]) -> None:
    one = instrument(part.instrument)
    if set(answers) != set(one.items):
        raise Refused("The answers do not belong to this questionnaire.")
    form_id = uuid.uuid4()
    rows = [
        Response(
            created_at=at,
            episode=meeting.episode,
            form_id=form_id,
            instrument=one.id,
            occasion="baseline",
            completed_on=day_of(at),
            item=item,
            answer=answer,
        )
        for item, answer in answers.items()
    ]
    Response.unscoped.bulk_create(rows)
    detail = {"instrument": one.id, "form_id": str(form_id), "answered": sum(map(bool, answers.values()))}
    note(by=by, at=at, verb="keep_trial_questionnaire", record=meeting, episode=meeting.episode, detail=detail)


def _finish(by: Actor, at: datetime, viewer: Viewer, meeting: Meeting, specification: Specification) -> Meeting:
    """The baseline is complete when every part of it is kept: from then on the items are kept as answered here.

    Whoever answers an item anew before the draw has it kept anew; after it nothing changes them (`locked`).
    """
    assert specification.trial is not None
    if open_parts(specification.trial, meeting, questionnaires_kept(viewer, meeting)):
        return meeting
    meeting.baseline_items = items_of(specification, meeting.episode_id, day_of(at))
    meeting.save(update_fields=["baseline_items"])
    return done(by, at, meeting, "baseline", "finish_trial_baseline")
