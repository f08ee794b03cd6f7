"""Contact with people: around the start of a job, by place, after a missed appointment."""

from fractions import Fraction

import pytest
from tests.factories import a_contact, a_job, an_appointment, an_episode
from tests.library.fidelity.asking import a_measure, ask, number, reasons, statuses

from placewell.errors import UserError
from placewell.fidelity.measures import Schedule
from placewell.fidelity.measuring import KINDS, NEEDS, problem_of
from placewell.fidelity.scales import scale, scale_of

CASE = an_episode("e1", entered="2019-01-01", specialist_id="s1")
JOB = a_job("e1", "j1", first_day="2019-03-15")
WHOLE = Schedule(before_days=7, after_days=3, weekly_months=1, monthly_months=3)
SUPPORT = a_measure("follow_along", window_days=365, schedule=WHOLE)
FAR = an_appointment("e1", "2019-01-02")

STEPS = {  # of a job begun on 15 March 2019: first and last day
    "j1:00": ("2019-03-08", "2019-03-14"),
    "j1:01": ("2019-03-15", "2019-03-18"),
    "j1:02": ("2019-03-15", "2019-03-21"),
    "j1:03": ("2019-03-22", "2019-03-28"),
    "j1:04": ("2019-03-29", "2019-04-04"),
    "j1:05": ("2019-04-05", "2019-04-11"),
    "j1:07": ("2019-04-15", "2019-05-14"),
    "j1:08": ("2019-05-15", "2019-06-14"),
}


def kept(tally):
    return [step for step, status in statuses(tally).items() if status == "counted"]


def test_every_step_of_the_schedule():
    found = statuses(ask(SUPPORT, CASE, JOB, FAR))
    assert found == dict.fromkeys(
        ["j1:00", "j1:01", "j1:02", "j1:03", "j1:04", "j1:05", "j1:07", "j1:08"], "not_counted"
    )


@pytest.mark.parametrize("step", STEPS)
def test_a_contact_on_the_first_or_last_day_keeps_a_step(step):
    first, last = STEPS[step]
    for on in (first, last):
        assert step in kept(ask(SUPPORT, CASE, JOB, FAR, an_appointment("e1", on)))


@pytest.mark.parametrize(
    ("on", "steps"),
    [
        ("2019-03-07", []),
        ("2019-03-08", ["j1:00"]),
        ("2019-03-14", ["j1:00"]),
        ("2019-03-15", ["j1:01", "j1:02"]),
        ("2019-03-18", ["j1:01", "j1:02"]),
        ("2019-03-19", ["j1:02"]),
        ("2019-03-22", ["j1:03"]),
        ("2019-04-12", []),  # after four weeks, before the month is over
        ("2019-04-14", []),
        ("2019-04-15", ["j1:07"]),
        ("2019-05-15", ["j1:08"]),
        ("2019-06-15", []),
    ],
)
def test_which_steps_a_contact_keeps(on, steps):
    assert kept(ask(SUPPORT, CASE, JOB, FAR, an_appointment("e1", on))) == steps


@pytest.mark.parametrize(
    ("contact", "any_contact", "meeting"),
    [
        (an_appointment("e1", "2019-03-10"), True, True),
        (an_appointment("e1", "2019-03-10", place="remote"), True, False),
        (a_contact("e1", "2019-03-10", "call"), True, False),
        (a_contact("e1", "2019-03-10", "joint_with_clinician", place="health_setting"), True, True),
        (a_contact("e1", "2019-03-10", "outreach", place="home"), True, True),
        (an_appointment("e1", "2019-03-10", attendance="did_not_attend"), False, False),
        (a_contact("e1", "2019-03-10", "text", attendance="one_way"), False, False),
        (an_appointment("e1", "2019-03-10", with_whom="employer"), False, False),
        (an_appointment("e2", "2019-03-10"), False, False),
    ],
)
def test_what_contact_keeps_a_step(contact, any_contact, meeting):
    facts = (CASE, an_episode("e2", entered="2019-01-01"), JOB, FAR, contact)
    face_to_face = a_measure("follow_along", window_days=365, schedule=Schedule(7, 3, 1, 3, face_to_face=True))
    assert kept(ask(SUPPORT, *facts)) == (["j1:00"] if any_contact else [])
    assert kept(ask(face_to_face, *facts)) == (["j1:00"] if meeting else [])


@pytest.mark.parametrize(
    ("as_at", "due", "to_come"),
    [("2019-03-15", 1, 7), ("2019-03-18", 2, 6), ("2019-03-21", 3, 5), ("2019-06-13", 7, 1), ("2019-06-14", 8, 0)],
)
def test_a_step_is_due_on_its_last_day(as_at, due, to_come):
    found = list(statuses(ask(SUPPORT, CASE, JOB, FAR, an_appointment("e1", "2019-03-15"), as_at=as_at)).values())
    assert (len(found) - found.count("not_due"), found.count("not_due")) == (due, to_come)


def test_a_start_that_lies_ahead_has_no_steps_yet():
    assert statuses(ask(SUPPORT, CASE, JOB, FAR, as_at="2019-03-14")) == {}


@pytest.mark.parametrize(
    ("ended", "excluded"),
    [
        ("2019-03-15", ["j1:01", "j1:02", "j1:03", "j1:04", "j1:05", "j1:07", "j1:08"]),
        ("2019-03-18", ["j1:02", "j1:03", "j1:04", "j1:05", "j1:07", "j1:08"]),
        ("2019-05-14", ["j1:08"]),
        ("2019-06-13", ["j1:08"]),
        ("2019-06-14", []),
        ("2019-07-01", []),  # an end that is not known yet
    ],
)
def test_steps_that_the_job_did_not_see(ended, excluded):
    job = a_job("e1", "j1", first_day="2019-03-15", ended=ended)
    found = statuses(ask(SUPPORT, CASE, job, FAR))
    assert [step for step, status in found.items() if status == "excluded"] == excluded


def test_only_steps_that_end_in_the_window_are_looked_at():
    month = a_measure("follow_along", window_days=30, schedule=WHOLE)  # 1-30 June 2019
    assert statuses(ask(month, CASE, JOB, an_appointment("e1", "2019-05-20"))) == {"j1:08": "counted"}
    later = ask(month, CASE, JOB, FAR, as_at="2019-07-15")
    assert (statuses(later), later.missing) == ({}, "No step of the schedule falls due in these days.")


def test_the_last_days_of_months():
    job = a_job("e1", "j1", first_day="2019-01-31")
    for on, step in {"2019-02-28": ["j1:07"], "2019-03-30": ["j1:07"], "2019-03-31": ["j1:08"]}.items():
        assert kept(ask(SUPPORT, CASE, job, FAR, an_appointment("e1", on))) == step


def test_a_schedule_may_ask_for_less():
    after = a_measure("follow_along", window_days=365, schedule=Schedule(after_days=3))
    assert statuses(ask(after, CASE, JOB, FAR)) == {"j1:01": "not_counted"}
    before = a_measure("follow_along", window_days=365, schedule=Schedule(before_days=7))
    assert statuses(ask(before, CASE, JOB, FAR)) == {"j1:00": "not_counted"}


def test_reasons_of_steps():
    met = [an_appointment("e1", "2019-03-10"), an_appointment("e1", "2019-03-12"), an_appointment("e1", "2019-04-20")]
    job = a_job("e1", "j1", first_day="2019-03-15", ended="2019-06-01")
    found = reasons(ask(SUPPORT, CASE, job, met))
    assert (found["j1:00"], found["j1:01"], found["j1:07"], found["j1:08"]) == (
        "Before the start: 12 March 2019.",
        "After the start: not spoken with from 15 March 2019 to 18 March 2019.",
        "Month 2: 20 April 2019.",
        "The job ended on 1 June 2019.",
    )
    face = a_measure("follow_along", window_days=365, schedule=Schedule(after_days=3, face_to_face=True))
    assert reasons(ask(face, CASE, job, met)) == {
        "j1:01": "After the start: not met from 15 March 2019 to 18 March 2019."
    }


PLACES = a_measure("places", window_days=30, codes=("community", "home"))


@pytest.mark.parametrize(
    ("contact", "status"),
    [
        ({"place": "community", "minutes": 30}, "counted"),
        ({"place": "home", "minutes": 30}, "counted"),
        ({"place": "office", "minutes": 30}, "not_counted"),
        ({"place": "remote", "minutes": 30, "kind": "call"}, "not_counted"),
        ({"place": "community"}, "excluded"),
        ({"minutes": 30}, "excluded"),
        ({"place": "community", "minutes": 30, "with_whom": "employer"}, "counted"),
        ({"place": "community", "minutes": 30, "attendance": "did_not_attend"}, None),
        ({"place": "community", "minutes": 30, "on": "2019-06-01"}, "counted"),
        ({"place": "community", "minutes": 30, "on": "2019-05-31"}, None),
        ({"place": "community", "minutes": 30, "on": "2018-12-31"}, None),
    ],
)
def test_where_contacts_took_place(contact, status):
    row = {"contact_id": "c", "on": "2019-06-30", "kind": "appointment", **contact}
    found = ask(PLACES, CASE, FAR, a_contact("e1", **row))
    assert statuses(found) == ({"c": status} if status else {})


def test_minutes_are_weighed_and_specialists_told_apart():
    def at(place, minutes, who):
        return an_appointment("e1", "2019-06-30", place=place, minutes=minutes, specialist_id=who)

    found = ask(PLACES, CASE, at("community", 45, "s1"), at("office", 15, "s1"), at("remote", 30, "s2"))
    assert number(found) == (45, 90, 50)
    assert [(line.specialist_id, line.numerator, line.denominator, line.value) for line in found.lines] == [
        ("s1", 45, 60, 75), ("s2", 0, 30, 0),
    ]  # fmt: skip


MISSED = a_measure("reached_out", window_days=30)


@pytest.mark.parametrize(
    ("missed", "later", "status"),
    [
        ("2019-06-01", ["2019-06-02"], "counted"),
        ("2019-06-01", ["2019-06-30"], "counted"),
        ("2019-06-10", ["2019-06-10"], "not_counted"),
        ("2019-06-10", ["2019-06-09", "2019-07-01"], "not_counted"),
        ("2019-06-30", [], "not_due"),
        ("2019-05-31", ["2019-06-02"], None),
    ],
)
def test_missed_appointments(missed, later, status):
    appointment = an_appointment("e1", missed, contact_id="c", attendance="did_not_attend")
    attempts = [a_contact("e1", on, "text", attendance="one_way") for on in later]
    other = [an_episode("e2", entered="2019-01-01"), an_appointment("e2", "2019-06-20")]
    found = ask(MISSED, CASE, appointment, attempts, other)
    assert statuses(found) == ({"c": status} if status else {})
    assert (found.missing != "") is (status in (None, "not_due"))


@pytest.mark.parametrize(
    ("contact", "looked_at"),
    [
        ({"attendance": "cancelled_by_client"}, True),
        ({"attendance": "cancelled_by_service"}, False),
        ({"attendance": "attended"}, False),
        ({"attendance": "did_not_attend", "with_whom": "employer"}, False),
        ({"attendance": "did_not_attend", "kind": "text"}, False),
    ],
)
def test_what_a_missed_appointment_is(contact, looked_at):
    found = ask(MISSED, CASE, a_contact("e1", **{"on": "2019-06-10", "kind": "appointment", **contact}))
    assert len(statuses(found)) == looked_at


@pytest.mark.parametrize("measure", [SUPPORT, PLACES, MISSED])
def test_contacts_that_are_not_recorded(measure):
    assert ask(measure, CASE, JOB).missing == "The table contacts is empty: contacts are not recorded."


def test_every_measure_of_the_catalogue_can_be_worked_out():
    from placewell.specification import load

    measures = (*scale("ips_25").measures, *scale_of(load("thrive_into_work")).measures)
    assert [one.id for one in measures if problem_of(one)] == []
    assert {one.kind for one in measures} == set(KINDS)
    assert set(NEEDS) <= set(KINDS)


@pytest.mark.parametrize(
    ("measure", "problem"),
    [
        (a_measure("vibes"), "there is no kind 'vibes': use caseload, "),
        (a_measure("supervision"), "the kind 'supervision' needs every_days and codes"),
        (a_measure("follow_along"), "the kind 'follow_along' needs schedule"),
        (a_measure("units"), "the kind 'units' needs limit"),
    ],
)
def test_a_measure_that_makes_no_sense(measure, problem):
    with pytest.raises(UserError) as refused:
        ask(measure, CASE)
    assert refused.value.problems[0].startswith(f"Fidelity measure m: {problem}")


def test_shares_are_exact():
    thirds = [an_appointment("e1", "2019-06-10", place=place, minutes=10) for place in ("home", "office", "office")]
    assert ask(PLACES, CASE, thirds).value == Fraction(100, 3)
