"""What the site refuses: an action not allowed now, and an edit of something another person has changed meanwhile."""

from __future__ import annotations

from collections.abc import Mapping

from placewell.errors import UserError


class Refused(UserError):
    """The action is not allowed: each sentence says why, and who can do it or what would allow it."""


class EditConflict(UserError):
    """Another person saved the same record first; both versions are shown, so that no text is lost."""

    def __init__(self, what: str, stored: Mapping[str, str], written: Mapping[str, str], back_url: str = "") -> None:
        super().__init__(f"{what} was changed by someone else while you were writing.")
        self.what = what
        self.stored = dict(stored)
        self.written = dict(written)
        self.back_url = back_url
