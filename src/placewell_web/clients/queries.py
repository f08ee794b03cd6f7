"""Reads of people and episodes, each with the viewer first; what a viewer may not see does not exist."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db.models import Count, Q
from django.http import Http404

from placewell_web.accounts import service
from placewell_web.accounts.models import Posting, Role, Team
from placewell_web.accounts.queries import away
from placewell_web.accounts.viewer import Viewer
from placewell_web.clients.models import Episode, Merge, Person


def get_episode(viewer: Viewer, episode_id: UUID) -> Episode:
    """One episode with the names around it; 404 when the viewer may not see it."""
    around = ("person", "lot", "team", "specialist", "gp_practice")
    found = Episode.scoped.visible_to(viewer).select_related(*around).filter(pk=episode_id).first()
    if found is None:
        raise Http404
    return found


def visible_people(viewer: Viewer, ids: Iterable[UUID]) -> dict[UUID, Person]:
    """Those of the people whom the viewer may see."""
    return {person.pk: person for person in Person.scoped.visible_to(viewer).filter(pk__in=list(ids))}


def episodes_of(viewer: Viewer, person_id: UUID) -> list[Episode]:
    """The person's episodes that the viewer may see, newest first."""
    seen = Episode.scoped.visible_to(viewer).filter(person_id=person_id).select_related("lot", "specialist")
    return list(seen.order_by("-referred_on", "id"))


def goes_on_in(episode: Episode) -> Episode | None:
    """The referral in which someone goes on whose episode has ended, for a caller who may see that episode.

    The one that follows it, or any other that waits or runs; it may lie in an area that the caller does not see.
    """
    if episode.closed_on is None and episode.declined_on is None:
        return None
    running = episode.person.episodes.filter(closed_on=None, declined_on=None)
    found = list(running.exclude(pk=episode.pk).select_related("lot").order_by("-referred_on", "id"))
    return next((one for one in found if one.follows_id == episode.pk), found[0] if found else None)


def has_died(episode: Episode) -> bool:
    """Whether support of this person, in whatever area, ended with their death; asked of an episode that has ended."""
    deaths = service.current().pathway.deaths
    if episode.closed_on is None or not deaths:
        return False
    ended = episode.person.episodes.filter(closed_on__isnull=False, closure_reason__in=deaths)
    return episode.closure_reason in deaths or ended.exists()


def the_dead(viewer: Viewer, people: Iterable[UUID]) -> set[UUID]:
    """Those of these people whose support, in whatever area, ended with their death."""
    deaths = service.current().pathway.deaths
    died = {"episodes__closed_on__isnull": False, "episodes__closure_reason__in": deaths}
    return set(Person.scoped.visible_to(viewer).filter(pk__in=list(people), **died).values_list("pk", flat=True))


def merges_into(viewer: Viewer, person_id: UUID) -> list[Merge]:
    """The records that were joined to this person's and not parted again, newest first."""
    done = Merge.scoped.visible_to(viewer).filter(kept_id=person_id, undone_at=None).select_related("gone", "merged_by")
    return list(done.order_by("-merged_at"))


@dataclass(frozen=True)
class SpecialistLoad:
    """A specialist of a lot today: how many open cases they have, and how much of full time they work.

    `away`: the first and the last day on which a colleague covers for them, today or to come.
    """

    user_id: UUID
    name: str
    team_id: UUID | None
    team_name: str
    fte: Decimal
    open_cases: int
    away: tuple[date, date] | None = None


def specialist_loads(viewer: Viewer, lot: str, day: date) -> list[SpecialistLoad]:
    """The specialists who hold a post in the lot on the day; fewest cases first.

    Open cases and the share of full time are those of every lot: the limit holds for the specialist, not for a lot.
    """
    if lot not in viewer.lots:
        return []
    held = Q(from_on__lte=day) & (Q(to_on__isnull=True) | Q(to_on__gte=day))
    posts = Posting.objects.filter(held, role=Role.SPECIALIST, user__is_active=True)
    here = posts.filter(Q(lot_id=lot) | Q(team__lot_id=lot)).values("user_id")
    by_user: dict[UUID, list[Posting]] = {}
    for post in posts.filter(user__in=here).select_related("user", "team").order_by("from_on"):
        by_user.setdefault(post.user_id, []).append(post)
    counts, covered = open_cases(by_user), away(by_user, day)
    teams = {user_id: _team_in(lot, mine) for user_id, mine in by_user.items()}
    loads = [
        SpecialistLoad(
            user_id=user_id,
            name=mine[0].user.name,
            team_id=team.pk if (team := teams[user_id]) else None,
            team_name=team.name if team else "",
            fte=min(sum((post.fte for post in mine), Decimal(0)), Decimal(1)),
            open_cases=counts.get(user_id, 0),
            away=covered.get(user_id),
        )
        for user_id, mine in by_user.items()
    ]
    return sorted(loads, key=lambda load: (load.open_cases, load.name))


def _team_in(lot: str, posts: Iterable[Posting]) -> Team | None:
    """The team of someone's first post in a lot."""
    return next(post.team for post in posts if lot in {post.lot_id, post.team.lot_id if post.team else None})


def open_cases(specialists: Iterable[UUID]) -> dict[UUID, int]:
    """How many open episodes each specialist holds: numbers only, over all lots; none of a group without support."""
    arm = service.current().outcomes.entry.arm
    served = Q(allocation__isnull=True) | Q(allocation__arm=arm)
    held = Episode.scoped.filter(
        served, specialist_id__in=list(specialists), declined_on__isnull=True, closed_on__isnull=True
    )
    return dict(held.values_list("specialist_id").annotate(number=Count("pk")))
