"""Courses in words."""

from __future__ import annotations

from datetime import date
from typing import Any

from placewell_web.nhsuk.words import day


def day_taken(session: Any) -> str:
    """Why a session cannot be on that day."""
    where = f" ({session.place})" if session.place else ""
    taken = f"{session.course.name} has a session on {day(session.on)} already{where}."
    return f"{taken} Choose another day, or change that session."


def turnout(session: Any, today: date) -> str:
    """Who came to a session: everyone who has a place on its day is in it, marked or not."""
    if session.on > today:
        return "Not yet"
    if not session.marked:
        return "Not marked"
    missed = session.marked - session.came
    numbers = ((session.came, "came"), (missed, "did not come"), (session.not_marked, "not marked"))
    return ", ".join(f"{number} {words}" for number, words in numbers if number or words == "came")
