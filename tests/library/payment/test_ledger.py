"""The ledger from a data set: which documents prove, who is never paid, what the claims table says."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import polars as pl
import pytest

from placewell.dataset import Dataset
from placewell.payment import NoPaymentTerms, ledger, terms_of
from placewell.specification import load

AS_AT = date(2019, 12, 31)
SPEC = load("thrive_into_work")


def rows(number="1", *, episode=None, job=None, evidence=None, person=None):
    """One person accepted on 2 April 2019, at work from 6 May, with a verified payslip; parts can be changed."""
    return {
        "people": [{"person_id": person or f"p{number}"}],
        "episodes": [
            {
                "episode_id": f"ep{number}",
                "person_id": person or f"p{number}",
                "service_id": "thrive_into_work",
                "lot": "dudley",
                "referred_on": "2019-04-01",
                "accepted_on": "2019-04-02",
                "specialist_id": "s1",
                **(episode or {}),
            }
        ],
        "jobs": [
            {
                "job_id": f"job{number}",
                "episode_id": f"ep{number}",
                "first_day_worked_on": "2019-05-06",
                "contract_hours": "20",
                "competitive": "true",
                **(job or {}),
            }
        ],
        "evidence": [
            {
                "evidence_id": f"doc{number}",
                "episode_id": f"ep{number}",
                "outcome": "job_start",
                "kind": "payslip",
                "about_on": "2019-05-06",
                "received_on": "2019-05-20",
                "status": "verified",
                "verified_on": "2019-05-21",
                "decided_on": "2019-05-21",
                "decided_by": "manager",
                **(evidence or {}),
            }
        ],
    }


def together(*parts, **more):
    tables = dict.fromkeys(table for part in (*parts, more) for table in part)
    return Dataset.from_rows(
        {table: [row for part in (*parts, more) for row in part.get(table, ())] for table in tables}
    )


def lines(*parts, as_at=AS_AT, **more):
    return ledger(SPEC, together(*parts, **more), as_at).to_dicts()


def test_a_verified_job_start_is_payable():
    [line] = lines(rows())
    assert {
        name: line[name] for name in ("person_id", "episode_id", "job_id", "lot", "state", "quarter", "backup")
    } == {
        "person_id": "p1",
        "episode_id": "ep1",
        "job_id": "job1",
        "lot": "dudley",
        "state": "payable",
        "quarter": "Y2Q3",
        "backup": False,
    }
    assert line["amount"] == Decimal("750.00")
    assert (line["verified_on"], line["first_day_worked_on"]) == (date(2019, 5, 21), date(2019, 5, 6))


UNPROVED = {
    "another kind": {"kind": "qualitative_note"},
    "a kind nobody knows": {"kind": "rumour"},
    "of another outcome": {"outcome": "six_weeks"},
    "of another job": {"job_id": "another"},
    "vouching for an earlier day": {"about_on": "2019-05-05"},
    "vouching for no day": {"about_on": None},
    "received after the as-at day": {"received_on": "2020-01-01"},
    "verified after the as-at day": {"verified_on": "2020-01-01", "decided_on": "2020-01-01"},
    "only received": {"status": "received", "verified_on": None, "decided_on": None},
    "rejected": {"status": "rejected", "decided_on": "2019-06-01"},
    "rejected without having been verified": {"status": "rejected", "verified_on": None},
    "verified by the client's own specialist": {"decided_by": "s1"},
}


@pytest.mark.parametrize("changed", UNPROVED.values(), ids=UNPROVED.keys())
def test_a_document_that_does_not_prove_pays_nothing(changed):
    jobs = [{"job_id": "another", "episode_id": "ep1"}] if "job_id" in changed else []
    assert lines(rows(evidence=changed), jobs=jobs) == []


PROVED = {
    "a declaration, marked": ({"kind": "client_declaration"}, True),
    "an employer's letter": ({"kind": "employer_letter"}, False),
    "a self-employment record": ({"kind": "self_employment_record"}, False),
    "for this job": ({"job_id": "job1"}, False),
    "vouching for a later day": ({"about_on": "2019-06-01"}, False),
    "verified, the day known from the decision": ({"verified_on": None}, False),
    "rejected after the as-at day": ({"status": "rejected", "decided_on": "2020-01-01"}, False),
    "decided by nobody known": ({"decided_by": None}, False),
}


@pytest.mark.parametrize(("changed", "backup"), PROVED.values(), ids=PROVED.keys())
def test_a_document_that_proves_pays(changed, backup):
    [line] = lines(rows(evidence=changed))
    assert (line["state"], line["backup"]) == ("payable", backup)


NO_START = {
    "not competitive": {"job": {"competitive": "false"}},
    "competitive not known": {"job": {"competitive": None}},
    "begun before entry": {"job": {"first_day_worked_on": "2019-04-01"}},
    "not begun": {"job": {"first_day_worked_on": None}},
    "never entered": {"episode": {"accepted_on": None}},
    "accepted before April 2019 and never randomised": {"episode": {"accepted_on": "2019-03-31"}},
}


@pytest.mark.parametrize("changed", NO_START.values(), ids=NO_START.keys())
def test_what_is_no_job_start_pays_nothing(changed):
    assert lines(rows(**changed)) == []


@pytest.mark.parametrize("hours", ["4", "16", "40", None])
def test_any_hours_are_paid_for_unknown_ones_too(hours):
    assert len(lines(rows(job={"contract_hours": hours}))) == 1


@pytest.mark.parametrize(("arm", "count"), [("ips", 1), ("control", 0)])
def test_a_control_participant_is_never_paid_for(arm, count):
    allocation = {"episode_id": "ep1", "arm": arm, "allocated_on": "2019-03-01"}
    assert len(lines(rows(), allocations=[allocation])) == count


def test_a_person_in_two_lots_is_paid_for_once_by_the_earliest_verified():
    later = rows("2", person="p1", episode={"lot": "wolverhampton"}, evidence={"verified_on": "2019-05-20"})
    del later["people"]
    assert [(line["lot"], line["job_id"]) for line in lines(rows(), later)] == [("wolverhampton", "job2")]


def test_a_second_job_verified_earlier_is_the_one_that_is_paid_for():
    second = {**rows()["jobs"][0], "job_id": "job2", "first_day_worked_on": "2019-05-10"}
    proof = {
        **rows()["evidence"][0],
        "evidence_id": "doc2",
        "job_id": "job2",
        "about_on": "2019-05-10",
        "verified_on": "2019-05-20",
    }
    assert [line["job_id"] for line in lines(rows(evidence={"job_id": "job1"}), jobs=[second], evidence=[proof])] == [
        "job2"
    ]


CLAIM = {
    "claim_id": "c1",
    "person_id": "p1",
    "episode_id": "ep1",
    "job_id": "job1",
    "amount": "750",
    "claimed_on": "2019-07-01",
}


@pytest.mark.parametrize(
    ("claim", "state"),
    [
        ({}, "payable"),
        ({"paid_on": "2019-07-31"}, "paid"),
        ({"paid_on": "2020-01-31"}, "payable"),
        ({"claimed_on": "2020-01-01", "paid_on": "2020-01-31"}, "payable"),
    ],
)
def test_paid_is_what_the_claims_table_says_as_at_the_day(claim, state):
    [line] = lines(rows(), claims=[CLAIM | claim])
    assert line["state"] == state


def test_a_rejection_after_the_claim_is_a_line_of_its_own_on_its_day():
    rejected = rows(evidence={"status": "rejected", "decided_on": "2019-10-02"})
    first, second = lines(rejected, claims=[CLAIM | {"paid_on": "2019-07-31"}])
    assert (first["state"], first["amount"], first["quarter"]) == ("paid", Decimal("750.00"), "Y2Q3")
    assert (second["state"], second["amount"], second["quarter"]) == ("clawed_back", Decimal("-750.00"), "Y3Q1")
    assert second["line_on"] == date(2019, 10, 2)


@pytest.mark.parametrize(
    ("changed", "states"),
    [
        ({"status": "rejected", "decided_on": "2020-01-05"}, ["payable"]),  # after the as-at day: not known yet
        ({"status": "rejected", "decided_on": "2019-12-05"}, []),
        ({"status": "verified", "decided_on": "2020-01-05"}, ["payable"]),
        ({"status": "verified", "decided_on": "2019-12-05"}, []),  # so the specialist verified it
    ],
)
def test_who_decided_last_is_not_who_verified(changed, states):
    by_the_specialist = rows(evidence={"decided_by": "s1", **changed})
    assert [line["state"] for line in lines(by_the_specialist)] == states


def test_what_another_verified_and_the_specialist_rejected_is_clawed_back():
    rejected = rows(evidence={"status": "rejected", "decided_on": "2019-10-02", "decided_by": "s1"})
    found = lines(rejected, claims=[CLAIM | {"paid_on": "2019-07-31"}])
    assert [(line["state"], line["amount"]) for line in found] == [
        ("paid", Decimal("750.00")),
        ("clawed_back", Decimal("-750.00")),
    ]


def test_a_verification_before_the_contract_is_in_no_quarter_and_stops_nothing():
    long_ago = {"verified_on": "2017-09-30", "decided_on": "2017-09-30", "received_on": "2017-09-30"}
    [line] = lines(rows(evidence=long_ago))
    assert (line["state"], line["quarter"], line["verified_on"]) == ("payable", None, date(2017, 9, 30))


def test_the_terms_of_002():
    terms = terms_of(SPEC)
    assert (terms.amount, terms.cap, terms.places) == (Decimal("750.00"), Decimal("680000.00"), 906)
    assert SPEC.payment is not None
    assert terms.places == SPEC.payment.outcome_payment.cap_payments


def test_a_service_without_terms_pays_for_nothing():
    class Free:
        payment = None
        service = SPEC.service

    with pytest.raises(NoPaymentTerms, match="pays for no outcome"):
        ledger(Free(), together(rows()), AS_AT)  # type: ignore[arg-type]


def test_without_a_rule_of_evidence_nothing_proves_and_nobody_is_paid_for():
    unproved = replace(SPEC, outcomes=SPEC.outcomes.model_copy(update={"evidence": ()}))
    assert ledger(unproved, together(rows()), AS_AT).height == 0


def test_an_empty_data_set_has_an_empty_ledger_of_the_same_form():
    empty = ledger(SPEC, Dataset.from_rows({}), AS_AT)
    assert empty.height == 0
    assert empty.schema["amount"] == pl.Decimal(14, 2)
