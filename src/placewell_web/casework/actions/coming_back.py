"""Coming back and moving on: a new referral, support in work once more, another area of the service."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction

from placewell_web.accounts import service
from placewell_web.accounts.errors import Refused
from placewell_web.audit.actors import Actor
from placewell_web.casework import permissions
from placewell_web.casework.actions.closure import IN_WORK, answer_requests, close_episode
from placewell_web.casework.models import SupportDecision, SupportRequest
from placewell_web.casework.queries.closing import other_lots
from placewell_web.clients.actions import MOVED_ALONE, MOVED_LOT, REFERRED_AGAIN, SUPPORT_AGAIN, open_again
from placewell_web.clients.actions.entries import day_of, note
from placewell_web.clients.models import Episode

if TYPE_CHECKING:
    from placewell_web.accounts.viewer import Viewer

MOVED = "moved_lot"  # the reason of the specification
TAKEN_UP = "taken_up_again"


@transaction.atomic
def refer_again(*, viewer: Viewer, by: Actor, at: datetime, episode: Episode, on: date, source: str) -> Episode:
    """A closed person is referred again: what is known stays, and a leader accepts them as anyone."""
    permissions.check_can_refer_again(viewer, episode)
    return open_again(by=by, at=at, earlier=episode, lot=episode.lot, how=REFERRED_AGAIN, on=on, source=source)


@transaction.atomic
def ask_again(
    *,
    viewer: Viewer,
    by: Actor,
    at: datetime,
    token: UUID,
    episode: Episode,
    on: date,
    asked_by: str,
    granted: bool | None,
    words: str = "",
) -> Episode:
    """Support in work is asked for again (002 §9.10 ix); answers the episode in which it goes on.

    In an open episode it is a decision on support, or waits for one (`granted` is None); one that was closed stays so,
    and a new referral follows it.
    """
    Episode.unscoped.select_for_update(of=("self",)).get(pk=episode.pk)
    if SupportRequest.unscoped.filter(form_token=token).exists():
        return episode.followed_by.order_by("-created_at").first() or episode
    permissions.check_can_ask_again(viewer, episode)
    if granted is None and episode.closed_on is not None:
        raise Refused("The record is closed, so nobody is reminded of a request that waits.", "Record the decision.")
    asked = SupportRequest.unscoped.create(
        episode=episode,
        on=on,
        asked_by=asked_by,
        granted=granted,
        decided_on=None if granted is None else day_of(at),
        words=words,
        decided_by_id=viewer.user_id,
        form_token=token,
        created_at=at,
    )
    detail = {"asked_by": asked_by, "granted": granted}
    note(by=by, at=at, verb="ask_support_again", record=asked, episode=episode, detail=detail)
    if granted is not None:
        answer_requests(by=by, episode=episode, on=day_of(at), granted=granted)
    if not granted:
        return episode
    if episode.closed_on is None:
        _take_up(viewer=viewer, by=by, at=at, episode=episode, asked_by=asked_by, words=words)
        return episode
    sources = {one.id for one in service.current().referral.sources}
    source = "self" if asked_by == "person" and "self" in sources else ""
    return open_again(by=by, at=at, earlier=episode, lot=episode.lot, how=SUPPORT_AGAIN, on=on, source=source)


def _take_up(*, viewer: Viewer, by: Actor, at: datetime, episode: Episode, asked_by: str, words: str) -> None:
    """Support in work goes on in an open episode."""
    made = SupportDecision.unscoped.create(
        episode=episode,
        on=day_of(at),
        limit=IN_WORK,
        decision=TAKEN_UP,
        words=words,
        decided_by_id=viewer.user_id,
        created_at=at,
    )
    taken = {"limit": IN_WORK, "decision": TAKEN_UP, "asked_by": asked_by}
    note(by=by, at=at, verb="decide_support", record=made, episode=episode, detail=taken)


@transaction.atomic
def move_lot(
    *,
    viewer: Viewer,
    by: Actor,
    at: datetime,
    episode: Episode,
    version: int,
    lot: str,
    words: str,
    shares: bool,
) -> Episode:
    """Close here, and refer to another lot, whose leader accepts; figures of the past stay with this one (ADR 14)."""
    permissions.check_can_move(viewer, episode)
    target = next((one for one in other_lots(episode) if one.code == lot), None)
    if target is None:
        raise Refused("Choose the area the person moves to.")
    close_episode(
        viewer=viewer, by=by, at=at, episode=episode, version=version, reason=MOVED, words=words, destination=""
    )
    how = MOVED_LOT if shares else MOVED_ALONE
    return open_again(by=by, at=at, earlier=episode, lot=target, how=how, on=day_of(at), source=episode.source)
