"""Reasons: every member says why it counts or does not, in a sentence that a manager reads."""

import pytest
from tests.factories import (
    a_contact,
    a_document,
    a_job,
    a_plan,
    a_profile,
    an_appointment,
    an_episode,
    three_appointments,
)
from tests.library.indicators.asking import ask_members
from tests.library.outcomes.asking import changed, ruled

from placewell.specification import load

EPISODE = an_episode("e1", entered="2019-04-08", referred="2019-04-02")
JOB = a_job("e1", "j1", first_day="2019-05-01", hours="20")
TWO = three_appointments("e1", "2019-04-09", "2019-04-10")
YEAR = "2019-04-01/2020-04-01"


@pytest.mark.parametrize(
    ("indicator", "facts", "asked", "status", "words"),
    [
        ("engaged", TWO, {}, "not_due", "needs 3 appointments or a completed profile; has 2 appointments"),
        (
            "engaged",
            [a_profile("e1", "2019-04-09", "2019-05-04")],
            {},
            "counted",
            "Engaged (3 appointments or a completed profile) on 4 May 2019.",
        ),
        (
            "engaged",
            [a_profile("e1", "2019-04-09", "2019-07-04")],
            {"as_at": "2019-07-04"},
            "excluded",
            "Engaged (3 appointments or a completed profile) on 4 July 2019, outside 1 April 2019 to 30 June 2019.",
        ),
        ("profile_completed", [], {}, "not_due", "needs a completed profile; has no profile"),
        (
            "profile_completed",
            [a_profile("e1", "2019-04-09")],
            {},
            "not_due",
            "needs a completed profile; has a profile begun on 9 April 2019, not completed",
        ),
        (
            "applied_within_4_weeks",
            [],
            {},
            "not_counted",
            "No application from 8 April 2019 to 6 May 2019.",
        ),
        ("applied_within_4_weeks", [], {"as_at": "2019-05-05"}, "not_due", "due on 6 May 2019"),
        ("job_start_16_and_over", [], {}, "not_due", "has not started a competitive job since programme entry"),
        ("job_start_under_16", [JOB], {}, "excluded", "Works 20 hours a week: in the band of 16 hours or more."),
        (
            "job_start_16_and_over",
            [JOB, a_document("e1", about="2019-05-02", verified="2019-05-09")],
            {},
            "counted",
            "First day worked in a competitive job: 1 May 2019, 20 hours a week. Evidence verified on 9 May 2019.",
        ),
        (
            "job_start_16_and_over",
            [JOB, a_document("e1", about="2019-05-02", verified="2019-05-09", kind="client_declaration")],
            {},
            "counted",
            "First day worked in a competitive job: 1 May 2019, 20 hours a week."
            " By backup evidence, verified on 9 May 2019.",
        ),
        (
            "job_start_16_and_over",
            [JOB, a_document("e1", about="2019-04-28", received="2019-04-24", kind="employer_letter")],
            {},
            "not_counted",
            "The letter from the employer of 24 April 2019 vouches for 28 April 2019, "
            "before the first day worked, 1 May 2019.",
        ),
        (
            "job_start_16_and_over",
            [a_job("e1", first_day="2019-05-01", hours=None)],
            {},
            "not_counted",
            "The weekly hours are not known: record them.",
        ),
        ("six_weeks_total", [JOB], {"as_at": "2019-06-10"}, "not_due", "needs 42 days in work; has 41"),
        (
            "sustained_26_weeks_16_and_over",
            [JOB],
            {"period": YEAR, "as_at": "2019-06-30"},
            "not_due",
            "26 weeks after the first day worked is 30 October 2019",
        ),
        (
            "sustained_26_weeks_16_and_over",
            [a_job("e1", first_day="2019-05-01", ended="2019-09-01")],
            {"period": YEAR},
            "not_counted",
            "Not in work on 30 October 2019; last in work on 1 September 2019.",
        ),
        (
            "sustained_26_weeks_16_and_over",
            [a_job("e1", first_day="2019-05-01", ended="2019-05-20"), a_job("e1", first_day="2019-11-20")],
            {"period": YEAR},
            "not_counted",
            "Not in work on 30 October 2019.",
        ),
        (
            "days_to_first_job",
            [JOB],
            {},
            "excluded",
            "No vocational profile was begun on or after programme entry.",
        ),
        ("hourly_wage", [JOB], {}, "excluded", "The hourly wage of the first job is not recorded."),
        ("job_roles", [JOB], {}, "not_counted", "The occupation of the first job is not recorded."),
        ("satisfied", [], {}, "not_due", "has not answered the questionnaire “Satisfaction with the service”"),
        ("wellbeing_change", [], {}, "not_due", "needs a complete baseline and a complete later questionnaire"),
        ("in_work_support_days", [JOB], {}, "not_due", "the episode is still open"),
        ("education_or_experience", [], {}, "not_due", "nothing recorded yet"),
        (
            "active_caseload",
            [an_appointment("e1", "2019-06-20"), a_plan("e1", "2019-04-20")],
            {},
            "counted",
            "Open, in touch in the last weeks, with a plan in force.",
        ),
        (
            "active_caseload",
            [a_plan("e1", "2019-04-20")],
            {},
            "not_counted",
            "No two-way contact in the 28 days to 30 June 2019.",
        ),
        (
            "active_caseload",
            [an_appointment("e1", "2019-06-20")],
            {},
            "not_counted",
            "No vocational action plan in force on 30 June 2019.",
        ),
        (
            "active_caseload",
            [],
            {"as_at": "2019-06-14"},
            "not_counted",
            "No two-way contact in the 28 days to 14 June 2019. No vocational action plan in force on 14 June 2019.",
        ),
        (
            "active_caseload",
            [],
            {"period": "2019-01-01/2019-04-01", "as_at": "2019-06-30"},
            "excluded",
            "Entered the programme after the day the caseload is taken.",
        ),
    ],
)
def test_the_reason_says_what_is_so(indicator, facts, asked, status, words):
    row = ask_members(indicator, EPISODE, *facts, **asked)["e1"]
    assert (row["status"], row["reason"]) == (status, words)


def test_a_closed_case_says_when():
    closed = an_episode("e1", entered="2019-04-08", closed="2019-06-03")
    assert ask_members("active_caseload", closed)["e1"]["reason"] == "Closed on 3 June 2019."


def test_another_episode_of_the_person_is_named():
    again = an_episode("e2", "p-e1", entered="2019-05-08")
    found = ask_members(
        "met_once", EPISODE, again, an_appointment("e1", "2019-04-10"), an_appointment("e2", "2019-05-10")
    )
    assert found["e2"]["reason"] == "Another episode of this person counts: e1."


def test_an_outcome_of_another_period_says_so_though_another_episode_counts():
    again = an_episode("e2", "p-e1", entered="2019-05-08")
    found = ask_members(
        "met_once",
        EPISODE,
        again,
        an_appointment("e1", "2019-04-10"),
        an_appointment("e2", "2019-07-10"),
        as_at="2019-07-31",
    )
    assert [found[id]["status"] for id in ("e1", "e2")] == ["counted", "excluded"]
    assert found["e2"]["reason"] == "Met once: 10 July 2019, outside 1 April 2019 to 30 June 2019."


@pytest.mark.parametrize(
    ("indicator", "facts", "status", "words"),
    [
        ("referrals", [], "counted", "Referred to the service: 2 April 2019."),
        ("re_referrals", [], "not_counted", "The first referral of this person."),
        ("days_to_first_contact", [], "not_due", "has had no two-way contact since the referral"),
        ("days_to_first_contact", [a_contact("e1", "2019-04-05", "text")], "counted", "First contact: 5 April 2019."),
    ],
)
def test_referrals_have_reasons_too(indicator, facts, status, words):
    row = ask_members(indicator, EPISODE, *facts)["e1"]
    assert (row["status"], row["reason"]) == (status, words)


def test_jobs_are_their_own_subjects():
    found = ask_members("job_starts", EPISODE, JOB, a_job("e1", "j2", first_day="2019-07-02"), as_at="2019-07-31")
    assert {id: row["status"] for id, row in found.items()} == {"j1": "counted", "j2": "excluded"}
    assert found["j1"]["reason"] == "First day worked in a competitive job: 1 May 2019."


@pytest.mark.parametrize(
    ("facts", "lacks"),
    [
        ([], None),  # not due
        ([JOB], "evidence"),
        ([JOB, a_document("e1", about="2019-05-02", status="received")], "verification"),
        ([JOB, a_document("e1", about="2019-04-30")], "better_evidence"),
        ([JOB, a_document("e1", about="2019-05-02", rejected="2019-05-09")], "better_evidence"),
        ([a_job("e1", first_day="2019-05-01", hours=None)], "hours"),
        ([JOB, a_document("e1", about="2019-05-02")], None),  # counted
    ],
)
def test_what_would_put_it_right_is_told_as_a_code(facts, lacks):
    assert ask_members("job_start_16_and_over", EPISODE, *facts)["e1"]["lacks"] == lacks


@pytest.mark.parametrize(("indicator", "lacks"), [("applied_within_4_weeks", None), ("job_roles", None)])
def test_a_fact_that_is_past_or_asks_for_no_proof_lacks_nothing(indicator, lacks):
    row = ask_members(indicator, EPISODE, JOB)["e1"]
    assert (row["status"], row["lacks"]) == ("not_counted", lacks)


@pytest.mark.parametrize(
    ("rule", "asked", "words"),
    [
        ("all", {"appointments": None}, "needs a completed profile and a vocational action plan; has no profile"),
        ("any", {"profile_completed": False}, "needs 3 appointments or a vocational action plan; has 0 appointments"),
    ],
)
def test_an_engagement_that_asks_for_a_plan_says_so(rule, asked, words):
    spec = changed("engaged", rule=rule, plan_agreed="vocational_action", **asked)
    assert ask_members("engaged", EPISODE, spec=spec)["e1"]["reason"] == words


@pytest.mark.parametrize(
    ("side", "band", "hours", "words"),
    [
        ("upper", "under_16", "16", "Works 16 hours a week: in the band of 16 hours or more."),
        ("lower", "16_and_over", "16", "Works 16 hours a week: in the band of 16 hours or fewer."),
        ("lower", "under_16", "16.01", "Works 16.01 hours a week: in the band of over 16 hours."),
    ],
)
def test_the_other_band_is_named_as_the_service_draws_it(side, band, hours, words):
    spec = ruled("hours", boundary_belongs_to=side)
    job = a_job("e1", first_day="2019-05-01", hours=hours)
    row = ask_members(f"job_start_{band}", EPISODE, job, spec=spec)["e1"]
    assert (row["status"], row["reason"]) == ("excluded", words)


@pytest.mark.parametrize(
    ("service", "facts", "indicator", "words"),
    [
        ("thrive_into_work", [an_appointment("e1", "2019-04-10")], "met_once", "Met once: 10 April 2019."),
        (
            "ips_grow",
            [a_profile("e1", "2019-04-09", "2019-05-04"), a_plan("e1", "2019-05-06")],
            "engaged",
            "Engaged (a completed profile and an agreed action plan) on 6 May 2019.",
        ),
        (
            "ips_grow",
            [JOB],
            "people_placed",
            "Job start (one day worked, or 4 paid hours of a part-time job) on 1 May 2019.",
        ),
    ],
)
def test_a_name_with_a_colon_of_its_own_has_no_second_one_before_the_day(service, facts, indicator, words):
    episode = an_episode("e1", entered="2019-04-08", service_id=service)
    row = ask_members(indicator, episode, *facts, spec=load(service))["e1"]
    assert (row["status"], row["reason"]) == ("counted", words)
