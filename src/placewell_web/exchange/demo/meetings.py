"""When the demo's trial meetings were held, minute by minute, in the order in which the ledger draws."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import groupby
from typing import Any

from placewell.dataset import Dataset
from placewell.specification import Specification
from placewell_web.audit.clock import LONDON
from placewell_web.exchange.demo.trial_data import untrained
from placewell_web.exchange.demo.waiting import specialist_of_the_day
from placewell_web.exchange.demo.words import pick

Row = dict[str, Any]

BEGINS, APART = time(9, 20), 45
BEFORE = {  # minutes before the draw
    "started_at": 24, "script_at": 22, "eligible_at": 17, "informed_at": 14, "consented_at": 11, "items_at": 7,
    "baseline_at": 2,
}  # fmt: skip
UP_TO_INFORMATION = ("started_at", "script_at", "eligible_at", "informed_at")


@dataclass(frozen=True)
class Held:
    """A meeting: whose, who held it, and when each step was done; `drawn_at` is none where it ended without a draw."""

    episode_id: str
    person_id: str
    lot: str
    by: str
    moments: Mapping[str, datetime]
    drawn_at: datetime | None
    ended_at: datetime

    @property
    def answered_at(self) -> datetime:
        return self.moments["eligible_at"]


def held(spec: Specification, dataset: Dataset, at: datetime) -> list[Held]:
    """Every meeting that is over: of people drawn, in the ledger's order of each lot, and of those who said no."""
    if spec.trial is None:
        return []
    rows = {row["episode_id"]: row for row in dataset["episodes"].rows(named=True)}
    newest, busiest = untrained(spec.trial, dataset, at.date()), specialist_of_the_day(dataset, at.date())
    pressed = {newest: busiest[0]} if newest and busiest else {}
    drawn = [rows[row["episode_id"]] | row for row in dataset["allocations"].rows(named=True)]
    drawn.sort(key=lambda row: (row["lot"], row["allocated_on"], row["episode_id"]))
    found = []
    for (_, day), together in groupby(drawn, key=lambda row: (row["lot"], row["allocated_on"])):
        here = list(together)
        for place, row in enumerate(here):
            drawn_at = _drawn_at(day, place, len(here), row["episode_id"], at)
            found.append(_held(row, pressed, drawn_at, BEFORE, drawn_at))
    said_no = (row for row in rows.values() if _said_no(spec, row))
    found += [_held(row, pressed, _ended_at(row, at), UP_TO_INFORMATION, None) for row in said_no]
    return sorted(found, key=lambda one: (one.ended_at, one.lot, one.episode_id))


def _said_no(spec: Specification, row: Row) -> bool:
    assert spec.trial is not None
    day = row["declined_on"]
    return row["decline_reason"] == "did_not_consent" and day is not None and day <= spec.trial.closes_at.date()


def _held(row: Row, pressed: Mapping[str, str], end: datetime, steps: Any, drawn_at: datetime | None) -> Held:
    moments = {name: end - timedelta(minutes=BEFORE[name]) for name in steps}
    by = pressed.get(row["specialist_id"], row["specialist_id"])
    return Held(row["episode_id"], row["person_id"], row["lot"], by, moments, drawn_at, end)


def _drawn_at(day: date, place: int, of: int, key: str, at: datetime) -> datetime:
    """One after the other through the day; on the demo's own day a while before its moment."""
    opens = datetime.combine(day, BEGINS, tzinfo=LONDON)
    apart = min(APART, 400 // of)
    moment = opens + timedelta(minutes=apart * place, seconds=pick(range(apart * 40), f"drawn {key}"))
    return min(moment, at - timedelta(minutes=30 * (of - place)))


def _ended_at(row: Row, at: datetime) -> datetime:
    opens = datetime.combine(row["declined_on"], BEGINS, tzinfo=LONDON)
    return min(opens + timedelta(minutes=pick(range(380), f"no {row['episode_id']}")), at - timedelta(minutes=30))
