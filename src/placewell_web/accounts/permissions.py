"""Who may manage users: an administrator, within the lots of their own provider, and never their own access."""

from __future__ import annotations

from placewell_web.accounts.errors import Refused
from placewell_web.accounts.models import Posting, Role, User
from placewell_web.accounts.viewer import Viewer


def check_can_manage_users(viewer: Viewer) -> None:
    """Only an administrator adds, changes or switches off users."""
    if not viewer.has_role(Role.ADMINISTRATOR):
        raise Refused("Only an administrator manages users. Ask your administrator.")


def can_manage_users(viewer: Viewer) -> bool:
    return viewer.has_role(Role.ADMINISTRATOR)


def check_can_manage_posts_in(viewer: Viewer, lot: str) -> None:
    """An administrator gives and ends posts in the lots of their own provider."""
    check_can_manage_users(viewer)
    if lot not in viewer.lots:
        raise Refused("This post is in a lot that is not yours. An administrator of that lot can do it.")


def check_can_switch_off(viewer: Viewer, user: User) -> None:
    """Nobody locks themselves out."""
    check_can_manage_users(viewer)
    if user.pk == viewer.user_id:
        raise Refused("You cannot switch off your own account. Another administrator can do it.")


def check_can_end_post(viewer: Viewer, post: Posting) -> None:
    """Nobody ends the post that lets them manage posts."""
    if post.lot_id:
        check_can_manage_posts_in(viewer, post.lot_id)
    check_can_manage_users(viewer)
    if post.user_id == viewer.user_id and post.role == Role.ADMINISTRATOR:
        raise Refused("You cannot end your own post as administrator. Another administrator can do it.")


def check_can_keep_practices(viewer: Viewer, lot: str) -> None:
    """An administrator keeps the register of GP practices in the lots of their own provider."""
    if not viewer.has_role(Role.ADMINISTRATOR):
        raise Refused("Only an administrator keeps the register of GP practices. Ask your administrator.")
    if lot not in viewer.lots:
        raise Refused("This practice is in a lot that is not yours. An administrator of that lot can do it.")


TRAINERS = (Role.ADMINISTRATOR, Role.TEAM_LEADER, Role.MANAGER)


def check_can_record_training(viewer: Viewer, user: User) -> None:
    """Administrators, team leaders and managers write down courses, of others: nobody makes themselves trained."""
    if not viewer.has_role(*TRAINERS):
        raise Refused("Only an administrator, team leader or manager records training. Ask one of them.")
    if user.pk == viewer.user_id:
        raise Refused("You cannot record your own training. A colleague with the same post, or a manager, can do it.")
