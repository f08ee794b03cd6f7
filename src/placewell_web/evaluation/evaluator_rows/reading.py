"""Ledger, meetings and hand-outs as frames of facts: days and codes under ids and trial numbers, no name, no words."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

import polars as pl

from placewell.dataset import Dataset
from placewell.evaluation.facts import LedgerFacts, frame_of
from placewell_web.casework.dataset_rows import one_moment, read_all
from placewell_web.clients.models import Allocation, Episode
from placewell_web.nhsuk.words import LONDON
from placewell_web.trial.models import Handout, LedgerEntry, Meeting, Participant

TABLES = (
    "people",
    "episodes",
    "consents",
    "allocations",
    "screenings",
    "benefits",
    "responses",
    "contacts",
    "onward_referrals",
    "jobs",
)
"""The tables of the data set that the evaluator's view is made of."""


def tables() -> Dataset:
    """The data set's part that the evaluator's library looks at, every lot, as at one moment."""
    return read_all(TABLES)


def numbers() -> dict[str, str]:
    """The trial number of every episode whose person has one."""
    found = Participant.unscoped.values_list("person_id", "number")
    by_person = {str(person): number for person, number in found}
    episodes = Episode.unscoped.filter(person__participant__isnull=False).values_list("pk", "person_id")
    return {str(episode): by_person[str(person)] for episode, person in episodes}


def ledger_facts() -> LedgerFacts:
    """What the ledger's entries say, each allocation with the episode in which it was drawn."""
    with one_moment():
        rows = list(
            LedgerEntry.objects.exclude(kind="genesis")
            .order_by("seq")
            .values("kind", "at", "person", "stratum", "arm", "body")
        )
        drawn_in = _drawn_in()
    of = {kind: [row for row in rows if row["kind"] == kind] for kind in ("allocation", "void", "withdraw")}
    noted = [row for row in rows if row["kind"] in ("note", "stratum_note")]
    return LedgerFacts(
        allocations=frame_of("allocations", (_allocation(row, drawn_in) for row in of["allocation"])),
        voids=frame_of("voids", (_told(row, "reason") for row in of["void"])),
        notes=frame_of("notes", (_told(row, "kind", "reason") for row in noted)),
        withdrawals=frame_of("withdrawals", (_told(row, "scope") for row in of["withdraw"])),
    )


def _allocation(row: dict[str, Any], drawn_in: dict[str, str]) -> dict[str, Any]:
    episode = drawn_in.get(row["person"])
    kept = {name: row[name] for name in ("person", "stratum", "arm")}
    return kept | {"episode_id": episode, "allocated_on": day_of(row["at"])}


def _told(row: dict[str, Any], column: str, key: str = "") -> dict[str, Any]:
    """An entry about a person: its day, and the one code of its body that tells what it is."""
    body = json.loads(row["body"])
    return {"person": row["person"], "on": day_of(row["at"]), column: body.get(key or column)}


def _drawn_in() -> dict[str, str]:
    """The episode in which each participant was randomised, by trial number: of several meetings, the first."""
    allocated = Allocation.unscoped.filter(episode__person__participant__isnull=False).order_by("-allocated_on")
    found = {
        number: str(episode)
        for number, episode in allocated.values_list("episode__person__participant__number", "episode_id")
    }
    met = Meeting.unscoped.filter(randomised_at__isnull=False).order_by("-randomised_at")
    return found | {number: str(pk) for number, pk in met.values_list("participant__number", "episode_id")}


def meetings() -> pl.DataFrame:
    """The first meetings, step by step, as days; a frame of facts as `placewell.evaluation.facts` declares it."""
    return frame_of("meetings", _meetings())


def _meetings() -> Iterator[dict[str, Any]]:
    steps = ("started_at", "eligible_at", "consented_at", "baseline_at", "ended_at")
    for episode, ending, *moments in Meeting.unscoped.values_list("episode_id", "ending", *steps):
        started, eligible, consented, baseline, ended = map(day_of, moments)
        declined = ending == "did_not_consent"
        yield {
            "episode_id": str(episode),
            "started_on": started,
            "eligible": False if ending == "not_eligible" else True if eligible else None,
            "consented_on": consented,
            "baseline_on": baseline,
            "declined_on": ended if declined else None,
            "decline_reason": ending if declined else None,
        }


def handouts() -> pl.DataFrame:
    """What control participants were given or offered; the reason is kept as no record has one."""
    rows = Handout.unscoped.values_list("episode_id", "kind", "on", "given")
    return frame_of(
        "handouts",
        ({"episode_id": str(pk), "kind": kind, "on": on, "given": given} for pk, kind, on, given in rows),
    )


def day_of(moment: datetime | None) -> date | None:
    """The day of a moment where the trial is."""
    return moment.astimezone(LONDON).date() if moment else None
