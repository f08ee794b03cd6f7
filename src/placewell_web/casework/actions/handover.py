"""Giving a whole caseload to colleagues in one go, and taking it back on the same day."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction

from placewell.pathway import caseload_limit
from placewell.specification import Specification
from placewell_web.accounts.errors import Refused
from placewell_web.accounts.models import User
from placewell_web.audit import actions as audit
from placewell_web.audit.actors import Actor
from placewell_web.casework import permissions
from placewell_web.casework.models import Appointment
from placewell_web.casework.queries.episodes import supported
from placewell_web.clients.actions import give_back, name_specialist
from placewell_web.clients.actions.entries import day_of
from placewell_web.clients.models import Assignment, Episode, Handover
from placewell_web.clients.permissions import can_go_over_limit
from placewell_web.clients.queries import SpecialistLoad, specialist_loads

if TYPE_CHECKING:
    from placewell_web.accounts.viewer import Viewer


@dataclass(frozen=True)
class Given:
    """One person, as the page showed them, and who takes them over."""

    episode_id: UUID
    version: int
    to: UUID
    note: str = ""


Loads = Mapping[str, Mapping[UUID, SpecialistLoad]]


@transaction.atomic
def hand_over(
    *,
    viewer: Viewer,
    by: Actor,
    at: datetime,
    token: UUID,
    specialist_id: UUID,
    on: date,
    reason: str,
    given: Sequence[Given],
    specification: Specification,
) -> Handover:
    """Give people to colleagues from a day on, with the meetings that are booked; all of them, or nobody.

    Refused, with names, where someone was assigned meanwhile. Source: 002 §9.12 iv, App. 7 Org 4.
    """
    permissions.check_can_lead(viewer, None)
    _hold(specialist_id, given)
    if already := Handover.unscoped.filter(pk=token).first():
        return already
    if not given:
        raise Refused("Choose at least one person to hand over.")
    if on > day_of(at):
        raise Refused("Hand over on the day itself. Until then a colleague can cover.")
    episodes = _held(viewer, specialist_id, given)
    loads = _loads(viewer, episodes.values(), at)
    _check_room(viewer, episodes, given, loads, specification, at)
    made = Handover(pk=token, specialist_id=specialist_id, on=on, reason=reason, made_at=at, made_by_id=viewer.user_id)
    made.save(force_insert=True)
    for one in given:
        _give(by, at, made, episodes[one.episode_id], one, loads)
    made.moved = json.dumps(_move_meetings(at, specialist_id, given), separators=(",", ":"))
    made.save(update_fields=["moved"])
    _note(
        by, at, made, "hand_over", {"on": on.isoformat(), "people": len(given), "meetings": made.moved.count('"') // 2}
    )
    return made


@transaction.atomic
def undo_handover(*, viewer: Viewer, by: Actor, at: datetime, handover: Handover) -> Handover:
    """Take a handover back: everyone who has not been given on meanwhile goes back, and so do the meetings."""
    found = Handover.unscoped.select_for_update().get(pk=handover.pk)
    permissions.check_can_undo_handover(viewer, found, day_of(at))
    named = list(Assignment.unscoped.filter(handover=found, until_on=None).order_by("pk"))
    seen = Episode.scoped.visible_to(viewer).filter(pk__in=[one.episode_id for one in named]).count()
    if seen < len(named):
        raise Refused("Some of these people are in an area that is not yours. Whoever handed them over can do it.")
    for one in named:
        episode = give_back(assignment=one)
        _save(by, at, episode, {"from": str(one.specialist_id), "to": str(found.specialist_id), "undone": True})
    meetings = Appointment.unscoped.filter(
        pk__in=json.loads(found.moved), episode__in=[one.episode_id for one in named]
    )
    meetings.update(specialist_id=found.specialist_id)
    found.undone_at, found.undone_by_id = at, viewer.user_id
    found.save(update_fields=["undone_at", "undone_by"])
    _note(by, at, found, "undo_handover", {"people": len(named)})
    return found


def _hold(specialist_id: UUID, given: Sequence[Given]) -> None:
    """Hold everyone concerned, in one order: two leaders cannot fill the last place at once, or send one form twice."""
    users = {specialist_id, *(one.to for one in given)}
    list(User.objects.select_for_update().filter(pk__in=users).order_by("pk").values_list("pk"))


def _held(viewer: Viewer, specialist_id: UUID, given: Sequence[Given]) -> dict[UUID, Episode]:
    """The episodes, held until the transaction ends; refused where one is no longer as the page showed it."""
    wanted = {one.episode_id: one.version for one in given}
    seen = supported(viewer).filter(pk__in=wanted).select_for_update(of=("self",)).order_by("pk")
    found = {episode.pk: episode for episode in seen}
    changed = [one for one in found.values() if one.specialist_id != specialist_id or one.version != wanted[one.pk]]
    if changed or len(found) < len(wanted):
        raise Refused(*(_now(one) for one in changed), "Look at the list again: it shows everyone as they are now.")
    return found


def _now(episode: Episode) -> str:
    name = f"{episode.person.called} {episode.person.surname}"
    if episode.specialist is None:
        return f"{name} has no specialist now."
    return f"{name} was changed by someone else while you were choosing, and is with {episode.specialist.name} now."


def _loads(viewer: Viewer, episodes: object, at: datetime) -> Loads:
    lots = sorted({episode.lot_id or "" for episode in episodes})  # type: ignore[attr-defined]
    return {lot: {load.user_id: load for load in specialist_loads(viewer, lot, day_of(at))} for lot in lots}


def _check_room(
    viewer: Viewer,
    episodes: Mapping[UUID, Episode],
    given: Sequence[Given],
    loads: Loads,
    specification: Specification,
    at: datetime,
) -> None:
    """Everyone goes to a specialist of their own lot, who has room; a manager may go over the limit."""
    taken = Counter(one.to for one in given)
    full = set()
    for one in given:
        load = loads[episodes[one.episode_id].lot_id or ""].get(one.to)
        if load is None or one.to == episodes[one.episode_id].specialist_id:
            raise Refused("Someone you chose is not a specialist of the person's area today.", "Choose from the list.")
        limit = caseload_limit(specification, day_of(at), load.fte)
        if limit is not None and load.open_cases + taken[one.to] > limit:
            full.add(f"{load.name} would have {load.open_cases + taken[one.to]} open cases, and the limit is {limit}.")
    if full and not can_go_over_limit(viewer):
        raise Refused(*sorted(full), "Choose someone with room, or ask your service manager, who can go over it.")


def _give(by: Actor, at: datetime, made: Handover, episode: Episode, one: Given, loads: Loads) -> None:
    load = loads[episode.lot_id or ""][one.to]
    named = name_specialist(
        at=at,
        episode=episode,
        specialist_id=load.user_id,
        team_id=load.team_id,
        on=made.on,
        reason=made.reason,
        note=one.note,
        handover=made,
    )
    _save(by, at, episode, {"from": str(made.specialist_id), "to": str(one.to), "on": str(named.from_on)})


def _save(by: Actor, at: datetime, episode: Episode, detail: Mapping[str, object]) -> None:
    episode.version += 1
    episode.save(update_fields=["specialist", "team", "version"])
    audit.record(
        by=by,
        at=at,
        verb="assign_specialist",
        target_kind="episode",
        target_id=episode.pk,
        person_id=episode.person_id,
        lot=episode.lot_id or "",
        detail=detail,
    )


def _move_meetings(at: datetime, specialist_id: UUID, given: Sequence[Given]) -> list[str]:
    """The meetings still to come go to whoever takes the person over."""
    moved = []
    for one in given:
        ahead = Appointment.unscoped.filter(
            episode_id=one.episode_id, specialist_id=specialist_id, starts_at__gte=at, cancelled_at=None
        )
        moved += [str(pk) for pk in ahead.values_list("pk", flat=True)]
        ahead.update(specialist_id=one.to)
    return moved


def _note(by: Actor, at: datetime, made: Handover, verb: str, detail: Mapping[str, object]) -> None:
    audit.record(by=by, at=at, verb=verb, target_kind="handover", target_id=made.pk, detail=detail)
