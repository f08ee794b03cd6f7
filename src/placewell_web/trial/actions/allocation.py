"""Randomising: one press, one arm, once for a person; the answer is on disk in two places before anyone sees it."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.http import Http404

from placewell.randomisation.configuration import EMERGENCY, ONE_STRATUM
from placewell.randomisation.emergency import Told
from placewell.randomisation.hashing import Value, canon, hexdigest
from placewell.randomisation.request import Request, RequestError
from placewell_web.accounts import service
from placewell_web.accounts.errors import Refused
from placewell_web.accounts.viewer import Viewer
from placewell_web.audit.actors import Actor
from placewell_web.clients.actions.entries import note
from placewell_web.trial.actions import finishing, ledger, preconditions, sealed_list
from placewell_web.trial.allocator.codes import code_of
from placewell_web.trial.allocator.draws import AgainstTheRules, DrawNotReady
from placewell_web.trial.allocator.moments import utc_of
from placewell_web.trial.models import LedgerEntry, Meeting, Participant, SignedConsent
from placewell_web.trial.queries import participants
from placewell_web.trial.queries.ledger import Allocated, allocated_of, held_by


@ledger.in_turn()
def randomise(*, by: Actor, at: datetime, viewer: Viewer, meeting_id: UUID, told: Told | None = None) -> Allocated:
    """The person's arm: the one they have, or a new one where everything that must be true is true now.

    Everything is read under the ledger's lock, after what the witness has and the database lacks was taken in. The
    entry is on the witness before this transaction ends; should it not end, the next one finishes its work. `told`:
    the number and group that the person was told from the sealed list, which are those drawn now or nothing is. Raises
    Refused with every reason; 404 for a meeting the viewer may not see. Source: 002 §11.5-11.6; trial.md §5.
    """
    meeting = _meeting(viewer, meeting_id)
    allocator = ledger.site_draws()
    _, head = ledger.catch_up(by=by, at=at, allocator=allocator, head=ledger.lock_head())
    meeting.refresh_from_db()
    held = held_by(meeting.participant.number) or _held_elsewhere(by, at, viewer, meeting)
    if held is None:
        preconditions.check_all(viewer, meeting, service.current(), at)
        try:
            allocator.allocate(_request(by, meeting, told), utc_of(at), told)
        except (AgainstTheRules, RequestError) as refused:
            raise Refused(*refused.problems) from refused
        except DrawNotReady as stopped:
            raise ledger.unavailable(stopped) from stopped
        ledger.catch_up(by=by, at=at, allocator=allocator, head=head)
        held = held_by(meeting.participant.number)
        assert held is not None
    elif told is not None and told.arm != held.arm:
        raise Refused(*sealed_list.OTHERWISE)
    elif not finishing.is_finished(meeting.participant):
        finishing.finish(by=by, at=at, entry=ledger.entry_of(held))
    return allocated_of(held)


def _meeting(viewer: Viewer, meeting_id: UUID) -> Meeting:
    around = ("episode", "participant")
    found = Meeting.scoped.visible_to(viewer).select_related(*around).filter(pk=meeting_id).first()
    if found is None:
        raise Http404
    return found  # type: ignore[no-any-return]


def _held_elsewhere(by: Actor, at: datetime, viewer: Viewer, meeting: Meeting) -> LedgerEntry | None:
    """The allocation of the same person under another record, found since the meeting began; the meeting is now theirs.

    So the result page, the letter and the evaluator name the number that was drawn. Source: trust.md T12.
    """
    stands = participants.standing(viewer, meeting.episode)
    held = held_by(stands.number) if stands.number else None
    if held is not None:
        meeting.participant = Participant.unscoped.get(number=held.person)
        meeting.version += 1
        meeting.save(update_fields=["participant", "version"])
        note(by=by, at=at, verb="recognise_participant", record=meeting, episode=meeting.episode)
    return held


def _request(by: Actor, meeting: Meeting, told: Told | None) -> Request:
    return Request(
        person=code_of(meeting.participant.number),
        stratum=EMERGENCY if told else _stratum(meeting),
        actor=by.id,
        eligibility=eligibility_hash(meeting),
        consent=SignedConsent.unscoped.get(meeting=meeting).hash,
    )


def _stratum(meeting: Meeting) -> str:
    trial = preconditions.trial_of(service.current())
    return str(meeting.episode.lot_id) if trial.stratified_by else ONE_STRATUM


def eligibility_hash(meeting: Meeting) -> str:
    """Of the answers in force and who set them aside, so that the chain says on what the draw rested."""
    screening = preconditions.screening_of(meeting)
    if screening is None:
        raise Refused("Nobody has answered the eligibility questions.")
    answers = screening.answers.order_by("criterion").values_list("criterion", "answer", "fact")
    said: list[Value] = [[criterion, answer, fact] for criterion, answer, fact in answers]
    by = screening.override_by_id
    return hexdigest("eligibility", canon([screening.specification_hash, said, str(by) if by else ""]))
