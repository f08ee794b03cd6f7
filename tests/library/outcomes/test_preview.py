"""What a job on record leads to if all goes well: the days of every milestone, for jobs begun and jobs to come."""

from datetime import date

import pytest
from tests.factories import a_job, an_episode, dataset
from tests.library.outcomes.asking import SPEC

from placewell.outcomes import milestones, preview

EPISODE = an_episode("e1", entered="2019-05-01", specialist_id="s1")
DAYS = {
    "job_start": "2019-06-24",
    "six_weeks": "2019-08-04",
    "in_work_13_weeks": "2019-09-23",
    "sustained_26_weeks": "2019-12-23",
    "in_work_52_weeks": "2020-06-22",
}


def days(*facts: object, as_at: str = "2019-06-14") -> dict[str, str | None]:
    found = preview(SPEC, dataset(EPISODE, *facts), date.fromisoformat(as_at)).to_dicts()
    return {row["outcome_id"]: str(row["on"]) if row["on"] else None for row in found if row["outcome_id"] != "engaged"}


@pytest.mark.parametrize(
    "job",
    [
        {"started_on": "2019-06-24", "first_day": None},  # starts in ten days
        {"started_on": "2019-06-20", "first_day": "2019-06-24"},
    ],
)
def test_a_job_that_is_to_start_has_all_its_days(job: dict[str, str | None]) -> None:
    assert days(a_job("e1", "j1", hours="20", **job)) == DAYS


def test_a_start_that_is_past_without_a_first_day_is_taken_to_be_worked() -> None:
    assert days(a_job("e1", "j1", hours="20", started_on="2019-06-24", first_day=None), as_at="2019-07-14") == DAYS


def test_a_job_that_has_begun_is_as_the_milestones_say() -> None:
    facts = dataset(EPISODE, a_job("e1", "j1", first_day="2019-05-31", hours="20"))
    day = date(2019, 6, 14)
    assert preview(SPEC, facts, day).equals(milestones(SPEC, facts, day))


@pytest.mark.parametrize(
    ("job", "found"),
    [
        ({"competitive": False}, None),
        ({"competitive": None}, None),
        ({"competitive": True}, "2019-06-24"),
    ],
)
def test_only_a_competitive_job_leads_anywhere(job: dict[str, bool | None], found: str | None) -> None:
    assert days(a_job("e1", "j1", started_on="2019-06-24", first_day=None, **job))["job_start"] == found


def test_without_a_job_no_milestone_has_a_day() -> None:
    assert set(days().values()) == {None}


def test_many_people_in_one_call_are_each_seen_on_their_own_day() -> None:
    other = an_episode("e2", entered="2019-05-01", specialist_id="s1")
    facts = dataset(
        EPISODE,
        other,
        a_job("e1", "j1", started_on="2019-06-24", first_day=None, hours="20"),
        a_job("e2", "j2", first_day="2019-06-10", hours="20"),
    )
    rows = preview(SPEC, facts, date(2019, 6, 14)).to_dicts()
    starts = {row["episode_id"]: str(row["on"]) for row in rows if row["outcome_id"] == "sustained_26_weeks"}
    assert starts == {"e1": "2019-12-23", "e2": "2019-12-09"}
    assert [row["episode_id"] for row in rows] == ["e1"] * 6 + ["e2"] * 6


@pytest.mark.parametrize(
    ("facts", "found"),
    [
        ([a_job("e1", "j1", first_day="2019-05-14", ended_on="2019-06-03", hours="20")], None),
        (
            [
                a_job("e1", "j1", first_day="2019-05-14", ended_on="2019-06-03", hours="20"),
                a_job("e1", "j2", started_on="2019-06-18", first_day=None, hours="20"),
            ],
            "2019-07-08",  # 21 days held, 21 from 18 June on
        ),
        (
            [
                a_job("e1", "j1", first_day="2019-05-14", hours="20"),
                a_job("e1", "j2", started_on="2019-06-18", first_day=None, hours="20"),
            ],
            "2019-06-24",  # the one that lasts completes them
        ),
    ],
)
def test_days_held_count_towards_the_next_job(facts: list[object], found: str | None) -> None:
    assert days(*facts)["six_weeks"] == found
