"""Targets: a year's count is compared cumulatively; behind while the year runs, breached when it has ended."""

from decimal import Decimal

import pytest
from tests.factories import day
from tests.library.indicators.asking import ask_figure, with_target

from placewell.indicators.targets import due_by, judge, quarters_until, year_to_date
from placewell.periods import parse_period
from placewell.specification.indicators import Target

FIRST = day("2016-08-01")


def a_target(amount, basis="year", **columns):
    return Target(clause="004 §8.2", basis=basis, amount=amount, **columns)


FORECAST = a_target(None, "trajectory", quarters=(5,) * 4, kind="forecast")
QUARTERLY = a_target(Decimal("0.7"), "value", judged="quarter")


def due(target, period, as_at=None):
    asked = parse_period(period, FIRST)
    return due_by(target, asked, day(as_at) if as_at else asked.last_day, FIRST)


@pytest.mark.parametrize(
    ("amount", "period", "due_then"),
    [
        (85, "Y1Q1", 22),  # 21.25, rounded up
        (85, "Y1Q2", 43),  # 42.5
        (85, "Y1Q3", 64),  # 63.75
        (85, "Y1Q4", 85),
        (85, "Y2Q1", 22),  # every contract year begins again
        (95, "Y3Q3", 72),  # 71.25
        (85, "Y1", 85),
        (80, "Y1Q1", 20),
        (Decimal("10.5"), "Y1Q2", 6),
        (85, "2016-08-01/2016-09-01", 0),  # no quarter has gone
        (85, "2016-08-01/2016-12-15", 22),
    ],
)
def test_of_a_years_count_the_share_of_the_quarters_gone_is_due(amount, period, due_then):
    assert due(a_target(amount), period) == due_then


@pytest.mark.parametrize(("basis", "amount", "due_then"), [("quarter", 20, 20), ("value", Decimal("0.7"), 0.7)])
def test_other_targets_are_due_whole(basis, amount, due_then):
    assert due(a_target(amount, basis), "Y1Q1") == due_then


@pytest.mark.parametrize(
    ("period", "quarters"),
    [
        ("Y1Q1", 1),
        ("Y1Q4", 4),
        ("Y1", 4),
        ("Y2Q1", 5),
        ("Y3", 12),
        ("2016-08-01/2016-09-01", 1),  # none has gone, and the first is running
        ("2016-08-01/2016-12-15", 1),
        ("2017-07-01/2017-09-15", 5),  # of the second year none has gone, and its first is running
        ("2015-08-01/2016-08-01", 0),  # before the contract
        ("2014-08-01/2014-11-01", 0),
    ],
)
def test_how_many_quarters_a_trajectory_must_have(period, quarters):
    asked = parse_period(period, FIRST)
    assert quarters_until(asked, FIRST) == quarters
    if quarters:  # so many suffice
        assert due_by(a_target(None, "trajectory", quarters=(1,) * quarters), asked, asked.last_day, FIRST) is not None


@pytest.mark.parametrize(("period", "too_few"), [("Y1Q2", 1), ("Y1Q4", 3), ("Y2Q1", 4), ("Y3", 11)])
def test_with_one_quarter_fewer_nothing_is_due(period, too_few):
    asked = parse_period(period, FIRST)
    assert quarters_until(asked, FIRST) == too_few + 1
    assert due_by(a_target(None, "trajectory", quarters=(1,) * too_few), asked, asked.last_day, FIRST) is None


@pytest.mark.parametrize(
    ("period", "due_then"),
    [
        ("Y1Q1", 9),  # 8.775, rounded up
        ("Y1Q2", 18),  # 17.55: within the year what went before counts too
        ("Y1Q4", 28),  # the year whole: 27.55
        ("Y1", 28),
        ("Y2Q1", 3),  # every contract year begins again
        ("Y2Q2", None),  # the plan has no such quarter
        ("2016-08-01/2016-09-01", 0),
    ],
)
def test_of_a_trajectory_the_quarters_gone_of_the_year_are_due(period, due_then):
    quarters = ("351/40", Decimal("8.775"), 5, 5, 3)
    assert due(a_target(None, "trajectory", quarters=quarters), period) == due_then


@pytest.mark.parametrize(
    ("period", "as_at", "of_a_year", "of_a_trajectory"),
    [
        ("Y1", "2016-08-01", 0, 0),
        ("Y1", "2016-10-30", 0, 0),
        ("Y1", "2016-10-31", 22, 10),  # the first quarter's last day
        ("Y1", "2016-12-01", 22, 10),
        ("Y1Q2", "2016-12-01", 22, 10),  # the same day says the same, whichever period is asked for
        ("Y1", "2017-01-31", 43, 20),
        ("Y1", "2017-07-30", 64, 30),
        ("Y1", "2017-07-31", 85, 40),
        ("Y1", "2019-01-01", 85, 40),  # the period's end holds, however late one looks
        ("Y2", "2017-12-01", 22, None),
        ("2017-06-01/2017-09-01", "2017-06-15", 0, None),  # its year, the second, has not begun on that day
    ],
)
def test_what_is_due_is_what_was_due_as_at_the_day(period, as_at, of_a_year, of_a_trajectory):
    assert due(a_target(85), period, as_at) == of_a_year
    assert due(a_target(None, "trajectory", quarters=(10,) * 4), period, as_at) == of_a_trajectory


def test_without_a_quarter_planned_there_is_no_target():
    target = a_target(None, "trajectory", quarters=(4,))
    assert judge(target, 3, parse_period("Y1Q2", FIRST), day("2017-01-31"), FIRST).status == "no_target"


@pytest.mark.parametrize(
    ("basis", "columns"),
    [
        ("year", {}),
        ("value", {"quarters": (1,)}),
        ("trajectory", {"amount": 3}),
        ("trajectory", {"amount": 3, "quarters": (1,)}),
    ],
)
def test_a_target_has_an_amount_or_quarters(basis, columns):
    with pytest.raises(ValueError, match="needs"):
        Target(clause="004 §8.2", basis=basis, **columns)


@pytest.mark.parametrize(
    ("target", "reached", "period", "as_at", "status"),
    [
        (None, 5, "Y1Q1", "2016-10-31", "no_target"),
        (a_target(85), 22, "Y1Q1", "2016-10-31", "met"),
        (a_target(85), 21, "Y1Q1", "2016-10-31", "behind"),
        (a_target(85), 84, "Y1Q4", "2017-07-31", "breached"),
        (a_target(85), 84, "Y1Q4", "2017-07-30", "met"),  # three quarters are gone as at that day: 64
        (a_target(85), 63, "Y1Q4", "2017-07-30", "behind"),
        (a_target(85), 21, "Y1", "2016-12-01", "behind"),
        (a_target(85), 22, "Y1", "2016-12-01", "met"),
        (a_target(85), 84, "Y1Q3", "2018-01-01", "met"),
        (a_target(85), 63, "Y1Q3", "2018-01-01", "behind"),  # the period, not today, says whether the year runs
        (a_target(85), 84, "Y1", "2017-07-31", "breached"),
        (a_target(20, "quarter"), 19, "Y1Q1", "2016-10-31", "breached"),
        (a_target(20, "quarter"), 19, "Y1Q1", "2016-10-30", "behind"),
        (a_target(20, "quarter"), 20, "Y1Q1", "2016-10-30", "met"),
        (a_target(Decimal("0.7"), "value"), 0.7, "Y1Q1", "2016-10-31", "met"),
        (a_target(Decimal("0.7"), "value"), 0.69, "Y1Q1", "2016-10-31", "behind"),
        (a_target(Decimal("0.7"), "value"), 0.69, "Y1Q4", "2017-07-31", "breached"),
        (a_target(Decimal("0.7"), "value", judged="quarter"), 0.69, "Y1Q1", "2016-10-31", "breached"),
        (a_target(Decimal("0.7"), "value", judged="quarter"), 0.69, "Y1Q1", "2016-10-30", "behind"),
        (a_target(None, "trajectory", quarters=(0, 0, 0, 1)), 0, "Y1Q2", "2017-01-31", "not_due"),
        (a_target(None, "trajectory", quarters=(0, 0, 0, 1)), 1, "Y1Q2", "2017-01-31", "not_due"),
        (a_target(None, "trajectory", quarters=(0, 0, 0, 1)), 0, "Y1Q4", "2017-07-30", "not_due"),
        (a_target(None, "trajectory", quarters=(0, 0, 0, 1)), 0, "Y1Q4", "2017-07-31", "breached"),
        (a_target(None, "trajectory", quarters=(0, 0, 0, 1)), 1, "Y1Q4", "2017-07-31", "met"),
        (a_target(85), 0, "Y1Q1", "2016-10-30", "not_due"),  # no quarter has gone
        (a_target(0), 0, "Y1", "2017-07-31", "not_due"),
        (a_target(0, "quarter"), 0, "Y1Q1", "2016-10-31", "met"),
        (a_target(0, at_most=True), 0, "Y1Q1", "2016-10-31", "met"),  # none at most is a line
        (a_target(0, at_most=True), 1, "Y1Q1", "2016-10-31", "behind"),
        (a_target(0, at_most=True), 1, "Y1Q4", "2017-07-31", "breached"),
        (a_target(8, at_most=True), 1, "Y1Q1", "2016-10-30", "not_due"),
        (FORECAST, 19, "Y1Q4", "2017-07-31", "behind"),  # a forecast missed
        (FORECAST, 19, "Y1", "2019-07-31", "behind"),
        (FORECAST, 20, "Y1", "2017-07-31", "met"),
        (FORECAST, 0, "Y2Q1", "2017-08-15", "no_target"),  # no quarter has gone, and none is planned
        (FORECAST, 0, "Y2", "2018-07-31", "no_target"),
        (QUARTERLY, 0.69, "Y1", "2017-07-31", "breached"),
        (QUARTERLY, 0.69, "2016-11-01/2017-01-15", "2017-01-14", "behind"),  # within the second quarter
        (QUARTERLY, 0.69, "2016-11-01/2017-01-15", "2018-01-14", "behind"),
        (QUARTERLY, 0.69, "2016-12-01/2017-02-01", "2017-01-31", "behind"),  # two of its months are not the quarter
        (QUARTERLY, 0.69, "2016-11-01/2017-02-01", "2017-01-31", "breached"),  # the quarter, by its days
        (QUARTERLY, 0.69, "2016-10-15/2017-02-01", "2017-01-31", "breached"),  # holds it whole
        (a_target(20, "quarter"), 19, "2016-11-01/2017-01-15", "2017-01-14", "behind"),
        (a_target(Decimal("0.7"), "value"), 0.69, "2017-05-01/2017-07-15", "2017-07-14", "behind"),
        (a_target(None, "trajectory", quarters=(10, 10)), 19, "Y1Q2", "2017-01-31", "behind"),
        (a_target(None, "trajectory", quarters=(10, 10)), 20, "Y1Q2", "2017-01-31", "met"),
        (a_target(None, "trajectory", quarters=(5,) * 4), 19, "Y1Q4", "2017-07-31", "breached"),
        (a_target(Decimal("0.7"), "value"), None, "Y1Q4", "2017-07-31", "not_due"),
        (a_target(7, "value", at_most=True), 7, "Y1Q1", "2016-10-31", "met"),
        (a_target(7, "value", at_most=True), 7.5, "Y1Q1", "2016-10-31", "behind"),
        (a_target(7, "value", at_most=True), 7.5, "Y1Q4", "2017-07-31", "breached"),
    ],
)
def test_the_state_of_a_figure(target, reached, period, as_at, status):
    assert judge(target, reached, parse_period(period, FIRST), day(as_at), FIRST).status == status


@pytest.mark.parametrize(
    ("period", "start", "end"),
    [
        ("Y2Q3", "2017-08-01", "2018-05-01"),
        ("Y2", "2017-08-01", "2018-08-01"),
        ("2018-06-01/2018-07-01", "2017-08-01", "2018-07-01"),
    ],
)
def test_the_year_to_date_runs_from_the_contract_year_to_the_periods_end(period, start, end):
    found = year_to_date(parse_period(period, FIRST), FIRST)
    assert (found.start, found.end) == (day(start), day(end))


@pytest.mark.parametrize(
    ("period", "target", "status"),
    [
        ("2017-09-01/2017-10-01", None, "no_target"),
        ("2017-09-01/2017-10-02", 0, "not_due"),  # the contract begins on 1 October 2017: no quarter is gone
        ("Y1Q1", 3, "behind"),
    ],
)
def test_before_the_contract_nothing_was_aimed_at(period, target, status):
    found = ask_figure("referrals", period=period, spec=with_target("referrals", a_target(12)))
    assert (found.target, found.status) == (target, status)
