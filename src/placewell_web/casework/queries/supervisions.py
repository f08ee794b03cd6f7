"""Supervision: what was held, what was agreed and is still open, and when the next is due."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

import polars as pl
from django.db.models import Count, Q, QuerySet
from django.http import Http404

from placewell import cadence
from placewell.dataset import TABLES, Dataset
from placewell.indicators import Workings, members
from placewell.periods import Period
from placewell.specification import Specification
from placewell_web.accounts import service
from placewell_web.accounts.models import Posting, Role
from placewell_web.accounts.viewer import Viewer
from placewell_web.casework.dataset_rows import read_episodes
from placewell_web.casework.models import EmployerContact, GroupSupervision, Supervision, SupervisionAction
from placewell_web.clients.models import Episode

INDIVIDUAL, GROUP = "individual", "group"


def supervisions_of(viewer: Viewer, specialist_id: UUID) -> QuerySet[Supervision]:
    """What was held with one specialist, newest first."""
    found = Supervision.scoped.visible_to(viewer).filter(specialist_id=specialist_id)
    return found.select_related("specialist", "supervisor", "group").order_by("-on", "-created_at")  # type: ignore[return-value]


def supervision(viewer: Viewer, id: UUID) -> Supervision:
    """One of them; 404 for any other."""
    names = ("specialist", "supervisor", "group", "lot")
    found = Supervision.scoped.visible_to(viewer).filter(pk=id).select_related(*names).first()
    if found is None:
        raise Http404
    return found


def group(viewer: Viewer, id: UUID) -> GroupSupervision:
    found = GroupSupervision.scoped.visible_to(viewer).filter(pk=id).select_related("led_by", "lot").first()
    if found is None:
        raise Http404
    return found


def who_came(held: GroupSupervision) -> list[str]:
    """The names of those who took part in a group's meeting."""
    return list(held.supervisions.order_by("specialist__name").values_list("specialist__name", flat=True))


def groups(viewer: Viewer) -> QuerySet[GroupSupervision]:
    found = GroupSupervision.scoped.visible_to(viewer).annotate(came=Count("supervisions"))
    return found.select_related("led_by").order_by("-on", "-created_at")  # type: ignore[return-value]


def action(viewer: Viewer, id: UUID) -> SupervisionAction:
    found = SupervisionAction.scoped.visible_to(viewer).filter(pk=id).select_related("supervision", "who").first()
    if found is None:
        raise Http404
    return found


def actions_of(viewer: Viewer, specialist_id: UUID, held_from: date) -> QuerySet[SupervisionAction]:
    """What was agreed with a specialist: all that is open, and what was done since a day."""
    seen = SupervisionAction.scoped.visible_to(viewer).filter(supervision__specialist_id=specialist_id)
    shown = seen.filter(Q(done_on=None) | Q(done_on__gte=held_from))
    return shown.select_related("who", "supervision").order_by("due_on", "created_at", "pk")  # type: ignore[return-value]


def tasks(viewer: Viewer) -> list[SupervisionAction]:
    """What the viewer agreed to do and has not done, soonest first."""
    seen = SupervisionAction.scoped.visible_to(viewer).filter(who_id=viewer.user_id, done_on=None)
    return list(seen.select_related("supervision__specialist").order_by("due_on", "created_at", "pk"))


def to_sign(viewer: Viewer) -> list[Supervision]:
    """Individual supervisions that the viewer has not signed yet, oldest first."""
    seen = Supervision.scoped.visible_to(viewer).filter(specialist_id=viewer.user_id, kind=INDIVIDUAL)
    return list(seen.filter(accepted_at=None).select_related("supervisor").order_by("on"))


def due(viewer: Viewer, specialists: Sequence[UUID], today: date) -> dict[str, list[dict[str, Any]]]:
    """By specialist: the clocks of supervision, soonest first, with the day each was held last (002 App. 7 Org 4-5)."""
    posts = Posting.objects.filter(user_id__in=specialists, role=Role.SPECIALIST)
    held = Supervision.scoped.visible_to(viewer).filter(specialist_id__in=specialists)
    rows = {
        "postings": [
            {
                "specialist_id": str(user),
                "team_id": str(team or "") or None,
                "role": role,
                "fte": 1,
                "from_on": first,
                "to_on": last,
            }
            for user, team, role, first, last in posts.values_list("user_id", "team_id", "role", "from_on", "to_on")
        ],
        "supervisions": [
            {"specialist_id": str(user), "on": on, "kind": kind}
            for user, on, kind in held.values_list("specialist_id", "on", "kind")
        ],
    }
    frames = {name: pl.DataFrame(each, schema=TABLES[name].schema) for name, each in rows.items()}
    found: dict[str, list[dict[str, Any]]] = {}
    for row in cadence.staff_clocks(service.current(), Dataset(frames), today).to_dicts():
        last = max((one["on"] for one in rows["supervisions"] if _meets(one, row)), default=None)
        found.setdefault(row["specialist_id"], []).append(row | {"last_on": last})
    return found


def _meets(held: dict[str, Any], clock: dict[str, Any]) -> bool:
    codes = next(one.codes for one in service.current().pathway.staff_clocks if one.id == clock["clock"])
    return held["specialist_id"] == clock["specialist_id"] and held["kind"] in codes


@dataclass(frozen=True)
class EmployerWork:
    """Contacts of one specialist with employers in some days."""

    contacts: int
    face_to_face: int
    employers: int


def employer_work(viewer: Viewer, specialist_id: UUID, since: date, today: date) -> EmployerWork:
    """Contacts with employers for people whom the viewer may see, or for nobody in particular."""
    seen = Q(episode__in=Episode.scoped.visible_to(viewer)) | Q(episode=None, employer__lot__in=viewer.lots)
    rows = EmployerContact.scoped.filter(seen, specialist_id=specialist_id, on__gt=since, on__lte=today)
    said = rows.aggregate(
        contacts=Count("pk"), met=Count("pk", filter=Q(face_to_face=True)), employers=Count("employer", distinct=True)
    )
    return EmployerWork(said["contacts"], said["met"], said["employers"])


def outcomes_of(
    viewer: Viewer, specialist_id: UUID, spec: Specification, periods: Sequence[Period], today: date
) -> list[tuple[str, str, tuple[str, ...]]]:
    """Each indicator of people and jobs that counts: its name, clause and number in each period, of these people.

    The library's own members, so that a sheet and a return never disagree; of the people's other episodes none counts.
    """
    own = Episode.scoped.visible_to(viewer).filter(specialist_id=specialist_id)
    ids = {str(pk) for pk in own.values_list("pk", flat=True)}
    people = Episode.scoped.filter(person_id__in=own.order_by().values("person_id"))
    shared = Workings(spec, read_episodes(people), today)
    return [
        (one.name, one.clause, tuple(_counted(shared, one.id, period, today, ids) for period in periods))
        for one in spec.indicators.computed
        if one.subject in ("person", "job") and one.measure in ("count", "proportion") and one.known is None
    ]


def _counted(shared: Workings, indicator: str, period: Period, today: date, ids: set[str]) -> str:
    rows = members(shared.spec, indicator, shared.facts.dataset, period, today, workings=shared).to_dicts()
    of_them = [row["status"] for row in rows if row["episode_id"] in ids]
    counted = of_them.count("counted")
    if shared.spec.indicators.indicator(indicator).measure == "count":
        return str(counted)
    considered = counted + of_them.count("not_counted")
    return f"{counted} of {considered}" if considered else "None due"
