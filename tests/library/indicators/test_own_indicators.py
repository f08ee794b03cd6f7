"""The indicators whose ids are ours: wages, roles, methods, disclosure, support in work, education, questionnaires."""

import pytest
from tests.factories import a_contact, a_job, a_plan, an_episode, answers
from tests.library.indicators.asking import ask_figure, ask_members
from tests.library.outcomes.asking import changed

PEOPLE = [an_episode(f"e{n}", entered="2019-04-08", referred="2019-04-02") for n in (1, 2, 3)]


def a_record(table, episode_id, on, **columns):
    return table, {"episode_id": episode_id, "on": on, **columns}


@pytest.mark.parametrize(
    ("wages", "value", "rests_on"),
    [(("8.21", "9.00"), 8.605, 2), (("8.21", None, "10"), 9.105, 2), ((None,), None, 0), (("12", "8.21", "9"), 9, 3)],
)
def test_the_median_wage_of_first_jobs(wages, value, rests_on):
    jobs = [a_job(f"e{n}", first_day="2019-05-01", hourly_wage=wage) for n, wage in enumerate(wages, start=1)]
    second = a_job("e1", first_day="2019-05-02", hourly_wage="99")
    found = ask_figure("hourly_wage", *PEOPLE, *jobs, second)
    assert (found.value, found.denominator, found.numerator) == (value, rests_on, None)


@pytest.mark.parametrize(
    ("indicator", "column", "code"), [("job_roles", "occupation", "9233"), ("industries", "industry", "G")]
)
def test_roles_and_industries_of_first_jobs(indicator, column, code):
    jobs = [a_job("e1", first_day="2019-05-01", **{column: code}), a_job("e2", first_day="2019-05-01")]
    found = ask_figure(indicator, *PEOPLE, *jobs)
    assert dict(found.members) == {"counted": 1, "not_counted": 1, "not_due": 1, "excluded": 0}
    assert [(cell.key, cell.value) for cell in found.breakdowns[column]] == [(code, 1)]


def test_each_method_a_person_uses_counts_once():
    methods = [
        a_record("work_methods", "e1", "2019-05-01", method="pacing"),
        a_record("work_methods", "e1", "2019-06-01", method="pacing"),
        a_record("work_methods", "e1", "2019-06-01", method="breaks"),
        a_record("work_methods", "e2", "2019-05-01", method="pacing"),
        a_record("work_methods", "e2", "2019-04-01", method="breaks"),  # before entry
        a_record("work_methods", "e3", "2019-07-01", method="breaks"),
    ]
    found = ask_figure("methods_used", *PEOPLE, *methods, as_at="2019-07-31")
    assert (found.value, dict(found.members)["excluded"]) == (3, 1)
    assert [(cell.key, cell.value) for cell in found.breakdowns["record"]] == [("breaks", 1), ("pacing", 2)]
    rows = ask_members("methods_used", *PEOPLE, *methods, as_at="2019-07-31")
    assert sorted(rows) == ["e1:breaks", "e1:pacing", "e2:pacing", "e3:breaks"]


def test_those_who_decide_to_tell_of_those_who_decided():
    decisions = [
        a_record("disclosures", "e1", "2019-05-01", decision="undecided"),
        a_record("disclosures", "e1", "2019-05-02", decision="yes"),
        a_record("disclosures", "e2", "2019-05-01", decision="no"),
        a_record("disclosures", "e3", "2019-05-01", decision="undecided"),
    ]
    found = ask_figure("chose_to_disclose", *PEOPLE, *decisions)
    assert (found.numerator, found.denominator, found.value) == (1, 2, 0.5)
    assert ask_members("chose_to_disclose", *PEOPLE, *decisions)["e2"]["reason"] == "Decided: no, on 1 May 2019."


def test_education_work_experience_and_volunteering_but_not_other_events():
    events = [
        a_record("destinations", "e1", "2019-05-01", code="mainstream_volunteering"),
        a_record("destinations", "e1", "2019-06-01", code="mainstream_education"),
        a_record("destinations", "e2", "2019-05-01", code="early_retirement"),
    ]
    found = ask_figure("education_or_experience", *PEOPLE, *events)
    assert found.value == 1
    assert [(cell.key, cell.value) for cell in found.breakdowns["record"]] == [("mainstream_volunteering", 1)]


def test_support_in_work_lasts_from_the_first_day_to_the_last_contact_of_a_closed_episode():
    closed = an_episode("e4", entered="2019-04-08", closed="2019-06-20")
    facts = [
        *PEOPLE,
        closed,
        a_job("e4", first_day="2019-05-01"),
        a_contact("e4", "2019-05-11"),
        a_contact("e4", "2019-05-31"),
        a_contact("e4", "2019-06-25"),  # after closing
        an_episode("e5", entered="2019-04-08", closed="2019-06-20"),
        a_job("e5", first_day="2019-05-01"),
        a_contact("e5", "2019-04-20"),
        a_job("e1", first_day="2019-05-01"),
        an_episode("e6", entered="2019-04-08", closed="2019-06-20"),
    ]
    found = ask_figure("in_work_support_days", *facts)
    assert (found.value, found.denominator) == (15, 2)  # 30 and 0 days
    assert ask_members("in_work_support_days", *facts)["e6"]["status"] == "not_due"


def test_satisfied_of_those_who_answered_at_the_end():
    given = [
        answers("e1", "satisfaction", "2019-06-01", {"overall": "very_good"}, "exit"),
        answers("e2", "satisfaction", "2019-06-01", {"overall": "good"}, "exit"),
        answers("e2", "satisfaction", "2019-06-08", {"overall": "poor"}, "exit"),  # the last answer
        answers("e3", "satisfaction", "2019-06-01", {"overall": "excellent"}, "annual"),
    ]
    found = ask_figure("satisfied", *PEOPLE, *given)
    assert (found.numerator, found.denominator) == (1, 2)
    reason = ask_members("satisfied", *PEOPLE, *given)["e2"]["reason"]
    assert reason == "Did not answer good, very good or excellent."


def swemwbs(answer):
    return {str(item): str(answer) for item in range(1, 8)}


def test_the_mean_change_in_wellbeing_of_people_with_a_pair():
    given = [
        answers("e1", "swemwbs", "2019-04-03", swemwbs(3)),  # the baseline may come before entry
        answers("e1", "swemwbs", "2019-06-03", swemwbs(4), "exit"),  # 25.03 − 19.25 = 5.78
        answers("e2", "swemwbs", "2019-04-10", swemwbs(3)),
        answers("e2", "swemwbs", "2019-06-10", swemwbs(3), "exit"),
        answers("e3", "swemwbs", "2019-04-10", swemwbs(3)),
    ]
    found = ask_figure("wellbeing_change", *PEOPLE, *given)
    assert (found.value, found.denominator, found.unit) == (2.89, 2, "points")
    assert ask_members("wellbeing_change", *PEOPLE, *given)["e1"]["value"] == 5.78


def test_the_mean_change_in_general_health():
    given = [
        answers("e1", "rand36", "2019-04-10", {"1": "5", "33": "1"}),  # 0
        answers("e1", "rand36", "2019-06-10", {"1": "3", "33": "2"}, "review"),  # 37.5
    ]
    assert ask_figure("health_change", *PEOPLE, *given).value == 37.5


def test_job_search_by_fidelity_and_by_the_contract_are_two_figures():
    contact = (
        "employer_contacts",
        {"employer_contact_id": "x1", "episode_id": "e1", "on": "2019-05-08", "face_to_face": True},
    )
    assert ask_figure("job_search_within_30_days", *PEOPLE, contact).numerator == 1
    assert ask_figure("applied_within_4_weeks", *PEOPLE, contact).numerator == 0


@pytest.mark.parametrize(
    ("jobs", "value"),
    [
        ([("2020-05-01", None)], 1),
        ([("2020-05-01", "2020-06-29")], 0),  # out of work on the last day of the quarter
        ([("2019-07-02", None)], 1),  # 365 days: 2 July 2019 to 30 June 2020
        ([("2019-07-01", None)], 0),
        ([("2019-07-01", "2019-07-05"), ("2020-06-01", None)], 0),  # it is the first job that begins the year
        ([("2020-01-10", "2020-02-01"), ("2020-06-30", None)], 1),
        ([], 0),
    ],
)
def test_people_supported_in_a_job_of_the_last_twelve_months(jobs, value):
    facts = [a_plan("e1", "2019-04-20"), a_contact("e1", "2020-06-20")]
    work = [a_job("e1", first_day=first, ended=ended) for first, ended in jobs]
    asked = {"period": "2020-04-01/2020-07-01"}
    assert ask_figure("supported_in_work", *PEOPLE, *facts, *work, **asked).value == value
    row = ask_members("supported_in_work", *PEOPLE, *facts, *work, **asked)["e1"]
    if not value:
        assert row["reason"] == "Not in work on 30 June 2020, or the first job began more than 365 days before."


@pytest.mark.parametrize(("occasions", "answered"), [(("exit",), 0), (("annual", "exit"), 1), ((), 1)])
def test_a_service_may_ask_on_any_occasion(occasions, answered):
    given = answers("e1", "satisfaction", "2019-06-01", {"overall": "good"}, "annual")
    spec = changed("satisfied", occasions=occasions)
    assert ask_figure("satisfied", *PEOPLE, *given, spec=spec).denominator == answered
