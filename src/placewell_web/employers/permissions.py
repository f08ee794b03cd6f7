"""Who may do what with employers and the directory; each refusal says why, and who can do it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from placewell_web.accounts.editing import day_of
from placewell_web.accounts.errors import Refused
from placewell_web.accounts.roles import Role

if TYPE_CHECKING:
    from placewell_web.accounts.viewer import Viewer

COURSE = "course"
KEEPERS = (Role.TEAM_LEADER, Role.MANAGER)


def check_can_merge(viewer: Viewer) -> None:
    """Two records become one for every team of the provider, so a leader decides it."""
    if not viewer.has_role(*KEEPERS):
        raise Refused("Two employers are made one by a team leader or manager.", "Tell yours which two they are.")


def can_merge(viewer: Viewer) -> bool:
    return viewer.has_role(*KEEPERS)


def check_can_keep_directory(viewer: Viewer) -> None:
    """The directory is what every specialist sends people on from, so one of the leaders keeps it."""
    if not viewer.has_role(*KEEPERS):
        raise Refused(
            "The directory is kept by the team leaders and managers.", "Tell yours what is missing or out of date."
        )


def can_keep_directory(viewer: Viewer) -> bool:
    return viewer.has_role(*KEEPERS)


def can_undo(record: Any, user_id: object, today: date) -> bool:
    """Whether this user recorded the activity on this day; a course is taken back where its register is."""
    return bool(
        record.created_at is not None
        and record.kind != COURSE
        and str(record.specialist_id) == str(user_id)
        and day_of(record.created_at) == today
    )


def check_can_undo(record: Any, user_id: object, today: date) -> None:
    """An activity recorded by mistake is taken back on the day, by whoever recorded it."""
    if record.kind == COURSE:
        raise Refused("A course is counted from its register.", "Take the register back on the page of the course.")
    if not can_undo(record, user_id, today):
        raise Refused(
            "This can only be taken back on the day it was recorded, by the person who recorded it.",
            "Record another that says what is wrong with this one.",
        )
