"""Pre-scores: which score a number from records settles, and what is said where it settles none."""

from dataclasses import replace

import pytest
from tests.factories import (
    a_job,
    a_plan,
    an_application,
    an_appointment,
    an_employer_contact,
    an_episode,
    dataset,
    day,
)
from tests.library.fidelity.asking import SPEC, a_measure, a_post

from placewell.errors import UserError
from placewell.fidelity import PreScores, chosen_scale, scale, scale_of
from placewell.fidelity.asks import anchor_in_words, asked_of, schedule_in_words
from placewell.fidelity.measures import Schedule, measures_of
from placewell.specification import load

IPS = scale("ips_25")
ADAPTED = scale_of(SPEC)
DAY = "2019-06-30"


def pre(item, *facts, of=IPS, as_at=DAY, team=None):
    return PreScores(SPEC, of, dataset(*facts), day(as_at), team).item(item)


def cases(number):
    return [
        [an_episode(f"e{n}", entered="2019-05-01", specialist_id="s1"), a_plan(f"e{n}", "2019-05-10"),
         an_appointment(f"e{n}", "2019-06-20")]
        for n in range(number)
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("number", "fte", "score", "why"),
    [
        (20, "1", 5, "20 or fewer."),
        (21, "1", 4, "25 or fewer."),
        (20, "0.95", 4, "25 or fewer."),  # 21.05 to a full-time specialist
        (26, "1", 3, "30 or fewer."),
        (16, "0.5", 2, "40 or fewer."),
        (21, "0.5", 1, "Over 40."),
        (0, "1", 5, "20 or fewer."),
    ],
)
def test_a_caseload_is_scored_by_its_anchors(number, fte, score, why):
    found = pre("caseload_size", a_post("s1", fte=fte), cases(number))
    assert (found.score, found.why) == (score, why)


@pytest.mark.parametrize(("later", "score"), [(30, 5), (31, 4), (60, 4), (61, 3)])
def test_days_to_the_first_employer_contact(later, score):
    entered = day(DAY, -later)
    facts = [an_episode("e1", entered=entered), an_employer_contact("e1", DAY)]
    assert pre("rapid_job_search", facts).score == score


@pytest.mark.parametrize(
    ("visits", "score", "why"),
    [
        (0, 1, "Under 2."),
        (25, 1, "Under 2."),
        (26, 2, "2 or more."),
        (51, 2, "2 or more."),
        (52, None, "Scored by a reviewer, among: 3: 4 or more and the tracking form is reviewed each month; with no "
         "form 2; 2: 2 or more."),
    ],
)  # fmt: skip
def test_contacts_a_week_need_the_form_from_four_on(visits, score, why):
    made = [an_employer_contact("e1", DAY, specialist_id="s1", employer_id=f"x{n}") for n in range(visits)]
    old = an_employer_contact("e1", "2019-03-31", specialist_id="s1")
    found = pre("employer_contact", a_post("s1"), an_episode("e1", entered="2019-01-01"), made, old)
    assert (found.score, found.why) == (score, why)


@pytest.mark.parametrize(
    ("item", "why"),
    [
        ("employment_services_staff", "Records cannot tell. The data set holds no time spent on other work."),
        ("zero_exclusion", "Scored by a reviewer: no anchors are published."),
        ("supervisor_role", "Scored by a reviewer: the anchors ask for more than records hold."),
        ("caseload_size", "Not known. No post of a specialist with a share of full time covers 30 June 2019."),
        ("job_diversity", "Not known. The table jobs is empty: jobs are not recorded."),
    ],
)
def test_why_there_is_no_score(item, why):
    found = pre(item, an_episode("e1", entered="2019-05-01"))
    assert (found.score, found.why) == (None, why)


def test_the_adapted_scale_has_values_and_no_scores():
    facts = [a_post("s1"), cases(20), a_job("e1", "j1", first_day="2019-06-01"), an_application("e1", "2019-05-20")]
    found = PreScores(SPEC, ADAPTED, dataset(*facts), day(DAY))
    assert found.scores == {}
    by_id = {one.item.id: one for one in found.items}
    assert len(by_id) == 24
    assert by_id["staffing_1"].answers[0].tally.value == 20
    assert by_id["services_4"].answers[0].tally.value == 5  # one of twenty within 30 days
    told = {one.why.split(".")[0].split(":")[0] for one in found.items}
    assert told == {"Scored by a reviewer", "Records cannot tell"}


def test_what_is_asked_comes_from_ratios_and_clocks():
    asks = {
        one.measure.id: one.asks for item in PreScores(SPEC, ADAPTED, dataset(), day(DAY)).items for one in item.answers
    }
    assert {id: said for id, said in asks.items() if said} == {
        "caseload": "at most 35 in year 2",
        "cases_a_year": "about 100",
        "own_practices": "Practices, clusters or health centres of a specialist: at most 2",
        "units": "Full-time specialists in a unit, beside the team leader: at least 2",
        "group_supervision": "Weeks between group supervisions: at most 1",
        "specialists_to_leader": "Specialists to one team leader: at most 10",
        "individual_supervision": "Weeks between individual supervisions: at most 4",
        "search_begun": "within 30 days",
        "follow_along": "in the 7 days before the start, within 3 days after it, weekly for 1 month, then monthly up "
        "to 3 months",
        "trouble_answered": "within 3 days of learning of it",
    }
    resolved = {one.id: one for one in measures_of(SPEC)}
    assert (resolved["group_supervision"].every_days, resolved["individual_supervision"].every_days) == (7, 28)
    assert resolved["follow_along"].schedule == Schedule(7, 3, 1, 3, face_to_face=True)
    assert (resolved["search_begun"].limit, resolved["units"].limit) == (30, 2)


@pytest.mark.parametrize(
    ("on", "caseload", "cases_a_year"),
    [("2018-09-30", "at most 30 in year 1", "45 to 50"), ("2018-10-01", "at most 35 in year 2", "about 100")],
)
def test_what_is_asked_follows_the_year_of_the_service(on, caseload, cases_a_year):
    by_id = {one.id: one for one in measures_of(SPEC)}
    assert asked_of(SPEC, by_id["caseload"], day(on)) == caseload
    assert asked_of(SPEC, by_id["cases_a_year"], day(on)) == cases_a_year


def test_a_service_that_sets_no_limit_asks_for_none():
    bare = replace(SPEC, pathway=SPEC.pathway.model_copy(update={"caseload_limits": (), "caseload_norms": ()}))
    by_id = {one.id: one for one in measures_of(SPEC)}
    assert [asked_of(bare, by_id[id], day(DAY)) for id in ("caseload", "cases_a_year", "accepted")] == ["", "", ""]
    assert asked_of(SPEC, a_measure("caseload"), day(DAY)) == ""  # a published scale asks by its anchors


def test_a_schedule_in_words():
    assert schedule_in_words(Schedule(after_days=3, monthly_months=12)) == (
        "within 3 days after it, then monthly up to 12 months"
    )


@pytest.mark.parametrize(
    ("item", "score", "words"),
    [
        ("employer_contact", 5, "6 or more and the tracking form is reviewed each week"),
        ("employer_contact", 2, "2 or more"),
        ("employer_contact", 1, "under 2"),
        ("caseload_size", 2, "40 or fewer"),
        ("caseload_size", 1, "over 40"),
        ("team_integration", 1, "Separate from treatment teams"),
        ("unlimited_support", 5, "In contact within a week before the start, within 3 days after it, weekly in the "
         "first month, monthly for a year or more, and within 3 days of hearing that a job is lost"),
    ],
)  # fmt: skip
def test_anchors_in_words(item, score, words):
    assert anchor_in_words(IPS.item(item), score) == words


def test_members_of_all_measures_of_an_item():
    found = pre("staffing_1", a_post("s1"), cases(2), of=ADAPTED).members
    assert found.columns == [
        "measure", "subject_id", "specialist_id", "episode_id", "person_id", "status", "reason", "outcome_on", "value",
    ]  # fmt: skip
    assert found.select("measure", "subject_id").rows() == [
        ("caseload", "e0"), ("caseload", "e1"), ("cases_a_year", "e0"), ("cases_a_year", "e1"),
    ]  # fmt: skip
    assert pre("staffing_2", of=ADAPTED).members.is_empty()


def test_a_window_is_half_open_and_ends_with_the_day():
    answers = {one.measure.id: one for one in pre("staffing_1", of=ADAPTED).answers}
    assert answers["caseload"].window.label == "2019-06-30/2019-07-01"
    assert answers["cases_a_year"].window.label == "2018-07-01/2019-07-01"


def test_what_is_dated_later_changes_nothing():
    facts = [a_post("s1"), cases(3), a_job("e1", "j1", first_day="2019-06-01", occupation="92")]
    later = [
        an_episode("e9", referred="2019-07-01", entered="2019-07-08"),
        a_post("s2", first="2019-07-01"), an_appointment("e1", "2019-07-01"),
        an_employer_contact("e1", "2019-07-02"), a_job("e2", "j2", first_day="2019-07-01", occupation="92"),
    ]  # fmt: skip
    for of in (IPS, ADAPTED):
        was, now = (PreScores(SPEC, of, dataset(*some), day(DAY)).items for some in (facts, [*facts, *later]))
        assert [one.members.rows() for one in was] == [one.members.rows() for one in now]
        assert [(one.score, one.why) for one in was] == [(one.score, one.why) for one in now]


def test_a_team_that_nobody_names():
    with pytest.raises(UserError) as refused:
        PreScores(SPEC, IPS, dataset(a_post(team="t1"), an_episode("e1", team_id="t2")), day(DAY), "t3")
    assert refused.value.problems == ('The data set names no team "t3": its teams are t1, t2.',)
    with pytest.raises(UserError, match="its teams are none"):
        PreScores(SPEC, IPS, dataset(), day(DAY), "t3")
    assert PreScores(SPEC, IPS, dataset(a_post(team="t1")), day(DAY), "t1").scores == {"caseload_size": 5}


@pytest.mark.parametrize(
    ("service", "asked", "found"),
    [
        ("thrive_into_work", None, "adapted"),
        ("thrive_into_work", "24", "adapted"),
        ("thrive_into_work", "adapted", "adapted"),
        ("thrive_into_work", "25", "ips_25"),
        ("thrive_into_work", "ips_25", "ips_25"),
        ("ips_grow", None, "ips_25"),
        ("ips_grow", "25", "ips_25"),
    ],
)
def test_which_scale_is_meant(service, asked, found):
    assert chosen_scale(load(service), asked).id == found


@pytest.mark.parametrize(
    ("service", "asked", "said"),
    [
        ("thrive_into_work", "26", 'There is no fidelity scale "26" for thrive_into_work: use ips_25, adapted.'),
        ("ips_grow", "24", 'There is no fidelity scale "24" for ips_grow: use ips_25.'),
        ("ips_grow", "0", 'There is no fidelity scale "0" for ips_grow: use ips_25.'),
        ("ips_grow", "adapted", "no fidelity guidelines of its own"),
    ],
)
def test_a_scale_that_does_not_exist(service, asked, said):
    with pytest.raises(UserError, match="fidelity") as refused:
        chosen_scale(load(service), asked)
    assert said in refused.value.problems[0]


def test_every_item_is_measured_or_says_what_is_lacking():
    for of in (IPS, ADAPTED):
        silent = [item.id for item in of.items if not of.measures_of(item.id) and not item.lacks]
        assert silent == []
        assert {one.item for one in of.measures} <= {item.id for item in of.items}
        assert len({one.id for one in of.measures}) == len(of.measures)


def test_windows_and_codes_that_are_ours_say_so():
    assert [one.id for one in IPS.measures if one.in_contract] == []
    ours = {one.id for one in ADAPTED.measures if not one.in_contract}
    theirs = {"caseload", "cases_a_year", "own_practices", "units", "specialists_to_leader", "quarterly_reviews"}
    assert {one.id for one in ADAPTED.measures} - ours == theirs
    assert [one.id for one in ADAPTED.measures if one.id in ours and not one.note] == []
