"""Has people of both arms answer what the trial asks again: about four in five, a little changed since the baseline."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any

import polars as pl

from placewell.dataset import Dataset
from placewell.periods import add_months
from placewell.questionnaires import instrument
from placewell.specification import Specification
from placewell.specification.trial import FollowUp
from placewell_web.exchange.demo.keeping import added, weekday
from placewell_web.exchange.demo.words import pick

ANSWER = 82  # of a hundred who can be asked
WEEKEND = 2  # days by which an answer is put before a weekend, kept clear of the window's edge
CHANGES = (0, 0, 0, 0, 1, 1, -1)  # of an item since the baseline; the same in every arm: the demo proves no effect
USUAL = 2  # of an item's answers, where there is no baseline: the third
DIED = "died"

Items = Mapping[str, str]


def answer_again(spec: Specification, dataset: Dataset, day: date) -> Dataset:
    """The same data set with the answers that had come by the day; nothing changes without follow-ups.

    Nobody answers who has died, or who no longer takes part on the day the answer would have come.
    """
    asked = spec.trial.follow_ups if spec.trial else ()
    if not asked:
        return dataset
    ends = _ends(dataset)
    drawn = dataset["allocations"].select("episode_id", "allocated_on").rows()
    rows: list[dict[str, Any]] = []
    for each in asked:
        before = _baselines(dataset, each)
        for episode_id, allocated_on in drawn:
            on = _answered_on(each, episode_id, allocated_on)
            if on is not None and on <= day and on < ends.get(episode_id, date.max):
                rows += _form(each, episode_id, on, before.get(episode_id, {}))
    return dataset.with_frames(responses=added(dataset["responses"], "responses", *rows))


def _answered_on(asked: FollowUp, episode_id: str, allocated_on: date) -> date | None:
    """A working day inside the window; none for those who do not answer."""
    if pick(range(100), f"follow-up {asked.id} {episode_id}") >= ANSWER:
        return None
    clear = max(asked.window_days - WEEKEND, 0)
    off = pick(range(2 * clear + 1), f"day of {asked.id} {episode_id}") - clear
    return weekday(add_months(allocated_on, asked.months) + timedelta(days=off))


def _ends(dataset: Dataset) -> dict[str, date]:
    """The first day on which a person no longer takes part: consent taken back, or died."""
    consents = dataset["consents"].filter((pl.col("kind") == "trial") & pl.col("withdrawn_on").is_not_null())
    died = dataset["episodes"].filter((pl.col("closure_reason") == DIED) & pl.col("closed_on").is_not_null())
    ends = pl.concat(
        [
            consents.select("episode_id", pl.col("withdrawn_on").alias("on")),
            died.select("episode_id", pl.col("closed_on").alias("on")),
        ]
    )
    return dict(ends.group_by("episode_id").agg(pl.col("on").min()).rows())


def _baselines(dataset: Dataset, asked: FollowUp) -> dict[str, dict[str, str]]:
    """What each episode answered to the same questionnaire at first, by item."""
    forms = dataset["responses"].filter(
        (pl.col("instrument") == asked.instrument) & (pl.col("occasion") == "baseline") & pl.col("answer").is_not_null()
    )
    found: dict[str, dict[str, str]] = {}
    for episode_id, item, answer in forms.select("episode_id", "item", "answer").rows():
        found.setdefault(episode_id, {})[item] = answer
    return found


def _form(asked: FollowUp, episode_id: str, on: date, before: Items) -> Iterator[dict[str, Any]]:
    """Every item answered, near what it was."""
    for group in instrument(asked.instrument).answers:
        scale = group.known
        for item in group.items:
            place = scale.index(before[item]) if before.get(item) in scale else min(USUAL, len(scale) - 1)
            place += pick(CHANGES, f"{asked.id} {episode_id} {item}")
            yield {
                "response_id": f"R{episode_id[1:]}-{asked.id}",
                "episode_id": episode_id,
                "instrument": asked.instrument,
                "occasion": asked.occasion,
                "completed_on": on,
                "item": item,
                "answer": scale[min(max(place, 0), len(scale) - 1)],
            }
