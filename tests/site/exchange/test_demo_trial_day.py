"""The demo on 14 November 2018: people wait for their meeting, at every stage, on one specialist's list."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from typing import Any

import polars as pl
import pytest
from django.db import transaction
from tests.site.conftest import NOW
from tests.site.exchange.bundles import bundle_now

from placewell.randomisation.verification import verify
from placewell_web.accounts import queries as staff
from placewell_web.accounts.models import Posting, Role, Training, User
from placewell_web.accounts.service import current
from placewell_web.audit.actors import Actor
from placewell_web.audit.clock import LONDON
from placewell_web.clients.models import Allocation
from placewell_web.exchange.demo import load as demo
from placewell_web.exchange.demo.keeping import GRACE, open_clocks
from placewell_web.exchange.demo.waiting import let_wait, runs_on, specialist_of_the_day
from placewell_web.trial.actions import preconditions
from placewell_web.trial.actions.allocation import randomise
from placewell_web.trial.allocator.demo import PUBLIC_SHARES
from placewell_web.trial.models import (
    LedgerEntry,
    Meeting,
    MeetingDraft,
)  # fmt: skip
from placewell_web.trial.queries.meetings import waiting
from placewell_web.trial.steps import open_step

TRIAL_DAY = datetime(2018, 11, 14, 12, 4, tzinfo=LONDON)


@pytest.fixture(scope="module")
def loaded(django_db_setup: None, django_db_blocker: Any) -> Iterator[datetime]:
    """All of the demo's people, once a module."""
    with django_db_blocker.unblock(), transaction.atomic():
        demo.load(current(), TRIAL_DAY)
        yield TRIAL_DAY
        transaction.set_rollback(True)


@pytest.fixture
def running(loaded: datetime, db: None) -> datetime:
    return loaded


def nadia(at: datetime) -> User:
    """The specialist who may sign in."""
    held = Posting.objects.filter(role=Role.SPECIALIST).exclude(user__password__startswith="!")
    return held.select_related("user").get().user


def test_about_a_dozen_wait_at_every_stage(running: datetime) -> None:
    user = nadia(running)
    rows = waiting(staff.viewer_of(user, running.date()), user.pk)
    stages = Counter("not begun" if meeting is None else open_step(meeting) for _, meeting in rows)
    assert 8 <= sum(stages.values()) <= 14
    assert stages["randomise"] == 3
    assert {"not begun", "eligibility", "information", "consent", "baseline"} <= set(stages)
    assert MeetingDraft.unscoped.count() == 2


def test_the_ready_ones_can_be_drawn_and_the_ledger_goes_on(running: datetime) -> None:
    user = nadia(running)
    viewer, by = staff.viewer_of(user, running.date()), Actor.user(user.pk, user.name)
    before = LedgerEntry.objects.count()
    for meeting in Meeting.unscoped.filter(baseline_at__isnull=False, randomised_at=None):
        preconditions.check_all(viewer, meeting, current(), running)
        assert randomise(by=by, at=running, viewer=viewer, meeting_id=meeting.pk).arm in ("ips", "control")
    assert LedgerEntry.objects.count() == before + 3
    assert verify(bundle_now(), shares=PUBLIC_SHARES).faults == ()


def test_one_specialist_is_not_trained_yet(running: datetime) -> None:
    briefed = Training.objects.filter(course="trial_briefing").values("user")
    held = Posting.objects.filter(role=Role.SPECIALIST, from_on__lte=running.date(), to_on=None)
    lacking = held.exclude(user__in=briefed)
    assert lacking.count() == 1
    assert lacking.get().user != nadia(running)


def test_one_of_those_who_wait_is_in_the_comparison_group_of_another_area(running: datetime) -> None:
    user = nadia(running)
    rows = waiting(staff.viewer_of(user, running.date()), user.pk)
    come_again = {one.person_id: one.lot_id for one, meeting in rows if meeting is None}
    held = Allocation.unscoped.filter(arm="control", episode__person__in=come_again).select_related("episode")
    assert [one for one in held if one.episode.lot_id != come_again[one.episode.person_id]]


@pytest.fixture(scope="module")
def made() -> Any:
    return demo.made_up(current(), TRIAL_DAY.date(), people=600)


class TestTheDataSet:
    """What is arranged before anything is loaded."""

    def test_the_caseload_is_the_one_without_those_who_wait(self, made: Any) -> None:
        drawn, day = set(made["allocations"]["episode_id"]), TRIAL_DAY.date()
        open_to_all = pl.col("accepted_on").is_not_null() & pl.col("closed_on").is_null()
        entered = made["episodes"].join(made["allocations"].filter(pl.col("arm") == "ips"), on="episode_id", how="semi")
        again = pl.col("person_id").is_in(entered["person_id"].to_list())  # who comes again enters when accepted
        waits = made["episodes"].filter(open_to_all & ~pl.col("episode_id").is_in(list(drawn)) & ~again)
        assert waits.height > 5
        for table in ("profiles", "plans", "jobs", "screenings", "consents"):
            assert made[table].join(waits, on="episode_id", how="semi").height == 0
        clocks = [
            clock for clock in open_clocks(current(), made, day) if clock["episode_id"] in set(waits["episode_id"])
        ]
        assert {clock["kind"] for clock in clocks} <= {"first_contact"}
        assert all(clock["due_on"] >= day - GRACE for clock in clocks)
        assert waits["accepted_on"].max() <= day
        assert (waits["accepted_on"] >= waits["referred_on"]).all()
        assert {accepted.isoweekday() for accepted in waits["accepted_on"]} <= {1, 2, 3, 4, 5}
        assert waits["specialist_id"].n_unique() == 1

    def test_referrals_are_left_in_the_inbox(self, made: Any) -> None:
        undecided = made["episodes"].filter(pl.col("accepted_on").is_null() & pl.col("declined_on").is_null())
        assert undecided.height >= 3

    def test_everyone_belongs_to_somebody_and_nobody_is_left_over(self, made: Any) -> None:
        assert set(made["episodes"]["person_id"]) == set(made["people"]["person_id"])

    @pytest.mark.parametrize("day", [NOW.date(), datetime(2017, 9, 1).date()])
    def test_outside_the_trial_nothing_is_moved(self, made: Any, day: Any) -> None:
        assert let_wait(current(), made, day) is made
        assert not runs_on(current().trial, day)

    def test_the_busiest_has_most_open_episodes(self, made: Any) -> None:
        most = specialist_of_the_day(made, TRIAL_DAY.date())
        open_now = made["episodes"].filter(pl.col("closed_on").is_null() & pl.col("specialist_id").is_not_null())
        counted = Counter(open_now["specialist_id"].to_list())
        assert most is not None
        assert counted[most[0]] == max(counted.values())
