"""Benefits advice before a start and on changes, and telling an employer: open, silent, and why."""

import pytest
from tests.library.cadence.caseload import Rows, contacts, due, job, open_clocks, person, table, together

ENTERED = "2019-05-17"
TODAY = "2019-06-14"
AHEAD = job("2019-06-24", job_id="j", first_day_worked_on=None)
BOTH = ("benefits_before_start", "disclosure")


def advice(on: str, **more: object) -> Rows:
    return table("benefits_advice", on=on, **{"about": "before_start", **more})


def sent(on: str, to: str = "benefits_advice") -> Rows:
    return table("onward_referrals", on=on, to=to, kind="referral")


def decision(on: str, **more: object) -> Rows:
    return table("disclosures", on=on, **{"decision": "undecided", **more})


@pytest.mark.parametrize(
    ("rows", "answer"),
    [
        ([], None),
        ([AHEAD], "2019-06-23"),
        ([job("2019-06-10")], None),  # begun: too late
        ([job("2019-06-14")], None),
        ([job("2019-06-15")], "2019-06-14"),
        ([job("2019-06-24", competitive=False)], None),
        ([AHEAD, advice("2019-06-14")], None),
        ([AHEAD, advice(ENTERED)], None),
        ([AHEAD, advice("2019-05-16")], "2019-06-23"),  # before entry
        ([AHEAD, advice("2019-06-15")], "2019-06-23"),  # not yet
        ([AHEAD, advice("2019-06-03", about="other")], None),
        ([AHEAD, advice("2019-06-03", job_id="another")], None),
        ([AHEAD, sent("2019-06-03")], None),
        ([AHEAD, sent("2019-06-03", to="debt_advice")], "2019-06-23"),
        ([AHEAD, sent("2019-05-16")], "2019-06-23"),
    ],
)
def test_benefits_advice_before_a_start(rows: list[Rows], answer: str | None) -> None:
    assert due(together(person(entered=ENTERED), *rows), TODAY).get("benefits_before_start") == answer


def spell(from_on: str, hours: float | None = 20, to_on: str | None = None) -> Rows:
    return {"job_hours": [{"job_id": "j", "from_on": from_on, "to_on": to_on, "weekly_hours": hours}]}


def pay(from_on: str, wage: float | None = 9.5) -> Rows:
    return {"job_pay": [{"job_id": "j", "from_on": from_on, "hourly_wage": wage}]}


CHANGED = "2019-06-28"
"""Ten working days after Friday 14 June 2019."""


@pytest.mark.parametrize(
    ("rows", "answer"),
    [
        ([], None),
        ([spell("2019-06-14", 16)], CHANGED),
        ([spell("2019-06-15", 16)], None),  # not yet
        ([spell("2019-06-14", 20)], None),  # what the contract says
        ([spell("2019-06-14", None)], None),  # not known
        ([spell("2019-05-01", 16)], None),  # so from the start
        ([spell("2019-05-01", 16, "2019-06-13"), spell("2019-06-14", 16)], None),
        ([spell("2019-05-01", 16, "2019-06-12"), spell("2019-06-14", 16)], CHANGED),  # 20 on the 13th, by contract
        ([spell("2019-05-01", 16, "2019-06-13"), spell("2019-06-14", 20)], CHANGED),
        ([spell("2019-05-01", None, "2019-06-13"), spell("2019-06-14", 16)], None),
        ([pay("2019-06-14")], CHANGED),
        ([pay("2019-06-14", None)], CHANGED),  # how much is not known; that it changed is
        ([pay("2019-05-01")], None),  # with the start
        ([pay("2019-05-01"), pay("2019-06-14")], None),  # the same again
        ([pay("2019-05-01", 9), pay("2019-06-14")], CHANGED),
        ([pay("2019-06-15")], None),
        ([spell("2019-06-14", 16), advice("2019-06-14", about="change")], None),
        ([spell("2019-06-14", 16), advice("2019-05-17")], None),  # four weeks before
        ([spell("2019-06-14", 16), advice("2019-05-16")], CHANGED),
        ([spell("2019-06-14", 16), sent("2019-06-01")], None),
        ([spell("2019-06-03", 16), pay("2019-06-14")], "2019-06-17"),  # the first without advice
        ([spell("2019-06-03", 16), pay("2019-06-10"), advice("2019-06-04")], None),  # in the four weeks before both
    ],
)
def test_benefits_advice_on_a_change(rows: list[Rows], answer: str | None) -> None:
    work = [person(entered="2019-03-01"), job("2019-05-01", job_id="j")]
    assert due(together(*work, *rows), TODAY).get("benefits_on_change") == answer


@pytest.mark.parametrize(
    ("more", "answer"),
    [({}, "2019-06-17"), ({"ended_on": "2019-06-10"}, None), ({"first_day_worked_on": "2019-06-20"}, None)],
)
def test_only_running_jobs_change(more: dict[str, str], answer: str | None) -> None:
    rows = [person(entered="2019-03-01"), job("2019-05-01", job_id="j", **more), spell("2019-06-03", 16)]
    assert due(together(*rows), TODAY).get("benefits_on_change") == answer


def test_after_the_limit_of_support_changes_are_not_asked_about() -> None:
    rows = [person(entered="2019-01-01"), job("2019-02-10", job_id="j"), spell("2019-06-03", 16)]
    assert "benefits_on_change" in due(together(*rows), "2019-06-10")
    assert "benefits_on_change" not in due(together(*rows), "2019-06-11")


@pytest.mark.parametrize(
    ("rows", "answer"),
    [
        ([], "2019-06-14"),  # 28 days
        ([AHEAD], "2019-06-14"),
        ([job("2019-06-15")], "2019-06-14"),
        ([job("2019-06-10")], None),  # begun: too late
        ([job("2019-06-10"), AHEAD], "2019-06-14"),  # for the next one
        ([decision(ENTERED)], None),
        ([decision("2019-06-14", decision="no")], None),
        ([decision("2019-06-14", job_id="j")], None),
        ([decision("2019-05-16")], "2019-06-14"),  # before entry
        ([decision("2019-06-15")], "2019-06-14"),  # not yet
    ],
)
def test_telling_an_employer(rows: list[Rows], answer: str | None) -> None:
    assert due(together(person(entered=ENTERED), *rows), TODAY).get("disclosure") == answer


def test_an_early_start_makes_it_earlier() -> None:
    assert due(together(person(entered=ENTERED), job("2019-05-27")), "2019-05-20", *BOTH) == {
        "benefits_before_start": "2019-05-26",
        "disclosure": "2019-05-26",
    }


def test_what_is_due_in_words() -> None:
    found = open_clocks(together(person(entered=ENTERED), contacts("2019-05-21"), AHEAD), TODAY)
    assert found["benefits_before_start"]["why"] == (
        "The job starts on 24 June 2019. No benefits advice since entry on 17 May 2019."
    )
    assert found["benefits_before_start"]["action"] == "record_benefits_advice"
    assert found["disclosure"]["why"] == (
        "The job starts on 24 June 2019. Entered on 17 May 2019. Telling an employer has not been talked through."
    )
    plain = open_clocks(together(person(entered=ENTERED)), TODAY)["disclosure"]
    assert plain["why"] == "Entered on 17 May 2019. Telling an employer has not been talked through."
    assert (plain["action"], str(plain["warn_on"])) == ("record_disclosure", "2019-06-07")
    work = [person(entered="2019-03-01"), job("2019-05-01", job_id="j")]
    for change, word in ((spell("2019-06-03", 16), "Hours"), (pay("2019-06-03"), "Pay")):
        why = open_clocks(together(*work, change), TODAY)["benefits_on_change"]["why"]
        assert why == f"{word} changed on 3 June 2019. No benefits advice about it; give it within 10 working days."
