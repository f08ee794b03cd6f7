"""When support ends: nine months to find a job, four in it; three ways of reading the two together."""

from datetime import date

import pytest
from tests.library.specification.small import FILES, small

from placewell.pathway import support_limits
from placewell.specification import load


def ends(spec, entered_on, first_job_on=None):
    return [(limit.limit, limit.ends_on) for limit in support_limits(spec, entered_on, first_job_on)]


@pytest.mark.parametrize(
    ("entered_on", "first_job_on", "limits"),
    [
        (None, None, []),
        (None, date(2018, 3, 1), []),
        (date(2018, 1, 10), None, [("job_search", date(2018, 10, 10))]),
        (date(2018, 1, 31), None, [("job_search", date(2018, 10, 31))]),
        (date(2018, 5, 31), None, [("job_search", date(2019, 2, 28))]),  # there is no 31 February
        (date(2018, 1, 10), date(2018, 3, 1), [("in_work", date(2018, 7, 1))]),
        (date(2018, 1, 10), date(2018, 10, 9), [("in_work", date(2019, 2, 9))]),
    ],
)
def test_limits_of_002_follow_one_another(entered_on, first_job_on, limits):
    assert ends(load("thrive_into_work"), entered_on, first_job_on) == limits


@pytest.mark.parametrize(
    ("combine", "first_job_on", "limits"),
    [
        ("either", None, ["job_search"]),
        ("either", date(2018, 5, 1), ["in_work", "job_search"]),
        ("either", date(2018, 12, 1), ["job_search", "in_work"]),
        ("total", None, ["job_search"]),
        ("total", date(2018, 5, 1), ["job_search"]),
        ("sequential", date(2018, 5, 1), ["in_work"]),
    ],
)
def test_three_readings(tmp_path, combine, first_job_on, limits):
    spec = small(tmp_path, ("pathway", 'combine = "sequential"', f'combine = "{combine}"'))
    assert [limit for limit, _ in ends(spec, date(2018, 4, 2), first_job_on)] == limits


def test_a_service_may_set_no_limit_and_no_active_case(tmp_path):
    head, _, rest = FILES["pathway"].partition("[support]")
    spec = small(tmp_path, pathway=head + "[[plan_kind]]" + rest.partition("[[plan_kind]]")[2])
    assert (spec.pathway.support, spec.pathway.active_case) == (None, None)
    assert ends(spec, date(2018, 4, 2), date(2018, 5, 1)) == []
    assert [spec.pathway.limit_of(half) for half in ("job_search", "in_work")] == [None, None]


def test_the_limit_of_each_half_is_the_one_that_support_names():
    pathway = load("thrive_into_work").pathway
    assert [pathway.limit_of(half).months for half in ("job_search", "in_work")] == [9, 4]


def test_a_limit_says_its_clause_and_that_an_exception_needs_a_reason():
    limit = support_limits(load("thrive_into_work"), date(2018, 1, 10))[0]
    assert limit.clause == "002 §4.4, §7.4, §9.10 x"
    assert limit.exception_needs_reason
    assert limit.label == "Nine months of support to find a job"
