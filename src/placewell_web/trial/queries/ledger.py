"""What may be read of the ledger: a person's own allocation, and for those who keep it whether all is well."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from placewell_web.accounts.models import User
from placewell_web.accounts.viewer import Viewer
from placewell_web.trial.allocator.codes import letter_code
from placewell_web.trial.models import LedgerEntry, Meeting


@dataclass(frozen=True)
class Allocated:
    """A person's arm, and what their letter says of it; nothing of the stratum, the place or the chain."""

    arm: str
    number: str
    check_code: str
    at: datetime
    pressed_by: str


def allocated(viewer: Viewer, episode_id: UUID) -> Allocated | None:
    """The allocation of the episode's participant, of this episode or an earlier one; None where there is none.

    Nothing of an episode the viewer may not see.
    """
    meeting = Meeting.scoped.visible_to(viewer).select_related("participant").filter(episode_id=episode_id).first()
    entry = held_by(meeting.participant.number) if meeting else None
    return allocated_of(entry) if entry else None


def held_by(number: str) -> LedgerEntry | None:
    """The allocation of a trial number."""
    return LedgerEntry.objects.filter(kind="allocation", person=number).first()


def allocated_of(entry: LedgerEntry) -> Allocated:
    """What is shown of an allocation."""
    return Allocated(entry.arm, entry.person, letter_code(entry.hash), entry.at, _name(json.loads(entry.body)["actor"]))


def _name(actor: str) -> str:
    """The presser's name; their id where they are gone, or where the system pressed."""
    try:
        found = User.objects.filter(pk=UUID(actor)).first()
    except ValueError:
        found = None
    return found.name if found else actor
