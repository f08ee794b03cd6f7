"""Who may see figures of which lots: managers and team leaders, of the lots they work in."""

from __future__ import annotations

from placewell_web.accounts.errors import Refused
from placewell_web.accounts.roles import Role
from placewell_web.accounts.viewer import Viewer


def can_see_figures(viewer: Viewer) -> bool:
    return viewer.has_role(Role.MANAGER, Role.TEAM_LEADER) and bool(viewer.lots)


def check_can_see_figures(viewer: Viewer) -> None:
    """Raises Refused for whoever holds no lot: exact figures are for those who work with the people in them."""
    if not can_see_figures(viewer):
        raise Refused(
            "You hold no post in a lot today. Figures are for the service managers and team leaders of a lot."
        )


def waits_for_release(viewer: Viewer) -> bool:
    """Whether figures reach the viewer only when they have been rounded, suppressed and released."""
    outside = (Role.COMMISSIONER, Role.PROGRAMME, Role.EVALUATOR, Role.UNBLINDED)
    return not can_see_figures(viewer) and viewer.has_role(*outside)
