"""What departed from the protocol: decisions set aside, mistakes found afterwards, and what the evaluator was told when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from placewell_web.evaluation.evaluator_rows.reading import day_of
from placewell_web.intake.models import Screening
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

    def in_time(self, now: datetime) -> bool:
        """Whether it was sent by its hour; one still to be sent is in time until then."""
        return (self.sent_at or now) <= self.due_at


def corrections() -> list[Correction]:
    """The mistakes reported, newest first; the allocation stands whatever was decided."""
    found = ErrorReport.unscoped.order_by("-reported_at").values_list(
        "participant__number", "kind", "reason", "reported_at", "decision"
    )
    return [Correction(number, kind, reason, day_of(at), decision) for number, kind, reason, at, decision in found]


def sendings(*kinds: str) -> list[Sending]:
    """The notices of these kinds, newest first."""
    rows = Notice.objects.filter(kind__in=kinds).order_by("-created_at")
    found = rows.values_list("participant_number", "kind", "created_at", "due_at", "sent_at")
    return [Sending(*row) for row in found]


def overridden() -> dict[str, date]:
    """The day on which a decision on eligibility was last set aside, by episode; the reason in words stays."""
    found = Screening.objects.exclude(override_reason="").order_by("decided_on")
    return {str(episode): on for episode, on in found.values_list("episode_id", "decided_on")}
