"""One person who no longer wanted the support and stayed in the study: the episode was closed with it."""

from __future__ import annotations

from datetime import date

import polars as pl

from placewell.dataset import Dataset
from placewell.specification import Specification
from placewell.specification.trial import TrialFile, Withdrawal
from placewell_web.exchange.demo.follow_ups import DIED


def let_one_leave(spec: Specification, dataset: Dataset, day: date) -> Dataset:
    """The same data set, in which that episode was closed for the reason the withdrawal gives. Source: 002 §11.9."""
    left = left_support(spec.trial, dataset)
    if left is None:
        return dataset
    episode_id, _, scope = left
    reason = pl.when(pl.col("episode_id") == episode_id).then(pl.lit(scope.closure_reason)).otherwise("closure_reason")
    return dataset.with_frames(episodes=dataset["episodes"].with_columns(reason.alias("closure_reason")))


def left_support(trial: TrialFile | None, dataset: Dataset) -> tuple[str, date, Withdrawal] | None:
    """Whose support ended soonest after the draw, among those who took nothing else back and found no job; when."""
    scope = next((one for one in trial.withdrawals if one.closes_episode), None) if trial else None
    if trial is None or scope is None:
        return None
    taken_back = dataset["consents"].filter(pl.col("withdrawn_on").is_not_null())
    drawn = dataset["allocations"].filter(pl.col("arm") == trial.entering().id)
    closed = (
        drawn.join(dataset["episodes"], on="episode_id")
        .join(taken_back, on="episode_id", how="anti")
        .join(dataset["jobs"], on="episode_id", how="anti")
        .filter((pl.col("closed_on") > pl.col("allocated_on")) & (pl.col("closure_reason") != DIED))
        .sort(pl.col("closed_on") - pl.col("allocated_on"), "episode_id")
    )
    return None if closed.is_empty() else (closed["episode_id"][0], closed["closed_on"][0], scope)
