"""Reads of users and the posts they hold."""

from __future__ import annotations

from datetime import date

from allauth.mfa.models import Authenticator
from django.db.models import Q

from placewell_web.accounts.models import Lot, Posting, Role, User
from placewell_web.accounts.viewer import Viewer


def postings_on(user_id: object, day: date) -> list[Posting]:
    """The posts a user holds on a day, both ends included."""
    held = Q(from_on__lte=day) & (Q(to_on__isnull=True) | Q(to_on__gte=day))
    posts = Posting.objects.filter(held, user_id=user_id)
    return list(posts.select_related("organisation", "lot__provider", "team").order_by("from_on", "id"))


def viewer_of(user: User, day: date) -> Viewer:
    """What the user may look at on that day.

    A post with a lot sees that lot; a post without lot or team sees every lot its organisation provides.
    """
    posts = postings_on(user.pk, day)
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
    )


def has_second_factor(user: User) -> bool:
    """Whether the user has set up an authenticator app or a passkey."""
    kinds = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
    return Authenticator.objects.filter(user=user, type__in=kinds).exists()
