"""Programme entry: randomised to IPS, or accepted once everybody is offered IPS."""

import pytest
from tests.factories import a_contact, a_profile, an_allocation, an_appointment, an_episode
from tests.library.outcomes.asking import ask, rows, ruled


def accepted(on, episode="e1", person="p1", referred="2018-01-10", **columns):
    return ("episodes", an_episode(episode, person, referred=referred)[0][1] | {"accepted_on": on} | columns)


@pytest.mark.parametrize(
    ("accepted_on", "arm", "allocated_on", "entered_on"),
    [
        (None, "ips", "2018-03-01", "2018-03-01"),
        ("2018-02-01", "ips", "2018-03-01", "2018-03-01"),  # the allocation's day, not the acceptance's
        ("2018-02-01", "control", "2018-03-01", None),
        ("2018-02-01", None, None, None),  # accepted in the trial, never randomised
        ("2019-03-31", None, None, None),
        ("2019-04-01", None, None, "2019-04-01"),  # from this day everybody
        ("2019-06-14", None, None, "2019-06-14"),
        ("2019-06-14", "ips", "2019-03-01", "2019-03-01"),
        ("2019-06-14", "control", "2019-03-01", None),  # control: no acceptance opens the door in this episode
        (None, None, None, None),
    ],
)
def test_entry_is_the_day_of_allocation_to_ips_or_from_april_2019_of_acceptance(
    accepted_on, arm, allocated_on, entered_on
):
    facts = [accepted(accepted_on), *([an_allocation("e1", allocated_on, arm)] if arm else [])]
    assert ask("entered_on", *facts) == entered_on


@pytest.mark.parametrize(
    ("arm", "allocated_on", "accepted_on", "entered_on"),
    [
        ("ips", "2018-02-01", "2018-09-01", "2018-09-01"),  # holds IPS from an earlier episode
        ("ips", "2018-09-01", "2018-09-01", "2018-09-01"),
        ("ips", "2018-09-02", "2018-09-01", None),  # not yet
        ("control", "2018-02-01", "2018-09-01", None),
        ("control", "2018-02-01", "2019-04-01", "2019-04-01"),  # arm belongs to the episode
    ],
)
def test_a_re_referral_enters_by_the_allocation_the_person_already_holds(arm, allocated_on, accepted_on, entered_on):
    first = accepted(None, "e0", referred="2018-01-05")
    facts = (first, an_allocation("e0", allocated_on, arm), accepted(accepted_on, referred="2018-08-20"))
    assert ask("entered_on", *facts) == entered_on


def test_another_persons_allocation_opens_no_door():
    other = accepted(None, "e0", person="p2")
    assert ask("entered_on", other, an_allocation("e0", "2018-02-01"), accepted("2018-09-01")) is None


@pytest.mark.parametrize(
    ("as_at", "entered_on"),
    [("2019-05-09", None), ("2019-05-10", "2019-05-10"), ("2019-06-01", "2019-05-10")],
)
def test_an_entry_after_the_as_at_day_has_not_happened(as_at, entered_on):
    assert ask("entered_on", accepted("2019-05-10"), as_at=as_at) == entered_on


def test_an_allocation_after_the_as_at_day_does_not_exist_yet():
    facts = (accepted("2019-04-02"), an_allocation("e1", "2019-04-20"))
    assert ask("entered_on", *facts, as_at="2019-04-10") == "2019-04-02"
    assert ask("entered_on", *facts, as_at="2019-04-20") == "2019-04-20"


def test_episodes_stand_in_order_of_referral_then_id_and_other_services_are_left_out():
    found = rows(
        an_episode("e3", "p1", referred="2018-05-01"),
        an_episode("e2", "p1", referred="2018-06-01"),
        an_episode("e1", "p1", referred="2018-05-01"),
        an_episode("e0", "p1", referred="2018-01-01", service_id="ips_grow"),
        an_episode("e4", "p1", referred="2018-07-01", service_id=None),
    )
    assert list(found) == ["e1", "e3", "e2", "e4"]
    assert [row["again"] for row in found.values()] == [False, True, True, True]


def test_a_referral_after_the_as_at_day_is_not_there():
    assert rows(an_episode("e1", referred="2018-05-02"), as_at="2018-05-01") == {}


@pytest.mark.parametrize(
    ("event", "columns", "entered_on"),
    [
        ("accepted", {"accepted_on": "2018-03-01"}, "2018-03-01"),
        ("accepted", {}, None),
        ("opted_in", {"accepted_on": "2018-03-01", "opted_in_on": "2018-03-05"}, "2018-03-05"),
        ("opted_in", {"accepted_on": "2018-03-01"}, None),
    ],
)
def test_other_services_enter_by_acceptance_or_opting_in(event, columns, entered_on):
    spec = ruled("entry", event=event)
    episode = accepted(None, **columns)
    assert ask("entered_on", episode, spec=spec) == entered_on


def test_a_service_may_enter_people_by_their_first_appointment():
    spec = ruled("entry", event="first_appointment")
    facts = (
        accepted("2018-01-11"),
        a_contact("e1", "2018-01-12", "text"),
        an_appointment("e1", "2018-01-09"),
        an_appointment("e1", "2018-02-03"),
        an_appointment("e1", "2018-01-20", attendance="did_not_attend"),
        an_appointment("e1", "2018-02-01"),
        a_profile("e1", "2018-01-15", "2018-01-31"),
    )
    assert ask("entered_on", *facts, spec=spec) == "2018-02-01"
    assert ask("profile_completed_on", *facts, spec=spec) is None
