"""Work status some weeks after entry: the check nearest to the day decides, and what is near is a window of days."""

import pytest
from tests.factories import an_episode
from tests.library.indicators.asking import ask_figure, ask_members, with_indicator

GROUPS = [
    {"id": "in_work", "name": "In work", "column": "employment_at_entry", "codes": ("in_work", "off_sick")},
    {
        "id": "others",
        "name": "Others",
        "column": "employment_at_entry",
        "other_than": ("in_work", "off_sick", "not_known"),
    },
]
OUTCOME = {
    "kind": "work_status",
    "days": 84,
    "from_days": 70,
    "until_days": 112,
    "met_by": ("at_work", "phased_return"),
}
OF_THOSE_IN_WORK = with_indicator(OUTCOME, groups=GROUPS, measure="proportion", unit="proportion", among="in_work")
OF_OTHERS = with_indicator(OUTCOME, groups=GROUPS, measure="proportion", unit="proportion", among="others")
PERIOD = {"period": "2019-07-01/2019-10-01"}
ENTERED = "2019-04-08"
"""12 weeks later is 1 July 2019; the window is 17 June to 29 July."""


def a_check(on, status="at_work", episode_id="e1"):
    return "employment_checks", {"episode_id": episode_id, "on": on, "status": status}


def someone(employment="in_work"):
    return an_episode("e1", entered=ENTERED, employment_at_entry=employment)


@pytest.mark.parametrize(
    ("checks", "status", "reason"),
    [
        ([], "not_counted", "No check near 12 weeks, from 17 June 2019 to 29 July 2019."),
        ([a_check("2019-07-01")], "counted", "Asked: at work on 1 July 2019."),
        ([a_check("2019-07-01", "phased_return")], "counted", "Asked: phased return on 1 July 2019."),
        ([a_check("2019-07-01", "off_sick")], "not_counted", "Off sick on 1 July 2019, the check nearest to the day."),
        (
            [a_check("2019-07-01", None)],
            "not_counted",
            "Status not recorded on 1 July 2019, the check nearest to the day.",
        ),
        ([a_check("2019-06-17")], "counted", "on 17 June 2019"),
        ([a_check("2019-06-16")], "not_counted", "No check near 12 weeks"),
        ([a_check("2019-07-29")], "counted", "on 29 July 2019"),
        ([a_check("2019-07-30")], "not_counted", "No check near 12 weeks"),
        ([a_check("2019-06-30", "off_sick"), a_check("2019-07-05")], "not_counted", "Off sick on 30 June 2019"),
        ([a_check("2019-06-28", "off_sick"), a_check("2019-07-04")], "counted", "on 4 July 2019"),  # as near: the later
        ([a_check("2019-06-28"), a_check("2019-07-04", "not_working")], "not_counted", "Not working on 4 July 2019"),
        ([a_check("2019-07-01", "off_sick"), a_check("2019-07-01")], "counted", "at work on 1 July 2019"),
    ],
)
def test_the_check_nearest_to_twelve_weeks_decides(checks, status, reason):
    found = ask_members("asked", someone(), *checks, spec=OF_THOSE_IN_WORK, as_at="2019-09-30", **PERIOD)["e1"]
    assert (found["status"], found["outcome_on"].isoformat()) == (status, "2019-07-01")
    assert reason in found["reason"]


@pytest.mark.parametrize(
    ("as_at", "status", "reason"),
    [
        ("2019-07-01", "not_counted", "Off sick on 26 June 2019"),  # the later check is not known yet
        ("2019-07-02", "counted", "at work on 2 July 2019"),
    ],
)
def test_a_check_after_the_as_at_day_does_not_exist(as_at, status, reason):
    checks = [a_check("2019-06-26", "off_sick"), a_check("2019-07-02")]
    found = ask_members("asked", someone(), *checks, spec=OF_THOSE_IN_WORK, as_at=as_at, **PERIOD)["e1"]
    assert found["status"] == status
    assert reason in found["reason"]


def test_before_the_day_nobody_is_judged():
    late = an_episode("e1", entered="2019-07-20", employment_at_entry="in_work")
    asked = {"as_at": "2019-09-30", "period": "2019-07-01/2019-10-20"}
    found = ask_members("asked", late, a_check("2019-10-01"), spec=OF_THOSE_IN_WORK, **asked)["e1"]
    assert (found["status"], found["reason"]) == ("not_due", "due on 12 October 2019")


@pytest.mark.parametrize(
    ("employment", "in_work", "others"),
    [
        ("in_work", "counted", "excluded"),
        ("off_sick", "counted", "excluded"),
        ("unemployed", "excluded", "counted"),
        ("retired", "excluded", "counted"),
        ("not_known", "excluded", "excluded"),
        (None, "excluded", "excluded"),
    ],
)
def test_groups_part_people_and_leave_out_who_is_not_known(employment, in_work, others):
    asked = (someone(employment), a_check("2019-07-01"))
    for spec, status in ((OF_THOSE_IN_WORK, in_work), (OF_OTHERS, others)):
        found = ask_members("asked", *asked, spec=spec, as_at="2019-09-30", **PERIOD)["e1"]
        assert found["status"] == status
        if status == "excluded":
            assert found["reason"].startswith("Employment at entry")


def test_the_proportion_rests_on_the_group():
    people = [
        an_episode("e1", entered=ENTERED, employment_at_entry="in_work"),
        an_episode("e2", entered=ENTERED, employment_at_entry="off_sick"),
        an_episode("e3", entered=ENTERED, employment_at_entry="unemployed"),
    ]
    checks = [a_check("2019-07-01"), a_check("2019-07-01", "not_working", "e2"), a_check("2019-07-01", "at_work", "e3")]
    found = ask_figure("asked", *people, *checks, spec=OF_THOSE_IN_WORK, as_at="2019-09-30", **PERIOD)
    assert (found.numerator, found.denominator, dict(found.members)["excluded"]) == (1, 2, 1)
