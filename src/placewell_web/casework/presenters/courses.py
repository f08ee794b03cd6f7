"""Courses in words."""

from __future__ import annotations

from typing import Any

from placewell_web.nhsuk.words import day


def day_taken(session: Any) -> str:
    """Why a session cannot be on that day."""
    where = f" ({session.place})" if session.place else ""
    taken = f"{session.course.name} has a session on {day(session.on)} already{where}."
    return f"{taken} Choose another day, or change that session."
