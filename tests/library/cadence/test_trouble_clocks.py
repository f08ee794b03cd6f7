"""A problem in a job, its loss, and support asked for again after it had ended: open, silent, and why."""

from dataclasses import replace
from datetime import date

import pytest
from tests.library.cadence.caseload import SPEC, Rows, contacts, due, job, open_clocks, person, table, together

from placewell.cadence import clocks

TODAY = "2019-06-14"
CALL = {"kind": "call"}


def working(*rows: Rows, **more: object) -> list[Rows]:
    """In a job since 6 May 2019, met on its first day."""
    return [person(entered="2019-03-01"), contacts("2019-05-06"), job("2019-05-06", job_id="j", **more), *rows]


def problem(on: str | None, number: int = 1, **more: object) -> Rows:
    return table("job_problems", job_problem_id=f"q{number}", known_on=on, **{"job_id": "j", "kind": "health", **more})


@pytest.mark.parametrize(
    ("rows", "answer"),
    [
        ([], None),
        ([problem("2019-06-11")], "2019-06-14"),
        ([problem("2019-06-11", kind=None)], "2019-06-14"),
        ([problem("2019-06-11", job_id=None)], "2019-06-14"),
        ([problem(None)], None),
        ([problem("2019-06-14")], "2019-06-17"),
        ([problem("2019-06-15")], None),  # has not been heard of yet
        ([problem("2019-06-11"), contacts("2019-06-10", **CALL)], "2019-06-14"),
        ([problem("2019-06-11"), contacts("2019-06-11", **CALL)], None),
        ([problem("2019-06-11"), contacts("2019-06-13", **CALL)], None),
        ([problem("2019-06-11"), contacts("2019-06-15", **CALL)], "2019-06-14"),  # not yet
        ([problem("2019-06-11"), contacts("2019-06-13", attendance="did_not_attend")], "2019-06-14"),
        ([problem("2019-06-11"), contacts("2019-06-13", with_whom="employer")], "2019-06-14"),
        ([problem("2019-06-03"), problem("2019-06-11", 2)], "2019-06-06"),  # the first nobody spoke about
        ([problem("2019-06-03"), contacts("2019-06-05"), problem("2019-06-11", 2)], "2019-06-14"),
        ([problem("2019-06-03"), problem("2019-06-11", 2), contacts("2019-06-12")], None),
    ],
)
def test_a_problem_in_the_job(rows: list[Rows], answer: str | None) -> None:
    assert due(together(*working(*rows)), TODAY).get("job_problem") == answer


def test_a_problem_of_a_closed_episode_is_not_asked_about() -> None:
    rows = [person(entered="2019-03-01", closed_on="2019-06-12"), job("2019-05-06", job_id="j"), problem("2019-06-11")]
    assert "job_problem" not in due(together(*rows), TODAY)


def test_staying_in_contact_is_covered_by_speaking_about_a_problem() -> None:
    rows = [person(entered="2019-05-17"), contacts("2019-05-21"), problem("2019-06-11", job_id=None)]
    assert "active_contact" not in due(together(*rows), TODAY)


@pytest.mark.parametrize(
    ("ended_on", "end_known_on", "rows", "answer"),
    [
        ("2019-06-09", None, [], "2019-06-12"),
        ("2019-06-09", "2019-06-09", [], "2019-06-12"),
        ("2019-06-09", "2019-06-12", [], "2019-06-15"),
        ("2019-06-09", "2019-06-15", [], None),  # not heard of yet
        ("2019-06-09", "2019-06-01", [], "2019-06-12"),  # known beforehand: from the end
        ("2019-06-15", "2019-06-01", [], None),  # has not ended yet
        ("2019-06-09", "2019-06-12", [contacts("2019-06-11", **CALL)], "2019-06-15"),
        ("2019-06-09", "2019-06-12", [contacts("2019-06-12", **CALL)], None),
        ("2019-06-09", "2019-06-12", [job("2019-06-13")], None),
    ],
)
def test_the_days_run_from_hearing_of_the_end(
    ended_on: str, end_known_on: str | None, rows: list[Rows], answer: str | None
) -> None:
    lost = working(*rows, ended_on=ended_on, end_known_on=end_known_on)
    assert due(together(*lost), TODAY).get("job_loss") == answer


def decided(on: str, decision: str = "ended", limit: str = "in_work") -> Rows:
    return table("support_decisions", on=on, limit=limit, decision=decision)


def request(on: str | None, number: int = 1, **more: object) -> Rows:
    return table("support_requests", support_request_id=f"w{number}", on=on, **{"asked_by": "person", **more})


@pytest.mark.parametrize(
    ("rows", "answer"),
    [
        ([], None),
        ([decided("2019-06-03")], None),
        ([decided("2019-06-03"), problem("2019-06-11")], None),  # a problem is spoken about, and asks for nothing
        ([decided("2019-06-03"), request("2019-06-11")], "2019-06-18"),
        ([request("2019-06-11")], "2019-06-18"),  # the limit passed and nobody wrote that it ended
        ([request("2019-06-11", asked_by=None)], "2019-06-18"),
        ([request("2019-06-14")], "2019-06-21"),
        ([request("2019-06-15")], None),  # has not been asked yet
        ([request(None)], None),
        ([request("2019-06-07")], "2019-06-14"),  # a Friday
        ([request("2019-06-08")], "2019-06-17"),  # a Saturday counts as the Monday
        ([request("2019-06-11"), contacts("2019-06-12")], "2019-06-18"),  # a word is no decision
        ([request("2019-06-11", decided_on="2019-06-11", granted=True)], None),
        ([request("2019-06-11", decided_on="2019-06-14", granted=False)], None),
        ([request("2019-06-11", decided_on="2019-06-15", granted=True)], "2019-06-18"),  # not yet
        ([request("2019-06-11"), decided("2019-06-13", "taken_up_again")], None),
        ([request("2019-06-11"), decided("2019-06-13")], None),
        ([request("2019-06-11"), decided("2019-06-11")], None),
        ([request("2019-06-11"), decided("2019-06-15")], "2019-06-18"),
        ([request("2019-06-11"), decided("2019-06-13", limit="job_search")], "2019-06-18"),
        ([request("2019-06-05"), request("2019-06-11", 2)], "2019-06-12"),  # the first
        ([request("2019-06-05"), decided("2019-06-07"), request("2019-06-11", 2)], "2019-06-18"),
    ],
)
def test_support_asked_for_again(rows: list[Rows], answer: str | None) -> None:
    assert due(together(*working(*rows)), TODAY).get("re_access") == answer


def test_who_lost_the_job_may_ask_and_who_left_the_service_is_asked_nothing() -> None:
    lost = working(request("2019-06-11"), ended_on="2019-06-12")
    assert due(together(*lost), TODAY)["re_access"] == "2019-06-18"
    gone = [person(entered="2019-03-01", closed_on="2019-06-12"), request("2019-06-11")]
    assert "re_access" not in due(together(*gone), TODAY)


def test_a_service_without_re_access_never_asks() -> None:
    assert SPEC.pathway.support is not None
    for support in (None, SPEC.pathway.support.model_copy(update={"re_access": False})):
        spec = replace(SPEC, pathway=SPEC.pathway.model_copy(update={"support": support}))
        dataset = together(*working(request("2019-06-11")))
        assert "re_access" not in clocks(spec, dataset, date(2019, 6, 14))["clock"].to_list()


def test_what_is_due_in_words() -> None:
    missed = contacts("2019-06-12", attendance="did_not_attend")
    again = request("2019-06-12", asked_by="employer")
    found = open_clocks(together(*working(decided("2019-06-03"), problem("2019-06-11"), again, missed)), TODAY)
    assert found["job_problem"]["why"] == (
        "Problem in the job (health), known on 11 June 2019. Speak within 3 days of hearing. "
        "Tried on 12 June 2019 without an answer."
    )
    assert found["job_problem"]["job_id"] == "j"
    assert found["re_access"]["why"] == (
        "Support in work ended on 3 June 2019. The employer asked for support again on 12 June 2019. "
        "Take support up again, or record that it stays ended."
    )
    assert (found["re_access"]["action"], found["re_access"]["repeatable"]) == ("decide_support", False)
    bare = open_clocks(together(*working(request("2019-06-12", asked_by=None))), TODAY)
    assert bare["re_access"]["why"] == (
        "Somebody asked for support again on 12 June 2019. Take support up again, or record that it stays ended."
    )
    plain = open_clocks(together(*working(problem("2019-06-11", kind=None))), TODAY)
    assert plain["job_problem"]["why"].startswith("Problem in the job, known on 11 June 2019. ")
    strange = open_clocks(together(*working(problem("2019-06-11", kind="rumour"))), TODAY)
    assert strange["job_problem"]["why"].startswith("Problem in the job (rumour), known on 11 June 2019. ")
    lost = open_clocks(together(*working(ended_on="2019-06-09", end_known_on="2019-06-12")), TODAY)
    assert lost["job_loss"]["why"] == (
        "The job ended on 9 June 2019; this was known on 12 June 2019. Speak within 3 days of hearing."
    )
