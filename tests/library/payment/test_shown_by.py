"""What 002 §21.4 comes to on a whole data set of the Thrive Into Work size: the cap, next in line, once, never."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from tests.factories import a_claim, a_document, a_job, an_allocation, an_episode, dataset

from placewell.payment import ledger, totals
from placewell.specification import load

SPEC = load("thrive_into_work")
AS_AT = date(2019, 12, 31)
REJECTED = date(2019, 11, 4)
LOTS = [lot.code for lot in SPEC.service.lots]


def a_start(number, person=None, lot=None, accepted=date(2019, 4, 2), **document):
    """Someone accepted in April 2019 who starts work; proofs are verified in the order of their numbers."""
    verified = date(2019, 5, 1) + timedelta(days=number // 6)
    return [
        an_episode(f"e{number}", person or f"p{number:04}", entered=accepted, lot=lot or LOTS[number % 4]),
        a_job(f"e{number}", f"j{number:04}", first_day="2019-04-20", hours="16"),
        a_document(f"e{number}", f"j{number:04}", about="2019-04-20", verified=verified, **document),
    ]


def starts(count):
    return [a_start(number) for number in range(count)]


def of_state(lines, state):
    return lines.filter(lines["state"] == state)["person_id"].to_list()


@pytest.fixture(scope="module")
def whole():
    return ledger(SPEC, dataset(starts(910)), AS_AT)


def test_910_verified_starts_pay_906(whole):
    assert totals(whole)["payable"] == {"lines": 906, "amount": Decimal("679500.00")}
    assert of_state(whole, "over_cap") == ["p0906", "p0907", "p0908", "p0909"]
    assert totals(whole)["net"] == {"lines": 910, "amount": Decimal("679500.00")}


def test_one_rejection_makes_the_907th_payable():
    claimed = a_claim("p0005", "2019-06-03", episode_id="e5", job_id="j0005", paid_on="2019-06-28")
    rejected = a_start(5, rejected=REJECTED)
    data = dataset([rejected if number == 5 else a_start(number) for number in range(910)], claimed)
    eve, day = (ledger(SPEC, data, on) for on in (REJECTED - timedelta(days=1), REJECTED))
    assert of_state(eve, "over_cap") == ["p0906", "p0907", "p0908", "p0909"]
    assert of_state(day, "over_cap") == ["p0907", "p0908", "p0909"]
    assert of_state(day, "clawed_back") == ["p0005"]
    [next_in_line] = day.filter(day["person_id"] == "p0906").to_dicts()
    assert (next_in_line["state"], next_in_line["place_on"]) == ("payable", REJECTED)
    assert totals(eve)["net"]["amount"] == totals(day)["net"]["amount"] == Decimal("679500.00")


def test_a_person_in_two_lots_is_paid_once():
    twice = [a_start(1, "ann", "dudley"), a_start(9, "ann", "wolverhampton"), a_start(20, "ann", "dudley")]
    for order in (twice, twice[::-1]):
        lines = ledger(SPEC, dataset(order), AS_AT)
        assert lines.select("person_id", "lot", "job_id", "amount").rows() == [
            ("ann", "dudley", "j0001", Decimal("750.00"))
        ]


NEVER = {
    "in the trial": [a_start(1, "cara"), an_allocation("e1", "2019-03-01", "control")],
    "accepted again after the trial": [
        an_episode("trial", "cara", referred="2018-02-01"),
        an_allocation("trial", "2018-02-10", "control"),
        a_start(1, "cara", accepted=date(2019, 4, 16)),
    ],
    "in another lot, with a claim that was even paid": [
        an_episode("trial", "cara", referred="2018-02-01", lot="dudley"),
        an_allocation("trial", "2018-02-10", "control"),
        a_start(1, "cara", lot="wolverhampton", accepted=date(2019, 4, 16)),
        a_claim("cara", "2019-06-03", paid_on="2019-06-28"),
    ],
}


@pytest.mark.parametrize("facts", NEVER.values(), ids=NEVER.keys())
def test_a_control_participant_is_never_paid_for(facts):
    lines = ledger(SPEC, dataset(facts, a_start(2, "dan")), AS_AT)
    assert lines["person_id"].to_list() == ["dan"]


def test_that_the_arm_belongs_to_the_episode_can_be_agreed_instead():
    paid = SPEC.payment.outcome_payment.model_copy(update={"arms_of": "episode"})
    agreed = replace(SPEC, payment=SPEC.payment.model_copy(update={"outcome_payment": paid}))
    found = {name: ledger(agreed, dataset(facts), AS_AT)["person_id"].to_list() for name, facts in NEVER.items()}
    assert list(found.values()) == [[], ["cara"], ["cara"]]


def test_an_allocation_after_the_as_at_day_is_not_known_yet():
    later = [a_start(1, "cara"), an_episode("trial", "cara", referred="2020-01-02")]
    lines = ledger(SPEC, dataset(later, an_allocation("trial", "2020-01-10", "control")), AS_AT)
    assert lines["person_id"].to_list() == ["cara"]
