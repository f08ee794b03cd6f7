"""Who may key in, screen and set a screening aside; each refusal says why, and who can do it."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from placewell.specification import Specification
from placewell_web.accounts.errors import Refused
from placewell_web.accounts.roles import Role
from placewell_web.clients.models import Episode
from placewell_web.intake.models import Screening

if TYPE_CHECKING:
    from placewell_web.accounts.viewer import Viewer

LEADERS = (Role.TEAM_LEADER, Role.MANAGER)


def check_can_screen(viewer: Viewer, episode: Episode) -> None:
    """A leader or manager, and the specialist to whom the person is assigned (002 §9.10 iii)."""
    if episode.declined_on is not None or episode.closed_on is not None:
        raise Refused("This episode has ended, so it cannot be screened any more.", "Start a new referral instead.")
    if viewer.has_role(*LEADERS) or episode.specialist_id == viewer.user_id:
        return
    raise Refused(
        "Only the specialist named for this person, a team leader or a manager can screen the referral.",
        "A team leader or manager can assign it to you.",
    )


def can_screen(viewer: Viewer, episode: Episode) -> bool:
    return _allowed(check_can_screen, viewer, episode)


def check_can_override(viewer: Viewer, specification: Specification, screening: Screening) -> None:
    """The criteria are kept strictly; setting them aside needs a second person with a reason (002 §10.1)."""
    rule = specification.eligibility.override
    if rule is None or not rule.allowed:
        raise Refused("The specification allows nobody to go against the criteria.")
    if not viewer.has_role(*rule.approved_by):
        who = " or ".join(role.replace("_", " ") for role in rule.approved_by)
        raise Refused(f"Only a {who} can go against the criteria.")
    if screening.decided_by_id == viewer.user_id:
        raise Refused(
            "You did this screening, so a second person must decide to go against it.",
            "Ask another team leader or manager of this area.",
        )
    if screening.overall == "eligible" or screening.override_reason:
        raise Refused("This screening stands in nobody's way: there is nothing to go against.")


def can_override(viewer: Viewer, specification: Specification, screening: Screening | None) -> bool:
    return screening is not None and _allowed(check_can_override, viewer, specification, screening)


def check_screening_allows(screening: Screening | None) -> None:
    """A referral found not eligible is not accepted, unless that was set aside."""
    if screening is not None and screening.overall == "not_eligible" and not screening.override_reason:
        raise Refused(
            "Screening found that the person is not eligible, so the referral cannot be accepted.",
            "Screen again if a fact was wrong, decline it, or ask a second leader or manager to set this aside.",
        )


def check_is_own_draft(keyed_by: UUID | None, viewer: Viewer) -> None:
    if keyed_by != viewer.user_id:
        raise Refused("This form was begun by someone else. Open a new one.")


def _allowed(check: object, *arguments: object) -> bool:
    assert callable(check)
    try:
        check(*arguments)
    except Refused:
        return False
    return True
