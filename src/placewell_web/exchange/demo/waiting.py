"""Lets some people wait for their trial meeting on the demo's day, one of them from another lot's comparison group."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from typing import Any

import polars as pl

from placewell.dataset import Dataset
from placewell.specification import Specification
from placewell.specification.trial import TrialFile
from placewell_web.exchange.demo.keeping import weekday
from placewell_web.exchange.demo.words import pick

WAITING = 12
LEFT_IN_THE_INBOX = 3
DAYS_TO_ACCEPT = 3
MADE_FOR = ("lot", "gp_practice", "locality")
HOME = ("postcode", "postcode_district", "region")


def runs_on(trial: TrialFile | None, day: date) -> bool:
    """Whether people are randomised on that day."""
    return trial is not None and trial.opens_on <= day <= trial.closes_at.date()


def let_wait(spec: Specification, dataset: Dataset, day: date) -> Dataset:
    """The same people, about a dozen of whom were taken on by the busiest specialist and wait for the meeting.

    They are the referrals nobody has decided on yet, those of that lot first; a few stay undecided. One of them is
    someone whom another lot's meeting put into the comparison group.
    """
    busiest = specialist_of_the_day(dataset, day)
    if not runs_on(spec.trial, day) or busiest is None:
        return dataset
    specialist, team, lot = busiest
    chosen = _chosen(dataset, lot, day)
    taken_on = pl.max_horizontal(pl.col("referred_on"), pl.lit(weekday(day - timedelta(days=DAYS_TO_ACCEPT))))
    mine = pl.col("episode_id").is_in(chosen)
    values = {"accepted_on": taken_on, "specialist_id": pl.lit(specialist), "team_id": pl.lit(team)}
    episodes = dataset["episodes"].with_columns(
        pl.when(mine).then(value).otherwise(pl.col(name)).alias(name) for name, value in values.items()
    )
    return _come_again(_moved_here(dataset.with_frames(episodes=episodes), chosen, lot), chosen, lot)


def specialist_of_the_day(dataset: Dataset, day: date) -> tuple[str, str, str] | None:
    """The specialist in post with most open episodes, the team and its lot."""
    held = dataset["postings"].filter(
        (pl.col("role") == "specialist")
        & (pl.col("from_on") <= day)
        & (pl.col("to_on").is_null() | (pl.col("to_on") >= day))
    )
    teams = dict(held.select("specialist_id", "team_id").rows())
    here = dataset["episodes"].filter(pl.col("closed_on").is_null() & pl.col("specialist_id").is_in(list(teams)))
    if here.is_empty():
        return None
    most, _ = Counter(here["specialist_id"].to_list()).most_common(1)[0]
    lots = Counter(here.filter(pl.col("specialist_id") == most)["lot"].to_list())
    return most, teams[most], lots.most_common(1)[0][0]


def _chosen(dataset: Dataset, lot: str, day: date) -> list[str]:
    """Those who have waited longest, of the lot before others; a few of every lot stay in the inbox."""
    undecided = dataset["episodes"].filter(
        pl.col("accepted_on").is_null() & pl.col("declined_on").is_null() & (pl.col("referred_on") < day)
    )
    rows = undecided.sort("referred_on", "episode_id").select("lot", "episode_id").rows()
    spare = [
        row
        for each in sorted({row[0] for row in rows})
        for row in [r for r in rows if r[0] == each][:-LEFT_IN_THE_INBOX]
    ]
    return [id for _, id in sorted(spare, key=lambda row: row[0] != lot)][:WAITING]


def _moved_here(dataset: Dataset, chosen: list[str], lot: str) -> Dataset:
    """Those of other lots live in this one, as a neighbour does whose place they take."""
    episodes = dataset["episodes"]
    neighbours = episodes.filter((pl.col("lot") == lot) & pl.col("gp_practice").is_not_null()).sort("episode_id")
    homes = {row["person_id"]: row for row in dataset["people"].rows(named=True)}
    new: dict[str, dict[str, Any]] = {}
    people: dict[str, dict[str, Any]] = {}
    for row in episodes.filter(pl.col("episode_id").is_in(chosen) & (pl.col("lot") != lot)).rows(named=True):
        beside = neighbours.row(pick(range(neighbours.height), row["episode_id"]), named=True)
        new[row["episode_id"]] = {name: beside[name] for name in MADE_FOR}
        people[row["person_id"]] = {name: homes[beside["person_id"]][name] for name in HOME}
    return dataset.with_frames(
        episodes=_replaced(episodes, "episode_id", new), people=_replaced(dataset["people"], "person_id", people)
    )


def _come_again(dataset: Dataset, chosen: list[str], lot: str) -> Dataset:
    """The last of them is a person drawn into the comparison group of another lot, who comes again."""
    episodes = dataset["episodes"]
    once = pl.len().over("person_id") == 1
    single = episodes.filter(once)
    held = dataset["allocations"].filter(pl.col("arm") == "control")
    known = single.join(held, on="episode_id").filter(pl.col("lot") != lot).sort("allocated_on", "episode_id")
    free = single.filter(pl.col("episode_id").is_in(chosen)).sort("episode_id")
    if known.is_empty() or free.is_empty():
        return dataset
    again, person = free.row(-1, named=True), known.row(0, named=True)["person_id"]
    frames = {"episodes": _replaced(episodes, "episode_id", {again["episode_id"]: {"person_id": person}})}
    return dataset.with_frames(people=dataset["people"].filter(pl.col("person_id") != again["person_id"]), **frames)


def _replaced(frame: pl.DataFrame, key: str, new: dict[str, dict[str, Any]]) -> pl.DataFrame:
    """The frame with some values of some rows replaced."""
    rows = [row | new.get(row[key], {}) for row in frame.rows(named=True)]
    return pl.DataFrame(rows, schema=frame.schema, infer_schema_length=None)
