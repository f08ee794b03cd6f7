"""What may be shown of a confidential survey: rounded counts from five answers up, and no group in which all agree."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

LEAST = 5
"""Nothing is shown of fewer forms, and no smaller count (disclosure.md R2)."""
STEP = 5
LEAST_ALIKE = 10
"""Where all give one answer, nothing is shown of fewer forms: it would tell what everybody said (R8)."""


@dataclass(frozen=True)
class Shown:
    """The answers to one question as they may be shown; a count that is None is under five.

    `share`: those with a good answer, as a whole percentage worked out from the rounded numbers; None where either
    is too small.
    """

    answered: int
    counts: dict[str, int | None]
    good: int | None
    share: int | None


def shown(counts: Mapping[str, int], good: Collection[str] = ()) -> Shown | None:
    """The counts of one question after the survey has closed; None where they would tell of somebody.

    Counts are rounded to five, each from its true number and never from another rounded one. Source: disclosure.md R2,
    R3, R4, R8; 003 quality.
    """
    answered = sum(counts.values())
    if answered < LEAST or (answered < LEAST_ALIKE and max(counts.values()) == answered):
        return None
    of_good = _rounded(sum(number for answer, number in counts.items() if answer in good))
    whole = _rounded(answered) or LEAST
    share = None if of_good is None else round(100 * of_good / whole)
    return Shown(whole, {answer: _rounded(number) for answer, number in counts.items()}, of_good, share)


def _rounded(number: int) -> int | None:
    """To the nearest five; None under five."""
    return None if number < LEAST else STEP * ((number + STEP // 2) // STEP)
