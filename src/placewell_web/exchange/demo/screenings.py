"""The demo's screenings: what was answered to each criterion; a few set aside by a second person before the draw."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from itertools import groupby
from typing import Any
from uuid import UUID

from placewell.dataset import Dataset
from placewell.specification import Specification
from placewell_web.exchange.demo.keeping import leader
from placewell_web.exchange.demo.moments import noted
from placewell_web.exchange.demo.places import Places, site_id
from placewell_web.exchange.demo.words import pick
from placewell_web.intake.models import CriterionAnswer, Screening

BATCH = 500
SET_ASIDE = 3
OPEN_CRITERION, WHY = (
    "wants_work",
    "The person says it in their own words at the meeting: they want to work again soon.",
)

Row = dict[str, Any]


def load_screenings(
    spec: Specification, dataset: Dataset, places: Places, at: datetime, answered_at: Mapping[str, datetime]
) -> None:
    """A screening with its answers for every episode that has any; `answered_at`: those answered at a trial meeting."""
    clauses = {criterion.id: criterion.clause for criterion in spec.eligibility.criteria}
    rows = dataset["screenings"].rows(named=True)
    episodes = {row["episode_id"]: row for row in dataset["episodes"].rows(named=True)}
    aside = set(_set_aside(answered_at)) if OPEN_CRITERION in clauses else set()
    screenings, answers = [], []
    for episode_id, group in groupby(rows, key=lambda row: row["episode_id"]):
        said = [_left_open(row) if episode_id in aside else row for row in group]
        found = _screening(spec, places, episodes[episode_id], said, at, answered_at.get(episode_id))
        several = [found, _against(found, places, episodes[episode_id])] if episode_id in aside else [found]
        screenings += several
        answers += [answer for one in several for answer in _answers(one, said, clauses)]
    Screening.objects.bulk_create(screenings, batch_size=BATCH)
    CriterionAnswer.objects.bulk_create(answers, batch_size=BATCH)


def screening_of(episode_id: str, answered_at: Mapping[str, datetime]) -> UUID:
    """The screening that holds for an episode: the one that set another aside, where there are two."""
    return site_id("screenings aside" if episode_id in set(_set_aside(answered_at)) else "screenings", episode_id)


def _set_aside(answered_at: Mapping[str, datetime]) -> list[str]:
    return sorted(answered_at, key=lambda id: (pick(range(1000), f"aside {id}"), id))[:SET_ASIDE]


def _left_open(row: Row) -> Row:
    if row["criterion"] != OPEN_CRITERION:
        return row
    return row | {"answer": "not_known", "reason": "Was not sure on that day"}


def _screening(
    spec: Specification, places: Places, episode: Row, said: list[Row], at: datetime, moment: datetime | None
) -> Screening:
    answers = {row["answer"] for row in said}
    overall = "not_eligible" if "not_met" in answers else "not_known" if "not_known" in answers else "eligible"
    staff = places.staff.get(episode["specialist_id"]) or next(iter(places.staff.values()))
    key = episode["episode_id"]
    return Screening(
        id=site_id("screenings", key),
        episode_id=site_id("episodes", key),
        decided_on=said[0]["decided_on"],
        decided_at=moment or noted(said[0]["decided_on"], at, f"screening {key}"),
        decided_by=staff,
        specification_version=spec.version,
        specification_hash=spec.hash,
        overall=overall,
    )


def _against(first: Screening, places: Places, episode: Row) -> Screening:
    """The same answers, which the team's leader lets stand as good enough."""
    return Screening(
        id=site_id("screenings aside", episode["episode_id"]),
        episode_id=first.episode_id,
        decided_on=first.decided_on,
        decided_at=first.decided_at + timedelta(seconds=40),
        decided_by=first.decided_by,
        specification_version=first.specification_version,
        specification_hash=first.specification_hash,
        overall=first.overall,
        override_reason=WHY,
        override_by=places.staff[leader(episode["team_id"])],
    )


def _answers(screening: Screening, said: list[Row], clauses: Mapping[str, str]) -> Iterator[CriterionAnswer]:
    for row in said:
        yield CriterionAnswer(
            screening=screening,
            criterion=row["criterion"],
            answer=row["answer"],
            reason=row["reason"] or "",
            clause=clauses.get(row["criterion"], ""),
        )
