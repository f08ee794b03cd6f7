"""What a provider's export leaves out, so that it does not tell the trial's groups apart. Source: disclosure.md R9."""

from __future__ import annotations

import polars as pl

from placewell.dataset import Dataset
from placewell.specification import Specification

OF_THE_BASELINE = ("responses", "benefits")
"""Tables in which somebody of the other group has rows only because the baseline was asked."""


def blinded(spec: Specification, dataset: Dataset) -> Dataset:
    """The data set without what tells the groups apart; every figure computed from it stays the same.

    Left out: allocations to a group that has no support, the answers of those episodes at the baseline, and the
    consents of the trial's form, by which those who were randomised could be counted. An allocation stays where the
    person has since entered through the ordinary pathway: what is paid for them hangs on it, and their team knows.
    """
    if spec.trial is None:
        return dataset
    hidden = _hidden(spec, dataset)
    kinds = [statement.consent for statement in spec.trial.consent_form.statements]
    frames = dict(dataset.frames)
    for name in ("allocations", *OF_THE_BASELINE):
        if name in frames:
            frames[name] = frames[name].join(hidden, on="episode_id", how="anti", maintain_order="left")
    if "consents" in frames:
        frames["consents"] = frames["consents"].filter(~pl.col("kind").is_in(kinds))
    return Dataset(frames)


def _hidden(spec: Specification, dataset: Dataset) -> pl.DataFrame:
    """The episodes that were given a group without support, of people who have not entered since."""
    assert spec.trial is not None
    outside = [arm.id for arm in spec.trial.arms if not arm.enters_service]
    given = dataset["allocations"].filter(pl.col("arm").is_in(outside)).select("episode_id")
    episodes = dataset["episodes"].select("episode_id", "person_id", "accepted_on")
    since = spec.outcomes.entry.accepted_from
    entered = episodes.filter(pl.col("accepted_on") >= since) if since is not None else episodes.clear()
    theirs = episodes.join(given, on="episode_id", how="semi")
    return theirs.join(entered.select("person_id"), on="person_id", how="anti").select("episode_id")
