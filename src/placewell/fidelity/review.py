"""A review of fidelity: the scores of a scale's items, added up, with the band where the scale has bands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from placewell.errors import UserError
from placewell.fidelity.scales import HIGHEST, LOWEST, Band, Group, Scale


@dataclass(frozen=True)
class Review:
    """What a review came to. `total`, `share` of the highest total and `band` are None while an item is not scored."""

    scale: Scale
    scores: Mapping[str, int]
    not_scored: tuple[str, ...]
    total: int | None
    share: Fraction | None
    band: Band | None

    def group_total(self, group: Group) -> int | None:
        """The total of a group of items; None while one of them is not scored."""
        ids = [item.id for item in self.scale.items if item.group == group]
        return sum(self.scores[id] for id in ids) if all(id in self.scores for id in ids) else None


def review(scale: Scale, scores: Mapping[str, int | None]) -> Review:
    """The review with these scores by item; None, or an item left out, is an item that could not be rated.

    No total is made of fewer than all items, for a missing item makes the band invalid. Raises UserError for an item
    that the scale does not have, and for a score that is not a whole number from 1 to 5. Source: domain-facts.md §1.1.
    """
    known = {item.id for item in scale.items}
    problems = [f'The scale {scale.id} has no item "{id}".' for id in scores if id not in known]
    problems += [
        f"Item {id}: expected a whole number from {LOWEST} to {HIGHEST}; {score} stands there."
        for id, score in scores.items()
        if id in known and score is not None and not is_score(score)
    ]
    if problems:
        raise UserError(*problems)
    given = {item.id: score for item in scale.items if (score := scores.get(item.id)) is not None}
    missing = tuple(item.id for item in scale.items if item.id not in given)
    if missing:
        return Review(scale, given, missing, None, None, None)
    total = sum(given.values())
    return Review(scale, given, (), total, Fraction(total, scale.most), scale.band(total))


def is_score(score: object) -> bool:
    """Whether it is a whole number from 1 to 5."""
    return isinstance(score, int) and not isinstance(score, bool) and LOWEST <= score <= HIGHEST
