"""Somebody who moves to another area, or comes back, while in work: the clocks of the job go on in the new case."""

from __future__ import annotations

from datetime import date

import pytest
from tests.library.cadence.caseload import SPEC, Rows, contacts, due, job, open_clocks, person, together

from placewell.cadence import clocks

ENTERED, MOVED = "2019-03-01", "2019-06-10"
IN_WORK = ("after_start", "in_work_weekly", "in_work_monthly", "in_work_limit", "job_loss", "job_problem")


def moved(started: str, *rows: Rows, closed: str = MOVED, entered: str = MOVED, **of_the_job: object) -> list[Rows]:
    """Entered in March, in work from `started`, closed, and in a second episode since; met on entry each time."""
    first = person(entered=ENTERED, closed_on=closed, closure_reason="moved_lot")
    again = person("2", entered=entered, referred=closed)
    again["episodes"][0]["person_id"] = "p1"
    again.pop("people")
    met = [contacts(ENTERED), contacts(entered, n="2")]
    return [first, again, *met, job(started, **of_the_job), *rows]


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


def test_with_two_open_cases_the_job_goes_on_in_the_later() -> None:
    third = person("3", entered="2019-06-12", referred="2019-06-11")
    third["episodes"][0]["person_id"] = "p1"
    third.pop("people")
    rows = clocks(SPEC, together(*moved("2019-06-05"), third), date(2019, 6, 14)).rows(named=True)
    assert {row["episode_id"] for row in rows if row["job_id"]} == {"e3"}


def test_an_episode_that_never_entered_passes_nothing_on() -> None:
    rows = moved("2019-06-05")
    rows[0].pop("allocations")
    assert not {clock for clock in due(together(*rows), "2019-06-14") if clock in IN_WORK}
