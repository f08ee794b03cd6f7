"""What became of a follow-up questionnaire: due days, windows, withdrawals."""

import polars as pl
import pytest
from tests.library.evaluation.trial_facts import SPEC, consented, dataset, date, form, ledger, number, randomised

from placewell.evaluation.flow import participant_flow
from placewell.evaluation.follow_up import baseline_instruments, occasions_of
from placewell.evaluation.trial import (
    arm_name,
    closes_on,
    last_due_on,
    last_follow_up,
    scopes_that_stop,
    trial_of,
)
from placewell.specification import load

TRIAL = SPEC.trial
(ASKED,) = TRIAL.follow_ups  # six months, 30 days before and after: of 15 January, 15 June to 14 August


def state(*facts, as_at=date(2018, 12, 31), on="2018-01-15", **entries):
    """Which line the one person stands in, and the reason."""
    tables = dataset(randomised("e1", on=on), *facts)
    flow = participant_flow(tables, SPEC, ledger(tables, **entries), as_at)
    (box,) = [one for one in flow.boxes if one.id == f"follow_up:{ASKED.id}" and one.arm == "ips"]
    if box.count:
        return "answered", box.members["reason"][0]
    (line,) = [line for line in box.lines if line.count]
    return line.id, line.members["reason"][0]


def answer(on, instrument="swemwbs", occasion="review"):
    return form("e1", instrument, occasion, on, 7)


@pytest.mark.parametrize(
    ("facts", "as_at", "found", "reason"),
    [
        ([answer("2018-07-15")], "2018-12-31", "answered", "Answered on 15 July 2018."),
        ([answer("2018-06-15")], "2018-12-31", "answered", "Answered on 15 June 2018."),
        ([answer("2018-08-14")], "2018-12-31", "answered", "Answered on 14 August 2018."),
        ([answer("2018-06-14")], "2018-12-31", "no_answer", "No answer by 14 August 2018."),
        ([answer("2018-08-15")], "2018-12-31", "no_answer", "No answer by 14 August 2018."),
        ([answer("2018-07-15", "rand36")], "2018-12-31", "no_answer", "No answer by 14 August 2018."),
        ([answer("2018-07-15", occasion="exit")], "2018-12-31", "no_answer", "No answer by 14 August 2018."),
        ([], "2018-08-14", "not_due", "Due on 15 July 2018; an answer counts until 14 August 2018."),
        ([], "2018-08-15", "no_answer", "No answer by 14 August 2018."),
        (
            [answer("2018-07-15")],
            "2018-07-14",
            "not_due",
            "Due on 15 July 2018; an answer counts until 14 August 2018.",
        ),
        ([answer("2018-07-15"), answer("2018-07-01")], "2018-12-31", "answered", "Answered on 1 July 2018."),
    ],
)
def test_the_state_follows_from_the_days(facts, as_at, found, reason):
    assert state(*facts, as_at=date.fromisoformat(as_at)) == (found, reason)


@pytest.mark.parametrize(
    ("scope", "on", "found"),
    [
        ("contact", "2018-03-01", "withdrawn"),
        ("remove_data", "2018-03-01", "withdrawn"),
        (None, "2018-03-01", "withdrawn"),
        ("contact", "2018-08-14", "withdrawn"),
        ("contact", "2018-08-15", "no_answer"),
        ("linkage", "2018-03-01", "no_answer"),
        ("intervention", "2018-03-01", "no_answer"),
    ],
)
def test_who_wants_no_contact_by_the_end_of_the_window_is_withdrawn(scope, on, found):
    assert state(withdrawals=[{"person": number("e1"), "on": on, "scope": scope}])[0] == found


def test_a_trial_consent_withdrawn_is_a_withdrawal_too():
    gone = consented("e1", on="2018-01-16", until="2018-05-01")
    assert state(gone, withdrawals=[]) == ("withdrawn", "Withdrew on 1 May 2018.")


def test_who_answered_and_left_later_answered():
    left = [{"person": number("e1"), "on": "2018-07-20", "scope": "contact"}]
    assert state(answer("2018-07-15"), withdrawals=left)[0] == "answered"


@pytest.mark.parametrize(
    ("drawn", "due"),
    [("2018-08-31", "28 February 2019"), ("2018-01-31", "31 July 2018"), ("2017-12-30", "30 June 2018")],
)
def test_months_end_with_their_month(drawn, due):
    assert state(on=drawn, as_at=date.fromisoformat(drawn))[1].startswith(f"Due on {due};")


def test_only_forms_of_the_trial_belong_to_it():
    rows = [
        ("swemwbs", "baseline", date(2018, 1, 15), "baseline"),
        ("rand36", "baseline", date(2018, 1, 10), "baseline"),
        ("rand36", "baseline", date(2018, 1, 16), None),
        ("phq9", "baseline", date(2018, 1, 15), None),
        ("swemwbs", "review", date(2018, 7, 1), ASKED.id),
        ("swemwbs", "review", date(2018, 4, 1), None),
        ("swemwbs", "exit", date(2018, 7, 15), None),
        ("rand36", "review", date(2018, 7, 15), None),
    ]
    forms = pl.DataFrame(rows, schema=["instrument", "occasion", "completed_on", "wanted"], orient="row")
    found = occasions_of(forms.with_columns(pl.lit(date(2018, 1, 15)).alias("allocated_on")), TRIAL)
    assert found["occasion"].to_list() == found["wanted"].to_list() == [one[3] for one in rows if one[3]]


def test_what_the_specification_says_of_the_end():
    assert last_follow_up(TRIAL) == ASKED
    assert last_due_on(TRIAL, ASKED) == date(2019, 9, 30)
    assert closes_on(TRIAL, ASKED) == date(2019, 10, 30)
    assert last_follow_up(TRIAL.model_copy(update={"follow_ups": ()})) is None
    assert baseline_instruments(TRIAL) == ["swemwbs", "rand36"]
    assert [arm_name(arm) for arm in TRIAL.arms] == ["IPS", "control"]
    assert scopes_that_stop(TRIAL, "held_data") == ["remove_data"]
    assert scopes_that_stop(TRIAL, "linkage", "support") == ["intervention", "linkage", "remove_data"]


def test_a_service_without_a_trial_has_no_flow():
    with pytest.raises(ValueError, match="workwise has no trial"):
        trial_of(load("workwise"))
