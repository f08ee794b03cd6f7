"""What one payment is for: tables of proofs and claims, and the payments they make."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from tests.factories import a_document, a_job, an_episode, dataset, day

from placewell.payment import ledger
from placewell.payment.entitlements import entitlements
from placewell.payment.lines import Claim, Proof
from placewell.payment.terms import UNLIMITED, Terms, terms_of
from placewell.specification import load

SPEC = load("thrive_into_work")
TERMS = Terms(Decimal(750), 906, "002 §21", years_from=date(2017, 10, 1))


def proof(job, first_day, verified=None, person="p1", lot="dudley"):
    start = date.fromisoformat(first_day)
    return Proof(person, "e1", job, lot, start, f"d-{job}", False, day(verified) or start)


def claim(on, job=None):
    return Claim(date.fromisoformat(on), claim_id=f"k-{on}", job_id=job)


A, B = proof("a", "2018-12-01"), proof("b", "2019-11-01")
ELSEWHERE = proof("c", "2019-02-01", lot="wolverhampton")
OTHER = proof("d", "2019-03-01", person="p2")


@pytest.mark.parametrize(
    ("terms", "proven", "jobs"),
    [
        ({}, [A, B, ELSEWHERE], [["a", "c", "b"]]),
        ({}, [A, OTHER], [["a"], ["d"]]),
        ({"subject": "job"}, [A, B, ELSEWHERE], [["a"], ["c"], ["b"]]),
        ({"once_in": "contract_year"}, [A, B, ELSEWHERE], [["a", "c"], ["b"]]),
        ({"once_in": "contract_year", "years_from": None}, [A, B], [["a", "b"]]),
        ({"once_in": "contract_year"}, [proof("x", "2017-09-30"), proof("y", "2017-10-01")], [["x", "y"]]),
        ({"once_in": "lot"}, [A, B, ELSEWHERE], [["a", "b"], ["c"]]),
        ({"once_in": "lot"}, [proof("x", "2019-01-01", lot=None), A], [["a"], ["x"]]),
        ({"subject": "job", "once_in": "lot"}, [A, ELSEWHERE], [["a"], ["c"]]),
        ({}, [], []),
    ],
)
def test_which_proofs_make_one_payment(terms, proven, jobs):
    found = entitlements(proven, {}, replace(TERMS, **terms))
    assert [[one.job_id for one in theirs] for theirs, _ in found] == jobs


@pytest.mark.parametrize(
    ("subject", "claims", "found"),
    [
        ("person", [claim("2019-12-01", "b")], [["k-2019-12-01"]]),
        ("person", [claim("2019-12-01", "gone")], [["k-2019-12-01"]]),
        ("job", [claim("2019-12-01", "b")], [[], ["k-2019-12-01"]]),
        ("job", [claim("2019-12-01")], [["k-2019-12-01"], []]),
        ("job", [claim("2019-12-01", "gone")], [["k-2019-12-01"], []]),
        ("job", [claim("2019-01-01", "a"), claim("2019-12-01", "b")], [["k-2019-01-01"], ["k-2019-12-01"]]),
    ],
)
def test_which_payment_a_claim_is_for(subject, claims, found):
    each = entitlements([A, B], {"p1": claims}, replace(TERMS, subject=subject))
    assert [[one.claim_id for one in theirs] for _, theirs in each] == found


def paying(**values):
    """The specification with other terms of the outcome payment."""
    paid = SPEC.payment.outcome_payment.model_copy(update=values)
    return replace(SPEC, payment=SPEC.payment.model_copy(update={"outcome_payment": paid}))


EPISODE = an_episode("e1", "p1", entered="2019-04-10")
JOB = a_job("e1", "j1", first_day="2019-05-01")


@pytest.mark.parametrize(
    ("outcome", "facts", "lines"),
    [
        ("job_start", [JOB, a_document("e1", "j1", about="2019-05-01")], [("j1", "2019-05-01")]),
        ("six_weeks", [JOB, a_document("e1", "j1", about="2019-05-01")], []),
        ("six_weeks", [JOB, a_document("e1", outcome="six_weeks", about="2019-06-11")], [("j1", "2019-06-11")]),
        ("six_weeks", [JOB, a_document("e1", "j9", outcome="six_weeks", about="2019-06-11")], [("j1", "2019-06-11")]),
        ("six_weeks", [JOB, a_document("e1", outcome="six_weeks", about="2019-06-10")], []),  # a day early
        ("six_weeks", [a_job("e1", "j1", first_day="2019-05-01", ended="2019-06-10"),
                       a_document("e1", outcome="six_weeks", about="2019-06-11")], []),  # 41 days
        ("sustained_26_weeks", [JOB, a_document("e1", outcome="sustained_26_weeks", about="2019-10-30")],
         [("j1", "2019-10-30")]),
        ("sustained_26_weeks", [a_job("e1", "j1", first_day="2019-05-01", ended="2019-10-29"),
                                a_document("e1", outcome="sustained_26_weeks", about="2019-10-30")], []),
    ],
)  # fmt: skip
def test_a_later_outcome_can_be_what_is_paid_for(outcome, facts, lines):
    found = ledger(paying(outcome=outcome), dataset(EPISODE, *facts), day("2019-12-31"))
    assert [(job, str(on)) for job, on in found.select("job_id", "first_day_worked_on").iter_rows()] == lines


@pytest.mark.parametrize(
    ("values", "paid"),
    [
        ({}, ["j1"]),
        ({"subject": "job"}, ["j1", "j2"]),
        ({"once_in": "contract_year"}, ["j1", "j2"]),
        ({"once_in": "lot"}, ["j1"]),
    ],
)
def test_how_often_somebody_is_paid_for(values, paid):
    second = a_job("e1", "j2", first_day="2019-10-02")
    proofs = [a_document("e1", "j1", about="2019-05-01"), a_document("e1", "j2", about="2019-10-02")]
    found = ledger(paying(**values), dataset(EPISODE, JOB, second, *proofs), day("2019-12-31"))
    assert found["job_id"].to_list() == paid
    assert found["amount"].sum() == 750 * len(paid)


@pytest.mark.parametrize(("capped", "places"), [(True, 906), (False, UNLIMITED)])
def test_a_cap_that_ends_nothing(capped, places):
    assert terms_of(paying(capped=capped)).places == places


@pytest.mark.parametrize(("capped", "states"), [(True, ["payable", "over_cap"]), (False, ["payable", "payable"])])
def test_lines_over_a_cap_of_one(capped, states):
    facts = [
        (an_episode(f"e{n}", f"p{n}", entered="2019-04-10"), a_job(f"e{n}", f"j{n}", first_day="2019-05-01"),
         a_document(f"e{n}", f"j{n}", about="2019-05-01"))
        for n in (1, 2)
    ]  # fmt: skip
    found = ledger(paying(capped=capped, cap=Decimal(750), cap_payments=1), dataset(*facts), day("2019-12-31"))
    assert found["state"].to_list() == states
