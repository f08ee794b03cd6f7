"""What a user can cause and put right: every such error carries the sentences to show."""

from __future__ import annotations


class UserError(Exception):
    """A mistake in what was given to us: each problem says what is wrong, where, and what to do.

    Raise it with every problem found, not just the first: `raise UserError("jobs.csv row 3 …", "…")`.
    """

    def __init__(self, *problems: str) -> None:
        self.problems: tuple[str, ...] = problems or ("Something given to Placewell could not be used.",)
        super().__init__("\n".join(self.problems))
