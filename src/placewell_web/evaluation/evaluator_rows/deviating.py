"""What departed from the protocol: decisions set aside, mistakes found afterwards; and when the evaluator was told."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import polars as pl

from placewell.evaluation.facts import frame_of
from placewell_web.evaluation.evaluator_rows.reading import day_of, numbers
from placewell_web.intake.models import CriterionAnswer
from placewell_web.trial.models import ErrorReport, Notice


@dataclass(frozen=True)
class Correction:
    """A mistake reported after an allocation, by codes: the words of whoever reported it stay with the provider."""

    number: str
    kind: str
    reason: str
    reported_on: date | None
    decision: str


@dataclass(frozen=True)
class Sending:
    """A notice for the evaluator: what about, by when it was due, and when it was sent."""

    number: str
    kind: str
    created_at: datetime
    due_at: datetime
    sent_at: datetime | None
    scopes: frozenset[str] = frozenset()
    issue: str = ""

    def in_time(self, now: datetime) -> bool:
        """Whether it was sent by its hour; one still to be sent is in time until then."""
        return (self.sent_at or now) <= self.due_at


def corrections() -> list[Correction]:
    """The mistakes reported, newest first; the allocation stands whatever was decided."""
    found = ErrorReport.unscoped.order_by("-reported_at").values_list(
        "participant__number", "kind", "reason", "reported_at", "decision"
    )
    return [Correction(number, kind, reason, day_of(at), decision) for number, kind, reason, at, decision in found]


def sendings() -> list[Sending]:
    """The notices but the receipts of allocations, newest first."""
    rows = Notice.objects.exclude(kind="receipt").order_by("-created_at")
    found = rows.values_list("participant_number", "kind", "created_at", "due_at", "sent_at", "body")
    return [Sending(*row, scopes=_scopes(said), issue=str(said.get("issue", ""))) for *row, said in _read(found)]


def _read(rows: Iterable[tuple[Any, ...]]) -> Iterator[tuple[Any, ...]]:
    """Each row with what its body says, where that is an object."""
    for *row, body in rows:
        try:
            said = json.loads(body)
        except ValueError:
            said = {}
        yield (*row, said if isinstance(said, dict) else {})


def _scopes(said: dict[str, Any]) -> frozenset[str]:
    """The scopes that a notice of a withdrawal names, where it names some."""
    named = said.get("scopes", ())
    return frozenset(map(str, named)) if isinstance(named, list) else frozenset()


def overridden() -> pl.DataFrame:
    """Criteria that were not met and set aside, under trial numbers; the reason in words stays with the provider."""
    return frame_of("overrides", _overridden())


def _overridden() -> Iterator[dict[str, Any]]:
    known = numbers()
    set_aside = CriterionAnswer.objects.exclude(screening__override_reason="").filter(answer="not_met")
    for episode, on, criterion in set_aside.order_by("screening__decided_on", "criterion").values_list(
        "screening__episode_id", "screening__decided_on", "criterion"
    ):
        if str(episode) in known:
            yield {"person": known[str(episode)], "on": on, "criterion": criterion}
