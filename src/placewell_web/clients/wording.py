"""Words that a form and a page have in common: what is not asked yet, yes and no, the times of the public form."""

from __future__ import annotations

NOT_ASKED = "Not asked yet"
FLAG_WORDS: dict[bool | None, str] = {True: "Yes", False: "No", None: "Not known"}
TIMES = {"any": "any time"}  # codes of the public form that do not read as words


def time_in_words(stored: str) -> str:
    """The best time to reach someone, as people say it."""
    return TIMES.get(stored, stored)
