"""What an allocation on the ledger means for the person's record: made once, also where a crash came between."""

from __future__ import annotations

from datetime import datetime

from placewell.randomisation.entries import Entry
from placewell_web.audit import actions as audit
from placewell_web.audit.actors import Actor
from placewell_web.clients.actions.entries import day_of
from placewell_web.clients.models import Allocation
from placewell_web.trial.allocator.codes import number_of
from placewell_web.trial.allocator.moments import moment_of
from placewell_web.trial.models import LedgerEntry, Meeting, Participant

REPLAY = Actor.system("ledger")


def finish(*, by: Actor, at: datetime, entry: Entry) -> None:
    """Give the episode its arm and end its meeting, where the entry is an allocation and this is not done yet.

    A person whose records a restored database no longer has is left: the entry stays, and is found at the next press.
    """
    if entry.kind != "allocation":
        return
    participant = Participant.unscoped.filter(number=number_of(entry.person)).first()
    meeting = _meeting_of(participant, entry) if participant else None
    if meeting is None:
        return
    drawn_at = moment_of(entry.utc)
    if not is_finished(participant):
        day = day_of(drawn_at)
        Allocation.unscoped.create(episode_id=meeting.episode_id, arm=entry.arm, allocated_on=day)
    if meeting.randomised_at is None:
        meeting.randomised_at = max(drawn_at, meeting.baseline_at) if meeting.baseline_at else None
        meeting.ended_at, meeting.ending = drawn_at, "randomised"
        meeting.save(update_fields=["randomised_at", "ended_at", "ending"])
    _note(by if str(entry.body["actor"]) == by.id else REPLAY, at, meeting, entry)


def is_finished(participant: Participant) -> bool:
    """Whether an episode of the participant has the arm."""
    return Allocation.unscoped.filter(episode__trial_meeting__participant=participant).exists()


def without_record() -> list[str]:
    """The numbers that have an allocation on the ledger and no record here that has the arm, in the ledger's order."""
    known = Allocation.unscoped.values("episode__trial_meeting__participant__number")
    drawn = LedgerEntry.objects.filter(kind="allocation").exclude(person__in=known)
    return list(drawn.order_by("seq").values_list("person", flat=True))


def _meeting_of(participant: Participant, entry: Entry) -> Meeting | None:
    """The meeting the draw was pressed in: the complete one of the stratum, the last where there were several."""
    ready = Meeting.unscoped.filter(participant=participant, baseline_at__isnull=False).select_related("episode")
    here = ready.filter(episode__lot_id=entry.stratum)
    return (here if here.exists() else ready).order_by("-baseline_at", "pk").first()


def _note(by: Actor, at: datetime, meeting: Meeting, entry: Entry) -> None:
    """The audit entry names no arm and no place on the chain: those who read it need not know."""
    audit.record(
        by=by,
        at=at,
        verb="randomise",
        target_kind="meeting",
        target_id=meeting.pk,
        person_id=meeting.episode.person_id,
        lot=meeting.episode.lot_id or "",
        detail={"number": number_of(entry.person), "pressed_by": str(entry.body["actor"])},
    )
