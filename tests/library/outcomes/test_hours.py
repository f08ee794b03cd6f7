"""Hours bands: averaged over the days that the outcome names, exactly, and unknown when one day is."""

from decimal import Decimal

import pytest
from tests.factories import a_job, an_episode, hours
from tests.library.outcomes.asking import ask, ruled

EPISODE = an_episode("e1", entered="2019-05-01")
FIRST = "2019-06-01"  # the 42nd day in work is 12 July, 26 weeks are 30 November


def six_weeks(*facts, **asked):
    return ask("six_weeks_band", EPISODE, *facts, **asked)


def sustained(*facts, **asked):
    return ask("sustained_26_weeks_band", EPISODE, *facts, **asked)


@pytest.mark.parametrize(
    ("weekly", "band"),
    [("15.99", "under_16"), ("16", "16_and_over"), ("16.01", "16_and_over"), ("0", "under_16"), (None, "unknown")],
)
def test_contract_hours_hold_where_no_spell_does(weekly, band):
    assert six_weeks(a_job("e1", "j1", first_day=FIRST, hours=weekly)) == band
    assert sustained(a_job("e1", "j1", first_day=FIRST, hours=weekly)) == band


def test_simultaneous_jobs_are_added_exactly():
    facts = (a_job("e1", first_day=FIRST, hours="15.2"), a_job("e1", first_day=FIRST, hours="0.8"))
    assert six_weeks(*facts) == sustained(*facts) == "16_and_over"
    assert ask("six_weeks_exact", EPISODE, *facts) is True
    assert ask("sustained_26_weeks_exact", EPISODE, *facts) is True
    assert six_weeks(*facts, spec=ruled("hours", boundary_belongs_to="lower")) == "under_16"


@pytest.mark.parametrize(
    ("spells", "band"),
    [
        ([("20", "2019-06-01", "2019-06-21"), ("12", "2019-06-22", "2019-07-12")], "16_and_over"),  # 21 × 20 + 21 × 12
        ([("20", "2019-06-01", "2019-06-20"), ("12", "2019-06-21", "2019-07-12")], "under_16"),
        ([("37.5", "2019-06-01", "2019-06-07")], "under_16"),  # 7 × 37.5 + 35 × 8 = 542.5 of 672
        ([("37.5", "2019-06-01", "2019-06-30")], "16_and_over"),
        ([("37.5", "2019-06-13", None)], "16_and_over"),
        ([("37.5", "2019-07-13", None)], "under_16"),  # after the window
        ([("37.5", "2019-05-01", "2019-05-31")], "under_16"),  # before the job
        ([(None, "2019-07-12", "2019-07-12")], "unknown"),  # one day is enough
        ([(None, "2019-07-13", None)], "under_16"),
        ([(None, "2019-05-01", "2019-06-01")], "unknown"),
        ([(None, "2019-05-01", "2019-05-31")], "under_16"),
    ],
)
def test_a_spell_overrides_the_contract_for_its_days_over_six_weeks(spells, band):
    job = a_job("e1", "j1", first_day=FIRST, hours="8")
    assert six_weeks(job, *(hours("j1", *spell) for spell in spells)) == band


def test_a_contract_without_hours_matters_only_on_days_without_a_spell():
    job = a_job("e1", "j1", first_day=FIRST, hours=None)
    assert six_weeks(job, hours("j1", "20", FIRST)) == "16_and_over"
    assert six_weeks(job, hours("j1", "20", FIRST, "2019-07-12")) == "16_and_over"
    assert six_weeks(job, hours("j1", "20", FIRST, "2019-07-11")) == "unknown"
    assert six_weeks(job, hours("j1", "20", "2019-06-02")) == "unknown"


def test_an_unknown_second_job_makes_the_sum_unknown_however_many_hours_the_first_has():
    facts = (a_job("e1", first_day=FIRST, hours="40"), a_job("e1", first_day="2019-07-12", hours=None))
    assert six_weeks(*facts) == "unknown"
    later = (a_job("e1", first_day=FIRST, hours="40"), a_job("e1", first_day="2019-07-13", hours=None))
    assert six_weeks(*later) == "16_and_over"


def test_days_out_of_work_are_left_out_of_six_weeks():
    facts = (
        a_job("e1", first_day=FIRST, ended="2019-06-21", hours="16"),
        a_job("e1", first_day="2019-09-01", hours="16"),
    )
    assert ask("six_weeks_on", EPISODE, *facts) == "2019-09-21"
    assert six_weeks(*facts) == "16_and_over"
    assert ask("six_weeks_units", EPISODE, *facts) == 16_0000


def test_a_job_that_does_not_count_adds_no_hours():
    facts = (a_job("e1", first_day=FIRST, hours="10"), a_job("e1", first_day=FIRST, hours="30", competitive=False))
    assert six_weeks(*facts) == "under_16"


@pytest.mark.parametrize(
    ("jobs", "band"),
    [
        # the 28 days are 3 to 30 November; days out of work add 0
        ([(FIRST, "2019-06-10", "40"), ("2019-11-30", None, "448")], "16_and_over"),  # 448 / 28 = 16
        ([(FIRST, "2019-06-10", "40"), ("2019-11-30", None, "447.9")], "under_16"),
        ([(FIRST, "2019-11-02", "40"), ("2019-11-17", None, "32")], "16_and_over"),  # 14 × 32 / 28
        ([(FIRST, "2019-11-02", "40"), ("2019-11-18", None, "32")], "under_16"),
        ([(FIRST, "2019-11-03", "16"), ("2019-11-04", None, "16")], "16_and_over"),
        ([(FIRST, "2019-11-03", None), ("2019-11-04", None, "20")], "unknown"),
        ([(FIRST, "2019-11-02", None), ("2019-11-03", None, "20")], "16_and_over"),
    ],
)
def test_26_weeks_averages_the_28_days_that_end_on_it(jobs, band):
    facts = [a_job("e1", first_day=first, ended=ended, hours=weekly) for first, ended, weekly in jobs]
    assert sustained(*facts) == band


@pytest.mark.parametrize(
    ("spells", "band"),
    [
        ([("8", "2019-11-17", None)], "16_and_over"),  # 14 × 24 + 14 × 8 = 448
        ([("8", "2019-11-16", None)], "under_16"),
        ([("8", "2019-06-01", "2019-11-02")], "16_and_over"),  # before the window
        ([("8", "2019-06-01", "2019-11-16")], "16_and_over"),
        ([("8", "2019-06-01", "2019-11-17")], "under_16"),
        ([("0", "2019-11-03", "2019-11-30")], "under_16"),
    ],
)
def test_a_spell_overrides_the_contract_in_the_28_days(spells, band):
    job = a_job("e1", "j1", first_day=FIRST, hours="24")
    assert sustained(job, *(hours("j1", *spell) for spell in spells)) == band


def test_a_spell_that_begins_after_the_as_at_day_does_not_exist_yet():
    facts = (a_job("e1", "j1", first_day=FIRST, hours="24"), hours("j1", None, "2019-11-30"))
    assert sustained(*facts, as_at="2019-11-30") == "unknown"
    assert six_weeks(*facts, as_at="2019-11-29") == "16_and_over"


def test_there_is_no_band_before_an_outcome_is_reached_or_where_it_is_missed():
    job = a_job("e1", first_day=FIRST, ended="2019-06-30")
    assert six_weeks(job) is None
    assert sustained(job) is None
    assert sustained(a_job("e1", first_day=FIRST), as_at="2019-11-29") is None


def test_of_spells_that_overlap_by_mistake_the_later_begins_a_new_one():
    job = a_job("e1", "j1", first_day=FIRST, hours="8")
    facts = (job, hours("j1", "10", FIRST, "2019-07-31"), hours("j1", "30", "2019-06-10", "2019-07-31"))
    assert ask("six_weeks_units", EPISODE, *facts) == round(Decimal(9 * 10 + 33 * 30) / 42 * 10_000)
