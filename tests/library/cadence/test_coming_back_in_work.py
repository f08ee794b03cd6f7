"""Somebody who moves to another area, or comes back, while in work: the clocks of the job go on in the new case."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest
from tests.library.cadence.caseload import SPEC, Rows, contacts, due, job, open_clocks, person, together

from placewell.cadence import Situation, clocks, jobs_going_on

ENTERED, MOVED = "2019-03-01", "2019-06-10"
IN_WORK = ("after_start", "in_work_weekly", "in_work_monthly", "in_work_limit", "job_loss", "job_problem")


def again(n: str, *, follows: str | None, entered: str, shares: bool | None = True, **more: object) -> Rows:
    """Another episode of the same person, in another lot unless said."""
    how = {"follows": follows, "shares": shares, "lot": "wolverhampton"}
    rows = person(n, entered=entered, person_id="p1", **(how | more))
    rows.pop("people")
    return rows


def moved(
    started: str,
    *rows: Rows,
    closed: str = MOVED,
    entered: str = MOVED,
    how: dict[str, object] | None = None,
    **of_the_job: object,
) -> list[Rows]:
    """Entered in March, in work from `started`, closed, and in a second episode since; met on entry each time."""
    first = person(entered=ENTERED, closed_on=closed, closure_reason="moved_lot")
    usual: dict[str, object] = {"follows": "e1", "referred": closed}
    second = again("2", entered=entered, **(usual | (how or {})))
    met = [contacts(ENTERED), contacts(entered, n="2")]
    return [first, second, *met, job(started, **of_the_job), *rows]


def problem(known: str, episode: str = "e1", job_id: str = "j1-2019-06-05") -> Rows:
    row = {"job_problem_id": "b1", "episode_id": episode, "job_id": job_id, "known_on": known, "kind": "health"}
    return {"job_problems": [row]}


@pytest.mark.parametrize(
    ("rows", "today", "answer"),
    [
        # a start on 5 June, moved on the 10th and met that day
        (moved("2019-06-05"), "2019-06-14", {"in_work_weekly": "2019-06-17", "in_work_limit": "2019-10-05"}),
        (moved("2019-06-05", contacts("2019-06-06")), "2019-06-11", {"in_work_weekly": "2019-06-17"}),
        (moved("2019-06-05", contacts("2019-06-14", n="2")), "2019-06-15", {"in_work_weekly": "2019-06-21"}),
        # begun in May: monthly, the limit from its start
        (moved("2019-05-02"), "2019-06-14", {"in_work_monthly": "2019-07-10", "in_work_limit": "2019-09-02"}),
        # its end, known after the move
        (moved("2019-06-05", ended_on="2019-06-13"), "2019-06-14", {"job_loss": "2019-06-16"}),
        (moved("2019-06-05", contacts("2019-06-14", n="2"), ended_on="2019-06-13"), "2019-06-14", {"job_loss": None}),
        # over before: not this case's
        (moved("2019-06-05", ended_on="2019-06-09"), "2019-06-14", dict.fromkeys(IN_WORK)),
        # a job that was never competitive, or begun before the first entry
        (moved("2019-06-05", competitive=False), "2019-06-14", dict.fromkeys(IN_WORK)),
        (moved("2019-02-27"), "2019-06-14", dict.fromkeys(IN_WORK)),
        # a problem known just before the move that nobody spoke about, one that somebody did, one in another job
        (moved("2019-06-05", problem("2019-06-11")), "2019-06-14", {"job_problem": "2019-06-14"}),
        (moved("2019-06-05", problem("2019-06-09")), "2019-06-14", {"job_problem": None}),
        (moved("2019-06-05", problem("2019-06-11"), ended_on="2019-06-09"), "2019-06-14", {"job_problem": None}),
        # a start that lies ahead at the move
        (moved("2019-06-24", first_day_worked_on=None), "2019-06-18", {"before_start": "2019-06-23"}),
    ],
)
def test_the_clocks_of_the_job_go_on(rows: list[Rows], today: str, answer: dict[str, str | None]) -> None:
    found = due(together(*rows), today)
    assert {clock: found.get(clock) for clock in answer} == answer


def test_they_are_of_the_new_case_and_of_the_job_that_is_recorded_in_the_old_one() -> None:
    found = open_clocks(together(*moved("2019-05-02")), "2019-06-14")
    assert {(row["episode_id"], row["job_id"]) for row in found.values() if row["job_id"]} == {("e2", "j1-2019-05-02")}
    assert "Started on 2 May 2019." in found["in_work_monthly"]["why"]


def test_a_meeting_of_before_the_move_was_a_meeting() -> None:
    """Met on 6 June in the old area; the new one has not met them: the week runs from the 6th."""
    rows = moved("2019-06-05", contacts("2019-06-06"))
    rows = [part for part in rows if part.get("contacts", [{}])[0].get("episode_id") != "e2"]
    assert due(together(*rows), "2019-06-11", "in_work_weekly", "after_start") == {"in_work_weekly": "2019-06-13"}


def test_who_comes_back_after_the_limit_is_supported_from_the_coming_back() -> None:
    """In work since 5 March, four months of support over on 5 July; back on 1 September."""
    rows = moved("2019-03-05", closed="2019-07-05", entered="2019-09-01")
    assert due(together(*rows), "2019-09-02", "in_work_limit") == {"in_work_limit": "2020-01-01"}


def test_the_search_is_asked_for_as_the_figures_count_it() -> None:
    """An entry is an entry (semantics: an outcome belongs to an episode), so its clock says what its figure will."""
    assert "first_application" in open_clocks(together(*moved("2019-06-05")), "2019-06-14")


@pytest.mark.parametrize(
    ("how", "goes_on"),
    [
        ({}, True),
        ({"shares": False}, False),  # they did not agree that it goes along
        ({"shares": None}, False),
        ({"shares": None, "lot": "dudley"}, True),  # one area keeps both records
        ({"follows": None}, False),  # the same person, but nobody said that it goes on from there
        ({"follows": "e9"}, False),
        ({"follows": "e2"}, False),
    ],
)
def test_only_what_the_case_goes_on_from(how: dict[str, object], goes_on: bool) -> None:
    found = due(together(*moved("2019-06-05", how=how)), "2019-06-14")
    assert ("in_work_weekly" in found) is goes_on


def test_one_move_after_the_other() -> None:
    """From e1 to e2 to e3: the last takes on both jobs, and each clock speaks once."""
    rows = moved("2019-06-05", job("2019-06-11", "2"))
    rows[1]["episodes"][0]["closed_on"] = "2019-06-12"
    third = again("3", follows="e2", entered="2019-06-12", referred="2019-06-12")
    found = clocks(SPEC, together(*rows, third), date(2019, 6, 14)).filter(pl.col("job_id").is_not_null())
    assert {(row["episode_id"], row["job_id"]) for row in found.to_dicts()} == {
        ("e3", "j1-2019-06-05"),
        ("e3", "j2-2019-06-11"),
    }
    assert found.select("job_id", "clock").is_duplicated().sum() == 0


def test_a_circle_has_an_end() -> None:
    rows = moved("2019-06-05")
    rows[0]["episodes"][0] |= {"follows": "e2", "shares": True}
    assert "in_work_weekly" in due(together(*rows), "2019-06-14")


def test_the_jobs_that_go_on_are_named_for_the_pages() -> None:
    rows = together(*moved("2019-06-05", job("2019-06-12", "2")))
    now = Situation.on(SPEC, rows, date(2019, 6, 14))
    assert jobs_going_on(now).to_dicts() == [{"episode_id": "e2", "job_id": "j1-2019-06-05"}]


def test_an_episode_that_never_entered_passes_nothing_on() -> None:
    rows = moved("2019-06-05")
    rows[0].pop("allocations")
    assert not {clock for clock in due(together(*rows), "2019-06-14") if clock in IN_WORK}
