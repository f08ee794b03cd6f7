"""Recruitment against its plan: counts, what was planned by a day, and the forecast, as facts and answers."""

from fractions import Fraction

import pytest
from tests.library.evaluation.trial_facts import SPEC, a_person, dataset, date, day, ledger, randomised, referred

from placewell.evaluation.facts import LedgerFacts
from placewell.evaluation.flow import participant_flow
from placewell.evaluation.recruitment import even_plan, forecast, recruitment, recruitment_words
from placewell.specification import load

TRIAL = SPEC.trial
LOTS = [lot.code for lot in SPEC.service.lots]


def drawn(*starts, each=1):
    """A ledger with so many people a day from each day on, one a day."""
    days = [day(start, later) for start in starts for later in range(each)]
    rows = [
        {"person": f"P-{n:04d}", "episode_id": f"e{n}", "stratum": LOTS[n % 4], "arm": "ips", "allocated_on": on}
        for n, on in enumerate(days)
    ]
    return LedgerFacts.of(allocations=rows)


def found(ledger_facts, as_at, **asked):
    return recruitment(dataset(), SPEC, ledger_facts, day(as_at), **asked)


@pytest.mark.parametrize(
    ("as_at", "planned"),
    [
        ("2017-09-30", 0),
        ("2017-10-01", 10),  # 5,300 over 547 days
        ("2018-03-31", 1763),
        ("2019-03-31", 5300),
        ("2019-06-14", 5300),
    ],
)
def test_the_plan_is_the_same_on_each_day(as_at, planned):
    assert found(LedgerFacts(), as_at).planned_by_now == planned


@pytest.mark.parametrize(("lot", "counts"), [(None, 2), ("dudley", 1), ("wolverhampton", 1)])
def test_a_person_randomised_twice_is_recruited_once_by_the_first_allocation(lot, counts):
    tables = dataset(
        a_person("p1"),
        randomised("e2", "ips", person_id="p1", on="2018-06-15", lot="wolverhampton"),
        randomised("e1", "control", person_id="p1", on="2018-01-15"),
        randomised("e3", "ips", on="2018-06-15", lot="wolverhampton"),
    )
    result = recruitment(tables, SPEC, ledger(tables), day("2018-07-01"), lot=lot)
    flow = participant_flow(tables, SPEC, ledger(tables), day("2018-07-01"), lot=lot)
    assert result.count == flow.randomised.count == counts
    assert sum(month.count for month in result.months) == counts
    months = {month.label for month in result.months if month.count}
    assert months == {None: {"January 2018", "June 2018"}, "dudley": {"January 2018"}}.get(lot, {"June 2018"})


def test_people_by_lot_and_month():
    result = found(drawn("2017-10-30", "2018-01-01", each=4), "2018-01-03")
    assert [(one.label, one.count, one.cumulative, one.whole) for one in result.months] == [
        ("October 2017", 2, 2, True),
        ("November 2017", 2, 4, True),
        ("December 2017", 0, 4, True),
        ("January 2018", 3, 7, False),
    ]
    assert result.months[0].by_lot == {LOTS[0]: 1, LOTS[1]: 1, LOTS[2]: 0, LOTS[3]: 0}
    assert [month.planned for month in result.months] == [300, 591, 891, 920]
    assert [(lot.lot, lot.count, lot.planned, lot.planned_by_now) for lot in result.lots] == [
        (LOTS[0], 2, 1325, 230),
        (LOTS[1], 2, 1325, 230),
        (LOTS[2], 2, 1325, 230),
        (LOTS[3], 1, 1325, 230),
    ]
    assert (result.count, result.planned, result.open) == (7, 5300, True)


def test_one_lot_and_a_plan_of_its_own():
    result = found(drawn("2017-10-01", each=8), "2017-10-31", lot=LOTS[1], plan={LOTS[0]: 100, LOTS[1]: 547})
    assert (result.count, result.planned, result.planned_by_now) == (2, 547, 31)
    assert [lot.lot for lot in result.lots] == [LOTS[1]]
    assert result.months[0].count == 2


@pytest.mark.parametrize(("planned", "spread"), [(8, [2, 2, 2, 2]), (10, [3, 3, 2, 2]), (3, [1, 1, 1, 0])])
def test_a_plan_spread_evenly(planned, spread):
    assert list(even_plan(["a", "b", "c", "d"], planned).values()) == spread


def days_of(count, start="2018-01-01"):
    return [day(start)] * count


@pytest.mark.parametrize(
    ("days", "planned", "as_at", "pace", "months", "met_on", "expected", "shortfall"),
    [
        # 90 people in 90 days (January to March); 365 days are left on 31 March 2018, counted on 1 April: 364
        (days_of(90), 400, "2018-04-01", 30, 3, "2019-02-05", 454, 0),
        (days_of(90), 454, "2018-04-01", 30, 3, "2019-03-31", 454, 0),
        (days_of(90), 455, "2018-04-01", 30, 3, None, 454, 1),
        # a month that is not over says nothing of the pace
        (days_of(90) + days_of(50, "2018-04-02"), 600, "2018-04-20", 30, 3, None, 485, 115),
        # fewer months at first, none in the first
        (days_of(62, "2017-10-05"), 1000, "2017-11-05", 62, 1, "2019-02-17", 1084, 0),  # 938 more at 2 a day
        (days_of(10, "2017-10-05"), 1000, "2017-10-20", None, 0, None, None, None),
        # met already
        (days_of(5) + days_of(5, "2018-02-01"), 6, "2018-04-01", Fraction(10, 3), 3, "2018-02-01", 50, 0),
        # nobody lately
        (days_of(9, "2017-10-05"), 20, "2018-04-01", 0, 3, None, 9, 11),
        # closed
        (days_of(9), 20, "2019-04-01", None, 0, None, 9, 11),
        (days_of(20), 20, "2019-04-01", None, 0, "2018-01-01", 20, 0),
        # the last day is still open
        (days_of(9), 20, "2019-03-31", 0, 3, None, 9, 11),
    ],
)
def test_the_forecast(days, planned, as_at, pace, months, met_on, expected, shortfall):
    result = forecast(days, planned, TRIAL, day(as_at))
    assert (result.pace, result.months, result.met_on) == (pace, months, day(met_on))
    assert (result.expected, result.shortfall) == (expected, shortfall)


@pytest.mark.parametrize(
    ("start", "each", "as_at", "words"),
    [
        (
            "2018-01-01",
            90,
            "2019-06-14",
            "90 people were randomised between October 2017 and 31 March 2019, 2% of the 5,300 planned. "
            "Recruitment is closed. 5,210 short of the plan.",
        ),
        (
            "2018-01-01",
            1,
            "2018-01-20",
            "1 person was randomised between October 2017 and 20 January 2018, 0% of the 5,300 planned. "
            "At the pace of the last 3 full months, 0 a month, 5,299 will be missing when recruitment closes on "
            "31 March 2019.",
        ),
        (
            "2017-10-01",
            31,
            "2017-11-01",
            "32 people were randomised between October 2017 and 1 November 2017, 1% of the 5,300 planned. "
            "At the pace of the last full month, 31 a month, 4,753 will be missing when recruitment closes on "
            "31 March 2019.",
        ),
        (
            "2017-10-01",
            3,
            "2017-10-10",
            "3 people were randomised between October 2017 and 10 October 2017, 0% of the 5,300 planned. "
            "No full month has passed, so there is no forecast yet.",
        ),
    ],
)
def test_in_words(start, each, as_at, words):
    more = 1 if as_at == "2017-11-01" else 0
    assert recruitment_words(found(drawn(start, each=each + more), as_at), TRIAL) == words


@pytest.mark.parametrize(
    ("as_at", "words"),
    [
        ("2018-04-01", "The plan was met on 2 January 2018."),
        ("2019-04-01", "Recruitment is closed. The plan was met."),
        ("2018-01-01", "4 a month, the plan is met on"),
    ],
)
def test_a_plan_that_is_met(as_at, words):
    result = found(drawn("2017-12-30", each=4), as_at, plan={LOTS[0]: 4})
    if as_at == "2018-01-01":
        assert result.count == 3
        assert result.forecast.met_on == day("2018-02-16")  # 2 in 92 days
    else:
        assert recruitment_words(result, TRIAL).endswith(words)


def test_the_ledger_and_the_data_set_agree_on_the_lot():
    tables = dataset(
        referred("e1", lot="wolverhampton"),
        ("allocations", {"episode_id": "e1", "arm": "ips", "allocated_on": date(2018, 1, 15)}),
    )
    result = recruitment(tables, SPEC, ledger(tables), date(2018, 2, 1))
    assert {lot.lot: lot.count for lot in result.lots}["wolverhampton"] == 1


def test_a_service_without_a_trial_recruits_nobody():
    with pytest.raises(ValueError, match="has no trial"):
        recruitment(dataset(), load("workwise"), LedgerFacts(), date(2018, 1, 1))
