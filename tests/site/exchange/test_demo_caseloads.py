"""The demo's caseloads look well kept on its day by the specification's clocks; records have their times."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime, timedelta
from typing import Any

import polars as pl
import pytest
from tests.site.conftest import NOW

from placewell import outcomes
from placewell.dataset import Dataset
from placewell_web.accounts import service
from placewell_web.audit.clock import LONDON
from placewell_web.casework.models import Appointment, Contact, Evidence
from placewell_web.clients.documents.intake import check_file
from placewell_web.clients.documents.settings import store
from placewell_web.exchange.demo import load as demo
from placewell_web.exchange.demo.falling_due import FULL, due_from
from placewell_web.exchange.demo.keeping import GRACE, MOST_LATE, leader, open_clocks, weekday
from placewell_web.exchange.demo.moments import noted
from placewell_web.exchange.demo.papers import page_of

TODAY = NOW.date()


@pytest.fixture(scope="module")
def kept() -> Dataset:
    return demo.made_up(service.current(), TODAY, people=600)


@pytest.fixture(scope="module")
def first_due(kept: Dataset) -> dict[str, dict[str, dict[str, Any]]]:
    """By specialist and episode: what is due first."""
    found: dict[str, dict[str, dict[str, Any]]] = {}
    for clock in open_clocks(service.current(), kept, TODAY):
        found.setdefault(clock["specialist_id"], {}).setdefault(clock["episode_id"], clock)
    return found


def test_nothing_is_late_for_long_and_few_things_are_late(first_due: dict[str, dict[str, dict[str, Any]]]) -> None:
    assert len(first_due) >= 4
    for specialist, people in first_due.items():
        late = [clock["due_on"] for clock in people.values() if clock["due_on"] < TODAY]
        assert len(late) <= MOST_LATE, specialist
        assert all(due_on >= TODAY - GRACE for due_on in late), specialist


def test_a_full_caseload_has_something_in_every_group(first_due: dict[str, dict[str, dict[str, Any]]]) -> None:
    full = [people for people in first_due.values() if len(people) >= FULL]
    assert len(full) == 4, "one in each lot"
    for people in full:
        left = [(clock["due_on"] - TODAY).days for clock in people.values()]
        assert sum(days < 0 for days in left) >= 2
        assert sum(0 <= days < 2 for days in left) >= 2
        assert sum(2 <= days < 8 for days in left) >= 3
        assert sum(days >= 8 for days in left) > len(left) / 3


def test_proof_is_missing_for_someone_on_every_full_caseload(
    kept: Dataset, first_due: dict[str, dict[str, dict[str, Any]]]
) -> None:
    rows = outcomes.milestones(service.current(), kept, TODAY).to_dicts()
    unproved = {row["episode_id"] for row in rows if row["state"] == "unproved"}
    for people in first_due.values():
        assert len(people) < FULL or unproved & set(people)


def test_everything_is_dated_by_the_demos_day(kept: Dataset) -> None:
    for table, columns in {
        "contacts": ["on"],
        "plans": ["agreed_on"],
        "profiles": ["started_on", "completed_on"],
        "applications": ["on"],
        "evidence": ["received_on", "decided_on", "verified_on"],
        "support_decisions": ["on"],
        "job_hours": ["from_on"],
    }.items():
        for column in columns:
            assert max(kept[table][column].drop_nulls(), default=TODAY) <= TODAY, (table, column)


def test_only_the_latest_version_of_a_plan_holds(kept: Dataset) -> None:
    holding: Counter[tuple[str, str]] = Counter()
    for plan in kept["plans"].to_dicts():
        assert plan["ended_on"] is None or plan["ended_on"] >= plan["agreed_on"]
        holding[plan["episode_id"], plan["kind"]] += plan["ended_on"] is None
    assert set(holding.values()) <= {0, 1}


def test_made_up_again_it_is_the_same(kept: Dataset) -> None:
    assert demo.made_up(service.current(), TODAY, people=600) == kept


def test_the_order_of_a_diary_begins_today(kept: Dataset) -> None:
    soonest = due_from(service.current(), kept, TODAY)
    assert sum(len(episodes) >= FULL for episodes in soonest.values()) == 4
    for episodes in soonest.values():
        assert len(set(episodes)) == len(episodes)


@pytest.mark.parametrize(
    ("on", "is_on"),
    [
        (date(2019, 3, 1), date(2019, 3, 1)),
        (TODAY - timedelta(days=1), TODAY - timedelta(days=1)),
        (TODAY, TODAY),
        (TODAY + timedelta(days=4), TODAY),
        (None, TODAY),
    ],
)
def test_a_record_was_typed_in_on_its_day_and_never_later_than_now(on: date | None, is_on: date) -> None:
    moments = [noted(on, NOW, f"record {number}") for number in range(50)]
    assert {moment.astimezone(LONDON).date() for moment in moments} == {is_on}
    assert max(moments) <= NOW
    assert min(moments) >= datetime(is_on.year, is_on.month, is_on.day, 8, 40, tzinfo=LONDON)


def test_saturday_becomes_friday() -> None:
    assert [weekday(date(2019, 6, number)) for number in (14, 15, 16, 17)] == [date(2019, 6, 14)] * 3 + [
        date(2019, 6, 17)
    ]
    assert leader("SWB-T1") == "SWB-L1"


def test_a_made_up_page_is_accepted_as_proof() -> None:
    content = page_of(["Payslip (made up)", "Marlowe Home Store", "£8.65 an hour \\ łódź"])
    assert check_file("payslip.pdf", content).content == content


def test_in_the_database_the_day_is_a_days_work(small_demo: None) -> None:
    logged = Contact.unscoped.filter(created_at__date=TODAY).values_list("specialist_id", flat=True)
    assert max(Counter(logged).values(), default=0) <= 10
    assert not Contact.unscoped.filter(created_at__gt=NOW).exists()
    diaries = Counter(Appointment.unscoped.filter(starts_at__date=TODAY).values_list("specialist_id", flat=True))
    assert diaries
    assert max(diaries.values()) <= 3
    first = Appointment.unscoped.filter(purpose="First meeting").values_list("episode_id", flat=True)
    met = Contact.unscoped.filter(attendance="attended", with_whom="client", episode__in=first)
    assert not met.exists()
    assert all(
        starts.astimezone(LONDON).weekday() < 5 for starts in Appointment.unscoped.values_list("starts_at", flat=True)
    )


def test_proof_that_waits_can_be_opened(small_demo: None) -> None:
    waiting = list(Evidence.unscoped.filter(status="received"))
    begins = {
        "application/pdf": b"%PDF-",
        "image/png": b"\x89PNG",
        "image/jpeg": b"\xff\xd8",
    }  # what came by a link is text
    assert waiting
    assert all(store().get(one.pk, one.storage_name).startswith(begins.get(one.media_type, b"")) for one in waiting)
    assert all(one.media_type in {*begins, "text/plain"} and one.size for one in waiting)


def test_a_problem_was_heard_of_yesterday_on_every_full_caseload(kept: Dataset) -> None:
    problems = [one for one in open_clocks(service.current(), kept, TODAY) if one["kind"] == "job_problem"]
    assert len({one["specialist_id"] for one in problems}) == len(problems) >= 4
    assert {one["due_on"] for one in problems} == {TODAY + timedelta(days=2)}


def test_advice_is_still_to_be_given_before_a_start(kept: Dataset) -> None:
    starts = [one for one in open_clocks(service.current(), kept, TODAY) if one["kind"] == "benefits_before_start"]
    assert starts
    assert all(one["due_on"] >= TODAY for one in starts)


@pytest.mark.parametrize("table", ["benefits_advice", "job_problems", "job_pay"])
def test_what_happens_around_jobs_is_not_dated_later(kept: Dataset, table: str) -> None:
    days = kept[table].select(pl.selectors.date()).to_series()
    assert days.len() > 3
    assert days.max() <= TODAY
