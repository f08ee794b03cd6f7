"""Consent taken back: from which day, what it stops, who is told; nothing is erased by it. Source: 002 §11.9."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from placewell.periods import in_words
from placewell.specification.trial import TrialFile
from placewell.specification.trial import Withdrawal as Scope
from placewell_web.accounts import service
from placewell_web.accounts.errors import Refused
from placewell_web.accounts.viewer import Viewer
from placewell_web.audit.actors import Actor
from placewell_web.clients import queries as people
from placewell_web.clients.actions.consents import withdraw_consent
from placewell_web.clients.actions.entries import day_of, note
from placewell_web.clients.models import Consent, Episode, Person
from placewell_web.trial.actions import ledger
from placewell_web.trial.actions.notices import notify
from placewell_web.trial.aftercare_permissions import check_can_care
from placewell_web.trial.models import LedgerEntry, Meeting, Participant, Withdrawal
from placewell_web.trial.queries.participants import of_episode
from placewell_web.trial.scopes import meanings, offered


@transaction.atomic
def withdraw(
    *, by: Actor, at: datetime, viewer: Viewer, episode_id: UUID, scopes: Iterable[str], on: date
) -> list[Withdrawal]:
    """Keep what a participant no longer agrees to, from a day on, with everything that follows from it.

    Never refused because the ledger cannot be reached: `enter_waiting` has it written there later.
    """
    check_can_care(viewer)
    episode = people.get_episode(viewer, episode_id)
    found = of_episode(viewer, episode_id)
    trial = service.current().trial
    if trial is None or found is None:
        raise Refused("This person has not begun to take part in the study, so there is nothing to leave.")
    participant = Participant.unscoped.select_for_update().get(pk=found.pk)
    drawn = LedgerEntry.objects.filter(kind="allocation", person=participant.number).first()
    chosen = _chosen(trial, drawn.arm if drawn else "", participant, scopes)
    _check_day(on, participant, day_of(at))
    rows = [_keep(by, at, episode, participant, scope, on) for scope in chosen]
    kinds = {kind for scope in chosen for kind in scope.withdraws}
    _withdraw_consents(by, at, participant, kinds, on)
    if drawn is None:
        _end_meeting(by, at, trial, participant, kinds)
    elif any(scope.closes_episode for scope in chosen):
        _close(by, at, participant, next(scope.closure_reason for scope in chosen if scope.closes_episode))
    if drawn is not None:
        enter_waiting(by=by, at=at, participant=participant)
    _tell(at, trial, participant, chosen, on, randomised=drawn is not None)
    return rows


def enter_waiting(*, by: Actor, at: datetime, participant: Participant) -> int:
    """Write into the ledger what of a participant's withdrawals is not there yet; how many now are.

    Where the ledger cannot be reached they wait: leaving a study waits for no machine.
    """
    written = 0
    for row in Withdrawal.unscoped.filter(participant=participant, ledger_seq__isnull=True).order_by("recorded_at"):
        try:
            seq = ledger.append_withdraw(by=by, at=at, number=participant.number, scope=row.scope)
        except ledger.DrawUnavailable:
            return written
        Withdrawal.unscoped.filter(pk=row.pk).update(ledger_seq=seq)
        row.ledger_seq = seq
        written += 1
    return written


def enter_all_waiting(*, by: Actor, at: datetime) -> int:
    """The same of everyone who has been drawn: for the night after the ledger was out of reach."""
    drawn = LedgerEntry.objects.filter(kind="allocation").values("person")
    waiting = Participant.unscoped.filter(number__in=drawn, withdrawals__ledger_seq__isnull=True).distinct()
    lacking = waiting.filter(withdrawals__isnull=False).order_by("number")
    return sum(enter_waiting(by=by, at=at, participant=one) for one in lacking)


def _chosen(trial: TrialFile, arm: str, participant: Participant, scopes: Iterable[str]) -> list[Scope]:
    wanted = set(scopes)
    chosen = [one for one in offered(trial, arm) if one.id in wanted]
    if not chosen or len(chosen) != len(wanted):
        raise Refused("Choose what the person no longer agrees to.")
    done = Withdrawal.unscoped.filter(participant=participant, scope__in=wanted).order_by("on").first()
    if done is not None:
        label = next(one.label for one in chosen if one.id == done.scope)
        raise Refused(
            f"“{label}” was recorded on {in_words(done.on)} already, and it holds.",
            "Nothing more is needed. If the person now wants to leave more of the study, choose only that.",
        )
    return chosen


def _check_day(on: date, participant: Participant, today: date) -> None:
    if on > today:
        raise Refused("The day from which it holds lies in the future.", "Record it on that day, or from today on.")
    if on < day_of(participant.created_at):
        raise Refused(f"The person began to take part on {in_words(day_of(participant.created_at))}, not before.")


def _keep(by: Actor, at: datetime, episode: Episode, participant: Participant, scope: Scope, on: date) -> Withdrawal:
    row = Withdrawal.unscoped.create(
        participant=participant, scope=scope.id, on=on, recorded_at=at, recorded_by_id=by.id
    )
    detail = {"scope": scope.id, "on": on.isoformat()}
    note(by=by, at=at, verb="withdraw_from_trial", record=row, episode=episode, detail=detail)
    return row


def _episodes(participant: Participant) -> list[Episode]:
    """The episodes of the participant: of their records, and of their meetings under another record."""
    own = Person.records_of(participant.person_id)
    found = Episode.unscoped.filter(person__in=own) | Episode.unscoped.filter(trial_meeting__participant=participant)
    return list(found.distinct().order_by("pk"))


def _withdraw_consents(by: Actor, at: datetime, participant: Participant, kinds: set[str], on: date) -> None:
    standing = Consent.unscoped.filter(
        episode__in=_episodes(participant), kind__in=kinds, withdrawn_on__isnull=True
    ).select_related("episode")
    for consent in standing.order_by("given_on", "pk"):
        withdraw_consent(by=by, at=at, consent=consent, withdrawn_on=max(on, consent.given_on))


def _end_meeting(by: Actor, at: datetime, trial: TrialFile, participant: Participant, kinds: set[str]) -> None:
    """Before the draw: without a consent that taking part needs there is no meeting to go on with."""
    if not kinds & {one.consent for one in trial.consent_form.statements if one.needed}:
        return
    for meeting in Meeting.unscoped.filter(participant=participant, ended_at__isnull=True).select_related("episode"):
        meeting.ended_at, meeting.ending = at, "stopped"
        meeting.version += 1
        meeting.save(update_fields=["ended_at", "ending", "version"])
        note(by=by, at=at, verb="end_meeting", record=meeting, episode=meeting.episode, detail={"ending": "stopped"})


def _close(by: Actor, at: datetime, participant: Participant, reason: str) -> None:
    """Support ends today in every episode that has it; the record stays."""
    for one in _episodes(participant):
        episode = Episode.unscoped.select_for_update(of=("self",)).get(pk=one.pk)
        if episode.accepted_on is None or episode.closed_on is not None or episode.declined_on is not None:
            continue
        episode.closed_on, episode.closure_reason = day_of(at), reason
        episode.version += 1
        episode.save(update_fields=["closed_on", "closure_reason", "version"])
        note(by=by, at=at, verb="close_episode", record=episode, episode=episode, detail={"reason": reason})


def _tell(
    at: datetime, trial: TrialFile, participant: Participant, chosen: list[Scope], on: date, *, randomised: bool
) -> None:
    earlier = Withdrawal.unscoped.filter(participant=participant).values_list("scope", flat=True)
    standing = [one for one in trial.withdrawals if one.id in set(earlier)]
    body = {
        "scopes": [one.id for one in chosen],
        "on": on.isoformat(),
        "randomised": randomised,
        "means": {covers: text for covers, text, _ in meanings(standing)},
    }
    notify(at=at, kind="withdrawal", number=participant.number, body=body)
