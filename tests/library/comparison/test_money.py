"""The ledger under two readings: lines and pounds to the penny, whose lines come and go, and why."""

from dataclasses import replace
from decimal import Decimal

import pytest
from tests.factories import a_claim, a_document, a_job, an_episode
from tests.library.comparison.comparing import compared, question
from tests.library.comparison.test_every_variant import ONE, PROVED, SECOND, STARTED, proof
from tests.library.outcomes.asking import SPEC

from placewell.comparison.money import ledger_of
from placewell.specification import load


def money(written, *facts, **asked):
    return compared(written, *facts, only=(), **{"as_at": "2019-12-31", **asked}).compared[0].money


def test_what_the_ledger_says():
    facts = (ONE, STARTED, PROVED, a_claim("p1", "2019-06-01", episode_id="e1", job_id="j1", paid_on="2019-06-20"))
    found = ledger_of(SPEC, question(SPEC, *facts, as_at="2019-12-31"))
    assert found.as_dict() == {
        "payable": {"lines": 1, "amount": Decimal("750.00")},
        "in_period": {"lines": 1, "amount": Decimal("750.00")},
        "over_cap": 0,
        "clawed_back": {"lines": 0, "amount": Decimal("0.00")},
    }


@pytest.mark.parametrize(
    ("period", "lines"), [("2019-04-01/2019-07-01", 1), ("2019-07-01/2019-10-01", 0), ("2019-05-01/2019-05-02", 1)]
)
def test_what_of_it_is_the_periods(period, lines):
    found = ledger_of(SPEC, question(SPEC, ONE, STARTED, PROVED, period=period, as_at="2019-12-31"))
    assert (found.payable.lines, found.in_period.lines) == (1, lines)
    assert found.in_period.amount == 750 * lines


@pytest.mark.parametrize(("lot", "lines"), [(None, 1), ("dudley", 1), ("wolverhampton", 0)])
def test_the_lines_of_a_lot(lot, lines):
    assert ledger_of(SPEC, question(SPEC, ONE, STARTED, PROVED, lot=lot)).payable.lines == lines


def test_a_clawback_is_told():
    rejected = a_document("e1", "j1", about="2019-05-01", verified="2019-05-02", rejected="2019-08-01")
    claim = a_claim("p1", "2019-06-01", episode_id="e1", job_id="j1", paid_on="2019-06-20")
    found = ledger_of(SPEC, question(SPEC, ONE, STARTED, rejected, claim, as_at="2019-12-31"))
    assert (found.clawed_back.lines, found.clawed_back.amount) == (1, Decimal("-750.00"))


def test_a_service_that_pays_for_nothing_has_no_ledger():
    grow = load("ips_grow")
    assert ledger_of(grow, question(grow, ONE)) is None
    found = compared("definition.engaged=one_meeting", ONE, spec=grow, only=("engaged",))
    assert (found.ledger, found.compared[0].money) == (None, None)
    assert found.as_dict()["payment"] is None
    assert found.as_dict()["readings"][0]["payment"] is None


@pytest.mark.parametrize(
    ("written", "facts", "was", "now"),
    [
        (
            "evidence.accepted=figure_2", (ONE, STARTED, PROVED), ("payable", "Payable, to claim."),
            ("no_line", "No line: The payslip of 1 May 2019 is not accepted: needs a contract of "
             "employment, a letter from the employer or an e-mail from the employer."),
        ),
        (
            "clock.entry_event=opted_in", (ONE, STARTED, PROVED), ("payable", "Payable, to claim."),
            ("no_line", "No line: not entered, or the outcome is not proved."),
        ),
        (
            "payment.unit=job", (ONE, STARTED, PROVED, *SECOND),
            ("no_line", "Another job start of this person is the one that is paid for: j1."),
            ("payable", "Payable, to claim."),
        ),
        (
            "evidence.backup=does_not_count", (ONE, STARTED, proof("client_declaration")),
            ("payable", "Payable, to claim. Backup evidence, marked as such."),
            ("no_line", "No line: The declaration signed by the person of 1 May 2019 is not accepted: needs a contract "
             "of employment, a letter from the employer, an e-mail from the employer, a payslip, a time sheet or a "
             "record of self-employment."),
        ),
    ],
)  # fmt: skip
def test_why_a_line_comes_or_goes(written, facts, was, now):
    found = money(written, *facts)
    (move,) = (*found.joins, *found.leaves)
    assert (move.was_status, move.was_reason) == was
    assert (move.is_status, move.is_reason) == now


def test_a_specification_without_milestones_says_less():
    outcomes = tuple(one.model_copy(update={"milestone": False}) for one in SPEC.outcomes.outcomes)
    bare = replace(SPEC, outcomes=SPEC.outcomes.model_copy(update={"outcomes": outcomes}))
    found = compared("evidence.accepted=figure_2", ONE, STARTED, PROVED, spec=bare, only=())
    (left,) = found.compared[0].money.leaves
    assert left.is_reason == "No line: not entered, or the outcome is not proved."


def test_another_job_can_become_the_one_that_is_paid_for():
    """The line stays one line of the person: nobody joins or leaves, and nothing is paid twice."""
    first = (an_episode("e1", "p1", entered="2019-04-10"), a_job("e1", "j1", first_day="2019-05-01"), proof("payslip"))
    second = (a_job("e1", "j2", first_day="2019-06-03"), proof("contract", about="2019-06-03"))
    found = money("evidence.accepted=figure_2", *first, *second)
    assert (found.was.payable.lines, found.now.payable.lines, found.joins, found.leaves) == (1, 1, (), ())
