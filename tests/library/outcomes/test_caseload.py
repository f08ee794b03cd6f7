"""The active caseload on a day: entered, open, in touch in the last 28 days, with a vocational action plan in force."""

import pytest
from tests.factories import a_contact, a_plan, an_allocation, an_appointment, an_episode, dataset, day
from tests.library.outcomes.asking import SPEC

from placewell.outcomes import active_on
from placewell.specification import load

DAY = "2019-06-30"
ENTERED = an_episode("e1", entered="2019-05-01")
PLAN = a_plan("e1", "2019-05-10")
CONTACT = an_appointment("e1", "2019-06-20")


def active(*facts, on=DAY):
    return active_on(SPEC, dataset(*facts), day(on)) == {"e1"}


def test_all_four_make_a_case_active():
    assert active(ENTERED, PLAN, CONTACT)


@pytest.mark.parametrize(
    ("contact", "counts"),
    [
        (an_appointment("e1", "2019-06-30"), True),
        (an_appointment("e1", "2019-06-03"), True),  # the first of the 28 days that end on 30 June
        (an_appointment("e1", "2019-06-02"), False),
        (a_contact("e1", "2019-06-20", "text"), True),  # any two-way contact
        (a_contact("e1", "2019-06-20", "text", attendance="one_way"), False),
        (a_contact("e1", "2019-06-20", "appointment", attendance="did_not_attend"), False),
        (a_contact("e1", "2019-06-20", "call", with_whom="employer"), False),
        (an_appointment("e1", "2019-07-01"), False),
    ],
)
def test_a_two_way_contact_in_the_28_days_to_the_day(contact, counts):
    assert active(ENTERED, PLAN, contact) is counts


@pytest.mark.parametrize(
    ("plan", "counts"),
    [
        (a_plan("e1", "2019-06-30"), True),
        (a_plan("e1", "2019-07-01"), False),
        (a_plan("e1", "2019-05-01"), True),
        (a_plan("e1", "2019-04-30"), False),  # before entry
        (a_plan("e1", "2019-05-10", "2019-06-30"), True),  # its last day
        (a_plan("e1", "2019-05-10", "2019-06-29"), False),
        (a_plan("e1", "2019-05-10", "2019-07-29"), True),
        (a_plan("e1", "2019-05-10", kind="job_search"), False),
    ],
)
def test_a_vocational_action_plan_in_force(plan, counts):
    assert active(ENTERED, plan, CONTACT) is counts


@pytest.mark.parametrize(
    ("episode", "counts"),
    [
        (an_episode("e1", entered="2019-05-01", closed="2019-07-01"), True),
        (an_episode("e1", entered="2019-05-01", closed="2019-06-30"), False),  # the first day no longer open
        (an_episode("e1", entered="2018-05-01", arm="control"), False),
        (an_episode("e1", referred="2019-05-01"), False),
    ],
)
def test_entered_and_open(episode, counts):
    assert active(episode, PLAN, CONTACT) is counts


def test_facts_before_entry_do_not_count():
    late = an_episode("e1", entered="2019-06-21")
    assert not active(late, a_plan("e1", "2019-06-25"), CONTACT)
    assert not active(late, PLAN, an_appointment("e1", "2019-06-25"))
    assert active(late, a_plan("e1", "2019-06-25"), an_appointment("e1", "2019-06-25"))


def test_the_episodes_of_a_day_are_answered_together():
    facts = (ENTERED, PLAN, CONTACT, an_episode("e2", entered="2019-05-01"), a_plan("e2", "2019-06-01"))
    both = dataset(*facts, an_appointment("e2", "2019-06-25"), an_allocation("e2", "2019-05-01"))
    assert active_on(SPEC, both, day("2019-06-24")) == {"e1"}
    assert active_on(SPEC, both, day("2019-06-25")) == {"e1", "e2"}


def test_a_service_without_a_caseload_has_nobody_on_it():
    spec = load("thrive_into_work")
    outcomes = tuple(one for one in spec.outcomes.outcomes if one.kind != "active_caseload")
    bare = type(
        "Bare", (), {"service": spec.service, "outcomes": spec.outcomes.model_copy(update={"outcomes": outcomes})}
    )
    assert active_on(bare, dataset(ENTERED, PLAN, CONTACT), day(DAY)) == set()
