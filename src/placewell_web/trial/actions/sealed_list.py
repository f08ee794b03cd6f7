"""The sealed list: a place of it used while the draw was out of reach, entered afterwards and told to the evaluator."""

from __future__ import annotations

from datetime import datetime

from placewell.randomisation.configuration import EMERGENCY
from placewell.randomisation.emergency import Told
from placewell.randomisation.entries import Entry
from placewell_web.audit import actions as audit
from placewell_web.audit.actors import Actor
from placewell_web.trial.actions.finishing import REPLAY
from placewell_web.trial.actions.notices import notify
from placewell_web.trial.allocator.codes import number_of

ISSUE = "told_from_the_sealed_list"
OTHERWISE = (
    "This person has a group already, and it is not the one they were told from the sealed list. Nothing was written.",
    "The group they have stands. Press without the list to see it, tell the person, and tell the evaluator.",
)


def as_told(place: int, arm: str) -> Told:
    """What whoever was at the meeting says the list said."""
    return Told(place, arm)


def tell(*, by: Actor, at: datetime, entry: Entry) -> None:
    """Audit a place of the list and put it into the evaluator's outbox as a departure; the arm is in neither.

    Done as the entry is taken into the database, so that a press that died in the middle is told of too. Other
    entries are passed over. Source: trial.md §5, Downtime.
    """
    if entry.kind != "allocation" or entry.stratum != EMERGENCY:
        return
    number, place = number_of(entry.person), entry.n + 1
    notify(at=at, kind="issue", number=number, body={"issue": ISSUE, "place": place})
    audit.record(
        by=by if str(entry.body["actor"]) == by.id else REPLAY,
        at=at,
        verb="use_sealed_list",
        target_kind="ledger_entry",
        target_id=entry.seq,
        detail={"number": number, "place": place},
    )
