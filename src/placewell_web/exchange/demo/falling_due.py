"""Lets a little fall due around the demo's day on every full caseload, so that each group of a day's work is seen."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import polars as pl

from placewell.dataset import Dataset
from placewell.periods import add_months
from placewell.specification import Specification
from placewell_web.exchange.demo.keeping import VOCATIONAL, entries, open_clocks
from placewell_web.exchange.demo.words import pick

Row = dict[str, Any]

FULL = 15  # people from which on a caseload shows every group
WANTED = {  # days from the demo's day, by group: how a row of that day comes about
    range(-9, 0): ((-2, "contact"), (-1, "plan")),
    range(2): ((0, "contact"), (1, "plan")),
    range(2, 8): ((3, "contact"), (5, "plan"), (6, "contact")),
}
CONTACT_DAYS, REVIEW_MONTHS = 28, 3
CLEAR_DAYS = 8  # nothing else is due for a person within so many days
TRIES_KEPT = 2  # unanswered attempts left after the last contact


def let_fall_due(spec: Specification, dataset: Dataset, day: date) -> Dataset:
    """The same people, some of whom were last spoken to, or agreed their plan, just so long ago."""
    began = entries(spec, dataset, day)
    by_specialist: dict[str, dict[str, list[Row]]] = {}
    for clock in open_clocks(spec, dataset, day):
        by_specialist.setdefault(clock["specialist_id"], {}).setdefault(clock["episode_id"], []).append(clock)
    for people in by_specialist.values():
        if len(people) < FULL:
            continue
        free = _with_time(people, day)
        for due_on, how in _missing(people, day):
            chosen = next((id for id in free if _fits(people[id], began[id], due_on, how)), None)
            if chosen is not None:
                free.remove(chosen)
                dataset = (
                    _quiet_since(dataset, chosen, due_on) if how == "contact" else _agreed(dataset, chosen, due_on)
                )
    return dataset


def due_from(spec: Specification, dataset: Dataset, day: date) -> dict[str, list[str]]:
    """By specialist, the episodes in the order in which something is due from that day on."""
    found: dict[str, dict[str, None]] = {}
    for clock in open_clocks(spec, dataset, day):
        if clock["due_on"] >= day:
            found.setdefault(clock["specialist_id"], {})[clock["episode_id"]] = None
    return {specialist: list(episodes) for specialist, episodes in found.items()}


def _with_time(people: dict[str, list[Row]], day: date) -> list[str]:
    """Those with nothing due soon, in an order that is the same on every load."""
    free = [id for id, clocks in people.items() if clocks[0]["due_on"] >= day + timedelta(days=CLEAR_DAYS)]
    return sorted(free, key=lambda id: pick(range(1000), f"free {id}"))


def _missing(people: dict[str, list[Row]], day: date) -> Iterator[tuple[date, str]]:
    """The days still wanted, where too few rows stand in their group."""
    first = [(clocks[0]["due_on"] - day).days for clocks in people.values()]
    for group, wanted in WANTED.items():
        there = sum(left in group for left in first)
        for left, how in wanted[there:]:
            yield day + timedelta(days=left), how


def _fits(clocks: list[Row], began: date, due_on: date, how: str) -> bool:
    kinds = {clock["kind"] for clock in clocks}
    if how == "contact":
        return "active_contact" in kinds and began <= due_on - timedelta(days=CONTACT_DAYS)
    return "plan_review" in kinds and began + timedelta(days=CONTACT_DAYS) <= add_months(due_on, -REVIEW_MONTHS)


def _quiet_since(dataset: Dataset, episode_id: str, due_on: date) -> Dataset:
    """The last answer was 28 days before: what came later is an attempt without one."""
    last_on = due_on - timedelta(days=CONTACT_DAYS)
    contacts = dataset["contacts"]
    mine = (pl.col("episode_id") == episode_id) & (pl.col("with_whom") == "client")
    answered = contacts.filter(mine & (pl.col("attendance") == "attended")).sort("on", "contact_id")
    later = answered.filter(pl.col("on") > last_on)["contact_id"].to_list()
    held = answered.filter(pl.col("on") <= last_on)["contact_id"].to_list()
    moved = held.pop() if held else later.pop(0)
    dropped, tries = (later[:-TRIES_KEPT], later[-TRIES_KEPT:])
    is_try, written = pl.col("contact_id").is_in(tries), pl.col("kind").is_in(["text", "email", "letter"])
    unanswered = pl.when(written).then(pl.lit("one_way")).otherwise(pl.lit("did_not_attend"))
    changed = contacts.filter(~pl.col("contact_id").is_in(dropped)).with_columns(
        pl.when(is_try).then(unanswered).otherwise("attendance").alias("attendance"),
        pl.when(~is_try).then("minutes").alias("minutes"),
        pl.when(pl.col("contact_id") == moved).then(pl.lit(last_on)).otherwise("on").alias("on"),
    )
    return dataset.with_frames(contacts=changed)


def _agreed(dataset: Dataset, episode_id: str, due_on: date) -> Dataset:
    """The plan that holds was agreed three months before."""
    agreed_on = add_months(due_on, -REVIEW_MONTHS)
    mine = (pl.col("episode_id") == episode_id) & (pl.col("kind") == VOCATIONAL)
    latest = mine & pl.col("ended_on").is_null()
    earlier = mine & pl.col("ended_on").is_not_null()
    ends = pl.min_horizontal("ended_on", pl.lit(agreed_on - timedelta(days=1)))
    plans = dataset["plans"].with_columns(
        pl.when(latest).then(pl.lit(agreed_on)).otherwise("agreed_on").alias("agreed_on"),
        pl.when(earlier).then(ends).otherwise("ended_on").alias("ended_on"),
    )
    return dataset.with_frames(plans=plans)
