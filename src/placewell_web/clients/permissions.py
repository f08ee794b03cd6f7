"""Who may decide about a referral and about whose record is whose; each refusal says why, and who can do it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from placewell.periods import in_words
from placewell_web.accounts.errors import Refused
from placewell_web.accounts.roles import Role
from placewell_web.clients.models import Episode, Person

if TYPE_CHECKING:
    from placewell_web.accounts.viewer import Viewer

DECIDERS = (Role.TEAM_LEADER, Role.MANAGER)


def check_is_waiting(episode: Episode) -> None:
    """A referral is decided once."""
    if episode.declined_on is not None:
        raise Refused(
            f"This referral was declined on {in_words(episode.declined_on)}.", "Start a new referral instead."
        )
    if episode.closed_on is not None:
        raise Refused(f"This episode was closed on {in_words(episode.closed_on)}.", "Start a new referral instead.")
    if episode.accepted_on is not None:
        raise Refused(f"This referral was accepted on {in_words(episode.accepted_on)} already.")


def check_can_decide(viewer: Viewer, episode: Episode) -> None:
    """Accepting and declining is for those who answer for a team (002 App. 1)."""
    if not viewer.has_role(*DECIDERS):
        raise Refused("Only a team leader or manager can accept or decline a referral. Ask yours.")
    if episode.lot_id is not None and episode.lot_id not in viewer.lots:
        raise Refused("This referral belongs to another area. A team leader or manager there can decide it.")
    check_is_waiting(episode)


def can_decide(viewer: Viewer, episode: Episode) -> bool:
    return _allowed(check_can_decide, viewer, episode)


def check_can_assign(viewer: Viewer, episode: Episode) -> None:
    """Every person has one named specialist (002 §9.12 iv); a leader or manager names them, until the episode ends."""
    if not viewer.has_role(*DECIDERS):
        raise Refused("Only a team leader or manager can name the specialist. Ask yours.")
    if episode.declined_on is not None or episode.closed_on is not None:
        raise Refused("This episode has ended, so nobody can be assigned to it.")
    if episode.lot_id is None:
        raise Refused("This referral has no area yet.", "Say first which area it belongs to.")
    if episode.lot_id not in viewer.lots:
        raise Refused("This referral belongs to another area. A team leader or manager there can assign it.")


def can_assign(viewer: Viewer, episode: Episode) -> bool:
    return _allowed(check_can_assign, viewer, episode)


def check_can_go_over_limit(viewer: Viewer) -> None:
    if not viewer.has_role(Role.MANAGER):
        raise Refused("Only a service manager can give a specialist more cases than the limit, with a reason.")


def can_go_over_limit(viewer: Viewer) -> bool:
    return _allowed(check_can_go_over_limit, viewer)


def check_can_place(viewer: Viewer, episode: Episode, lot: str) -> None:
    """A referral without an area is taken in by those of an area, into their own."""
    if not viewer.has_role(*DECIDERS):
        raise Refused("Only a team leader or manager can say which area a referral belongs to.")
    if episode.lot_id is not None:
        raise Refused("This referral has an area already.")
    if lot not in viewer.lots:
        raise Refused("You can take a referral only into your own area.", "Ask the team of the other area to take it.")


def check_can_compare(viewer: Viewer, visible: int) -> None:
    """Two records are laid side by side only for someone who may see both; `visible` says how many of the two are."""
    if not viewer.has_role(*DECIDERS):
        raise Refused("Only a team leader or manager can decide whether two records are one person.")
    if visible < 2:
        raise Refused(
            "The other record belongs to another area, so you cannot see it.",
            "A manager who works in both areas can decide whether they are one person.",
        )


def check_can_merge(kept: Person, gone: Person) -> None:
    if kept.pk == gone.pk:
        raise Refused("A record cannot be merged with itself.")
    if kept.merged_into_id is not None or gone.merged_into_id is not None:
        raise Refused("One of these records has been merged already. Open the referral again to see how it stands.")


def _allowed(check: object, *arguments: object) -> bool:
    assert callable(check)
    try:
        check(*arguments)
    except Refused:
        return False
    return True
