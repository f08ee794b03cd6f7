"""Withdrawals by scope and arm, and how soon the evaluator was told."""

import pytest
from tests.library.evaluation.trial_facts import SPEC, dataset, date, ledger, number, randomised

from placewell.evaluation.facts import frame_of
from placewell.evaluation.withdrawals import withdrawals

DAY = date(2019, 6, 14)


def left(*rows):
    return [{"person": number(id), "scope": scope, "on": on} for id, scope, on in rows]


def told(*rows):
    return frame_of("notices", [{"person": number(id), "scope": scope, "told_on": on} for id, scope, on in rows])


def found(rows, *, arms=True, as_at=DAY, lot=None, notices=None):
    tables = dataset(
        randomised("e1"),
        randomised("e2", "control"),
        randomised("e3", lot="wolverhampton"),
        randomised("e4", "control"),
    )
    entries = ledger(tables, withdrawals=left(*rows))
    return withdrawals(tables, SPEC, entries, as_at, arms=arms, lot=lot, notices=notices)


ROWS = [
    ("e1", "contact", "2018-03-01"),
    ("e1", "linkage", "2018-03-01"),
    ("e2", "contact", "2018-04-01"),
    ("e3", "intervention", "2018-05-01"),
]


def test_by_scope_and_arm():
    result = found(ROWS)
    assert [(line.scope, line.count, line.by_arm, line.people) for line in result.lines] == [
        ("intervention", 1, {"ips": 1, "control": 0}, (number("e3"),)),
        ("contact", 2, {"ips": 1, "control": 1}, (number("e1"), number("e2"))),
        ("linkage", 1, {"ips": 1, "control": 0}, (number("e1"),)),
    ]
    assert (result.people, result.by_arm) == (3, {"ips": 2, "control": 1})
    assert result.lines[1].label == "No more contact for the study"


def test_the_blinded_view_leaves_out_what_only_one_arm_can_withdraw_from():
    result = found(ROWS, arms=False)
    assert [(line.scope, line.count, line.by_arm) for line in result.lines] == [("contact", 2, {}), ("linkage", 1, {})]
    assert (result.people, result.by_arm) == (2, {})


@pytest.mark.parametrize(
    ("asked", "people"),
    [({"as_at": date(2018, 3, 1)}, 1), ({"as_at": date(2018, 2, 28)}, 0), ({"lot": "wolverhampton"}, 1)],
)
def test_as_at_a_day_and_in_a_lot(asked, people):
    assert found(ROWS, **asked).people == people


@pytest.mark.parametrize("scope", [None, "whatever Mrs Smith said"])
def test_a_scope_that_is_not_in_the_specification_is_not_repeated(scope):
    (line,) = found([("e1", scope, "2018-03-01")]).lines
    assert (line.scope, line.label, line.count) == ("not_said", "Scope not recorded", 1)


def test_who_was_never_randomised_is_in_no_count():
    assert found([("e9", "contact", "2018-03-01")]).people == 0


@pytest.mark.parametrize(
    ("notices", "days", "late", "waiting"),
    [
        (None, None, (), ()),
        (told(), None, (), ("e1", "e2")),
        (told(("e1", "contact", "2018-03-01"), ("e2", "contact", "2018-04-02")), 0.5, (), ()),
        (told(("e1", "contact", "2018-03-03"), ("e2", "contact", "2018-04-02")), 1.5, ("e1",), ()),
        (told(("e1", "contact", "2018-03-03"), ("e1", "contact", "2018-03-02")), 1, (), ("e2",)),
        (told(("e1", "linkage", "2018-03-01")), None, (), ("e1", "e2")),
        (told(("e1", "contact", "2019-06-15")), None, (), ("e1", "e2")),
    ],
)
def test_how_soon_the_evaluator_was_told(notices, days, late, waiting):
    result = found([ROWS[0], ROWS[2]], notices=notices)
    assert result.days_to_notice == days
    assert result.late == tuple(map(number, late))
    assert result.waiting == tuple(map(number, waiting))
