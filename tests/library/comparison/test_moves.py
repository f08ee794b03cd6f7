"""Who joins, who leaves, who enters or leaves what a share rests on; with the reason under both readings."""

from dataclasses import replace

import pytest
from tests.factories import a_job, a_profile, an_application, an_appointment, an_episode, answers
from tests.library.comparison.comparing import compared, moves, question
from tests.library.comparison.test_every_variant import PROVED, STARTED
from tests.library.outcomes.asking import SPEC

from placewell.comparison import compare
from placewell.comparison.comparing import Reading
from placewell.comparison.counts import counts

ONE = an_episode("e1", "p1", entered="2019-04-10")
TWO = an_episode("e2", "p2", entered="2019-04-10")


def engaged(*facts, written="definition.engaged=one_meeting", **asked):
    return compared(written, *facts, only=("engaged",), **asked).compared[0].people[0]


def test_engaged_under_its_four_definitions_gives_four_counts():
    """Four people, and who differs and why: the issue's own words."""
    facts = (
        an_episode("e1", "p1", entered="2019-04-10"),
        an_appointment("e1", "2019-05-01"),
        an_episode("e2", "p2", entered="2019-04-10"),
        an_appointment("e2", "2019-05-01"),
        an_appointment("e2", "2019-05-02"),
        an_appointment("e2", "2019-05-03"),
        an_episode("e3", "p3", entered="2019-04-10"),
        a_profile("e3", "2019-05-01"),
        an_episode("e4", "p4", entered="2019-04-10"),
        a_profile("e4", "2019-05-01", "2019-05-04"),
        ("plans", {"episode_id": "e4", "version": 1, "kind": "vocational_action", "agreed_on": "2019-05-06"}),
        an_episode("e5", "p5", entered="2019-04-10"),
        a_profile("e5", "2019-05-01", "2019-05-04"),
    )
    found = compared("definition.engaged=all", *facts, only=("engaged",))
    four = {one.reading.written.partition("=")[2]: one.people[0] for one in found.compared}
    assert {name: one.now.value for name, one in four.items()} == {
        "three_appointments_or_profile": 3,
        "one_meeting": 2,
        "profile_and_plan": 1,
        "profile_started": 3,
    }
    assert {name: moves(one) for name, one in four.items()} == {
        "three_appointments_or_profile": ([], []),
        "one_meeting": (["p1"], ["p4", "p5"]),
        "profile_and_plan": ([], ["p2", "p5"]),
        "profile_started": (["p3"], ["p2"]),
    }
    (joined,), (left, _) = four["one_meeting"].joins, four["one_meeting"].leaves
    assert joined.as_dict() == {
        "subject_id": "p1",
        "episode_id": "e1",
        "person_id": "p1",
        "was": {
            "status": "not_due",
            "reason": "needs 3 appointments or a completed profile; has 1 appointment",
        },
        "is": {"status": "counted", "reason": "Engaged (one meeting) on 1 May 2019."},
    }
    assert (left.was_status, left.was_reason) == (
        "counted", "Engaged (3 appointments or a completed profile) on 4 May 2019.",
    )  # fmt: skip
    assert (left.is_status, left.is_reason) == ("not_due", "needs 1 appointment; has 0 appointments")


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ([ONE], ([], [])),
        ([ONE, an_appointment("e1", "2019-05-01")], (["p1"], [])),
        # one person twice: counted before by the second episode and now by the first is no move
        (
            [ONE, an_episode("e3", "p1", entered="2019-05-10"), an_appointment("e1", "2019-05-01"),
             a_profile("e3", "2019-05-11", "2019-05-12"), an_appointment("e3", "2019-05-12")],
            ([], []),
        ),
        ([ONE, TWO, an_appointment("e2", "2019-05-01"), an_appointment("e1", "2019-05-02")], (["p1", "p2"], [])),
    ],
)  # fmt: skip
def test_people_are_compared_not_episodes(facts, expected):
    joins, leaves = moves(engaged(*facts))
    assert (sorted(joins), sorted(leaves)) == expected


def test_someone_who_has_not_entered_is_not_looked_at():
    facts = (an_episode("e1", "p1", referred="2019-04-01"), an_appointment("e1", "2019-05-01"))
    found = engaged(*facts, written="clock.entry_event=first_appointment,definition.engaged=one_meeting")
    (joined,) = found.joins
    assert (joined.was_status, joined.was_reason) == (
        "not_considered", "Not looked at: has not entered the programme.",
    )  # fmt: skip
    assert joined.is_status == "counted"


def test_a_job_that_is_no_start_is_not_looked_at():
    job = a_job("e1", "j1", first_day="2019-05-01", paid_hours_to_date="2")
    found = compared("definition.job_start=four_hours", ONE, job, only=("job_starts",)).compared[0].people[0]
    (left,) = found.leaves
    assert (left.is_status, left.is_reason) == ("not_considered", "Not looked at: not a job start.")


def test_other_subjects_have_words_of_their_own():
    facts = an_episode("e1", "p1", entered="2018-06-01")
    found = compared("clock.entry_event=opted_in", facts, only=("support_past_limit",)).compared[0].people[0]
    (left,) = found.leaves
    assert (left.is_status, left.is_reason) == ("not_considered", "Not looked at under this reading.")


def test_a_second_job_joins_where_people_become_jobs():
    second = a_job("e1", "j2", first_day="2019-06-01")
    found = compared("count.unit=jobs", ONE, STARTED, second, only=("people_with_job_start",)).compared[0].people[0]
    (joined,) = found.joins
    assert (joined.subject_id, joined.was_status, joined.is_status) == ("j2", "counted", "counted")
    assert found.leaves == ()


def test_who_a_share_rests_on_is_told_apart():
    """e1 searched in time, e2 did not; under the cohort of entry e2's limit day still lies ahead."""
    facts = (
        ONE,
        an_application("e1", "2019-04-20"),
        an_episode("e2", "p2", entered="2019-03-20"),
        an_episode("e3", "p3", entered="2019-06-20"),
    )
    found = compared("kpi.cohort=entry", *facts, only=("applied_within_4_weeks",)).compared[0].people[0]
    assert (found.was.numerator, found.was.denominator) == (1, 2)
    assert (found.now.numerator, found.now.denominator) == (1, 1)
    assert moves(found) == ([], [])
    (gone,) = found.denominator
    assert (gone.subject_id, gone.was_status, gone.is_status) == ("p2", "not_counted", "excluded")
    assert found.difference == 0.5
    assert not found.is_same


def test_someone_who_joins_a_share_is_told_once():
    facts = (ONE, an_application("e1", "2019-05-10"))
    found = compared("rapid.limit_days=30", *facts, only=("applied_within_4_weeks",)).compared[0].people[0]
    assert moves(found) == (["p1"], [])
    assert found.denominator == ()


def test_a_median_that_changes_with_nobody_moving_is_no_sameness():
    facts = (ONE, a_profile("e1", "2019-04-20"), STARTED, PROVED)
    same = compared("definition.engaged=one_meeting", *facts, only=("days_to_first_job",)).compared[0]
    assert same.changes == ()
    found = compared("contact.counts=any_attempt", *facts, *late_and_early(), only=("days_to_first_contact",))
    (one,) = found.compared[0].changes
    assert (moves(one), one.difference) == (([], []), -5)


def late_and_early():
    contact = {"episode_id": "e1", "with_whom": "client", "kind": "call"}
    yield "contacts", {**contact, "contact_id": "a", "on": "2019-04-20", "attendance": "attended"}
    yield "contacts", {**contact, "contact_id": "b", "on": "2019-04-15", "attendance": "did_not_attend"}


def test_a_difference_with_nothing_to_rest_on_is_none():
    facts = (ONE, answers("e1", "swemwbs", "2019-04-11", {"1": "3"}))
    found = compared("clock.entry_event=opted_in", *facts, only=("days_to_first_job",)).compared[0].people[0]
    assert (found.difference, found.is_same) == (None, True)


@pytest.mark.parametrize(("lot", "value"), [(None, 2), ("dudley", 1), ("wolverhampton", 1)])
def test_a_lot_is_compared_alone(lot, value):
    facts = (
        ONE,
        an_appointment("e1", "2019-05-01"),
        an_episode("e2", "p2", entered="2019-04-10", lot="wolverhampton"),
        an_appointment("e2", "2019-05-01"),
    )
    assert engaged(*facts, lot=lot).now.value == value


def test_counts_come_in_the_order_of_the_specification_and_then_beside_the_return():
    found = tuple(counts(SPEC, question(SPEC, ONE)))
    computed = [one.id for one in SPEC.indicators.computed]
    assert [one.id for one in found] == [*computed, "support_past_limit", "caseload_over_limit", "incidents_late"]
    assert [one.in_return for one in found] == [True] * len(computed) + [False] * 3
    assert all(one.short_name and one.clause for one in found)


def test_a_service_without_such_rules_has_nothing_beside():
    bare = replace(
        SPEC,
        governance=None,
        pathway=SPEC.pathway.model_copy(update={"support": None, "caseload_limits": ()}),
    )
    assert all(one.in_return for one in counts(bare, question(bare, ONE)))


def test_the_shipped_specification_against_itself_is_the_same():
    found = compare(SPEC, [Reading((), SPEC)], question(SPEC, ONE, STARTED, PROVED))
    assert found.compared[0].changes == ()
    assert found.compared[0].money.is_same
