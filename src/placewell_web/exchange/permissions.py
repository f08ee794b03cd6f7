"""Who may take a data set away: a service manager, of the lots they manage."""

from __future__ import annotations

from placewell_web.accounts.errors import Refused
from placewell_web.accounts.roles import Role
from placewell_web.accounts.viewer import Viewer


def can_export(viewer: Viewer) -> bool:
    return viewer.has_role(Role.MANAGER) and bool(viewer.lots)


def check_can_export(viewer: Viewer) -> None:
    """Raises Refused: the folder names everyone in it (002 §16.3 i)."""
    if not can_export(viewer):
        raise Refused("Only a service manager may take the data set away, of the lots they manage.")
