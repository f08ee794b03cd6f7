"""The rows of the ledger: 002's terms on many made-up proofs; money, state, quarter and reason of each line."""

from collections import Counter
from datetime import date, timedelta
from decimal import Decimal

import polars as pl
import pytest

from placewell.payment.ledger import SCHEMA, rows_of, totals
from placewell.payment.lines import Claim, Proof
from placewell.payment.terms import Terms

AS_AT = date(2020, 3, 31)
OPENED = date(2017, 10, 1)
TERMS = Terms(Decimal("750.00"), 906, "002 §21.4", cap=Decimal("680000.00"))


def proof(number, verified=None, rejected=None, **given):
    started = date(2018, 1, 1) + timedelta(days=number // 3)
    person = f"p{number:04}"
    fixed = {
        "lot": "dudley",
        "backup": False,
        "job_id": f"j{number}",
        "person_id": person,
        "episode_id": f"ep-{person}",
    }
    return Proof(
        first_day_worked_on=started,
        verified_on=verified or started + timedelta(days=14),
        rejected_on=rejected,
        evidence_id=f"e{number}",
        **(fixed | given),
    )


def rows(proofs, claims=None, terms=TERMS, as_at=AS_AT):
    return rows_of(proofs, claims or {}, terms, OPENED, as_at)


def states(found):
    return Counter(row["state"] for row in found)


def net(found):
    return sum(row["amount"] for row in found)


def test_910_verified_starts_pay_906():
    found = rows([proof(number) for number in range(910)])
    assert states(found) == {"payable": 906, "over_cap": 4}
    assert net(found) == Decimal("679500.00")
    assert [row["person_id"] for row in found if row["state"] == "over_cap"] == ["p0906", "p0907", "p0908", "p0909"]


def test_one_rejection_after_the_claim_makes_the_907th_payable_that_day():
    rejected_on = date(2019, 2, 11)
    proofs = [proof(number, rejected=rejected_on if number == 5 else None) for number in range(910)]
    claims = {"p0005": [Claim(date(2018, 3, 1), date(2018, 3, 31))]}
    before = rows(proofs, claims, as_at=rejected_on - timedelta(days=1))
    assert states(before) == {"payable": 905, "paid": 1, "over_cap": 4}
    after = {(row["person_id"], row["state"]): row for row in rows(proofs, claims, as_at=rejected_on)}
    assert (
        after["p0906", "payable"]["reason"]
        == "Payable, to claim. Was over the cap; took the place freed on 11 February 2019."
    )
    assert after["p0005", "clawed_back"]["amount"] == Decimal("-750.00")
    assert after["p0005", "clawed_back"]["line_on"] == rejected_on
    assert after["p0005", "clawed_back"]["quarter"] == "Y2Q2"
    assert after["p0005", "paid"]["quarter"] == "Y1Q2"
    assert after["p0005", "paid"]["reason"].endswith("Clawed back on 11 February 2019.")
    assert net(after.values()) == Decimal("679500.00")


def test_one_rejection_before_the_claim_makes_the_907th_payable_too():
    proofs = [proof(number, rejected=date(2019, 2, 11) if number == 5 else None) for number in range(910)]
    found = rows(proofs)
    assert states(found) == {"payable": 906, "over_cap": 3}
    assert "p0005" not in {row["person_id"] for row in found}


def test_a_person_in_two_lots_is_paid_once():
    twice = [proof(1), proof(2, person_id="p0001", episode_id="ep-other", lot="wolverhampton")]
    found = rows(twice)
    assert [(row["person_id"], row["lot"], row["amount"]) for row in found] == [("p0001", "dudley", Decimal("750.00"))]


def test_lines_over_the_cap_say_their_number_in_line():
    found = rows([proof(n) for n in range(3)], terms=Terms(Decimal(750), 1, ""))
    assert [row["reason"] for row in found] == [
        "Payable, to claim.",
        "Over the cap (1 payment): number 1 in line for a freed place.",
        "Over the cap (1 payment): number 2 in line for a freed place.",
    ]
    assert [row["amount"] for row in found] == [Decimal(750), Decimal(0), Decimal(0)]


CLAIMS = {
    "not claimed": (None, "payable", "Payable, to claim."),
    "claimed": (Claim(date(2018, 2, 1)), "payable", "Claimed on 1 February 2018, not paid yet."),
    "paid": (Claim(date(2018, 2, 1), date(2018, 3, 1)), "paid", "Claimed on 1 February 2018, paid on 1 March 2018."),
    "given back though the evidence stands": (
        Claim(date(2018, 2, 1), date(2018, 3, 1), date(2018, 4, 1)),
        "payable",
        "The claim of 1 February 2018 was clawed back on 1 April 2018.",
    ),
}


@pytest.mark.parametrize(("claim", "state", "reason"), CLAIMS.values(), ids=CLAIMS.keys())
def test_paid_is_what_the_claims_say(claim, state, reason):
    [row] = rows([proof(1)], {"p0001": [claim]} if claim else {})
    assert (row["state"], row["reason"], row["amount"]) == (state, reason, Decimal("750.00"))


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        (None, ""),
        ("750.0000", ""),
        ("700", " The claim was for £700.00; £750.00 is due for each."),
        ("1500.50", " The claim was for £1,500.50; £750.00 is due for each."),
    ],
)
def test_a_claim_of_another_sum_is_told_and_the_terms_hold(amount, words):
    claim = Claim(date(2018, 2, 1), amount=None if amount is None else Decimal(amount))
    [row] = rows([proof(1)], {"p0001": [claim]})
    assert row["reason"] == f"Claimed on 1 February 2018, not paid yet.{words}"
    assert row["amount"] == Decimal("750.00")


def test_backup_evidence_is_paid_and_marked():
    [row] = rows([proof(1, backup=True)])
    assert row["backup"] is True
    assert row["reason"] == "Payable, to claim. Backup evidence, marked as such."


def test_the_quarter_is_that_of_the_verification_not_of_the_start():
    [row] = rows([proof(1, verified=date(2018, 10, 1))])
    assert (row["first_day_worked_on"], row["quarter"]) == (date(2018, 1, 1), "Y2Q1")


def test_totals_add_up_in_pence():
    proofs = [proof(n, rejected=date(2019, 1, 1) if n == 0 else None) for n in range(5)]
    claims = {"p0000": [Claim(date(2018, 3, 1), date(2018, 4, 1))], "p0001": [Claim(date(2018, 3, 1))]}
    frame = pl.DataFrame(rows(proofs, claims, Terms(Decimal("750.50"), 3, "")), schema=SCHEMA, orient="row")
    assert totals(frame) == {
        "payable": {"lines": 3, "amount": Decimal("2251.50")},
        "paid": {"lines": 1, "amount": Decimal("750.50")},
        "over_cap": {"lines": 1, "amount": Decimal("0.00")},
        "clawed_back": {"lines": 1, "amount": Decimal("-750.50")},
        "to_claim": {"lines": 2, "amount": Decimal("1501.00")},
        "net": {"lines": 6, "amount": Decimal("2251.50")},
    }


def test_totals_of_an_empty_ledger_are_nought():
    assert totals(pl.DataFrame(schema=SCHEMA))["net"] == {"lines": 0, "amount": Decimal("0.00")}
