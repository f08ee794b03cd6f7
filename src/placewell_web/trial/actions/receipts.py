"""A receipt of every entry for the evaluator: what the person's letter says too, and the entry sealed to their key."""

from __future__ import annotations

from base64 import b64encode
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings

from placewell.randomisation.entries import Entry, check_code
from placewell.randomisation.hashing import Value, canon
from placewell_web.accounts import service
from placewell_web.trial.allocator.codes import number_of
from placewell_web.trial.allocator.sealing import seal_to
from placewell_web.trial.models import Notice

USUAL_HOURS = 24  # where the service's specification has no trial any more


def prepare(entry: Entry, *, at: datetime) -> None:
    """Put the entry's receipt into the outbox: trial number, check code, moment; no name. Source: trial.md §5.8.

    Without the evaluator's key only allocations have one, since nothing of the others may leave unsealed.
    """
    body: dict[str, Value] = {}
    if entry.kind == "allocation":
        trial = str(entry.body["trial"])
        code = check_code(entry.hash)
        body["receipt"] = {"trial": trial, "person": entry.person, "code": code, "utc": entry.utc}
    if settings.EVALUATOR_KEY:
        sealed = seal_to(Path(settings.EVALUATOR_KEY), canon(entry.as_data()))
        body["sealed"] = b64encode(sealed).decode()
    if not body:
        return
    trial_file = service.current().trial
    hours = trial_file.notice_hours if trial_file else USUAL_HOURS
    Notice.objects.create(
        kind="receipt",
        participant_number=number_of(entry.person),
        body=canon(body).decode(),
        due_at=at + timedelta(hours=hours),
        created_at=at,
    )
