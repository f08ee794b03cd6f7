"""Reads of users and the posts they hold."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from allauth.mfa.models import Authenticator
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db import connections
from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from placewell_web.accounts.models import Cover, GpPractice, Lot, Posting, Role, Team, Training, User
from placewell_web.accounts.viewer import Viewer

SECOND_FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


@dataclass(frozen=True)
class DemoPerson:
    """Someone to sign in as in the demo."""

    role: str
    where: str
    name: str
    email: str


def held_on(day: date) -> Q:
    """A post that is held on a day, both ends included."""
    return Q(from_on__lte=day) & (Q(to_on__isnull=True) | Q(to_on__gte=day))


def postings_on(user_id: UUID, day: date) -> list[Posting]:
    """The posts a user holds on a day."""
    posts = Posting.objects.filter(held_on(day), user_id=user_id)
    return list(posts.select_related("organisation", "lot", "team").order_by("from_on", "id"))


def viewer_of(user: User, day: date) -> Viewer:
    """What the user may look at on that day.

    A post with a lot sees that lot; a post without lot or team sees every lot its organisation provides.
    """
    posts = postings_on(user.pk, day) if user.is_active else []
    lots = {post.lot_id for post in posts if post.lot_id} | {post.team.lot_id for post in posts if post.team}
    wide = [post.organisation_id for post in posts if post.lot_id is None and post.team_id is None]
    if wide:
        lots |= set(Lot.objects.filter(provider_id__in=wide).values_list("code", flat=True))
    roles = frozenset(post.role for post in posts)
    return Viewer(
        user_id=user.pk,
        name=user.name,
        roles=roles,
        lots=frozenset(lot for lot in lots if lot),
        teams=frozenset(post.team_id for post in posts if post.team_id),
        organisation_name=posts[0].organisation.name if posts else "",
        role_labels=tuple(role.label for role in Role if role in roles),
        covers=_covered_by(user.pk, day) if Role.SPECIALIST in roles else frozenset(),
    )


def _covered_by(user_id: UUID, day: date) -> frozenset[UUID]:
    """Whom someone covers on a day."""
    found = Cover.objects.filter(colleague_id=user_id, from_on__lte=day, to_on__gte=day, taken_back_at=None)
    return frozenset(found.values_list("specialist_id", flat=True))


def away(users: Iterable[UUID], day: date) -> dict[UUID, tuple[date, date]]:
    """Who of these is covered on the day or later, in whatever lot: the first and the last day of the nearest time."""
    found = Cover.objects.filter(specialist_id__in=list(users), to_on__gte=day, taken_back_at=None)
    nearest: dict[UUID, tuple[date, date]] = {}
    for user_id, from_on, to_on in found.order_by("from_on", "to_on").values_list("specialist_id", "from_on", "to_on"):
        first, last = nearest.get(user_id, (from_on, to_on))
        joined = from_on <= last + timedelta(days=1)
        nearest[user_id] = (first, max(last, to_on) if joined else last)
    return nearest


def has_second_factor(user: User) -> bool:
    """Whether the user has set up an authenticator app or a passkey."""
    return bool(Authenticator.objects.filter(user=user, type__in=SECOND_FACTORS).exists())


def users_visible_to(viewer: Viewer) -> QuerySet[User]:
    """The users an administrator manages: those with a post in the administrator's lots, and those with none at all."""
    if not viewer.has_role(Role.ADMINISTRATOR):
        return User.objects.none()
    theirs = Posting.objects.filter(user=OuterRef("pk")).filter(
        Q(lot__in=viewer.lots)
        | Q(team__lot__in=viewer.lots)
        | Q(lot=None, team=None, organisation__lots__in=viewer.lots)
    )
    any_post = Posting.objects.filter(user=OuterRef("pk"))
    second = Authenticator.objects.filter(user=OuterRef("pk"), type__in=SECOND_FACTORS)
    users = User.objects.filter(Exists(theirs) | ~Exists(any_post)).annotate(second_factor=Exists(second))
    return users.prefetch_related("postings__lot", "postings__team", "postings__organisation").order_by("name", "email")


def user_visible_to(viewer: Viewer, user_id: UUID) -> User | None:
    return users_visible_to(viewer).filter(pk=user_id).first()


def post_visible_to(viewer: Viewer, post_id: UUID) -> Posting | None:
    """A post of a user the administrator manages, in one of the administrator's lots."""
    posts = Posting.objects.filter(pk=post_id, user__in=users_visible_to(viewer))
    posts = posts.filter(Q(lot__in=viewer.lots) | Q(lot=None, organisation__lots__in=viewer.lots)).distinct()
    return posts.select_related("user", "lot", "team").first()


def lots_of(viewer: Viewer) -> list[Lot]:
    return list(Lot.objects.filter(pk__in=viewer.lots).select_related("provider").order_by("name"))


def teams_of(viewer: Viewer) -> list[Team]:
    return list(Team.objects.filter(lot__in=viewer.lots).select_related("lot").order_by("name"))


def practices_of(viewer: Viewer) -> QuerySet[GpPractice]:
    """The register of GP practices of an administrator's lots, by lot and name; closed ones too."""
    if not viewer.has_role(Role.ADMINISTRATOR):
        return GpPractice.objects.none()
    return GpPractice.objects.filter(lot__in=viewer.lots).select_related("lot").order_by("lot__name", "name", "code")


def open_practices(day: date) -> QuerySet[GpPractice]:
    """The practices people can be with on a day, in every lot."""
    still = Q(closed_on__isnull=True) | Q(closed_on__gt=day)
    return GpPractice.objects.filter(still).select_related("lot").order_by("name", "code")


MEETS_PEOPLE = (Role.SPECIALIST, Role.TEAM_LEADER, Role.MANAGER)
"""Whose training is kept: they meet people, or stand in for those who do."""


def trained_users_of(viewer: Viewer, day: date) -> QuerySet[User]:
    """The staff whose training the viewer keeps, with the courses they took and the posts they hold that day.

    A team leader keeps that of the own teams (of the own lots, where the post names no team), a manager and an
    administrator that of their lots.
    """
    posts = Posting.objects.filter(held_on(day), role__in=MEETS_PEOPLE, user=OuterRef("pk"))
    wide = Q(lot__in=viewer.lots) | Q(team__lot__in=viewer.lots)
    if viewer.has_role(Role.ADMINISTRATOR, Role.MANAGER) or (viewer.has_role(Role.TEAM_LEADER) and not viewer.teams):
        theirs = posts.filter(wide)
    elif viewer.has_role(Role.TEAM_LEADER):
        theirs = posts.filter(team__in=viewer.teams)
    else:
        return User.objects.none()
    held = Posting.objects.filter(held_on(day)).select_related("team", "lot", "organisation").order_by("from_on", "id")
    taken = Training.objects.select_related("recorded_by").order_by("-completed_on", "course")
    found = User.objects.filter(Exists(theirs), is_active=True).order_by("name", "email")
    return found.prefetch_related(Prefetch("postings", held), Prefetch("training", taken))


def trained_user_visible_to(viewer: Viewer, user_id: UUID, day: date) -> User | None:
    return trained_users_of(viewer, day).filter(pk=user_id).first()


def training_visible_to(viewer: Viewer, training_id: UUID, day: date) -> Training | None:
    """A course of someone whose training the viewer keeps."""
    found = Training.objects.filter(pk=training_id, user__in=trained_users_of(viewer, day))
    return found.select_related("user").first()


def demo_people(day: date) -> list[DemoPerson]:
    """One user for each role who holds a post that day and can sign in, the first by lot and name."""
    found: dict[str, DemoPerson] = {}
    posts = Posting.objects.filter(held_on(day), user__is_active=True).select_related("user", "lot", "organisation")
    posts = posts.exclude(user__password__startswith=UNUSABLE_PASSWORD_PREFIX)
    for post in posts.order_by("lot__name", "user__name"):
        where = post.lot.name if post.lot else post.organisation.name
        found.setdefault(post.role, DemoPerson(Role(post.role).label, where, post.user.name, post.user.email))
    return [found[role] for role in Role.values if role in found]


def providers_with_lots(alias: str) -> int:
    """How many providers have a lot in a database; 0 before its tables are made."""
    if Lot._meta.db_table not in connections[alias].introspection.table_names():
        return 0
    return Lot.objects.using(alias).values("provider").distinct().count()
