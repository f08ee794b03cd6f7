"""Caseload by share of full time, cases a year, practices, units, leaders, supervision: facts and answers."""

from fractions import Fraction

import pytest
from tests.factories import a_plan, an_appointment, an_episode
from tests.library.fidelity.asking import (
    SPEC,
    a_link,
    a_measure,
    a_post,
    a_supervision,
    an_activity,
    ask,
    number,
    reasons,
    statuses,
    without,
)

CASELOAD = a_measure("caseload")


def an_active_case(id, specialist="s1", **columns):
    return [
        an_episode(id, entered="2019-05-01", specialist_id=specialist, **columns),
        a_plan(id, "2019-05-10"),
        an_appointment(id, "2019-06-20"),
    ]


THREE = [an_active_case("e1"), an_active_case("e2"), an_active_case("e3", "s2")]


@pytest.mark.parametrize(
    ("posts", "found"),
    [
        ([a_post("s1"), a_post("s2")], (3, 2, Fraction(3, 2))),
        ([a_post("s1", fte="0.5"), a_post("s2")], (3, Fraction(3, 2), 2)),
        ([a_post("s1", fte="0.5"), a_post("s1", fte="0.3", team="t2"), a_post("s2")],
         (3, Fraction(9, 5), Fraction(5, 3))),
        ([a_post("s1"), a_post("s2"), a_post("s3")], (3, 3, 1)),  # someone without cases has a share of full time
        ([a_post("s1"), a_post("s2", last="2019-06-29")], (2, 1, 2)),  # the cases of someone gone are nobody's
        ([a_post("s1"), a_post("s2", last="2019-06-30")], (3, 2, Fraction(3, 2))),  # the last day in post is in post
        ([a_post("s1"), a_post("s2", first="2019-06-30")], (3, 2, Fraction(3, 2))),
        ([a_post("s1"), a_post("s2", first="2019-07-01")], (2, 1, 2)),
        ([a_post("s1"), a_post("s2", fte=None)], (2, 1, 2)),
        ([a_post("s1"), a_post("s2"), a_post("s2", fte=None, team="t2")], (2, 1, 2)),
        ([a_post("s1"), a_post("s2"), a_post("l1", "team_leader")], (3, 2, Fraction(3, 2))),
        ([a_post("s1"), a_post("s2", "team_leader")], (2, 1, 2)),
        ([a_post("s1"), a_post("s2"), a_post(None)], (3, 2, Fraction(3, 2))),
    ],
)  # fmt: skip
def test_active_cases_to_a_full_time_specialist(posts, found):
    assert number(ask(CASELOAD, THREE, posts)) == found


def test_why_a_case_is_not_on_the_caseload():
    found = ask(
        CASELOAD,
        a_post("s1"),
        an_active_case("e1"),
        an_active_case("e2", closed="2019-06-30"),
        [an_episode("e3", entered="2019-05-01", specialist_id="s1"), a_plan("e3", "2019-05-10")],
        [an_episode("e4", entered="2019-05-01", specialist_id="s1"), an_appointment("e4", "2019-06-20")],
        an_active_case("e5", None),
        an_active_case("e6", "s9"),
        an_episode("e7", referred="2019-05-01"),
    )
    assert statuses(found) == {
        "e1": "counted", "e2": "excluded", "e3": "not_counted", "e4": "not_counted", "e5": "not_counted",
        "e6": "not_counted",
    }  # fmt: skip
    assert reasons(found) == {
        "e1": "On the active caseload.",
        "e2": "Closed on 30 June 2019.",
        "e3": "Not active: no two-way contact in the weeks before the day.",
        "e4": "Not active: no action plan in force on the day.",
        "e5": "No specialist is named.",
        "e6": "s9 holds no post of a specialist with a known share of full time.",
    }
    assert number(found) == (1, 1, 1)


def test_each_specialist_has_a_line():
    lines = ask(CASELOAD, THREE, a_post("s1", fte="0.5"), a_post("s2"), a_post("s3")).lines
    assert [(one.specialist_id, one.numerator, one.denominator, one.value) for one in lines] == [
        ("s1", 2, Fraction(1, 2), 4),
        ("s2", 1, 1, 1),
        ("s3", 0, 1, 0),
    ]


def test_a_caseload_that_nobody_can_tell():
    found = ask(CASELOAD, THREE)
    assert (found.value, found.missing) == (
        None, "No post of a specialist with a share of full time covers 30 June 2019.",
    )  # fmt: skip
    bare = ask(CASELOAD, THREE, a_post("s1"), spec=without("active_caseload"))
    assert (bare.value, bare.missing) == (None, "The specification does not say what an active case is.")


def test_a_team_has_its_own_cases_and_posts():
    facts = [an_active_case("e1", team_id="t1"), an_active_case("e2", team_id="t1"), an_active_case("e3", team_id="t2")]
    posts = [a_post("s1", team="t1"), a_post("s2", team="t2")]
    assert number(ask(CASELOAD, facts, posts, team="t1")) == (2, 1, 2)
    assert number(ask(CASELOAD, facts, posts, team="t2")) == (0, 1, 0)  # s1's case there is held by nobody of t2


def test_a_lot_has_its_cases_and_the_posts_of_its_teams():
    facts = [
        an_active_case("e1", team_id="t1", lot="dudley"),
        an_active_case("e2", "s2", team_id="t2", lot="wolverhampton"),
        an_active_case("e3", team_id=None, lot="dudley"),
    ]
    posts = [a_post("s1", team="t1"), a_post("s2", team="t2"), a_post("s3", team=None), a_post("s4", team="t4")]
    assert number(ask(CASELOAD, facts, posts, lot="dudley")) == (2, 1, 2)
    assert number(ask(CASELOAD, facts, posts, lot="wolverhampton")) == (1, 1, 1)
    assert ask(CASELOAD, facts, posts, lot="sandwell_west_birmingham").missing.startswith("No post of a specialist")
    assert number(ask(CASELOAD, facts, posts, lot="dudley", team="t2")) == (0, 1, 0)


@pytest.mark.parametrize(
    ("facts", "found"),
    [
        ([a_post("s1", first="2018-07-01")], (2, 1, 2)),  # 365 days of full time: a year
        ([a_post("s1", first="2018-07-01", fte="0.5")], (2, Fraction(1, 2), 4)),
        ([a_post("s1", first="2018-07-01", last="2018-09-11")], (2, Fraction(73, 365), 10)),
        ([a_post("s1", first="2017-01-01")], (2, 1, 2)),  # no more than the window's days
        ([a_post("s1", fte=None)], (0, 0, None)),
        ([a_post("s1", first="2018-07-01"), a_post("s2", last="2018-06-30")], (2, 1, 2)),
    ],
)
def test_cases_open_in_a_year(facts, found):
    cases = [
        an_episode("e1", entered="2019-06-30", specialist_id="s1"),
        an_episode("e2", entered="2018-01-01", closed="2018-07-02", specialist_id="s1"),
        an_episode("e3", entered="2018-01-01", closed="2018-07-01", specialist_id="s1"),  # open until 30 June 2018
        an_episode("e4", entered="2018-09-01"),
    ]
    tally = ask(a_measure("cases_a_year", window_days=365), cases, facts)
    assert number(tally) == found
    assert statuses(tally)["e3"] == "excluded"
    assert reasons(tally)["e4"] == "No specialist is named."


OWN = a_measure("own_practices", limit=2)


@pytest.mark.parametrize(
    ("links", "case", "status", "reason"),
    [
        ([a_link("A")], {"gp_practice": "A"}, "counted", "Of practice A."),
        ([a_link("A"), a_link("B")], {"gp_practice": "B"}, "counted", "Of practice B."),
        ([a_link("A"), a_link("A")], {"gp_practice": "A"}, "counted", "Of practice A."),
        ([a_link("A")], {"gp_practice": "B"}, "not_counted", "s1 is not attached to practice B."),
        ([a_link("A"), a_link("B"), a_link("C")], {"gp_practice": "A"}, "not_counted",
         "s1 is attached to 3 practices."),
        ([a_link("A"), a_link("B"), a_link("C", last="2019-06-29")], {"gp_practice": "A"}, "counted", "Of practice A."),
        ([a_link("A", last="2019-06-30")], {"gp_practice": "A"}, "counted", "Of practice A."),
        ([a_link("A", first="2019-07-01"), a_link("B")], {"gp_practice": "A"}, "not_counted",
         "s1 is not attached to practice A."),
        ([a_link("A", "s2")], {"gp_practice": "A"}, "not_counted", "s1 is attached to no practice."),
        ([a_link("A")], {}, "excluded", "The person's practice is not recorded."),
    ],
)  # fmt: skip
def test_cases_of_a_specialists_own_practices(links, case, status, reason):
    found = ask(OWN, links, an_active_case("e1", **case))
    assert (statuses(found)["e1"], reasons(found)["e1"]) == (status, reason)


def test_only_active_cases_are_looked_at_by_practice():
    quiet = [an_episode("e2", entered="2019-05-01", specialist_id="s1", gp_practice="B")]
    nobody = an_active_case("e3", None, gp_practice="A")
    found = ask(OWN, a_link("A"), an_active_case("e1", gp_practice="A"), quiet, nobody)
    assert statuses(found) == {"e1": "counted", "e2": "excluded", "e3": "not_counted"}
    assert number(found) == (1, 2, 50)


@pytest.mark.parametrize(
    ("facts", "spec", "missing"),
    [
        ([an_active_case("e1")], SPEC, "The table practice_links is empty"),
        ([a_link("A")], SPEC, "Nobody is on the active caseload."),
        ([a_link("A"), an_active_case("e1")], without("active_caseload"), "The specification does not say"),
    ],
)
def test_practices_that_nobody_can_tell(facts, spec, missing):
    found = ask(OWN, facts, spec=spec)
    assert found.value is None
    assert found.missing.startswith(missing)


@pytest.mark.parametrize(
    ("posts", "status", "reason"),
    [
        ([a_post("s1"), a_post("s2"), a_post("l1", "team_leader")], "counted",
         "2 full-time specialists, with a team leader."),
        ([a_post("s1"), a_post("s2")], "not_counted", "2 full-time specialists, without a team leader."),
        ([a_post("s1"), a_post("s2", fte="0.5"), a_post("l1", "team_leader")], "not_counted",
         "1.5 full-time specialists, with a team leader."),
        ([a_post("s1"), a_post("s2", fte=None), a_post("l1", "team_leader")], "not_counted",
         "1 full-time specialists, with a team leader."),
        ([a_post("s1"), a_post("s2", last="2019-06-29"), a_post("l1", "team_leader")], "not_counted",
         "1 full-time specialists, with a team leader."),
        ([a_post("s1"), a_post("m1", "manager"), a_post("l1", "team_leader")], "not_counted",
         "1 full-time specialists, with a team leader."),
    ],
)  # fmt: skip
def test_a_unit_is_two_full_time_specialists_and_a_leader(posts, status, reason):
    found = ask(a_measure("units", limit=2), posts, a_post("x", team=None))
    assert (statuses(found), reasons(found)) == ({"t1": status}, {"t1": reason})


def test_without_teams_there_are_no_units():
    found = ask(a_measure("units", limit=2), a_post(last="2019-06-29"))
    assert (found.value, found.missing) == (None, "No post in a team covers 30 June 2019.")


@pytest.mark.parametrize(
    ("posts", "found"),
    [
        ([a_post("s1"), a_post("s2"), a_post("l1", "team_leader")], (2, 1, 2)),
        ([a_post("s1", fte="0.2"), a_post("s2"), a_post("s3"), a_post("l1", "team_leader"),
          a_post("l2", "team_leader")], (3, 2, Fraction(3, 2))),  # people, whatever their share of full time
        ([a_post("s1"), a_post("s1", team="t2"), a_post("l1", "team_leader")], (1, 1, 1)),
        ([a_post("s1"), a_post("s2", last="2019-06-29"), a_post("l1", "team_leader")], (1, 1, 1)),
        ([a_post("l1", "team_leader")], (0, 1, 0)),
        ([a_post("s1")], (1, 0, None)),
    ],
)  # fmt: skip
def test_specialists_to_a_leader(posts, found):
    tally = ask(a_measure("leaders", limit=10), posts)
    assert number(tally) == found
    assert bool(tally.missing) is (found[2] is None)


WEEKS = a_measure("supervision", window_days=14, every_days=7, codes=("group",))  # 17-23 and 24-30 June


@pytest.mark.parametrize(
    ("held", "found"),
    [
        ([a_supervision("2019-06-17"), a_supervision("2019-06-24")], ["counted", "counted"]),
        ([a_supervision("2019-06-23"), a_supervision("2019-06-30")], ["counted", "counted"]),
        ([a_supervision("2019-06-24"), a_supervision("2019-06-30")], ["not_counted", "counted"]),
        ([a_supervision("2019-06-16"), a_supervision("2019-07-01")], ["not_counted", "not_counted"]),
        ([a_supervision("2019-06-17", kind="individual")], ["not_counted", "not_counted"]),
        ([a_supervision("2019-06-17", "s2")], ["not_counted", "not_counted"]),
        ([a_supervision("2019-06-18"), a_supervision("2019-06-19")], ["counted", "not_counted"]),
    ],
)
def test_supervision_week_by_week(held, found):
    tally = ask(WEEKS, a_post("s1"), a_supervision("2018-01-01"), held)
    assert list(statuses(tally).values()) == found
    assert list(statuses(tally)) == ["s1:2019-06-17", "s1:2019-06-24"]
    assert tally.value == 50 * found.count("counted")


@pytest.mark.parametrize(
    ("post", "weeks"),
    [
        (a_post("s1", first="2019-06-17"), ["s1:2019-06-17", "s1:2019-06-24"]),
        (a_post("s1", first="2019-06-18"), ["s1:2019-06-24"]),
        (a_post("s1", last="2019-06-29"), ["s1:2019-06-17"]),
        (a_post("s1", last="2019-06-22"), []),
        (a_post("s1", role="team_leader"), []),
    ],
)
def test_only_whole_weeks_in_post_are_looked_at(post, weeks):
    tally = ask(WEEKS, post, a_supervision("2019-06-20"))
    assert list(statuses(tally)) == weeks
    assert (tally.missing != "") is (weeks == [])


def test_reasons_of_supervision():
    found = ask(WEEKS, a_post("s1"), a_supervision("2019-06-25"), a_supervision("2019-06-26"))
    assert reasons(found) == {
        "s1:2019-06-17": "None from 17 June 2019 to 23 June 2019.",
        "s1:2019-06-24": "Held on 25 June 2019.",
    }
    assert ask(WEEKS, a_post("s1")).missing.startswith("The table supervisions is empty")


@pytest.mark.parametrize(
    ("activity", "counts"),
    [
        (an_activity("a", "2019-06-30", "jobcentre_liaison"), True),
        (an_activity("a", "2019-06-24", "jobcentre_liaison"), True),
        (an_activity("a", "2019-06-23", "jobcentre_liaison"), False),
        (an_activity("a", "2019-07-01", "jobcentre_liaison"), False),
        (an_activity("a", "2019-06-30", "promotion"), False),
        (an_activity("a", "2019-06-30", "jobcentre_liaison", service_id="thrive_into_work"), True),
        (an_activity("a", "2019-06-30", "jobcentre_liaison", service_id="workwise"), False),
    ],
)
def test_activities_of_a_week(activity, counts):
    measure = a_measure("activities", window_days=7, codes=("jobcentre_liaison",))
    found = ask(measure, an_activity("old", "2018-01-01", "other"), activity)
    assert (found.value, list(statuses(found))) == ((1, ["a"]) if counts else (0, []))


def test_activities_of_a_team_and_of_nobody_known():
    measure = a_measure("activities", window_days=7, codes=("team_meeting",))
    facts = [an_activity("a", "2019-06-30", "team_meeting"), an_activity("b", "2019-06-30", "team_meeting", "s2")]
    posts = [a_post("s1", team="t1"), a_post("s2", team="t2")]
    assert list(statuses(ask(measure, facts, posts, team="t2"))) == ["b"]
    assert [(line.specialist_id, line.value) for line in ask(measure, facts, posts).lines] == [("s1", 1), ("s2", 1)]
    assert ask(measure, posts).missing.startswith("The table activities is empty")
