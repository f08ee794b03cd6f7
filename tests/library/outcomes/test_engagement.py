"""Contacts, appointments and profiles: what makes a person met, engaged, profiled, and in touch."""

import pytest
from tests.factories import (
    a_contact,
    a_plan,
    a_profile,
    an_application,
    an_appointment,
    an_employer_contact,
    an_episode,
    dataset,
    day,
    three_appointments,
)
from tests.library.outcomes.asking import LATE, SPEC, ask, changed

from placewell.outcomes import numbered_appointments

EPISODE = an_episode("e1", entered="2019-05-10", referred="2019-05-01")


@pytest.mark.parametrize("kind", ["appointment", "video", "call", "group", "joint_with_clinician"])
def test_five_kinds_of_contact_are_appointments(kind):
    assert ask("met_once_on", EPISODE, a_contact("e1", "2019-05-20", kind)) == "2019-05-20"


@pytest.mark.parametrize(
    "contact",
    [
        a_contact("e1", "2019-05-20", "text"),
        a_contact("e1", "2019-05-20", "email"),
        a_contact("e1", "2019-05-20", "letter"),
        a_contact("e1", "2019-05-20", "outreach"),
        a_contact("e1", "2019-05-20", None),
        a_contact("e1", "2019-05-20", "appointment", with_whom="clinician"),
        a_contact("e1", "2019-05-20", "appointment", with_whom="employer"),
        a_contact("e1", "2019-05-20", "appointment", with_whom=None),
        a_contact("e1", "2019-05-20", "appointment", attendance="did_not_attend"),
        a_contact("e1", "2019-05-20", "appointment", attendance="cancelled_by_client"),
        a_contact("e1", "2019-05-20", "appointment", attendance="cancelled_by_service"),
        a_contact("e1", "2019-05-20", "appointment", attendance="one_way"),
        a_contact("e1", "2019-05-20", "appointment", attendance=None),
        a_contact("e1", "2019-05-09", "appointment"),  # before entry
        a_contact("e1", None, "appointment"),
    ],
)
def test_other_contacts_are_not(contact):
    assert ask("met_once_on", EPISODE, contact) is None
    assert ask("appointments", EPISODE, contact) == 0


@pytest.mark.parametrize(
    ("contacts", "first"),
    [
        ([("2019-05-03", "text")], "2019-05-03"),  # before entry, from the referral on
        ([("2019-05-01", "email")], "2019-05-01"),
        ([("2019-04-30", "call")], None),  # before the referral
        ([("2019-04-30", "call"), ("2019-06-02", "appointment")], "2019-06-02"),
    ],
)
def test_the_first_contact_is_two_way_and_from_the_referral_on(contacts, first):
    assert ask("first_contact_on", EPISODE, *(a_contact("e1", *contact) for contact in contacts)) == first


@pytest.mark.parametrize(
    ("appointments", "profile", "engaged"),
    [
        (("2019-05-11", "2019-05-12", "2019-05-13"), None, "2019-05-13"),
        (("2019-05-13", "2019-05-11", "2019-05-12", "2019-06-01"), None, "2019-05-13"),
        (("2019-05-11", "2019-05-11", "2019-05-11"), None, "2019-05-11"),  # three on one day
        (("2019-05-11", "2019-05-12"), None, None),
        (("2019-05-09", "2019-05-11", "2019-05-12"), None, None),  # the first before entry
        (("2019-05-10", "2019-05-11", "2019-05-12"), None, "2019-05-12"),  # on the day of entry
        ((), "2019-05-20", "2019-05-20"),
        ((), "2019-05-09", None),  # completed before entry
        (("2019-05-11", "2019-05-12", "2019-05-21"), "2019-05-20", "2019-05-20"),  # whichever is first
        (("2019-05-11", "2019-05-12", "2019-05-19"), "2019-05-20", "2019-05-19"),
    ],
)
def test_engaged_is_three_appointments_or_a_completed_profile(appointments, profile, engaged):
    facts = [*three_appointments("e1", *appointments), *([a_profile("e1", "2019-05-02", profile)] if profile else [])]
    assert ask("engaged_on", EPISODE, *facts) == engaged


@pytest.mark.parametrize(
    ("as_at", "engaged", "appointments"), [("2019-05-12", None, 2), ("2019-05-13", "2019-05-13", 3)]
)
def test_only_appointments_by_the_as_at_day_count(as_at, engaged, appointments):
    facts = three_appointments("e1", "2019-05-11", "2019-05-12", "2019-05-13")
    assert ask("engaged_on", EPISODE, *facts, as_at=as_at) == engaged
    assert ask("appointments", EPISODE, *facts, as_at=as_at) == appointments


def test_closing_the_episode_stops_no_clock():
    closed = an_episode("e1", entered="2019-05-10", closed="2019-05-12")
    assert (
        ask("engaged_on", closed, *three_appointments("e1", "2019-05-11", "2019-05-13", "2019-05-14")) == "2019-05-14"
    )


def test_the_first_profile_since_entry_counts_for_starting_and_for_completing():
    facts = (
        a_profile("e1", "2019-05-02", "2019-05-09", 1),
        a_profile("e1", "2019-05-08", "2019-06-01", 2),
        a_profile("e1", "2019-05-30", None, 3),
        a_profile("e1", "2019-06-02", "2019-06-20", 4),
    )
    assert ask("profile_completed_on", EPISODE, *facts) == "2019-06-01"
    assert ask("profile_started_on", EPISODE, *facts) == "2019-05-30"


@pytest.mark.parametrize(
    ("rule", "facts", "engaged"),
    [
        ("all", [a_profile("e1", "2019-05-12", "2019-05-20"), a_plan("e1", "2019-05-25")], "2019-05-25"),
        ("all", [a_profile("e1", "2019-05-12", "2019-05-30"), a_plan("e1", "2019-05-25")], "2019-05-30"),
        ("all", [a_profile("e1", "2019-05-12", "2019-05-20")], None),
        ("all", [a_plan("e1", "2019-05-25")], None),
        ("all", [a_profile("e1", "2019-05-12", "2019-05-20"), a_plan("e1", "2019-05-25", kind="job_search")], None),
        ("all", [a_profile("e1", "2019-05-12", "2019-05-20"), a_plan("e1", "2019-05-09")], None),
        ("any", [a_plan("e1", "2019-05-25")], "2019-05-25"),
    ],
)
def test_another_service_asks_for_profile_and_plan(rule, facts, engaged):
    spec = changed("engaged", rule=rule, appointments=None, profile_completed=True, plan_agreed="vocational_action")
    assert ask("engaged_on", EPISODE, *facts, spec=spec) == engaged


@pytest.mark.parametrize(
    ("applications", "met"),
    [
        (["2019-05-10"], True),
        (["2019-06-07"], True),  # day 28
        (["2019-06-08"], False),
        (["2019-05-09"], False),  # before entry
        (["2019-05-09", "2019-05-11"], True),
        (["2019-06-30", "2019-06-01"], True),
        ([], False),
    ],
)
def test_an_application_in_time_is_one_within_28_days_of_entry(applications, met):
    facts = [an_application("e1", on) for on in applications]
    assert ask("applied_within_4_weeks_on", EPISODE, *facts) == "2019-06-07"
    assert ask("applied_within_4_weeks_met", EPISODE, *facts) is met


@pytest.mark.parametrize(
    ("facts", "met"),
    [
        ([an_application("e1", "2019-06-09")], True),  # day 30
        ([an_employer_contact("e1", "2019-06-09")], True),
        ([an_employer_contact("e1", "2019-06-10")], False),
        ([an_employer_contact("e1", "2019-06-01", face_to_face=False)], False),
        ([an_employer_contact("e1", "2019-06-01", face_to_face=None)], False),
        ([an_employer_contact(None, "2019-06-01")], False),
    ],
)
def test_fidelity_asks_for_an_application_or_an_employer_met_within_30_days(facts, met):
    assert ask("job_search_within_30_days_met", EPISODE, *facts) is met


def test_the_control_group_has_no_outcome_but_its_referral_and_first_contact():
    control = an_episode("e1", entered="2018-05-10", arm="control")
    facts = (
        *three_appointments("e1", "2018-05-11", "2018-05-12", "2018-05-13"),
        a_profile("e1", "2018-06-01", "2018-06-02"),
    )
    assert ask("entered_on", control, *facts) is None
    assert ask("engaged_on", control, *facts) is None
    assert ask("met_once_on", control, an_appointment("e1", "2018-05-11")) is None
    assert ask("first_contact_on", control, *facts) == "2018-05-11"


@pytest.mark.parametrize(
    ("contacts", "numbers"),
    [
        ([], []),
        ([("2019-05-20", "appointment")], [("2019-05-20", 1)]),
        (
            [("2019-06-03", "video"), ("2019-05-20", "appointment"), ("2019-05-27", "text")],
            [("2019-05-20", 1), ("2019-06-03", 2)],
        ),
        ([("2019-05-09", "appointment"), ("2019-05-20", "call")], [("2019-05-20", 1)]),  # the first is before entry
        ([("2019-05-20", "call"), ("2019-05-20", "group")], [("2019-05-20", 1), ("2019-05-20", 2)]),
        ([("2022-01-03", "call"), ("2019-05-20", "group")], [("2019-05-20", 1)]),  # the first is not known yet
    ],
)
def test_appointments_are_numbered_since_entry(contacts, numbers):
    facts = [EPISODE, *(a_contact("e1", *contact) for contact in contacts)]
    found = numbered_appointments(SPEC, dataset(*facts), day(LATE))
    assert [(str(row["on"]), row["number"]) for row in found.to_dicts()] == numbers


def test_everyone_is_numbered_apart():
    facts = [EPISODE, an_episode("e2", entered="2019-05-10", referred="2019-05-01")]
    facts += [a_contact(episode, f"2019-05-{on}", "call") for on in (20, 21) for episode in ("e2", "e1")]
    found = numbered_appointments(SPEC, dataset(*facts), day(LATE))
    assert found.select("episode_id", "number").rows() == [("e1", 1), ("e1", 2), ("e2", 1), ("e2", 2)]
