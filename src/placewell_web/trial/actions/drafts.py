"""What is typed in a step and not kept yet: on the server at once, so that a lost session loses no answers."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction

from placewell_web.audit.actors import Actor
from placewell_web.clients.actions.entries import note
from placewell_web.trial.models import Meeting, MeetingDraft

MOST_CHARACTERS = 100_000


@transaction.atomic
def keep_draft(
    *, by: Actor, at: datetime, meeting: Meeting, step: str, fields: Mapping[str, Sequence[str]]
) -> MeetingDraft:
    """Keep what stands in the form now. The chain names the beginning of a draft, not each of its keystrokes."""
    text = json.dumps({name: list(values) for name, values in sorted(fields.items())}, ensure_ascii=False)
    if len(text) > MOST_CHARACTERS:  # no form of ours is so long: what stood before is worth more
        text = MeetingDraft.unscoped.filter(meeting=meeting, step=step).values_list("fields", flat=True).first() or "{}"
    draft, begun = MeetingDraft.unscoped.update_or_create(
        meeting=meeting,
        step=step,
        defaults={"fields": text, "saved_at": at, "saved_by_id": by.id},
    )
    if begun:
        detail = {"step": step}
        note(by=by, at=at, verb="begin_trial_draft", record=draft, episode=meeting.episode, detail=detail)
    return draft


def discard(*, meeting: Meeting, step: str) -> None:
    """The draft has become an answer; the answer's own entry tells of it."""
    MeetingDraft.unscoped.filter(meeting=meeting, step=step).delete()
