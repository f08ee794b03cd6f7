"""What an administrator does: add a user, give a post, end a post, switch an account off and on, end its sessions."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal

from allauth.mfa.models import Authenticator
from django.db import transaction

from placewell_web.accounts.errors import Refused
from placewell_web.accounts.models import Lot, Organisation, Posting, Role, Team, User
from placewell_web.accounts.permissions import check_can_end_post, check_can_manage_posts_in, check_can_switch_off
from placewell_web.accounts.viewer import Viewer
from placewell_web.audit.actions import record
from placewell_web.audit.actors import Actor

TEAM_ROLES = frozenset({Role.SPECIALIST, Role.TEAM_LEADER})


def add_provider(*, provider: str, lots: Mapping[str, str], name: str, email: str, by: Actor, at: datetime) -> User:
    """A provider, its lots (code → name) and its first administrator: how a new site begins."""
    with transaction.atomic():
        organisation, _ = Organisation.objects.get_or_create(name=provider, defaults={"kind": "provider"})
        for code, lot_name in lots.items():
            lot, _ = Lot.objects.get_or_create(code=code, defaults={"name": lot_name, "provider": organisation})
            if lot.provider_id != organisation.pk:
                raise Refused(f"{lot.name} is the lot of {lot.provider}. A lot has one provider.")
        _refuse_known(email)
        user = User.objects.create_user(email, name)
        post = Posting.objects.create(user=user, role=Role.ADMINISTRATOR, organisation=organisation, from_on=at.date())
        detail = {"user": str(user.pk), "role": post.role, "lots": sorted(lots)}
        record(by=by, at=at, verb="add_provider", target_kind="posting", target_id=post.pk, detail=detail)
    return user


def add_team(*, viewer: Viewer, name: str, lot: str, by: Actor, at: datetime) -> Team:
    """A team of a lot, in which specialists and leaders work."""
    check_can_manage_posts_in(viewer, lot)
    with transaction.atomic():
        if Team.objects.filter(name__iexact=name).exists():
            raise Refused(f"There is a team named {name} already. Give this one another name.")
        team = Team.objects.create(name=name, lot_id=lot)
        record(by=by, at=at, verb="add_team", target_kind="team", target_id=team.pk, lot=lot)
    return team


def _refuse_known(email: str) -> None:
    if User.objects.filter(email__iexact=email).exists():
        raise Refused(f"{email} has an account already. Look for it in the list, and give that person the post.")


def add_user(
    *,
    viewer: Viewer,
    name: str,
    email: str,
    role: str,
    lot: str,
    team: Team | None,
    fte: Decimal,
    from_on: date,
    by: Actor,
    at: datetime,
) -> User:
    """Add someone with their first post. They choose their password by the link they are sent."""
    check_can_manage_posts_in(viewer, lot)
    with transaction.atomic():
        _refuse_known(email)
        user = User.objects.create_user(email, name)
        record(by=by, at=at, verb="add_user", target_kind="user", target_id=user.pk, lot=lot)
        give_post(viewer=viewer, user=user, role=role, lot=lot, team=team, fte=fte, from_on=from_on, by=by, at=at)
    return user


def give_post(
    *,
    viewer: Viewer,
    user: User,
    role: str,
    lot: str,
    team: Team | None,
    fte: Decimal,
    from_on: date,
    by: Actor,
    at: datetime,
) -> Posting:
    """Give a user a post from a day on. Specialists and leaders work in a team of the lot; the others in none."""
    check_can_manage_posts_in(viewer, lot)
    if (role in TEAM_ROLES) != (team is not None):
        raise Refused("A specialist or team leader works in a team. The other posts have none. Choose again.")
    if team is not None and team.lot_id != lot:
        raise Refused(f"{team} is not a team of that lot. Choose a team of the lot, or another lot.")
    with transaction.atomic():
        held = Lot.objects.select_related("provider").get(pk=lot)
        post = Posting.objects.create(
            user=user, role=role, organisation=held.provider, lot=held, team=team, fte=fte, from_on=from_on
        )
        detail = {"user": str(user.pk), "role": role, "team": str(team.pk) if team else None, "fte": str(fte)}
        record(
            by=by,
            at=at,
            verb="give_post",
            target_kind="posting",
            target_id=post.pk,
            lot=lot,
            detail={**detail, "from_on": from_on.isoformat()},
        )
    return post


def end_post(*, viewer: Viewer, post: Posting, last_day: date, by: Actor, at: datetime) -> None:
    """End a post on its last day. It stays in the record: caseloads of the past are counted with it."""
    check_can_end_post(viewer, post)
    if last_day < post.from_on:
        raise Refused(f"The last day cannot be before the post began, on {post.from_on:%-d %B %Y}.")
    with transaction.atomic():
        changed = Posting.objects.filter(pk=post.pk, to_on=post.to_on).update(to_on=last_day)
        if not changed:
            raise Refused("Someone else changed this post meanwhile. Open the page again and look.")
        detail = {"user": str(post.user_id), "to_on": [str(post.to_on or ""), last_day.isoformat()]}
        record(
            by=by,
            at=at,
            verb="end_post",
            target_kind="posting",
            target_id=post.pk,
            lot=post.lot_id or "",
            detail=detail,
        )


def switch_off(*, viewer: Viewer, user: User, by: Actor, at: datetime) -> None:
    """Nobody signs in with this account any more, and every session of it ends now."""
    check_can_switch_off(viewer, user)
    _set_active(user, active=False, verb="switch_off_user", by=by, at=at)


def switch_on(*, viewer: Viewer, user: User, by: Actor, at: datetime) -> None:
    """The account may sign in again, with the password and second step it had."""
    check_can_switch_off(viewer, user)
    _set_active(user, active=True, verb="switch_on_user", by=by, at=at)


def end_sessions(*, viewer: Viewer, user: User, by: Actor, at: datetime) -> None:
    """Sign the user out everywhere: for a lost laptop or phone."""
    check_can_switch_off(viewer, user)
    with transaction.atomic():
        _new_generation(user)
        record(by=by, at=at, verb="end_sessions", target_kind="user", target_id=user.pk)


def remove_second_step(*, viewer: Viewer, user: User, by: Actor, at: datetime) -> None:
    """For a lost phone or passkey: the user signs in by password once more and sets up a new second step."""
    check_can_switch_off(viewer, user)
    with transaction.atomic():
        steps = Authenticator.objects.filter(user=user)
        detail = {"kinds": sorted(steps.values_list("type", flat=True))}
        steps.delete()
        _new_generation(user)
        record(by=by, at=at, verb="remove_second_step", target_kind="user", target_id=user.pk, detail=detail)


def _set_active(user: User, *, active: bool, verb: str, by: Actor, at: datetime) -> None:
    with transaction.atomic():
        user.is_active = active
        user.save(update_fields=["is_active"])
        _new_generation(user)
        record(by=by, at=at, verb=verb, target_kind="user", target_id=user.pk)


def _new_generation(user: User) -> None:
    locked = User.objects.select_for_update().get(pk=user.pk)
    locked.session_generation += 1
    locked.save(update_fields=["session_generation"])
    user.session_generation = locked.session_generation
