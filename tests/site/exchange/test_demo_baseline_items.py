"""The person items kept with the baselines of the demo: of everyone with a baseline, of nobody else."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest
from django.db import transaction

from placewell.evaluation.exported_tables import ITEM_NAMES
from placewell_web.accounts.service import current
from placewell_web.audit.clock import LONDON
from placewell_web.clients.actions.entries import day_of
from placewell_web.exchange.demo import load as demo
from placewell_web.trial.actions.baseline_items import items_of
from placewell_web.trial.models import Meeting

AT = datetime(2018, 11, 14, 12, 4, tzinfo=LONDON)


@pytest.fixture(scope="module")
def loaded(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """400 made-up people, a day on which the trial runs."""
    with django_db_blocker.unblock(), pytest.MonkeyPatch.context() as patch, transaction.atomic():
        patch.setattr(demo, "PEOPLE", 400)
        demo.load(current(), AT)
        yield
        transaction.set_rollback(True)


@pytest.mark.usefixtures("loaded", "db")
def test_everyone_with_a_baseline_has_items_kept_and_nobody_else() -> None:
    kept = Meeting.unscoped.exclude(baseline_items="")
    with_baseline = Meeting.unscoped.filter(baseline_at__isnull=False)
    assert set(kept.values_list("pk", flat=True)) == set(with_baseline.values_list("pk", flat=True))
    assert with_baseline.filter(randomised_at=None).count() == 3
    assert kept.count() > 20
    answered = 0
    for text in kept.values_list("baseline_items", flat=True):
        said = json.loads(text)
        assert set(said["items"]) <= set(ITEM_NAMES) and 16 <= said["age"] <= 80
        answered += len(said["items"])
    assert answered > 5 * kept.count()


@pytest.mark.usefixtures("loaded", "db")
def test_in_bulk_it_is_what_the_meeting_itself_keeps() -> None:
    """The demo edits nobody after the baseline but their benefits, so the record still says what was kept."""
    for meeting in Meeting.unscoped.filter(baseline_at__isnull=False):
        assert meeting.baseline_at is not None
        again = json.loads(items_of(current(), meeting.episode_id, day_of(meeting.baseline_at)))
        kept = json.loads(meeting.baseline_items)
        assert (kept["items"], kept["age"]) == (again["items"], again["age"])
