"""The last minute of randomising, on the day the clocks went forward: library and site close at the same instant."""

from __future__ import annotations

from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

import pytest
from django.utils import timezone

from placewell.pathway import transitions_from
from placewell.randomisation.window import closed_because
from placewell_web.accounts import service
from placewell_web.trial.actions import preconditions
from placewell_web.trial.allocator.configured import configuration_for
from placewell_web.trial.allocator.moments import utc_of
from placewell_web.trial.steps import why_closed

OPEN, SHUT = True, False
MOMENTS = {  # in UTC; London is an hour ahead from 1 o'clock that morning
    "23:58 summer time": (datetime(2019, 3, 31, 22, 58, tzinfo=UTC), OPEN),
    "the last instant before 23:59": (datetime(2019, 3, 31, 22, 58, 59, 999999, tzinfo=UTC), OPEN),
    "23:59": (datetime(2019, 3, 31, 22, 59, tzinfo=UTC), OPEN),
    "a second later": (datetime(2019, 3, 31, 22, 59, 1, tzinfo=UTC), SHUT),
    "midnight": (datetime(2019, 3, 31, 23, 0, tzinfo=UTC), SHUT),
    "what would be 23:59 in winter time": (datetime(2019, 3, 31, 23, 59, tzinfo=UTC), SHUT),
    "1 April by any clock": (datetime(2019, 4, 1, 9, 0, tzinfo=UTC), SHUT),
    "before the clocks change": (datetime(2019, 3, 31, 0, 59, tzinfo=UTC), OPEN),
    "just after they changed": (datetime(2019, 3, 31, 1, 0, tzinfo=UTC), OPEN),
    "the last instant before the trial, in summer time": (datetime(2017, 9, 30, 22, 59, 59, tzinfo=UTC), SHUT),
    "its first midnight": (datetime(2017, 9, 30, 23, 0, tzinfo=UTC), OPEN),
}


def by_the_site_s_draw(at: datetime) -> bool:
    spec = service.current()
    assert spec.trial is not None
    return not [*preconditions._window(spec, spec.trial, timezone.localtime(at))]


def by_the_meeting(at: datetime) -> bool:
    return not why_closed(service.current(), at)


def by_the_allocator(at: datetime) -> bool:
    return closed_because(configuration_for(service.current()), utc_of(at)) is None


@pytest.mark.parametrize("judge", [by_the_site_s_draw, by_the_meeting, by_the_allocator])
@pytest.mark.parametrize(("at", "is_open"), MOMENTS.values(), ids=MOMENTS.keys())
def test_when_people_are_randomised(judge: Any, at: datetime, is_open: bool) -> None:
    assert judge(at) is is_open


@pytest.mark.parametrize(
    ("at", "steps"),
    [
        (datetime(2019, 3, 31, 22, 59, tzinfo=UTC), ["decline", "consent", "close"]),
        (datetime(2019, 3, 31, 23, 0, tzinfo=UTC), ["decline", "start_support", "close"]),
    ],
)
def test_the_pathway_goes_on_without_the_trial_from_midnight(at: datetime, steps: list[str]) -> None:
    today = timezone.localtime(at).date()
    assert [step.id for step in transitions_from(service.current(), "screened", today)] == steps


def test_a_service_without_a_trial_randomises_nobody() -> None:
    without = SimpleNamespace(trial=None)
    assert why_closed(without, datetime(2018, 11, 14, 12, tzinfo=UTC)) == "This service has no trial."  # type: ignore[arg-type]
