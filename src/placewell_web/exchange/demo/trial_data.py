"""Makes the data set agree with how the trial is run: who draws was trained, who is drawn had agreed to it all."""

from __future__ import annotations

from datetime import date, timedelta

import polars as pl

from placewell.dataset import Dataset
from placewell.specification import Specification
from placewell.specification.trial import TrialFile
from placewell_web.exchange.demo.keeping import added
from placewell_web.exchange.demo.waiting import runs_on, specialist_of_the_day

DATA_KIND = "share_data"


def agree_with_trial(spec: Specification, dataset: Dataset, day: date) -> Dataset:
    """The same data set; nothing changes for a service without a trial."""
    if spec.trial is None:
        return dataset
    return _consents(spec.trial, _training(spec.trial, dataset, day))


def untrained(trial: TrialFile | None, dataset: Dataset, day: date) -> str | None:
    """While the trial runs: the newest specialist beside the busiest one, who has not been briefed yet."""
    busiest = specialist_of_the_day(dataset, day)
    if trial is None or busiest is None or not runs_on(trial, day):
        return None
    team = dataset["postings"].filter((pl.col("role") == "specialist") & (pl.col("team_id") == busiest[1]))
    others = team.filter(pl.col("specialist_id") != busiest[0]).sort("from_on", "specialist_id")
    return None if others.is_empty() else str(others["specialist_id"][-1])


def _training(trial: TrialFile, dataset: Dataset, day: date) -> Dataset:
    """Every specialist was briefed before the first of their people was drawn; one is not briefed yet."""
    asked = list(trial.trained_in)
    drawn = dataset["allocations"].join(dataset["episodes"], on="episode_id").group_by("specialist_id")
    first = dict(drawn.agg(pl.col("allocated_on").min()).rows())
    newest = untrained(trial, dataset, day)
    kept = dataset["training"].filter(~pl.col("course").is_in(asked))
    posts = dataset["postings"].filter(pl.col("role") == "specialist").sort("from_on", "specialist_id")
    rows = []
    for staff, from_on in posts.unique("specialist_id", maintain_order=True).select("specialist_id", "from_on").rows():
        done = min(from_on + timedelta(days=14), first.get(staff, date.max) - timedelta(days=1))
        if staff != newest and done <= day:
            rows += [{"specialist_id": staff, "course": course, "completed_on": done} for course in asked]
    others = dataset["training"].filter(
        pl.col("course").is_in(asked) & ~pl.col("specialist_id").is_in(posts["specialist_id"].implode())
    )
    return dataset.with_frames(training=added(pl.concat([kept, others]), "training", *rows))


def _consents(trial: TrialFile, dataset: Dataset) -> Dataset:
    """Each one drawn agreed to every statement that is needed, on the form of the specification.

    Whoever takes back the use of their data takes back taking part and linkage with it: there is no other way out.
    """
    kinds = {statement.consent for statement in trial.consent_form.statements}
    needed = {statement.consent for statement in trial.consent_form.statements if statement.needed}
    drawn = dataset["allocations"].select("episode_id", pl.col("allocated_on").alias("given_on"))
    consents, ours = dataset["consents"], pl.col("kind").is_in(list(kinds))
    of_drawn = pl.col("episode_id").is_in(drawn["episode_id"].implode())
    given = set(consents.filter(ours & of_drawn).select("episode_id", "kind").rows())
    lacking = [
        {"episode_id": episode_id, "kind": kind, "given_on": given_on}
        for episode_id, given_on in drawn.rows()
        for kind in sorted(needed)
        if (episode_id, kind) not in given
    ]
    consents = added(consents, "consents", *lacking)
    left = dict(
        consents.filter(of_drawn & (pl.col("kind") == DATA_KIND) & pl.col("withdrawn_on").is_not_null())
        .select("episode_id", "withdrawn_on")
        .rows()
    )
    day = pl.col("episode_id").replace_strict(left, default=None, return_dtype=pl.Date)
    ours_of_drawn = ours & of_drawn
    return dataset.with_frames(
        consents=consents.with_columns(
            pl.when(ours_of_drawn)
            .then(pl.lit(trial.consent_form.version))
            .otherwise("form_version")
            .alias("form_version"),
            pl.when(ours_of_drawn & day.is_not_null()).then(day).otherwise("withdrawn_on").alias("withdrawn_on"),
        )
    )
