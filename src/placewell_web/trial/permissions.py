"""Who may hold a person's trial meeting, and when; each refusal says why, and who can do it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from placewell_web.accounts.errors import Refused
from placewell_web.accounts.roles import Role
from placewell_web.clients.models import Episode

if TYPE_CHECKING:
    from placewell_web.accounts.viewer import Viewer

LEADERS = (Role.TEAM_LEADER, Role.MANAGER)


def check_can_meet(viewer: Viewer, episode: Episode) -> None:
    """The specialist named for the person, a team leader or a manager, once the referral is accepted (002 §9.10)."""
    if episode.declined_on is not None or episode.closed_on is not None:
        raise Refused("This episode has ended, so there is no trial meeting any more.", "Start a new referral instead.")
    if episode.accepted_on is None:
        raise Refused(
            "This referral has not been accepted yet.",
            "A team leader or manager accepts it; the trial meeting comes after that.",
        )
    if viewer.has_role(*LEADERS) or episode.specialist_id == viewer.user_id:
        return
    raise Refused(
        "Only the specialist named for this person, a team leader or a manager holds the trial meeting.",
        "A team leader or manager can assign the person to you.",
    )


def can_meet(viewer: Viewer, episode: Episode) -> bool:
    try:
        check_can_meet(viewer, episode)
    except Refused:
        return False
    return True
