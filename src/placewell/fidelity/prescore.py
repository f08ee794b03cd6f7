"""Pre-scores: what records tell about each item of a scale as at a day, scored where published anchors settle it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cached_property

import polars as pl

from placewell.dataset import Dataset
from placewell.errors import UserError
from placewell.fidelity.asks import anchor_in_words, asked_of
from placewell.fidelity.measures import Measure
from placewell.fidelity.measuring import measured
from placewell.fidelity.members import SCHEMA
from placewell.fidelity.records import Records
from placewell.fidelity.scales import LOWEST, Item, Scale
from placewell.fidelity.tally import Tally
from placewell.periods import Period
from placewell.specification import Specification


@dataclass(frozen=True)
class Answer:
    """What one measure came to: the days looked at (half-open), what the source asks, the members and their number."""

    measure: Measure
    window: Period
    asks: str
    tally: Tally


@dataclass(frozen=True)
class PreScore:
    """An item with its answers. `score` is None where a number alone settles none, and `why` says why."""

    item: Item
    answers: tuple[Answer, ...]
    score: int | None
    why: str

    @property
    def members(self) -> pl.DataFrame:
        """The members of every measure of the item, one measure after the other; `measure` names it."""
        tables = [
            answer.tally.members.select(pl.lit(answer.measure.id).alias("measure"), pl.all()) for answer in self.answers
        ]
        return pl.concat([pl.Schema({"measure": pl.String(), **SCHEMA}).to_frame(), *tables])


class PreScores:
    """The items of a scale as at a day, for a service, a lot or a team; an item is worked out when it is asked for.

    Raises UserError for a team that no post and no episode names. Source: 002 App. 7; requirements.md K3, K4.
    """

    def __init__(
        self,
        spec: Specification,
        scale: Scale,
        dataset: Dataset,
        as_at: date,
        team: str | None = None,
        lot: str | None = None,
    ) -> None:
        self.scale = scale
        self.as_at = as_at
        self.records = Records(spec.as_of(as_at), dataset, as_at, team, lot)
        if team is not None:
            check_team(dataset, team)

    @cached_property
    def items(self) -> tuple[PreScore, ...]:
        """Every item of the scale, in its order."""
        return tuple(self.item(item.id) for item in self.scale.items)

    def item(self, id: str) -> PreScore:
        """One item. Raises UserError where the scale has none of that id."""
        item = self.scale.item(id)
        answers = tuple(self._answer(measure) for measure in self.scale.measures_of(id))
        score, why = _score(item, answers)
        return PreScore(item, answers, score, why)

    @property
    def scores(self) -> Mapping[str, int]:
        """The scores that records settle, by item."""
        return {one.item.id: one.score for one in self.items if one.score is not None}

    def _answer(self, measure: Measure) -> Answer:
        asks = asked_of(self.records.spec, measure, self.as_at)
        return Answer(measure, self.records.window(measure.window_days), asks, measured(self.records, measure))


def check_team(dataset: Dataset, team: str) -> None:
    """Raise UserError when neither a post nor an episode names the team."""
    teams = {id for table in ("postings", "episodes") for id in dataset[table]["team_id"].unique()} - {None}
    if team not in teams:
        named = ", ".join(sorted(teams)) or "none"
        raise UserError(f'The data set names no team "{team}": its teams are {named}.')


def _score(item: Item, answers: tuple[Answer, ...]) -> tuple[int | None, str]:
    """The score that a number settles, and the sentence that says why it does or does not."""
    scored = next((answer for answer in answers if answer.measure.scored), None)
    if not answers:
        return None, f"Records cannot tell. {item.lacks}".strip()
    if not item.anchors:
        return None, "Scored by a reviewer: no anchors are published."
    if scored is None:
        return None, "Scored by a reviewer: the anchors ask for more than records hold."
    if scored.tally.value is None:
        return None, f"Not known. {scored.tally.missing}"
    score = item.score_of(scored.tally.value)
    if score is None:
        return None, f"Scored by a reviewer, among: {_reached(item, scored.tally.value)}."
    words = anchor_in_words(item, score)
    return score, f"{words[0].upper()}{words[1:]}."


def _reached(item: Item, value: Fraction) -> str:
    reached = [anchor for anchor in item.anchors if anchor.holds(value) and anchor.score > LOWEST]
    return "; ".join(f"{anchor.score}: {anchor_in_words(item, anchor.score)}" for anchor in reached)
