"""A mistake found after the draw: told by one person, agreed to by another; the result stands. Source: trial.md §5."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.http import Http404

from placewell.specification.trial import MistakeReason
from placewell_web.accounts import service
from placewell_web.accounts.errors import Refused
from placewell_web.accounts.models import Lot
from placewell_web.accounts.viewer import Viewer
from placewell_web.audit import actions as audit
from placewell_web.audit.actors import Actor
from placewell_web.clients import queries as people
from placewell_web.clients.actions.entries import note
from placewell_web.trial.actions import ledger
from placewell_web.trial.actions.notices import notify
from placewell_web.trial.aftercare_permissions import check_can_agree, check_can_care
from placewell_web.trial.models import ErrorReport, LedgerEntry, Participant
from placewell_web.trial.queries.aftercare import group_of, reports
from placewell_web.trial.queries.participants import of_episode

AGREED, REFUSED = "agreed", "refused"


@transaction.atomic
def report_mistake(
    *, by: Actor, at: datetime, viewer: Viewer, episode_id: UUID, reason: str, words: str = "", stratum: str = ""
) -> ErrorReport:
    """Keep what someone found wrong; nothing changes until a second person agrees."""
    check_can_care(viewer)
    episode = people.get_episode(viewer, episode_id)
    participant = of_episode(viewer, episode_id)
    group = group_of(viewer, episode_id)
    if participant is None or group is None:
        raise Refused("Chance has not decided for this person, so there is no result to be wrong.")
    known = reason_of(reason)
    held = Participant.unscoped.select_for_update().get(pk=participant.pk)
    if ErrorReport.unscoped.filter(participant=held, reason=reason, decided_at__isnull=True).exists():
        raise Refused("This has been told already and waits for a second person.")
    if known.kind == "wrong_stratum":
        _check_stratum(held.number, stratum)
    row = ErrorReport.unscoped.create(
        participant=held,
        kind=known.kind,
        reason=reason,
        words=words.strip(),
        stratum=stratum if known.kind == "wrong_stratum" else "",
        reported_at=at,
        reported_by_id=viewer.user_id,
    )
    note(by=by, at=at, verb="report_trial_mistake", record=row, episode=episode, detail={"reason": reason})
    return row


@transaction.atomic
def decide_mistake(*, by: Actor, at: datetime, viewer: Viewer, report_id: UUID, agree: bool) -> ErrorReport:
    """The second person agrees, and the ledger has an entry of it; or does not, and the report stays as it was told."""
    seen = reports(viewer).filter(pk=report_id).first()
    if seen is None:
        raise Http404
    report = ErrorReport.unscoped.select_for_update(of=("self",)).select_related("participant").get(pk=report_id)
    check_can_agree(viewer, report)
    if agree:
        report.ledger_seq = _enter(by, at, report, seen.reported_by.name)
    report.decided_at, report.decided_by_id = at, viewer.user_id
    report.decision = AGREED if agree else REFUSED
    report.save(update_fields=["decided_at", "decided_by", "decision", "ledger_seq"])
    audit.record(
        by=by,
        at=at,
        verb="decide_trial_mistake",
        target_kind="errorreport",
        target_id=report.pk,
        person_id=report.participant.person_id,
        detail={"reason": report.reason, "decision": report.decision},
    )
    return report


def _enter(by: Actor, at: datetime, report: ErrorReport, reporter: str) -> int:
    """A void where someone should not have been drawn, else a note; and the evaluator is told."""
    number = report.participant.number
    if report.kind == "randomised_in_error":
        first = Actor.user(report.reported_by_id, reporter)
        seq = ledger.append_void(by=first, at=at, number=number, reason=report.reason, second=by)
        kind = "void"
    else:
        seq = ledger.append_note(by=by, at=at, number=number, reason=report.reason, stratum=report.stratum)
        kind = "note"
    notify(at=at, kind=kind, number=number, body={"reason": report.reason, "seq": seq})
    return seq


def reason_of(reason: str) -> MistakeReason:
    """The reason as the specification has it."""
    trial = service.current().trial
    found = next((one for one in trial.mistakes if one.id == reason), None) if trial else None
    if found is None:
        raise Refused("Choose a reason of the list.")
    return found


def _check_stratum(number: str, stratum: str) -> None:
    if not Lot.objects.filter(code=stratum).exists():
        raise Refused("Say which area the person should have been randomised in.")
    drawn = LedgerEntry.objects.filter(kind="allocation", person=number).first()
    if drawn is not None and drawn.stratum == stratum:
        raise Refused("That is the area the person was randomised in, so nothing is wrong with it.")
