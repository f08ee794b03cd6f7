"""People of the trial for tests: referred, given a number, drawn (a ledger row of the test, not the allocator's)."""

from __future__ import annotations

import hashlib
from datetime import date, datetime
from typing import Any

from tests.site.conftest import NOW, World

from placewell_web.accounts.models import Role
from placewell_web.clients import actions
from placewell_web.clients.actions import NewEpisode, NewPerson
from placewell_web.clients.models import Allocation, Episode, Person
from placewell_web.trial.actions.participants import enrol
from placewell_web.trial.models import LedgerEntry, Meeting, Participant


def referred(world: World, lot: str = "dudley", at: datetime = NOW, **person: Any) -> Episode:
    """A referral to a lot; `person` overrides Kelly Marsh's particulars."""
    given = {"first_name": "Kelly", "surname": "Marsh", **person}
    place = world.own if lot == world.own.code else world.other
    return actions.open_episode(
        by=world.actor(Role.TEAM_LEADER, lot),
        at=at,
        person=NewPerson(**given),
        episode=NewEpisode("thrive_into_work", at.date(), lot=place),
    )


def accepted(world: World, lot: str = "dudley", at: datetime = NOW, **person: Any) -> Episode:
    """A referral taken on by the lot's specialist."""
    episode = referred(world, lot, at, **person)
    episode.accepted_on, episode.team = at.date(), world.teams[lot]
    episode.specialist = world.user("specialist", lot)
    episode.save()
    return episode


def enrolled(world: World, episode: Episode, at: datetime = NOW, lot: str = "dudley") -> Participant:
    """The participant of an episode, with the meeting begun."""
    viewer, by = world.viewer(Role.TEAM_LEADER, lot), world.actor(Role.TEAM_LEADER, lot)
    participant = enrol(by=by, at=at, viewer=viewer, person=episode.person)
    Meeting.unscoped.get_or_create(
        episode=episode,
        defaults={"participant": participant, "started_at": at, "started_by": world.user("specialist", lot)},
    )
    return participant


def drawn(world: World, episode: Episode, arm: str = "control", at: datetime = NOW, lot: str = "dudley") -> Participant:
    """A participant with a group: the ledger's row and the allocation of the episode, as the allocator leaves them."""
    participant = enrolled(world, episode, at, lot)
    entry(participant.number, "allocation", at, stratum=lot, arm=arm)
    Allocation.unscoped.create(episode=episode, arm=arm, allocated_on=at.date())
    Meeting.unscoped.filter(episode=episode).update(
        script_at=at, eligible_at=at, informed_at=at, consented_at=at, baseline_at=at, randomised_at=at, ended_at=at,
        ending="randomised",
    )  # fmt: skip
    return participant


def entry(number: str, kind: str, at: datetime = NOW, **more: Any) -> LedgerEntry:
    """A row of the ledger for one person: its hashes are of its place alone."""
    seq = LedgerEntry.objects.count()
    if kind == "allocation":
        more["n"] = LedgerEntry.objects.filter(kind="allocation", stratum=more["stratum"]).count()
    return LedgerEntry.objects.create(
        seq=seq,
        kind=kind,
        at=at,
        person=number,
        body='{"actor":"test"}',
        previous_hash=_hash(seq - 1),
        hash=_hash(seq),
        **more,
    )


def _hash(seq: int) -> str:
    return hashlib.sha256(str(seq).encode()).hexdigest() if seq >= 0 else "0" * 64


def born(text: str) -> date:
    return date.fromisoformat(text)


def person_of(episode: Episode) -> Person:
    return Person.unscoped.get(pk=episode.person_id)
