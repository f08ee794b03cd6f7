"""Actions of fidelity plans: judged once, at the first follow-up review after they were agreed, of the same team."""

import pytest
from tests.factories import dataset
from tests.library.indicators.asking import ask_figure, ask_members, with_indicator

PLANS = {"kind": "fidelity_actions", "scale": "ips25", "judged_at": ("follow_up",)}
SHAPE = {"subject": "action", "unit": "proportion", "measure": "proportion"}
SPEC = with_indicator(PLANS, **SHAPE)
OUTSIDE_ONLY = with_indicator({**PLANS, "reviews": ("external",)}, **SHAPE)


def a_review(id="r1", on="2018-05-01", kind="external", item="1", **columns):
    usual = {"scale": "ips25", "service_id": "thrive_into_work"}
    return "fidelity_reviews", {**usual, "review_id": id, "on": on, "kind": kind, "item": item, **columns}


def a_follow_up(on="2019-05-01", id="f1", **columns):
    return a_review(id, on, "follow_up", **columns)


def an_action(achieved="2019-01-10", agreed="2018-05-10", review="r1", id="a", **columns):
    row = {"action_id": id, "review_id": review, "agreed_on": agreed, "achieved_on": achieved, **columns}
    return "fidelity_actions", row


def status(*facts, spec=SPEC, **asked):
    """Status and reason of action a; None: not considered."""
    found = ask_members("asked", *facts, spec=spec, **asked).get("a")
    return found and (found["status"], found["reason"])


@pytest.mark.parametrize(
    ("achieved", "expected", "reason"),
    [
        ("2018-05-10", "counted", "1 May 2019"),
        ("2019-04-30", "counted", "1 May 2019"),
        ("2019-05-01", "counted", "1 May 2019"),
        ("2019-05-02", "not_counted", "Achieved on 2 May 2019, after the follow-up review of 1 May 2019."),
        ("2020-01-01", "not_counted", "Not achieved by the follow-up review of 1 May 2019."),
        (None, "not_counted", "Not achieved by the follow-up review of 1 May 2019."),
    ],
)
def test_achieved_by_the_day_of_the_follow_up(achieved, expected, reason):
    found = status(a_review(), a_follow_up(), an_action(achieved))
    assert found[0] == expected and reason in found[1]


@pytest.mark.parametrize("due", [None, "2018-06-01", "2019-05-01", "2030-01-01"])
@pytest.mark.parametrize(("achieved", "expected"), [("2019-01-10", "counted"), (None, "not_counted")])
def test_the_day_it_was_due_changes_nothing(due, achieved, expected):
    assert status(a_review(), a_follow_up(), an_action(achieved, due_on=due))[0] == expected


@pytest.mark.parametrize(
    ("reviews", "expected"),
    [
        ((), "not_due"),
        ((a_follow_up("2018-05-09"),), "not_due"),
        ((a_follow_up("2018-05-10"),), "not_due"),
        ((a_follow_up("2019-07-01"),), "not_due"),
        ((a_review("s1", "2019-05-01", "self_assessment"),), "not_due"),
        ((a_review("s1", "2019-05-01", "external"),), "not_due"),
        ((a_follow_up(scale="adapted"),), "not_due"),
        ((a_follow_up(service_id="ips_grow"),), "not_due"),
        ((a_follow_up("2018-05-11"),), "excluded"),
        ((a_follow_up("2019-03-31"), a_follow_up("2019-05-01", "f2")), "excluded"),
        ((a_follow_up(), a_follow_up("2019-06-01", "f2")), "counted"),
        ((a_follow_up(service_id=None),), "counted"),
        ((a_follow_up(), a_follow_up(item="2")), "counted"),
    ],
)
def test_which_review_judges_it(reviews, expected):
    assert status(a_review(), *reviews, an_action())[0] == expected


def test_while_no_follow_up_has_been_held_it_waits():
    assert status(a_review(), an_action()) == ("not_due", "no follow-up review since it was agreed")


@pytest.mark.parametrize(
    ("own", "other", "expected"),
    [("t1", "t1", "counted"), ("t1", "t2", "not_due"), ("t1", None, "not_due"), (None, None, "counted"),
     (None, "t1", "not_due")],
)  # fmt: skip
def test_a_review_of_one_team_judges_that_teams_plan(own, other, expected):
    assert status(a_review(team_id=own), a_follow_up(team_id=other), an_action())[0] == expected


@pytest.mark.parametrize(
    ("change", "considered"),
    [({}, True), ({"kind": "self_assessment"}, False), ({"scale": "adapted"}, False),
     ({"service_id": "ips_grow"}, False), ({"on": "2019-07-02"}, False)],
)  # fmt: skip
def test_whose_plans_are_looked_at(change, considered):
    found = status(a_review(**change), a_follow_up(), an_action(), spec=OUTSIDE_ONLY)
    assert (found is not None) is considered


def test_without_named_reviews_every_plan_is():
    assert status(a_review(kind="self_assessment"), a_follow_up(), an_action()) is not None


@pytest.mark.parametrize("facts", [(an_action(review="unknown"),), (an_action(agreed=None),)])
def test_an_action_of_no_review_or_no_day_does_not_exist(facts):
    assert status(a_review(), a_follow_up(), *facts) is None


def test_the_figure_is_the_share_achieved_and_belongs_to_nobody():
    facts = [a_review(), a_review(item="2"), a_follow_up()]
    facts += [an_action(id=id) for id in "abc"] + [an_action(None, id="d"), an_action(id="later", agreed="2019-06-01")]
    found = ask_figure("asked", *facts, spec=SPEC)
    assert (found.numerator, found.denominator, found.value) == (3, 4, 0.75)
    assert dict(found.members) == {"counted": 3, "not_counted": 1, "not_due": 1, "excluded": 0}
    assert [(cell.key, cell.denominator) for cell in found.breakdowns["lot"]] == [("unknown", 4)]
    assert {row["person_id"] for row in ask_members("asked", *facts, spec=SPEC).values()} == {None}


def test_shards_of_people_keep_the_actions_of_the_service_apart():
    data = dataset(a_review(), an_action())
    assert data.for_people(["p1"])["fidelity_actions"].height == 0
    assert data.of_nobody()["fidelity_actions"].height == 1
