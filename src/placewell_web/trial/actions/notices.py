"""What the evaluator's named contact is to be told, put into the outbox in the transaction of what it tells."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime, timedelta

from placewell_web.accounts import service
from placewell_web.trial.models import Notice

USUAL_HOURS = 24  # where the specification has no trial any more


def notify(*, at: datetime, kind: str, number: str, body: Mapping[str, object]) -> Notice:
    """A notice under the trial number, due within the hours of the specification: no name, no free text."""
    trial = service.current().trial
    hours = trial.notice_hours if trial else USUAL_HOURS
    return Notice.objects.create(
        kind=kind,
        participant_number=number,
        body=json.dumps(body, sort_keys=True, separators=(",", ":")),
        due_at=at + timedelta(hours=hours),
        created_at=at,
    )
