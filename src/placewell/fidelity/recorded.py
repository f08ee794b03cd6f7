"""Reviews of fidelity in a data set: each with its total and band, how they change, and where records have drifted."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl

from placewell.dataset import Dataset
from placewell.fidelity.review import Review, is_score, review
from placewell.fidelity.scales import Scale
from placewell.outcomes.facts import Facts
from placewell.specification import Specification


@dataclass(frozen=True)
class Recorded:
    """One review of a data set. `notes`: what of it could not be read, in sentences."""

    review_id: str
    on: date
    kind: str | None
    team_id: str | None
    review: Review
    notes: tuple[str, ...]


@dataclass(frozen=True)
class Change:
    """An item whose score differs between two days. `records`: whether the later one is pre-scored from records."""

    item: str
    was: int
    was_on: date
    now: int
    now_on: date
    records: bool

    @property
    def fell(self) -> bool:
        """Whether fidelity has become worse."""
        return self.now < self.was


def recorded_reviews(
    spec: Specification, scale: Scale, dataset: Dataset, as_at: date, teams: Collection[str] | None = None
) -> tuple[Recorded, ...]:
    """The reviews on a scale held by the day, the earliest first; of some teams: their own and those of no team.

    An item that the scale does not have, and a score that is none, are left out and noted. Source: 003 quality; K4.
    """
    own = pl.col("service_id").fill_null(spec.service.id) == spec.service.id
    chosen = own & pl.col("scale").is_in(scale.recorded_as)
    if teams is not None:
        chosen &= pl.col("team_id").is_null() | pl.col("team_id").is_in(sorted(teams))
    rows = Facts(spec, dataset, as_at).table("fidelity_reviews").filter(chosen).sort("on", "review_id", "item")
    found: dict[str, list[dict[str, Any]]] = {}
    for row in rows.collect(engine="in-memory").iter_rows(named=True):
        found.setdefault(row["review_id"], []).append(row)
    return tuple(_recorded(scale, lines) for lines in found.values())


def _recorded(scale: Scale, lines: list[dict[str, Any]]) -> Recorded:
    scores: dict[str, int | None] = {}
    notes = []
    for line in lines:
        item, score = scale.recorded_item(line["item"]), line["score"]
        if item is None:
            notes.append(f'Review {line["review_id"]}: the scale {scale.id} has no item "{line["item"]}".')
        elif score is not None and not is_score(score):
            notes.append(f"Review {line['review_id']}, item {item.id}: {score} is no score.")
        else:
            scores[item.id] = score
    first = lines[0]
    return Recorded(
        first["review_id"], first["on"], first["kind"], first["team_id"], review(scale, scores), tuple(notes)
    )


def changes(earlier: Recorded, later: Recorded) -> tuple[Change, ...]:
    """The items scored in both reviews whose scores differ, in the order of the scale."""
    return _differing(earlier, later.review.scores, later.on, records=False)


def drift(last: Recorded, scores: Mapping[str, int], as_at: date) -> tuple[Change, ...]:
    """The items that records now pre-score otherwise than the last review did. Source: requirements.md K4."""
    return _differing(last, scores, as_at, records=True)


def alerts(found: Iterable[Change]) -> tuple[Change, ...]:
    """The changes for the worse, the greatest fall first."""
    return tuple(sorted((one for one in found if one.fell), key=lambda one: one.now - one.was))


def _differing(earlier: Recorded, scores: Mapping[str, int], on: date, *, records: bool) -> tuple[Change, ...]:
    was = earlier.review.scores
    return tuple(
        Change(item.id, was[item.id], earlier.on, scores[item.id], on, records)
        for item in earlier.review.scale.items
        if item.id in was and item.id in scores and was[item.id] != scores[item.id]
    )
