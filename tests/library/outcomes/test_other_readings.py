"""The options of the outcome kinds that no shipped specification uses: each reading as a table of facts and answers."""

import random
from dataclasses import replace
from datetime import date, timedelta

import pytest
from pydantic import ValidationError
from tests.factories import (
    a_contact,
    a_document,
    a_job,
    a_plan,
    a_profile,
    an_allocation,
    an_application,
    an_appointment,
    an_employer_contact,
    an_episode,
    hours,
    three_appointments,
)
from tests.library.indicators.asking import ask_figure, ask_members, with_indicator
from tests.library.outcomes.asking import SPEC, ask, ask_milestones, changed, ruled

from placewell.specification import load
from placewell.specification.outcomes import JobStart, StillInWork, WeeksInWork

GROW = load("ips_grow")
EPISODE = an_episode("e1", entered="2019-05-10", referred="2019-05-01")


def turned(id, kind, **values):
    """The specification with an outcome of another kind in the place of this one."""
    old = SPEC.outcomes.outcome(id)
    new = kind(
        kind="weeks_in_work" if kind is WeeksInWork else "still_in_work",
        id=id,
        name=old.name,
        clause=old.clause,
        milestone=True,
        **values,
    )
    outcomes = tuple(new if one.id == id else one for one in SPEC.outcomes.outcomes)
    return replace(SPEC, outcomes=SPEC.outcomes.model_copy(update={"outcomes": outcomes}))


WITH_A_PLAN = {"plan_agreed": "vocational_action"}


# ---- engaged --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("facts", "rule", "asked", "engaged"),
    [
        ([a_profile("e1", "2019-05-20")], "any", {}, "2019-05-20"),
        ([a_profile("e1", "2019-05-09")], "any", {}, None),  # begun before entry
        ([a_profile("e1", "2019-05-09"), a_profile("e1", "2019-06-03", version=2)], "any", {}, "2019-06-03"),
        ([], "any", {}, None),
        ([a_profile("e1", "2019-05-20"), a_plan("e1", "2019-06-01")], "all", WITH_A_PLAN, "2019-06-01"),
        ([a_profile("e1", "2019-05-20")], "all", WITH_A_PLAN, None),
    ],
)  # fmt: skip
def test_engaged_by_a_profile_that_was_begun(facts, rule, asked, engaged):
    values = {"appointments": None, "profile_completed": False, "profile_started": True, "rule": rule, **asked}
    assert ask("engaged_on", EPISODE, *facts, spec=changed("engaged", **values)) == engaged


def test_what_is_still_needed_names_the_profile():
    spec = changed("engaged", appointments=None, profile_completed=False, profile_started=True)
    reason = ask_milestones(EPISODE, spec=spec)["engaged"]["reason"]
    assert reason == "needs a profile begun; has no profile"


# ---- job start ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("paid", "first_day", "started", "start"),
    [
        ("4", "2019-06-03", "2019-06-01", "2019-06-03"),
        ("3.9", "2019-06-03", "2019-06-01", None),
        (None, "2019-06-03", "2019-06-01", None),
        ("12", None, "2019-06-01", "2019-06-01"),
        ("12", None, "2019-05-09", None),  # before entry
    ],
)
def test_a_job_that_counts_by_four_paid_hours_alone(paid, first_day, started, start):
    job = a_job("e1", "j1", first_day=first_day, started_on=date.fromisoformat(started), paid_hours_to_date=paid)
    assert ask("job_start_on", EPISODE, job, spec=changed("job_start", paid_hours=4)) == start


@pytest.mark.parametrize(("weekly", "below", "start"), [("20", None, None), ("20", 30, "2019-06-01"), ("30", 30, None)])
def test_under_how_many_hours_a_job_is_part_time(weekly, below, start):
    job = a_job("e1", "j1", first_day=None, started_on=date(2019, 6, 1), paid_hours_to_date="5", hours=weekly)
    spec = changed("job_start", part_time_paid_hours=4, part_time_below=below)
    assert ask("job_start_on", EPISODE, job, spec=spec) == start


def test_two_rules_of_paid_hours_are_refused():
    with pytest.raises(ValidationError, match="paid_hours holds for every job"):
        JobStart(kind="job_start", id="a", name="A", clause="009", paid_hours=4, part_time_paid_hours=4)


# ---- bands of hours -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("belongs_to", "bands"),
    [
        ("upper", ["under_16", "16_and_over", "16_and_over", "unknown"]),
        ("lower", ["under_16", "under_16", "16_and_over", "unknown"]),
        ("own", ["under_16", "exactly_16", "16_and_over", "unknown"]),
    ],
)
def test_where_exactly_sixteen_hours_belong(belongs_to, bands):
    spec = ruled("hours", boundary_belongs_to=belongs_to)
    found = [
        ask("job_start_band", EPISODE, a_job("e1", "j1", first_day="2019-06-01", hours=weekly), spec=spec)
        for weekly in ("15.9", "16", "16.1", None)
    ]
    assert found == bands


@pytest.mark.parametrize(
    ("belongs_to", "weekly", "indicator", "said"),
    [
        ("own", "16", "job_start_16_and_over", "Works 16 hours a week: in the band of exactly 16 hours."),
        ("own", "16", "job_start_under_16", "Works 16 hours a week: in the band of exactly 16 hours."),
        ("own", "12", "job_start_16_and_over", "Works 12 hours a week: in the band of under 16 hours."),
        ("own", "20", "job_start_under_16", "Works 20 hours a week: in the band of over 16 hours."),
        ("lower", "16", "job_start_16_and_over", "Works 16 hours a week: in the band of 16 hours or fewer."),
        ("lower", "20", "job_start_under_16", "Works 20 hours a week: in the band of over 16 hours."),
    ],
)
def test_another_band_is_named(belongs_to, weekly, indicator, said):
    spec = ruled("hours", boundary_belongs_to=belongs_to)
    job = a_job("e1", "j1", first_day="2019-06-01", hours=weekly)
    assert ask_members(indicator, EPISODE, job, spec=spec)["e1"]["reason"] == said


# ---- time in work ---------------------------------------------------------------------------------------------------

UNBROKEN = {"weeks": 2, "max_gap_days": 0}


@pytest.mark.parametrize(
    ("jobs", "gap", "on", "so_far"),
    [
        ([("2019-06-01", None)], 0, "2019-06-14", 214),
        ([("2019-06-01", "2019-06-13")], 0, None, 13),
        ([("2019-06-01", "2019-06-14")], 0, "2019-06-14", 14),
        ([("2019-06-01", "2019-06-07"), ("2019-06-08", "2019-06-14")], 0, "2019-06-14", 14),  # one after the other
        ([("2019-06-01", "2019-06-07"), ("2019-06-09", "2019-06-15")], 0, None, 7),  # a day between
        ([("2019-06-01", "2019-06-07"), ("2019-06-09", "2019-06-15")], 1, "2019-06-15", 14),  # which is allowed
        ([("2019-06-01", "2019-06-07"), ("2019-06-10", "2019-06-23")], 1, "2019-06-23", 14),  # begun anew
        ([("2019-06-01", "2019-06-20"), ("2019-06-05", "2019-06-08"), ("2019-08-01", "2019-08-02")],
         0, "2019-06-14", 2),
        ([("2019-06-01", "2019-05-30"), ("2019-06-03", "2019-06-16")], 0, "2019-06-16", 14),  # ended before it began
    ],
)  # fmt: skip
def test_weeks_in_work_without_a_break(jobs, gap, on, so_far):
    spec = turned("six_weeks", WeeksInWork, weeks=2, max_gap_days=gap)
    facts = [a_job("e1", f"j{n}", first_day=first, ended=end) for n, (first, end) in enumerate(jobs)]
    assert ask("six_weeks_on", EPISODE, *facts, spec=spec, as_at="2019-12-31") == on
    assert ask("six_weeks_so_far", EPISODE, *facts, spec=spec, as_at="2019-12-31") == so_far


@pytest.mark.parametrize(
    ("gap", "said"),
    [
        (None, "needs 14 days in work; has 11"),
        (0, "needs 14 days in work without a break; has 4 since the last one"),
        (5, "needs 14 days in work without a break of more than 5 days; has 4 since the last one"),
        (1, "needs 14 days in work without a break of more than 1 day; has 4 since the last one"),
    ],
)
def test_what_unbroken_work_still_needs(gap, said):
    spec = turned("six_weeks", WeeksInWork, weeks=2, max_gap_days=gap)
    jobs = (
        a_job("e1", "j1", first_day="2019-06-01", ended="2019-06-07"),
        a_job("e1", "j2", first_day="2019-07-01", ended="2019-07-04"),
    )
    assert ask_milestones(EPISODE, *jobs, spec=spec, as_at="2019-12-31")["six_weeks"]["reason"] == said


def test_unbroken_work_that_goes_on_falls_due_by_its_own_days():
    spec = turned("six_weeks", WeeksInWork, **UNBROKEN)
    jobs = (
        a_job("e1", "j1", first_day="2019-06-01", ended="2019-06-07"),
        a_job("e1", "j2", first_day="2019-07-01"),
    )
    row = ask_milestones(EPISODE, *jobs, spec=spec, as_at="2019-07-04")["six_weeks"]
    assert (row["state"], str(row["on"])) == ("due", "2019-07-14")


def worked_days(jobs, as_at):
    """Every day on which some job is worked, and its hours: one day at a time."""
    found = {}
    for first, end, weekly in jobs:
        day = first
        while day <= min(end or as_at, as_at):
            found[day] = found.get(day, 0) + weekly
            day += timedelta(days=1)
    return found


def unbroken(days, n, gap):
    """The day on which a stretch of work reaches n days, by walking over the days; with the days it counted."""
    counted, last = [], None
    for day in sorted(days):
        if last is not None and (day - last).days - 1 > gap:
            counted = []
        counted.append(day)
        last = day
        if len(counted) == n:
            return day, counted
    return None, []


@pytest.mark.parametrize("seed", range(40))
def test_unbroken_work_agrees_with_walking_day_by_day(seed):
    dice = random.Random(seed)
    as_at, begin = date(2019, 12, 31), date(2019, 5, 10)
    jobs = []
    for _ in range(dice.randint(1, 5)):
        first = begin + timedelta(days=dice.randint(0, 90))
        end = dice.choice([None, first + timedelta(days=dice.randint(0, 30))])
        jobs.append((first, end, dice.choice([8, 16, 20])))
    gap, weeks = dice.choice([0, 1, 3, 10]), dice.choice([1, 2, 4])
    facts = [a_job("e1", f"j{n}", first_day=job[0], ended=job[1], hours=str(job[2])) for n, job in enumerate(jobs)]
    days = worked_days(jobs, as_at)
    on, counted = unbroken(days, 7 * weeks, gap)
    spec = turned("six_weeks", WeeksInWork, weeks=weeks, max_gap_days=gap)
    assert ask("six_weeks_on", EPISODE, *facts, spec=spec, as_at="2019-12-31") == (on and on.isoformat())
    if on:
        mean = sum(days[day] for day in counted) / len(counted)
        expected = "under_16" if mean < 16 else "16_and_over"
        assert ask("six_weeks_band", EPISODE, *facts, spec=spec, as_at="2019-12-31") == expected


@pytest.mark.parametrize(
    ("first", "months", "milestone"),
    [
        ("2019-06-03", 6, "2019-12-03"),
        ("2019-06-03", None, "2019-12-02"),  # 182 days
        ("2019-08-31", 6, "2020-02-29"),
        ("2019-08-30", 6, "2020-02-29"),
    ],
)
def test_half_a_year_in_weeks_or_in_months(first, months, milestone):
    spec = changed("sustained_26_weeks", months=months)
    assert ask("sustained_26_weeks_on", EPISODE, a_job("e1", first_day=first), spec=spec) == milestone


def test_the_months_are_named_while_they_are_to_come():
    spec = changed("sustained_26_weeks", months=6)
    row = ask_milestones(EPISODE, a_job("e1", first_day="2019-06-03"), spec=spec, as_at="2019-07-01")
    assert row["sustained_26_weeks"]["reason"] == "6 months after the first day worked is 3 December 2019"


@pytest.mark.parametrize(
    ("outcome", "days", "band", "weekly"),
    [
        ("sustained_26_weeks", 28, "16_and_over", "20.0000"),
        ("sustained_26_weeks", None, "under_16", "10.6831"),  # 155 days at 9 hours a week and 28 at 20
        ("six_weeks", None, "under_16", "9.0000"),
        ("six_weeks", 7, "under_16", "9.0000"),
    ],
)
def test_over_which_days_hours_are_averaged(outcome, days, band, weekly):
    spec = changed(outcome, hours_days=days)
    job = a_job("e1", "j1", first_day="2019-06-03", hours="9")
    more = hours("j1", "20", "2019-11-05")
    found = ask_milestones(EPISODE, job, more, spec=spec)[outcome]
    assert (found["band"], str(found["weekly_hours"])) == (band, weekly)


@pytest.mark.parametrize(("gap", "met"), [(None, True), (30, True), (29, False), (0, False)])
def test_the_longest_gap_before_a_milestone_can_be_none_at_all(gap, met):
    spec = changed("sustained_26_weeks", max_gap_days=gap)
    jobs = (
        a_job("e1", "j1", first_day="2019-06-03", ended="2019-06-30"),
        a_job("e1", "j2", first_day="2019-07-31"),
    )
    assert ask("sustained_26_weeks_met", EPISODE, *jobs, spec=spec) is met


# ---- an earlier outcome asked for -----------------------------------------------------------------------------------

PROVED = a_document("e1", about="2019-06-03")
THREE = three_appointments("e1", "2019-06-10", "2019-06-11", "2019-07-01")
NOT_ENGAGED = "Asked for and not reached by 14 July 2019: Engaged (3 appointments or a completed profile)."
NOT_PROVED = "Asked for and not proved: First day worked in a competitive job."


@pytest.mark.parametrize(
    ("requires", "facts", "met", "lacking"),
    [
        ((), [], True, None),
        (("engaged",), [THREE], True, None),
        (("engaged",), [], False, NOT_ENGAGED),
        (("engaged",), [a_profile("e1", "2019-05-20", "2019-07-15")], False, NOT_ENGAGED),
        (("engaged",), [a_profile("e1", "2019-05-20", "2019-07-14")], True, None),
        (("job_start",), [], False, NOT_PROVED),
        (("job_start",), [PROVED], True, None),
        (("engaged", "job_start"), [PROVED], False, NOT_ENGAGED),
        (("engaged", "job_start"), [THREE], False, NOT_PROVED),
        (("engaged", "job_start"), [THREE, PROVED], True, None),
    ],
)  # fmt: skip
def test_six_weeks_that_ask_for_an_earlier_outcome(requires, facts, met, lacking):
    spec = changed("six_weeks", requires=requires)
    job = a_job("e1", "j1", first_day="2019-06-03")
    period = "2019-07-01/2019-10-01"
    member = ask_members("six_weeks_total", EPISODE, job, *facts, period=period, spec=spec)["e1"]
    assert member["status"] == ("counted" if met else "not_counted")
    assert lacking is None or member["reason"] == lacking
    row = ask_milestones(EPISODE, job, *facts, spec=spec, as_at="2019-09-30")["six_weeks"]
    assert row["state"] == ("unproved" if met else "missed")
    assert lacking is None or row["reason"] == lacking


@pytest.mark.parametrize(
    ("ended", "said"),
    [
        (None, "Asked for and not reached by 2 December 2019: Engaged (3 appointments or a completed profile)."),
        ("2019-09-01", "Not in work on 2 December 2019; last in work on 1 September 2019."),
    ],
)
def test_still_in_work_says_which_of_the_two_is_lacking(ended, said):
    spec = changed("sustained_26_weeks", requires=("engaged",))
    job = a_job("e1", "j1", first_day="2019-06-03", ended=ended)
    member = ask_members("sustained_26_weeks_16_and_over", EPISODE, job, period="2019-10-01/2020-01-01", spec=spec)
    assert (member["e1"]["status"], member["e1"]["reason"]) == ("not_counted", said)


# ---- the search for work --------------------------------------------------------------------------------------------


MET = an_appointment("e1", "2019-05-20")


@pytest.mark.parametrize(
    ("clock_start", "facts", "limit", "met"),
    [
        ("entry", [an_application("e1", "2019-06-07")], "2019-06-07", True),
        ("entry", [an_application("e1", "2019-06-08")], "2019-06-07", False),
        ("referral", [an_application("e1", "2019-05-29")], "2019-05-29", True),
        ("referral", [an_application("e1", "2019-05-30")], "2019-05-29", False),
        ("referral", [an_application("e1", "2019-05-09")], "2019-05-29", False),  # before entry
        ("first_appointment", [an_application("e1", "2019-06-17")], None, False),
        ("first_appointment", [MET, an_application("e1", "2019-06-17")], "2019-06-17", True),
        ("first_appointment", [MET, an_application("e1", "2019-06-18")], "2019-06-17", False),
    ],
)  # fmt: skip
def test_from_when_the_time_to_search_runs(clock_start, facts, limit, met):
    spec = changed("applied_within_4_weeks", clock_start=clock_start)
    assert ask("applied_within_4_weeks_due", EPISODE, *facts, spec=spec) == limit
    assert ask("applied_within_4_weeks_met", EPISODE, *facts, spec=spec) is met


def test_a_clock_that_has_not_started_is_not_due():
    spec = changed("applied_within_4_weeks", clock_start="first_appointment")
    member = ask_members("applied_within_4_weeks", EPISODE, spec=spec)["e1"]
    said = "the clock has not started: no appointment since programme entry"
    assert (member["status"], member["reason"]) == ("not_due", said)


def test_someone_who_never_enters_has_no_limit_day():
    spec = changed("applied_within_4_weeks", clock_start="referral")
    assert ask("applied_within_4_weeks_due", an_episode("e1", referred="2019-05-01"), spec=spec) is None


def test_a_search_that_only_a_contact_with_an_employer_begins():
    spec = changed("applied_within_4_weeks", "job_search_within_30_days", events=("face_to_face_employer_contact",))
    assert ask("applied_within_4_weeks_met", EPISODE, an_employer_contact("e1", "2019-05-20"), spec=spec) is True
    assert ask("applied_within_4_weeks_met", EPISODE, an_application("e1", "2019-05-20"), spec=spec) is False


@pytest.mark.parametrize(
    ("cohort", "as_at", "figure"),
    [
        ("maturity", "2019-06-30", (1, 1)),  # e1: due on 7 June; e2: on 8 July; e3: on 26 April
        ("maturity", "2019-06-06", (0, 0)),
        ("entry", "2019-06-30", (1, 1)),  # e1 and e2 entered in the quarter, e2 is not due yet
        ("entry", "2019-07-08", (1, 2)),
    ],
)
def test_whom_a_share_with_a_limit_is_taken_over(cohort, as_at, figure):
    spec = changed("applied_within_4_weeks", cohort=cohort)
    facts = (
        EPISODE,
        an_application("e1", "2019-05-12"),
        an_episode("e2", entered="2019-06-10"),
        an_episode("e3", entered="2019-03-02"),
    )
    found = ask_figure("applied_within_4_weeks", *facts, as_at=as_at, spec=spec, period="2019-05-01/2019-07-01")
    assert (found.numerator, found.denominator) == figure


def test_who_did_not_search_is_told_the_last_day_whatever_the_cohort():
    spec = changed("applied_within_4_weeks", cohort="entry")
    member = ask_members("applied_within_4_weeks", EPISODE, spec=spec)["e1"]
    assert member["reason"] == "No application from 10 May 2019 to 7 June 2019."


# ---- entry ----------------------------------------------------------------------------------------------------------

CONSENTED = ("consents", {"episode_id": "e1", "kind": "share_data", "form_version": "1", "given_on": date(2019, 5, 6)})
EARLIER = ("consents", {"episode_id": "e1", "kind": "share_data", "form_version": "1", "given_on": date(2019, 4, 6)})


@pytest.mark.parametrize(
    ("event", "facts", "entered"),
    [
        ("referred", [], "2019-05-01"),
        ("consented", [], None),
        ("consented", [CONSENTED], "2019-05-06"),
        ("consented", [CONSENTED, EARLIER], "2019-05-06"),  # one before the referral is not looked at
        ("accepted", [], "2019-05-10"),
        ("accepted", [an_allocation("e1", "2019-05-10", "ips")], "2019-05-10"),
        ("accepted", [an_allocation("e1", "2019-05-10", "control")], None),
        ("referred", [an_allocation("e1", "2019-05-10", "control")], None),
        ("opted_in", [], None),
        ("first_appointment", [an_appointment("e1", "2019-05-12")], "2019-05-12"),
        ("first_appointment", [an_appointment("e1", "2019-05-12"), an_allocation("e1", "2019-05-10", "control")], None),
    ],
)
def test_other_events_of_entry(event, facts, entered):
    assert ask("entered_on", EPISODE, *facts, spec=ruled("entry", event=event)) == entered


def test_where_no_arm_is_named_allocations_are_not_looked_at():
    episode = an_episode("e1", entered="2019-05-10", service_id="ips_grow")
    assert ask("entered_on", episode, an_allocation("e1", "2019-05-10", "control"), spec=GROW) == "2019-05-10"


# ---- contact and evidence -------------------------------------------------------------------------------------------

ALL_ATTEMPTS = ("attended", "did_not_attend", "cancelled_by_client", "cancelled_by_service", "one_way")


@pytest.mark.parametrize(
    ("meaning", "contact", "first"),
    [
        ({}, {"attendance": "did_not_attend"}, None),
        ({"two_way_attendance": ("attended", "did_not_attend")}, {"attendance": "did_not_attend"}, "2019-05-20"),
        ({"two_way_attendance": ("attended", "did_not_attend")}, {"attendance": "one_way"}, None),
        ({"two_way_attendance": ALL_ATTEMPTS}, {"attendance": "one_way"}, "2019-05-20"),
        ({"two_way_attendance": ALL_ATTEMPTS}, {"attendance": None}, None),
        ({"two_way_attendance": ALL_ATTEMPTS}, {"with_whom": "employer"}, None),
        ({"two_way_kinds": ("call",)}, {}, "2019-05-20"),
        ({"two_way_kinds": ("call",)}, {"kind": "text"}, None),
    ],
)
def test_what_a_two_way_contact_is(meaning, contact, first):
    facts = a_contact("e1", "2019-05-20", **{"kind": "call", **contact})
    assert ask("first_contact_on", EPISODE, facts, spec=ruled("contact", **meaning)) == first


def test_an_appointment_is_attended_whatever_a_contact_is():
    spec = ruled("contact", two_way_attendance=ALL_ATTEMPTS, two_way_kinds=("text",))
    facts = (
        an_appointment("e1", "2019-05-20"),
        an_appointment("e1", "2019-05-21", attendance="did_not_attend"),
    )
    assert ask("appointments", EPISODE, *facts, spec=spec) == 1
    assert ask("first_contact_on", EPISODE, *facts, spec=spec) is None


@pytest.mark.parametrize(("any_day", "proof"), [(False, None), (True, "primary")])
def test_a_document_for_a_day_before(any_day, proof):
    rules = tuple(one.model_copy(update={"any_day": any_day}) for one in SPEC.outcomes.evidence)
    spec = replace(SPEC, outcomes=SPEC.outcomes.model_copy(update={"evidence": rules}))
    facts = (a_job("e1", "j1", first_day="2019-06-03"), a_document("e1", "j1", about="2019-06-02"))
    assert ask("job_start_evidence", EPISODE, *facts, spec=spec) == proof


def test_still_in_work_can_stand_for_weeks_in_work():
    spec = turned("six_weeks", StillInWork, weeks=6)
    assert ask("six_weeks_on", EPISODE, a_job("e1", first_day="2019-06-03"), spec=spec) == "2019-07-15"


@pytest.mark.parametrize("cohort", ["maturity", "entry"])
@pytest.mark.parametrize(
    ("as_at", "check", "state", "reason"),
    [
        ("2019-06-01", None, "due", "due on 2 August 2019"),
        ("2019-12-31", "at_work", "proved", None),
        ("2019-12-31", "off_sick", "missed", "Off sick on 1 August 2019, the check nearest to the day."),
        ("2019-12-31", None, "missed", "No check near 12 weeks, from 19 July 2019 to 30 August 2019."),
    ],
)
def test_a_work_check_is_a_milestone_on_its_own_day_whatever_the_cohort(cohort, as_at, check, state, reason):
    rule = {"kind": "work_status", "days": 84, "from_days": 70, "until_days": 112, "met_by": ("at_work",)}
    spec = with_indicator({**rule, "cohort": cohort, "milestone": True}, measure="proportion", unit="proportion")
    checks = [("employment_checks", {"episode_id": "e1", "on": date(2019, 8, 1), "status": check})] if check else []
    row = ask_milestones(EPISODE, *checks, spec=spec, as_at=as_at)["asked_of"]
    assert (str(row["on"]), row["state"], row["reason"]) == ("2019-08-02", state, reason)
