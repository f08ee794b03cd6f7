"""The ledger in the database: it only follows what the allocator has sealed, and closes where the two differ."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from datetime import datetime
from threading import Lock

import structlog
from django.db import connection, transaction

from placewell.randomisation.entries import START, Entry
from placewell.randomisation.hashing import canon
from placewell_web.accounts import service
from placewell_web.accounts.errors import Refused
from placewell_web.audit import actions as audit
from placewell_web.audit.actors import Actor
from placewell_web.trial.actions import finishing, receipts, sealed_list
from placewell_web.trial.allocator.codes import code_of, number_of
from placewell_web.trial.allocator.configured import draws
from placewell_web.trial.allocator.draws import AgainstTheRules, DrawNotReady, Draws
from placewell_web.trial.allocator.moments import moment_of, utc_of
from placewell_web.trial.models import LedgerEntry, LedgerHead

log = structlog.get_logger("placewell.ledger")
STOP = "Stop here and keep the answers: they are saved, and you can go on from here once it is ready."
WHOM = "Tell your administrator that the draw does not answer. They find the reason in the site's log."
LOST = {"late", "lost", "answer", "fault"}  # whether it was drawn is not known
_TURN = Lock()


class DrawUnavailable(Refused):
    """The page to show where no arm can be given now: never an error, and nothing half-done."""


def site_draws() -> Draws:
    """The allocator of this site. Raises DrawUnavailable."""
    try:
        return draws(service.current())
    except DrawNotReady as stopped:
        raise unavailable(stopped) from stopped


def unavailable(stopped: DrawNotReady) -> DrawUnavailable:
    """The refusal to show; the log says why, in words that name places of the chain."""
    log.error("the draw is not ready", error=stopped.reason, where=" ".join(stopped.problems))
    if stopped.reason in LOST:
        first = "The draw did not answer. If it was made it stands: press again, and the same answer comes."
        return DrawUnavailable(first, STOP, WHOM)
    return DrawUnavailable("The draw is not ready, and nothing was drawn.", STOP, WHOM)


@contextmanager
def in_turn() -> Iterator[None]:
    """A transaction that draws; of this process one at a time.

    Whoever finds SQLite locked sleeps and tries again, up to a tenth of a second later, and the lock goes to whoever
    wakes first: of twenty who press at once the last would wait twice as long as all the draws take. Inside another
    transaction nobody waits here: it may hold what the one whose turn it is needs.
    """
    with nullcontext() if connection.in_atomic_block else _TURN, transaction.atomic():
        yield


def lock_head() -> tuple[int, str]:
    """Hold the ledger to the end of the transaction; the last entry's place and hash.

    Raises DrawUnavailable where the row that is locked and the entries say different things.
    """
    LedgerHead.objects.get_or_create(pk=1)
    locked = LedgerHead.objects.select_for_update().get(pk=1)
    last = LedgerEntry.objects.order_by("-seq").only("seq", "hash").first()
    head = (last.seq, last.hash) if last else (-1, "")
    if (locked.seq, locked.hash) != head:
        raise unavailable(DrawNotReady("head", "The ledger's head is not its last entry: the database was altered."))
    return head


@transaction.atomic
def synchronise(*, by: Actor, at: datetime) -> int:
    """Bring the database up to the witness, under the lock; how many entries it lacked. Source: trial.md §5.2."""
    return catch_up(by=by, at=at, allocator=site_draws(), head=lock_head())[0]


def catch_up(*, by: Actor, at: datetime, allocator: Draws, head: tuple[int, str]) -> tuple[int, tuple[int, str]]:
    """Store what the witness has beyond `head`; the caller holds the lock. How many there were, and the new head.

    Nothing is drawn. What a transaction that died had not come to is finished here: allocation, meeting, receipt.
    Raises DrawUnavailable where the database is longer than the witness or another chain.
    """
    try:
        lacking = allocator.tail(*head)
    except DrawNotReady as stopped:
        raise unavailable(stopped) from stopped
    for entry in lacking:
        if (entry.seq, entry.prev) != (head[0] + 1, head[1] or START):
            raise unavailable(DrawNotReady("tail", "The allocator's entries do not follow on the database's."))
        _store(entry)
        receipts.prepare(entry, at=at)
        finishing.finish(by=by, at=at, entry=entry)
        sealed_list.tell(by=by, at=at, entry=entry)
        head = (entry.seq, entry.hash)
    if lacking:
        LedgerHead.objects.filter(pk=1).update(seq=head[0], hash=head[1])
    return len(lacking), head


def _store(entry: Entry) -> None:
    drawn = entry.kind == "allocation"
    LedgerEntry.objects.create(
        seq=entry.seq,
        kind=entry.kind,
        at=moment_of(entry.utc),
        person=number_of(entry.person),
        stratum=entry.stratum,
        n=entry.n if drawn else None,
        arm=entry.arm,
        body=canon(dict(entry.body)).decode(),
        previous_hash=entry.prev,
        hash=entry.hash,
    )


def entry_of(row: LedgerEntry) -> Entry:
    """A row as the entry it holds."""
    return Entry(json.loads(row.body), row.hash)


@transaction.atomic
def append_note(*, by: Actor, at: datetime, number: str, reason: str, stratum: str = "") -> int:
    """A departure found after the allocation, which stands; with a stratum, the one it should have been drawn in."""
    return _append(by, at, "note", person=code_of(number), reason=reason, stratum=stratum)


@transaction.atomic
def append_void(*, by: Actor, at: datetime, number: str, reason: str, second: Actor) -> int:
    """Randomised in error: `by` says so and `second` agrees; the place stays used. Source: trial.md §5, Errors."""
    return _append(by, at, "void", person=code_of(number), reason=reason, second=second.id)


@transaction.atomic
def append_withdraw(*, by: Actor, at: datetime, number: str, scope: str, reason: str = "withdrawn") -> int:
    """What a participant withdraws from, after the allocation. Source: 002 §11.9."""
    return _append(by, at, "withdraw", person=code_of(number), scope=scope, reason=reason)


def _append(by: Actor, at: datetime, what: str, **said: str) -> int:
    """Have the allocator seal an entry, and follow; its place. The same said twice is one entry."""
    allocator = site_draws()
    _, head = catch_up(by=by, at=at, allocator=allocator, head=lock_head())
    try:
        made: Entry = getattr(allocator, what)(actor=by.id, utc=utc_of(at), **said)
    except AgainstTheRules as refused:
        raise Refused(*refused.problems) from refused
    except DrawNotReady as stopped:
        raise unavailable(stopped) from stopped
    catch_up(by=by, at=at, allocator=allocator, head=head)
    detail = {"number": number_of(said["person"]), "kind": made.kind, "seq": made.seq}
    audit.record(by=by, at=at, verb="append_to_ledger", target_kind="ledger_entry", target_id=made.seq, detail=detail)
    return made.seq
