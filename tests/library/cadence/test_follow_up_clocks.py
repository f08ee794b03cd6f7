"""The check of work after 12 weeks and the questionnaire on leaving: open, silent, over, and why."""

from dataclasses import replace
from datetime import date

import pytest
from tests.library.cadence.caseload import contacts, table, together

from placewell.cadence import clocks
from placewell.errors import UserError
from placewell.specification import load

SPEC = load("nottingham_health_employment")
ENTERED = "2016-08-08"
"""12 weeks end on 31 October 2016; checks count from 17 October to 28 November."""


def person(**more):
    episode = {"episode_id": "e1", "person_id": "p1", "service_id": SPEC.id, "referred_on": "2016-08-01", **more}
    return {"people": [{"person_id": "p1"}], "episodes": [episode]}


def open_clocks(*rows, as_at, spec=SPEC, met=True):
    parts = [contacts(ENTERED)] if met else []
    found = clocks(spec, together(*parts, *rows), date.fromisoformat(as_at)).rows(named=True)
    return {row["clock"]: row for row in found}


def a_check(on):
    return table("employment_checks", on=on, status="not_working")


@pytest.mark.parametrize(
    ("as_at", "is_open"),
    [
        ("2016-10-16", False),  # too early to count
        ("2016-10-17", True),
        ("2016-10-31", True),
        ("2016-11-28", True),
        ("2016-11-29", False),  # too late to count
    ],
)
def test_work_is_asked_about_while_a_check_can_count(as_at, is_open):
    assert ("work_after_12_weeks" in open_clocks(person(), as_at=as_at)) == is_open


@pytest.mark.parametrize(
    ("on", "is_open"),
    [
        ("2016-10-16", True),
        ("2016-10-17", False),
        ("2016-10-31", False),
        ("2016-11-05", False),
        ("2016-11-06", True),  # has not happened yet
    ],
)
def test_any_check_in_the_window_will_do(on, is_open):
    assert ("work_after_12_weeks" in open_clocks(person(), a_check(on), as_at="2016-11-05")) == is_open


def test_what_the_check_says():
    row = open_clocks(person(), as_at="2016-10-20")["work_after_12_weeks"]
    assert (str(row["due_on"]), row["person_id"], row["job_id"]) == ("2016-11-28", "p1", None)
    assert row["why"] == (
        "Entered on 8 August 2016: 12 weeks on 31 October 2016. Not asked yet; a check counts until 28 November 2016."
    )
    assert (row["clause"], row["action"]) == ("004 §8.1", "record_work_status")


def test_leaving_does_not_stop_the_twelve_weeks():
    assert "work_after_12_weeks" in open_clocks(person(closed_on="2016-09-01"), as_at="2016-10-31")


def test_who_was_never_met_is_not_asked():
    assert set(open_clocks(person(), as_at="2016-10-31", met=False)) == {"first_contact"}


def a_form(on, occasion="exit", instrument="satisfaction"):
    about = {"response_id": "r1", "instrument": instrument, "occasion": occasion, "item": "overall", "answer": "good"}
    return table("responses", completed_on=on, **about)


@pytest.mark.parametrize(
    ("rows", "as_at", "due"),
    [
        ([], "2016-09-30", None),  # not left yet
        ([], "2016-10-03", "2016-10-17"),
        ([], "2016-10-17", "2016-10-17"),
        ([], "2016-11-14", "2016-10-17"),
        ([], "2016-11-15", None),  # no longer chased
        ([a_form("2016-10-03")], "2016-10-05", None),
        ([a_form("2016-09-30")], "2016-10-05", None),  # filled in at the last meeting
        ([a_form("2016-10-06")], "2016-10-05", "2016-10-17"),  # not yet
        ([a_form("2016-10-03", occasion="review")], "2016-10-05", "2016-10-17"),
        ([a_form("2016-10-03", instrument="self_report")], "2016-10-05", "2016-10-17"),
    ],
)
def test_those_who_have_left_are_asked(rows, as_at, due):
    found = open_clocks(person(closed_on="2016-10-03"), *rows, as_at=as_at).get("exit_questionnaire")
    assert (found and str(found["due_on"])) == due


def test_what_the_questionnaire_says():
    row = open_clocks(person(closed_on="2016-10-03"), as_at="2016-10-05")["exit_questionnaire"]
    assert row["why"] == "Left on 3 October 2016. The questionnaire has not been completed."
    assert not next(one for one in SPEC.pathway.clocks if one.id == "exit_questionnaire").in_contract


def test_closed_before_the_first_meeting_is_not_asked():
    assert "exit_questionnaire" not in open_clocks(person(closed_on="2016-08-05"), as_at="2016-08-20")


def with_outcome(id, outcome):
    changed = tuple(one.model_copy(update={"outcome": outcome}) if one.id == id else one for one in SPEC.pathway.clocks)
    return replace(SPEC, pathway=SPEC.pathway.model_copy(update={"clocks": changed}))


@pytest.mark.parametrize(
    ("id", "outcome", "said"),
    [
        (
            "work_after_12_weeks",
            "rated_good",
            "clock work_after_12_weeks: outcome rated_good is not what work_status_check looks at",
        ),
        (
            "exit_questionnaire",
            "",
            r"clock exit_questionnaire: outcome \(none\) is not what exit_questionnaire looks at",
        ),
    ],
)
def test_a_clock_that_names_another_kind_of_outcome_is_refused(id, outcome, said):
    with pytest.raises(UserError, match=said):
        open_clocks(person(), as_at="2016-10-31", spec=with_outcome(id, outcome))


@pytest.mark.parametrize(("until", "last"), [(None, "2016-10-17"), (42, "2016-11-14")])
def test_without_a_last_day_the_questionnaire_is_asked_for_until_it_is_due(until, last):
    clock = next(one for one in SPEC.pathway.clocks if one.id == "exit_questionnaire")
    only = (clock.model_copy(update={"until_days": until}),)
    spec = replace(SPEC, pathway=SPEC.pathway.model_copy(update={"clocks": only}))
    after = str(date.fromordinal(date.fromisoformat(last).toordinal() + 1))
    assert open_clocks(person(closed_on="2016-10-03"), as_at=last, spec=spec)
    assert not open_clocks(person(closed_on="2016-10-03"), as_at=after, spec=spec)


SESSIONS = [f"2016-08-{8 + n:02}" for n in range(9)]
"""Nine appointments, the ninth on 16 August: the first beyond the guide of four to eight."""


def a_plan(on):
    return table("plans", version=1, kind="return_to_work", agreed_on=on)


@pytest.mark.parametrize(
    ("sessions", "rows", "due"),
    [
        (SESSIONS[:8], [], None),
        (SESSIONS, [], "2016-08-30"),
        ([*SESSIONS, "2016-08-20"], [], "2016-08-30"),
        (SESSIONS, [a_plan("2016-08-15")], "2016-08-30"),
        (SESSIONS, [a_plan("2016-08-16")], None),
        (SESSIONS, [a_plan("2016-09-02")], "2016-08-30"),  # not yet
        (SESSIONS, [person(closed_on="2016-08-31")], None),
    ],
)
def test_more_sessions_than_the_guide_says(sessions, rows, due):
    people = [] if any("episodes" in row for row in rows) else [person()]
    found = open_clocks(*people, contacts(*sessions), *rows, as_at="2016-09-01", met=False).get("beyond_guide")
    assert (str(found["due_on"]) if found else None) == due


def test_missed_sessions_and_letters_are_none():
    held = [
        contacts(*SESSIONS[:8]),
        contacts("2016-08-20", attendance="did_not_attend"),
        contacts("2016-08-21", kind="letter"),
    ]
    assert "beyond_guide" not in open_clocks(person(), *held, as_at="2016-09-01", met=False)


def test_many_sessions_in_words():
    found = open_clocks(person(), contacts(*SESSIONS), as_at="2016-09-01", met=False)["beyond_guide"]
    assert found["why"] == (
        "9 sessions; people usually need 4 to 8. The plan has not been agreed anew since 16 August 2016."
    )


def test_a_guide_that_is_not_there_is_refused():
    without = replace(SPEC, pathway=SPEC.pathway.model_copy(update={"session_guide": None}))
    with pytest.raises(UserError, match="clock beyond_guide: session_guide needs a session_guide in"):
        open_clocks(person(), as_at="2016-09-01", spec=without)


GROW = load("ips_grow")
STARTED = "2019-06-03"
"""13 weeks end on 2 September 2019, 26 on 2 December 2019, 52 on 1 June 2020."""


def in_work(*rows, **more):
    accepted = {"service_id": "ips_grow", "referred_on": "2019-05-01", "accepted_on": "2019-05-02"}
    episode = {"episode_id": "e1", "person_id": "p1", **accepted, "closed_on": more.pop("closed_on", None)}
    work = {"job_id": "j", "started_on": STARTED, "first_day_worked_on": STARTED, "competitive": True, **more}
    return [{"people": [{"person_id": "p1"}], "episodes": [episode]}, table("jobs", **work), contacts(STARTED), *rows]


@pytest.mark.parametrize(
    ("rows", "as_at", "open_check"),
    [
        (in_work(), "2019-09-01", None),
        (in_work(), "2019-09-02", ("check_13_weeks", "2019-09-16")),
        (in_work(), "2019-10-14", ("check_13_weeks", "2019-09-16")),
        (in_work(), "2019-10-15", None),  # no longer chased
        (in_work(), "2019-12-02", ("check_26_weeks", "2019-12-16")),
        (in_work(), "2020-06-01", ("check_52_weeks", "2020-06-15")),
        (in_work(contacts("2019-09-02", kind="call")), "2019-09-10", None),
        (in_work(contacts("2019-09-01", kind="call")), "2019-09-10", ("check_13_weeks", "2019-09-16")),
        (in_work(contacts("2019-09-03", attendance="did_not_attend")), "2019-09-10", ("check_13_weeks", "2019-09-16")),
        (in_work(ended_on="2019-09-01"), "2019-09-10", None),  # not in work on the day
        (in_work(ended_on="2019-09-02"), "2019-09-10", ("check_13_weeks", "2019-09-16")),
        (in_work(competitive=False), "2019-09-10", None),
        (in_work(closed_on="2019-09-05"), "2019-09-10", None),
    ],
)  # fmt: skip
def test_work_is_made_sure_of_at_a_milestone(rows, as_at, open_check):
    found = open_clocks(*rows, as_at=as_at, spec=GROW, met=False)
    checks = [(id, str(row["due_on"])) for id, row in found.items() if id.startswith("check_")]
    assert checks == ([open_check] if open_check else [])


def test_a_milestone_in_words():
    found = open_clocks(*in_work(), as_at="2019-09-10", spec=GROW, met=False)["check_13_weeks"]
    assert found["why"] == "13 weeks in work were over on 2 September 2019. Nobody has spoken with them since."
    with pytest.raises(UserError, match="clock check_13_weeks: outcome job_start is not what milestone_check looks at"):
        clock = next(clock for clock in GROW.pathway.clocks if clock.id == "check_13_weeks")
        wrong = GROW.pathway.model_copy(update={"clocks": (clock.model_copy(update={"outcome": "job_start"}),)})
        open_clocks(*in_work(), as_at="2019-09-10", spec=replace(GROW, pathway=wrong), met=False)
