"""Questionnaires that are due: of whom, by when, until when, and silent once they are answered."""

from datetime import date

import pytest
from tests.library.cadence.caseload import contacts, table, together

from placewell.cadence import clocks
from placewell.cadence.questionnaires import SCHEMA, questionnaires_due
from placewell.dataset import Dataset
from placewell.specification import load, service_ids

ENTERED = "2019-04-08"


def person(service, **more):
    """Somebody who entered on 8 April 2019 by the rule of any of the services."""
    days = {"referred_on": "2019-04-01", "accepted_on": ENTERED, "opted_in_on": ENTERED}
    episode = {"episode_id": "e1", "person_id": "p1", "service_id": service, "lot": "dudley", **days, **more}
    return {"people": [{"person_id": "p1"}], "episodes": [episode], **contacts(ENTERED)}


def form(instrument, occasion, on, item="1"):
    facts = {"instrument": instrument, "occasion": occasion, "completed_on": on, "item": item, "answer": "3"}
    return table("responses", response_id=f"{instrument}-{on}", **facts)


def due(service, *rows, as_at, **more):
    found = questionnaires_due(load(service), together(person(service, **more), *rows), date.fromisoformat(as_at))
    return {row["questionnaire"]: str(row["due_on"]) for row in found.rows(named=True)}


LEFT = {"closed_on": "2019-09-02", "closure_reason": "completed"}


@pytest.mark.parametrize(
    ("service", "more", "as_at", "wanted"),
    [
        ("dorset_work_matters", {}, "2019-04-20", {}),  # its document asks for none
        (
            "workwise",
            {},
            "2019-04-20",
            {"wsas_at_first": "2019-05-06", "economic_status_at_first": "2019-05-06"},
        ),
        (
            "thrive_into_work",
            {},
            "2019-04-20",
            {"wellbeing_at_first": "2019-05-06", "health_at_first": "2019-05-06"},
        ),
        ("ips_grow", {}, "2019-04-20", {"wellbeing_at_first": "2019-05-06", "wellbeing_review": "2019-10-08"}),
        ("nottingham_health_employment", {"employment_at_entry": "unemployed"}, "2019-04-20", {
            "eq5d_at_first": "2019-04-22"
        }),
        ("nottingham_health_employment", {"employment_at_entry": "in_work"}, "2019-04-20", {}),
        ("nottingham_health_employment", {"employment_at_entry": "not_known"}, "2019-04-20", {}),
        ("nottingham_health_employment", {}, "2019-04-20", {}),
        ("ips_grow", LEFT, "2019-09-10", {"wellbeing_on_leaving": "2019-09-16"}),
        (
            "nottingham_health_employment",
            LEFT | {"employment_at_entry": "unemployed"},
            "2019-09-10",
            dict.fromkeys(
                ("eq5d_on_leaving", "satisfaction_on_leaving", "own_report_on_leaving"), "2019-09-16"
            ),
        ),
        ("ips_grow", LEFT, "2019-10-14", {"wellbeing_on_leaving": "2019-09-16"}),
        ("ips_grow", LEFT, "2019-10-15", {}),  # no longer chased
        ("ips_grow", {}, "2019-04-07", {}),  # not entered yet
        ("ips_grow", {}, "2019-06-03", {"wellbeing_at_first": "2019-05-06", "wellbeing_review": "2019-10-08"}),
        ("ips_grow", {}, "2019-06-04", {"wellbeing_review": "2019-10-08"}),  # too late for what is asked on entry
        ("ips_grow", LEFT, "2019-09-01", {"wellbeing_review": "2019-10-08"}),
    ],
)  # fmt: skip
def test_what_each_service_asks(service, more, as_at, wanted):
    assert due(service, as_at=as_at, **more) == wanted


@pytest.mark.parametrize(
    ("answered", "as_at", "wanted"),
    [
        ([form("swemwbs", "baseline", "2019-04-10")], "2019-04-20", {"wellbeing_review": "2019-10-10"}),
        ([form("swemwbs", "baseline", "2019-04-02")], "2019-04-20", {"wellbeing_review": "2019-10-08"}),
        ([form("swemwbs", "baseline", "2019-04-21")], "2019-04-20", "both"),  # has not happened yet
        ([form("reqol10", "baseline", "2019-04-10")], "2019-04-20", "both"),
        ([form("swemwbs", "review", "2019-04-10")], "2019-04-20", {
            "wellbeing_at_first": "2019-05-06", "wellbeing_review": "2019-10-10"
        }),
        (
            [form("swemwbs", "baseline", "2019-04-10"), form("swemwbs", "review", "2019-10-31")],
            "2019-11-01",
            {"wellbeing_review": "2020-04-30"},
        ),
    ],
)  # fmt: skip
def test_an_answer_stops_it_or_sets_the_next(answered, as_at, wanted):
    both = {"wellbeing_at_first": "2019-05-06", "wellbeing_review": "2019-10-08"}
    assert due("ips_grow", *answered, as_at=as_at) == (both if wanted == "both" else wanted)


def test_the_trial_baseline_and_a_form_before_leaving_count():
    forms = [form("rand36", "baseline", "2019-04-02"), form("swemwbs", "exit", "2019-08-30")]
    assert due("thrive_into_work", *forms, as_at="2019-04-20") == {"wellbeing_at_first": "2019-05-06"}
    assert set(due("thrive_into_work", *forms, as_at="2019-09-10", **LEFT)) == {
        "health_on_leaving",
        "satisfaction_on_leaving",
    }


def test_the_comparison_group_is_asked_nothing_here():
    control = {"allocations": [{"episode_id": "e1", "arm": "control", "allocated_on": "2018-05-08"}]}
    days = {"accepted_on": "2018-05-01", "referred_on": "2018-04-20"}
    assert due("thrive_into_work", control, as_at="2018-06-01", **days) == {}


def test_the_words_and_the_window():
    facts = together(person("ips_grow"), form("swemwbs", "baseline", "2019-04-10"))
    row = questionnaires_due(load("ips_grow"), facts, date(2019, 4, 20)).row(0, named=True)
    assert (row["why"], row["clause"]) == ("Last answered on 10 April 2019; asked every 6 months.", "003 quality")
    assert (str(row["opens_on"]), row["closes_on"]) == ("2019-09-12", None)
    row = questionnaires_due(load("ips_grow"), together(person("ips_grow", **LEFT)), date(2019, 9, 10)).row(
        0, named=True
    )
    assert row["why"] == "Left on 2 September 2019. Not answered yet."
    assert (str(row["opens_on"]), str(row["closes_on"])) == ("2019-09-02", "2019-10-14")


@pytest.mark.parametrize("as_at", ["2019-09-02", "2019-09-16", "2019-10-14", "2019-10-15"])
@pytest.mark.parametrize("answered", [[], [form("satisfaction", "exit", "2019-09-02", "overall")]])
def test_it_never_disagrees_with_the_clock_of_the_contract(as_at, answered):
    spec = load("nottingham_health_employment")
    facts, day = together(person(spec.id, **LEFT), *answered), date.fromisoformat(as_at)
    clock = [row["due_on"] for row in clocks(spec, facts, day).rows(named=True) if row["kind"] == "exit_questionnaire"]
    asked = [
        row for row in questionnaires_due(spec, facts, day).rows(named=True) if row["instrument"] == "satisfaction"
    ]
    assert [row["due_on"] for row in asked] == clock


@pytest.mark.parametrize("service", service_ids())
def test_nobody_is_asked_anything(service):
    assert questionnaires_due(load(service), Dataset.from_rows({}), date(2019, 6, 14)).schema == SCHEMA


def test_a_confidential_survey_is_due_of_nobody():
    survey = next(one for one in load("ips_grow").pathway.questionnaires if one.confidential)
    assert (survey.instrument, survey.every_months) == ("satisfaction", 12)
    assert survey.id not in due("ips_grow", as_at="2021-01-01")


def test_many_people_are_asked_in_one_call():
    people = {"people": [], "episodes": []}
    for number in range(500):
        one = person("ips_grow", episode_id=f"e{number}", person_id=f"p{number}")
        people["people"] += [{"person_id": f"p{number}"}]
        people["episodes"] += one["episodes"]
    found = questionnaires_due(load("ips_grow"), Dataset.from_rows(people), date(2019, 4, 20))
    assert (found.height, found["episode_id"].n_unique()) == (1000, 500)
