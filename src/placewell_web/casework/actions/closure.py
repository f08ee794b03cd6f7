"""Support at its limits, ending it with a reason, and putting a closure made by mistake right on the same day."""

from __future__ import annotations

import json
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import transaction

from placewell.periods import in_words
from placewell_web.accounts import service
from placewell_web.accounts.errors import Refused
from placewell_web.audit.actors import Actor
from placewell_web.casework import permissions
from placewell_web.casework.actions.links import revoke_link
from placewell_web.casework.models import Appointment, Closing, Destination, SupportDecision, SupportRequest
from placewell_web.casework.queries import closing as queries
from placewell_web.clients.actions.entries import claim, day_of, note
from placewell_web.clients.models import Episode

if TYPE_CHECKING:
    from placewell_web.accounts.viewer import Viewer


class NoJobRecorded(Refused):
    """A reason says that the person is in work, and no job is recorded: whoever closes says that it is so."""


EXTENDED, ENDED, IN_WORK = "extended", "ended", "in_work"


@transaction.atomic
def decide_support(
    *,
    viewer: Viewer,
    by: Actor,
    at: datetime,
    episode: Episode,
    limit: str,
    decision: str,
    reason: str = "",
    words: str = "",
    until_on: date | None = None,
) -> SupportDecision:
    """Record what happens at a limit of support: it goes on with a reason, ends, or is taken up again (002 §9.10 x)."""
    permissions.check_can_plan(viewer, episode)
    if decision == EXTENDED:
        permissions.check_can_extend(viewer, episode)
        if not reason or until_on is None:
            raise Refused("Support beyond the limit needs a reason and a last day.")
    row = SupportDecision.unscoped.create(
        episode=episode,
        on=day_of(at),
        limit=limit,
        decision=decision,
        reason=reason if decision == EXTENDED else "",
        words=words,
        until_on=until_on if decision == EXTENDED else None,
        decided_by_id=by.id,
        created_at=at,
    )
    if limit == IN_WORK:
        answer_requests(by=by, episode=episode, on=row.on, granted=decision != ENDED)
    detail = {"limit": limit, "decision": decision, "reason": row.reason, "until_on": str(row.until_on or "")}
    note(by=by, at=at, verb="decide_support", record=row, episode=episode, detail=detail)
    return row


def answer_requests(*, by: Actor, episode: Episode, on: date, granted: bool) -> None:
    """A decision on support in work answers whoever asked for it again and was not answered yet."""
    waiting = SupportRequest.unscoped.filter(episode=episode, decided_on=None, on__lte=on)
    waiting.update(granted=granted, decided_on=on, decided_by=by.id)


@transaction.atomic
def close_episode(
    *,
    viewer: Viewer,
    by: Actor,
    at: datetime,
    episode: Episode,
    version: int,
    reason: str,
    words: str = "",
    destination: str = "",
    despite: bool = False,
) -> Episode:
    """End support from today on. Plans that hold end with it; jobs and proof may still be recorded.

    Meetings that are booked are cancelled and links taken back with it. A reason that needs attempts to reach the
    person is refused without any: missed appointments alone end nothing (002 App. 7 Sv 14). One that contradicts what
    is recorded of their work is refused; `despite`: they are in work although no job is recorded.
    """
    permissions.check_can_plan(viewer, episode)
    _check_reason(episode, reason, words)
    unrecorded = _check_work(episode, reason, day_of(at), despite)
    claim(episode, version, "version", {"closure_reason": reason})
    episode.closed_on, episode.closure_reason = day_of(at), reason
    episode.save(update_fields=["closed_on", "closure_reason"])
    stopped = _stop(by, at, episode)
    Closing.unscoped.create(
        episode=episode,
        reason=reason,
        words=words,
        stopped=json.dumps(stopped, separators=(",", ":"), sort_keys=True),
        closed_by_id=viewer.user_id,
        created_at=at,
    )
    if destination:
        gone = {"on": day_of(at), "code": destination, "recorded_by_id": viewer.user_id}
        Destination.unscoped.create(episode=episode, created_at=at, **gone)
    detail = {"reason": reason, "destination": destination, **{name: len(ids) for name, ids in stopped.items()}}
    if unrecorded:
        detail["no_job_recorded"] = True
    note(by=by, at=at, verb="close_episode", record=episode, episode=episode, detail=detail)
    return episode


def _check_reason(episode: Episode, reason: str, words: str) -> None:
    known = {one.id: one for one in service.current().pathway.closure_reasons}
    if reason not in known:
        raise Refused("Say why support ends.")
    if known[reason].needs_words and not words.strip():
        raise Refused("Say in a few words why support ends.")
    tried = queries.attempts(episode)
    if known[reason].needs_outreach and not tried.outreach:
        missed = f"{tried.missed} missed and nothing else" if tried.missed else "nothing"
        raise Refused(
            f"Support does not end because of missed appointments alone. Recorded since the last answer: {missed}.",
            "Try to reach the person in another way, by a call, a message or a visit, and log each attempt first.",
        )


def _check_work(episode: Episode, reason: str, today: date, despite: bool) -> bool:
    """Whether the reason says that they are in work and no job is recorded; refused where the record contradicts it."""
    said = next(one for one in service.current().pathway.closure_reasons if one.id == reason)
    now = queries.work_now(episode, today)
    if said.in_work is False and now.going_on:
        job = now.going_on[-1]
        what = f"{job.title or 'A job'}{f' at {job.employer.name}' if job.employer else ''}"
        raise Refused(
            f"{what} is recorded since {in_words(job.started_on)} with no last day, and would go on counting.",
            f"Record its last day first, or choose another reason than “{said.label}”.",
        )
    if said.in_work and not now.is_in_work and not despite:
        raise NoJobRecorded(f"“{said.label}”: no job is recorded now. Record the job first, or tick that they work.")
    return bool(said.in_work) and not now.is_in_work


def _stop(by: Actor, at: datetime, episode: Episode) -> dict[str, list[str]]:
    """What stops with support, by kind: the ids, so that it can be put back on the same day."""
    found = queries.still_open(episode, at)
    Appointment.unscoped.filter(pk__in=[one.pk for one in found.meetings]).update(cancelled_at=at)
    for link in found.links:
        revoke_link(by=by, at=at, link=link)
    return {"meetings": [str(one.pk) for one in found.meetings], "links": [str(one.pk) for one in found.links]}


@transaction.atomic
def reopen_episode(*, viewer: Viewer, by: Actor, at: datetime, episode: Episode) -> Episode:
    """Take a closure back on the day it was made, with the meetings it cancelled; links are given anew."""
    episode = Episode.unscoped.select_for_update(of=("self",)).get(pk=episode.pk)
    permissions.check_can_reopen(viewer, episode, day_of(at))
    reason = episode.closure_reason
    episode.closed_on, episode.closure_reason = None, ""
    episode.version += 1
    episode.save(update_fields=["closed_on", "closure_reason", "version"])
    for closing in Closing.unscoped.filter(episode=episode, taken_back_at=None):
        ids = json.loads(closing.stopped).get("meetings", [])
        Appointment.unscoped.filter(pk__in=ids, starts_at__gte=at).update(cancelled_at=None)
        closing.taken_back_at = at
        closing.save(update_fields=["taken_back_at"])
    note(by=by, at=at, verb="reopen_episode", record=episode, episode=episode, detail={"was": reason})
    return episode
