"""Who may do what after an allocation; each refusal says why, and who can do it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from placewell.periods import in_words
from placewell_web.accounts.errors import Refused
from placewell_web.accounts.roles import Role
from placewell_web.trial.models import ErrorReport

if TYPE_CHECKING:
    from placewell_web.accounts.viewer import Viewer

CASEWORKERS = (Role.SPECIALIST, Role.TEAM_LEADER, Role.MANAGER)
DECIDERS = (Role.TEAM_LEADER, Role.MANAGER)


def check_can_care(viewer: Viewer) -> None:
    """Booklet, services, letter, leaving the study, a mistake told: whoever meets people."""
    if not viewer.has_role(*CASEWORKERS):
        raise Refused("Only those who meet people record this: a specialist, team leader or manager.")


def check_can_agree(viewer: Viewer, report: ErrorReport) -> None:
    """A mistake is entered by two people: whoever told it, and a leader or manager of the area (trial.md §5)."""
    if not viewer.has_role(*DECIDERS):
        raise Refused("Only a team leader or manager of the area can agree to this. Ask yours.")
    if report.reported_by_id == viewer.user_id:
        raise Refused("You told this mistake, so a second person must decide it.", "Ask another leader or manager.")
    if report.decided_at is not None:
        raise Refused(f"This was decided on {in_words(report.decided_at.date())} already.")


def can_agree(viewer: Viewer, report: ErrorReport) -> bool:
    try:
        check_can_agree(viewer, report)
    except Refused:
        return False
    return True
