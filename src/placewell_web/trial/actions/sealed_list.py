"""The sealed list: a place of it used while the draw was out of reach, entered afterwards and told to the evaluator."""

from __future__ import annotations

from datetime import datetime

from placewell.randomisation.emergency import Told
from placewell_web.audit.actors import Actor
from placewell_web.clients.actions.entries import note
from placewell_web.trial.actions.notices import notify
from placewell_web.trial.models import Meeting

ISSUE = "told_from_the_sealed_list"
OTHERWISE = (
    "This person has a group already, and it is not the one they were told from the sealed list. Nothing was written.",
    "The group they have stands. Press without the list to see it, tell the person, and tell the evaluator.",
)


def as_told(place: int, arm: str) -> Told:
    """What whoever was at the meeting says the list said."""
    return Told(place, arm)


def tell(*, by: Actor, at: datetime, meeting: Meeting, told: Told) -> None:
    """Audit the use, and put it into the evaluator's outbox as a departure; the arm is in neither.

    Source: trial.md §5, Downtime.
    """
    number = meeting.participant.number
    notify(at=at, kind="issue", number=number, body={"issue": ISSUE, "place": told.place})
    detail = {"number": number, "place": told.place}
    note(by=by, at=at, verb="use_sealed_list", record=meeting, episode=meeting.episode, detail=detail)
