"""The order of the first meeting: which moment of the record says that a step is done, and which step comes next."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils import timezone

from placewell.specification import Specification
from placewell.specification.trial import BaselinePart, Step, TrialFile
from placewell_web.nhsuk.words import clock_time, day

MOMENTS = {
    "script": "script_at",
    "eligibility": "eligible_at",
    "information": "informed_at",
    "consent": "consented_at",
    "baseline": "baseline_at",
    "randomise": "randomised_at",
}
"""Step → the column of the meeting that holds when it was done; the order is the database's (check constraints)."""


def clears(screening: Any) -> bool:
    """Whether a screening lets the person go on: every criterion met, or set aside by a second person (002 §10.1)."""
    return screening is not None and (screening.overall == "eligible" or bool(screening.override_reason))


def open_step(meeting: Any) -> str:
    """The first step that is still to do. An answer changed to "not eligible" opens eligibility again."""
    for step, moment in MOMENTS.items():
        if getattr(meeting, moment) is None or (step == "eligibility" and not clears(meeting.screening)):
            return step
    return "randomise"


def comes_after(step: str, other: str) -> bool:
    names = list(MOMENTS)
    return names.index(step) > names.index(other)


def asked(trial: TrialFile) -> tuple[Step, ...]:
    """The steps that are done before an arm is decided."""
    return tuple(step for step in trial.steps if step.kind in MOMENTS)


def closes(trial: TrialFile) -> datetime:
    """The last moment at which anyone is randomised, on London's clock."""
    return timezone.make_aware(trial.closes_at)


def why_closed(specification: Specification, at: datetime) -> str:
    """Why nobody can be randomised at this moment, as a sentence; empty while the trial is open. Source: 002 §11.1."""
    trial = specification.trial
    if trial is None:
        return "This service has no trial."
    if timezone.localdate(at) < trial.opens_on:
        return f"The trial opens on {day(trial.opens_on)}. Nobody is randomised before that day."
    if at > closes(trial):
        last = closes(trial)
        return f"The trial ended on {day(last)} at {clock_time(last)}. Nobody is randomised any more."
    return ""


def open_parts(trial: TrialFile, meeting: Any, kept: Mapping[str, Any]) -> list[BaselinePart]:
    """The parts of the baseline that are still to be filled in; `kept`: the questionnaires there are."""
    return [part for part in trial.baseline if not is_kept(part, meeting, kept)]


def is_kept(part: BaselinePart, meeting: Any, kept: Mapping[str, Any]) -> bool:
    return meeting.items_at is not None if part.kind == "person_items" else part.instrument in kept
