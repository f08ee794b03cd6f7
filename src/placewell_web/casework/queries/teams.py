"""The specialists of a leader's lots, those who left people behind, and who stands in for whom."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet
from django.http import Http404

from placewell_web.accounts.models import Cover, User
from placewell_web.accounts.viewer import Viewer
from placewell_web.casework.queries.caseload import Caseload
from placewell_web.casework.queries.episodes import full_time_equivalents, specialists, supported
from placewell_web.clients.models import Assignment, Episode, Handover
from placewell_web.clients.queries import SpecialistLoad, open_cases, specialist_loads


@dataclass(frozen=True)
class Member:
    """A specialist of the viewer's lots, with the open cases of every lot, which the limit counts.

    `in_post` is false of one who left and still has open cases here.
    """

    id: UUID
    name: str
    fte: float
    in_post: bool
    open: int


def members(viewer: Viewer, day: date) -> list[Member]:
    """Everyone with a post as a specialist today, and then whoever left people behind; by name."""
    here = specialists(viewer, day)
    ftes = full_time_equivalents([one.pk for one in here], day)
    held = supported(viewer).order_by().values("specialist_id")
    left = list(User.objects.filter(pk__in=held).exclude(pk__in=[one.pk for one in here]).order_by("name"))
    cases = open_cases(one.pk for one in (*here, *left))
    present = [Member(one.pk, one.name, ftes.get(one.pk, 1.0), True, cases.get(one.pk, 0)) for one in here]
    return present + [Member(one.pk, one.name, 0.0, False, cases.get(one.pk, 0)) for one in left]


def member(viewer: Viewer, day: date, user_id: UUID) -> Member:
    """One of them; 404 for anyone else."""
    found = next((one for one in members(viewer, day) if one.id == user_id), None)
    if found is None:
        raise Http404
    return found


def colleagues(viewer: Viewer, day: date, lots: Iterable[str], but: UUID) -> dict[str, list[SpecialistLoad]]:
    """By lot: who of its specialists can take people over, fewest cases first."""
    return {lot: [one for one in specialist_loads(viewer, lot, day) if one.user_id != but] for lot in sorted(set(lots))}


def covers_ahead(viewer: Viewer, day: date) -> QuerySet[Cover]:
    """Cover in the viewer's lots that holds today or is to come, soonest first."""
    found = Cover.objects.filter(lot__in=viewer.lots, to_on__gte=day, taken_back_at=None)
    return found.select_related("specialist", "colleague", "lot").order_by("from_on", "specialist__name")


def cover(viewer: Viewer, cover_id: UUID) -> Cover:
    """One arrangement of the viewer's lots, whether it holds or not; 404 for any other."""
    found = Cover.objects.filter(lot__in=viewer.lots, pk=cover_id).select_related("specialist", "colleague").first()
    if found is None:
        raise Http404
    return found


def covered_names(viewer: Viewer) -> dict[UUID, str]:
    """Whom the viewer covers today, by name."""
    if not viewer.covers:
        return {}
    return dict(User.objects.filter(pk__in=viewer.covers).values_list("pk", "name"))


def covering(viewer: Viewer, loaded: Caseload) -> dict[str, str]:
    """Of a loaded caseload: the episodes that the viewer only covers, each with whose it is."""
    names = {str(pk): name for pk, name in covered_names(viewer).items()}
    whose = {row["episode_id"]: row["specialist_id"] for row in loaded.episodes}
    return {episode: names[specialist] for episode, specialist in whose.items() if specialist in names}


def lots_held(viewer: Viewer, specialist_id: UUID, day: date) -> list[str]:
    """The viewer's lots in which someone has a post today."""
    today = Q(from_on__lte=day) & (Q(to_on__isnull=True) | Q(to_on__gte=day))
    posts = User.objects.get(pk=specialist_id).postings.filter(today).select_related("team")
    held = {post.lot_id or (post.team.lot_id if post.team else None) for post in posts}
    return sorted(lot for lot in held if lot in viewer.lots)


def handovers_today(viewer: Viewer, day: date) -> QuerySet[Handover]:
    """The handovers of the day that can still be taken back, each with the number of `people` the viewer may see."""
    made = Handover.scoped.visible_to(viewer).filter(made_at__date=day, undone_at=None)
    seen = Q(assignments__episode__in=Episode.scoped.visible_to(viewer))
    counted = made.annotate(people=Count("assignments", filter=seen))
    return counted.select_related("specialist", "made_by").order_by("-made_at")


def handover(viewer: Viewer, handover_id: UUID) -> Handover:
    found = Handover.scoped.visible_to(viewer).filter(pk=handover_id).select_related("specialist", "made_by").first()
    if found is None:
        raise Http404
    return found


def taken_over(viewer: Viewer, made: Handover) -> QuerySet[Assignment]:
    """Who went to whom in a handover, of those the viewer may see."""
    rows = Assignment.scoped.visible_to(viewer).filter(handover=made)
    return rows.select_related("episode__person", "specialist").order_by("specialist__name", "episode__person__surname")


def who_supported(viewer: Viewer, episode: Episode) -> QuerySet[Assignment]:
    """Everyone who was named for the episode, newest first; a naming taken back on its own day is left out."""
    rows = Assignment.scoped.visible_to(viewer).filter(episode=episode).select_related("specialist")
    return rows.exclude(from_on__isnull=False, until_on=F("from_on")).order_by(
        "-created_at", F("from_on").desc(nulls_last=True)
    )
