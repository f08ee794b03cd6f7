"""Job starts: which jobs count, from which day, which is first, and in which band its hours are."""

import pytest
from tests.factories import a_job, an_episode, dataset, day
from tests.library.outcomes.asking import LATE, SPEC, ask, changed, ruled

from placewell.outcomes import job_table

EPISODE = an_episode("e1", entered="2019-05-10")


@pytest.mark.parametrize(
    ("job", "start"),
    [
        (a_job("e1", first_day="2019-06-01"), "2019-06-01"),
        (a_job("e1", first_day="2019-05-10"), "2019-05-10"),  # on the day of entry
        (a_job("e1", first_day="2019-05-09"), None),  # before it
        (a_job("e1", first_day="2019-06-01", started_on="2019-05-01"), "2019-06-01"),
        (a_job("e1", first_day=None, started_on="2019-06-01"), None),  # a start agreed, no day worked
        (a_job("e1", first_day="2019-06-01", competitive=False), None),  # volunteering, set-aside posts
        (a_job("e1", first_day="2019-06-01", competitive=None), None),  # not judged
        (a_job("e1", first_day="2019-06-01", self_employed=True), "2019-06-01"),
        (a_job("e1", first_day="2019-06-01", hourly_wage="1.00"), "2019-06-01"),  # a data fault, not a rule
        (a_job("e1", first_day="2019-06-01", contract_type="zero_hours"), "2019-06-01"),
        (a_job("e1", first_day="2019-06-01", hours=None), "2019-06-01"),
        (a_job("e1", first_day="2019-06-01", paid_hours_to_date="2"), "2019-06-01"),  # one day is enough
        (a_job("e1", first_day="2019-06-01", ended="2019-06-01"), "2019-06-01"),
    ],
)
def test_a_job_start_is_the_first_day_worked_in_a_competitive_job_since_entry(job, start):
    assert ask("job_start_on", EPISODE, job) == start


@pytest.mark.parametrize(("as_at", "start"), [("2019-05-31", None), ("2019-06-01", "2019-06-01")])
def test_a_first_day_after_the_as_at_day_has_not_been_worked(as_at, start):
    assert ask("job_start_on", EPISODE, a_job("e1", first_day="2019-06-01"), as_at=as_at) == start


def test_the_first_of_several_is_the_earliest_and_of_one_day_the_smaller_id():
    jobs = (
        a_job("e1", "j3", first_day="2019-06-01"),
        a_job("e1", "j2", first_day="2019-06-01", hours="8"),
        a_job("e1", "j1", first_day="2019-06-02"),
        a_job("e1", "j0", first_day="2019-05-01"),
    )
    assert ask("first_job_id", EPISODE, *jobs) == "j2"
    assert ask("job_start_band", EPISODE, *jobs) == "under_16"


@pytest.mark.parametrize(
    ("hours", "band", "exact"),
    [
        ("0", "under_16", False),
        ("15.9", "under_16", False),
        ("15.9999", "under_16", False),
        ("16", "16_and_over", True),  # X5: in neither band of the document
        ("16.0001", "16_and_over", False),
        ("37.5", "16_and_over", False),
        (None, "unknown", False),
    ],
)
def test_the_band_of_a_job_start_is_that_of_its_contract_hours(hours, band, exact):
    job = a_job("e1", first_day="2019-06-01", hours=hours)
    assert ask("job_start_band", EPISODE, job) == band
    assert ask("job_start_exact", EPISODE, job) is exact


def test_the_side_of_exactly_16_is_configuration():
    job = a_job("e1", first_day="2019-06-01", hours="16")
    assert ask("job_start_band", EPISODE, job, spec=ruled("hours", boundary_belongs_to="lower")) == "under_16"


@pytest.mark.parametrize(
    ("columns", "start"),
    [
        ({"hours": "10", "paid_hours_to_date": "4"}, "2019-06-01"),
        ({"hours": "10", "paid_hours_to_date": "3.9"}, None),
        ({"hours": "10", "paid_hours_to_date": None}, None),
        ({"hours": "20", "paid_hours_to_date": "40"}, None),  # full time: a day worked
        ({"hours": "16", "paid_hours_to_date": "40"}, None),
        ({"hours": None, "paid_hours_to_date": "40"}, None),
        ({"hours": "10", "paid_hours_to_date": "4", "started_on": "2019-05-09"}, None),  # before entry
        ({"hours": "10", "paid_hours_to_date": "4", "competitive": False}, None),
    ],
)
def test_another_service_counts_a_part_time_job_by_four_hours_paid(columns, start):
    spec = changed("job_start", part_time_paid_hours=4)
    job = a_job("e1", first_day=None, **({"started_on": "2019-06-01"} | columns))
    assert ask("job_start_on", EPISODE, job, spec=spec) == start


def test_a_first_day_worked_is_the_day_even_where_four_hours_would_do():
    spec = changed("job_start", part_time_paid_hours=4)
    job = a_job("e1", first_day="2019-06-03", hours="10", started_on="2019-06-01", paid_hours_to_date="9")
    assert ask("job_start_on", EPISODE, job, spec=spec) == "2019-06-03"


def test_the_job_table_has_one_row_per_job_start():
    facts = dataset(
        EPISODE,
        a_job("e1", "j2", first_day="2019-06-01", hours="8"),
        a_job("e1", "j1", first_day="2019-07-01", hours="16", ended="2019-08-01"),
        a_job("e1", "j0", first_day="2019-06-01", competitive=False),
        an_episode("e0", entered="2019-04-10"),
        a_job("e0", "j9", first_day="2019-07-05", hours=None),
    )
    table = job_table(SPEC, facts, day(LATE))
    assert table.select("episode_id", "job_id", "job_start_band").rows() == [
        ("e0", "j9", "unknown"),
        ("e1", "j2", "under_16"),
        ("e1", "j1", "16_and_over"),
    ]
