"""The rows, facts and faults of a quarter's page, as tables of figures and words."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any, get_args

import pytest

from placewell.indicators import Figure
from placewell.specification.indicators import Target
from placewell.specification.outcomes import AnyOutcome
from placewell_web.accounts.service import current
from placewell_web.reporting.presenters import definition, faults, quarter
from placewell_web.reporting.queries import Lacking, Month

SPEC = current()
INDICATORS = {one.id: one for one in SPEC.indicators.computed}
MONTHS = tuple(Month(date(2019, n, 1), float(n)) for n in range(1, 6))
YEAR = Target(basis="year", amount=108, clause="ours", local=True)


def figure(id: str = "job_start_16_and_over", **given: Any) -> Figure:
    one = INDICATORS[id]
    plain = {
        "numerator": 24,
        "denominator": None,
        "value": 24,
        "target": None,
        "status": "no_target",
        "value_to_date": None,
        "members": {"counted": 24, "not_counted": 8, "not_due": 435, "excluded": 181},
        "breakdowns": {},
    }
    return Figure(one.id, one.name, one.clause, one.unit, **{**plain, **given})


def row(id: str = "job_start_16_and_over", goal: Target | None = None, **given: Any) -> quarter.Row:
    return quarter.row(SPEC, INDICATORS[id], figure(id, **given), goal, MONTHS)


def towards_81(reached: int, outstanding: int = 0, hours_unknown: int = 0) -> quarter.Row:
    """79 of 81 by the end of the quarter, of 108 in the year."""
    status = "met" if reached >= 81 else "behind"
    facts = {"target": 81, "status": status, "outstanding": outstanding, "hours_unknown": hours_unknown}
    return row(goal=YEAR, value_to_date=reached, **facts)


@pytest.mark.parametrize(
    ("id", "name", "detail"),
    [
        ("engaged", "Engaged", "3 appointments or a completed profile"),
        ("job_start_under_16", "Job start, under 16 hours", "First day worked in a competitive job"),
        ("six_weeks_16_and_over", "6 weeks, 16 hours and over", "6 weeks in work, in any number of jobs"),
        ("job_starts", "Job starts", ""),
        ("hourly_wage", "Hourly wage", "Median hourly wage in the first job"),
    ],
)
def test_a_row_has_a_short_name_and_a_line_that_says_what_it_counts(id: str, name: str, detail: str) -> None:
    assert (row(id).name, row(id).detail) == (name, detail)


def test_every_indicator_has_a_short_name() -> None:
    assert [one.id for one in SPEC.indicators.computed if not one.short_name] == []


@pytest.mark.parametrize(
    ("clause", "shown"), [("002 App. 6", "App. 6"), ("002 §17.9 vii", "§17.9 vii"), ("ours", "ours"), ("", "")]
)
def test_a_clause_is_shown_without_the_documents_number(clause: str, shown: str) -> None:
    assert quarter.short_clause(SPEC, clause) == shown


@pytest.mark.parametrize(
    ("reached", "outstanding", "hours_unknown", "waiting", "missing"),
    [
        (79, 0, 0, 0, ""),
        (79, 6, 0, 6, "With them: 85, over the line"),
        (79, 2, 0, 2, "With them: 81, over the line"),
        (79, 1, 0, 1, "With them: 80, still 1 short"),
        (53, 9, 0, 9, "With them: 62, still 19 short"),
        (83, 4, 0, 4, "Already over the line"),
        (79, 8, 2, 6, "With them: 85, over the line"),
        (79, 2, 2, 0, ""),
    ],
)
def test_what_waits_for_evidence_and_what_it_would_change(
    reached: int, outstanding: int, hours_unknown: int, waiting: int, missing: str
) -> None:
    shown = towards_81(reached, outstanding, hours_unknown)
    assert (shown.waiting, shown.no_hours, shown.missing) == (waiting, hours_unknown, missing)


def test_the_years_bar_is_as_long_as_the_target_and_marks_the_line() -> None:
    bar = towards_81(54, outstanding=27).bar
    assert bar is not None
    assert (bar.width, bar.counted, bar.waiting, bar.line, bar.whole) == (200, 100.0, 50.0, 151.0, "108")
    assert bar.label == (
        "54 counted of a year's 108; 81 to reach by the period's end; 27 achieved, evidence outstanding"
    )


def test_a_year_that_is_over_its_target_keeps_its_bar_inside_the_picture() -> None:
    bar = towards_81(200, outstanding=16).bar
    assert bar is not None
    assert bar.width == 100
    assert bar.counted + bar.waiting == pytest.approx(200)


PLAN = Target(basis="trajectory", quarters=(9, 18), clause="ours", local=True)


@pytest.mark.parametrize("goal", [None, Target(basis="value", amount=10, at_most=True, clause="ours"), PLAN])
def test_only_a_years_count_has_a_bar(goal: Target | None) -> None:
    assert (
        row("days_to_first_contact", goal, value=6, target=goal and 10, status="met" if goal else "no_target").bar
        is None
    )


def key_rows(*rows: quarter.Row) -> tuple[list[quarter.Row], dict[str, Figure]]:
    return list(rows), {one.id: figure(one.id, target=81, status=one.mark) for one in rows}


@pytest.mark.parametrize(
    ("states", "answer", "on_line"),
    [
        ((83, 83), "Two of the two key outcomes are on or over the line.", "2 of 2"),
        ((83, 79), "One of the two key outcomes is on or over the line.", "1 of 2"),
        ((79, 80), "No of the two key outcomes are on or over the line.", "0 of 2"),
    ],
)
def test_the_first_sentence_is_the_answer(states: tuple[int, ...], answer: str, on_line: str) -> None:
    rows = [
        replace(towards_81(reached), id=id)
        for reached, id in zip(states, ("engaged", "job_start_under_16"), strict=True)
    ]
    said = quarter.summary(SPEC, *key_rows(*rows), date(2019, 7, 30), date(2019, 6, 14))
    assert (said.answer, said.on_line) == (answer.replace("No of", "None of"), on_line)


def test_the_facts_of_the_top() -> None:
    waits = replace(towards_81(79, outstanding=3), id="job_start_under_16")
    later = replace(towards_81(10, outstanding=2), id="six_weeks_under_16", outcome="six_weeks")
    said = quarter.summary(SPEC, *key_rows(waits, later), date(2019, 7, 30), date(2019, 6, 14))
    assert said.answer == "None of the two key outcomes are on or over the line. One more waits only for evidence."
    assert (said.waiting, said.waiting_note) == (5, "3 at day 1, 2 at 6 weeks")
    assert (said.days_left, said.due_on) == (
        46,
        "Tuesday 30 July 2019, or a week before the contract meeting if that is earlier",
    )
    assert said.on_line_note == "1 of 2 if all the evidence arrives"


def test_without_targets_the_sentence_says_so() -> None:
    shown = row(outstanding=2)
    said = quarter.summary(SPEC, [shown], {shown.id: figure()}, date(2019, 7, 30), date(2019, 8, 1))
    assert (
        said.answer
        == "The contract sets no targets for the key outcomes. 2 outcomes are achieved and still to be proved."
    )
    assert (said.on_line, said.days_left) == ("–", -2)


@pytest.mark.parametrize(
    ("id", "as_at", "words"),
    [
        ("engaged", date(2019, 6, 14), "People counted each month. June follows when the month is over"),
        ("engaged", date(2019, 6, 30), "People counted each month"),
        ("referrals", date(2019, 6, 30), "Referrals counted each month"),
        ("days_to_first_contact", date(2019, 6, 30), "Median days, each month"),
        ("in_work_support_days", date(2019, 6, 30), "Mean days, each month"),
        ("applied_within_4_weeks", date(2019, 6, 30), "Share of those due, each month"),
        ("hourly_wage", date(2019, 6, 30), "Pounds an hour, each month"),
    ],
)
def test_the_chart_says_what_it_counts(id: str, as_at: date, words: str) -> None:
    assert quarter.caption(INDICATORS[id], as_at) == words


def test_a_charts_contract_changes_come_from_the_phases() -> None:
    changes = quarter.series(SPEC, INDICATORS["engaged"], None, MONTHS).changes
    assert (date(2019, 4, 1), "1 April 2019: randomisation ended") in changes


def test_groups_show_each_indicator_once_and_know_whether_anything_has_a_target() -> None:
    rows = {id: row(id) for id in INDICATORS}
    groups = quarter.groups(SPEC, rows)
    shown = [one.id for group in groups for one in group.rows]
    assert sorted(shown) == sorted(INDICATORS)
    assert [(group.id, group.with_evidence, group.aimed) for group in groups][:2] == [
        ("key_outcomes", True, True),
        ("referrals", False, False),
    ]
    rows["referrals"] = row("referrals", status="met", target=20)
    assert [group.aimed for group in quarter.groups(SPEC, rows)][:2] == [True, True]


PAYMENT = SPEC.payment.outcome_payment if SPEC.payment else None


def test_faults_are_ranked_by_pounds_then_people() -> None:
    lacking = [
        Lacking("six_weeks", "evidence", 12, ("six_weeks_under_16", "six_weeks_16_and_over")),
        Lacking("job_start", "hourly_wage", 6, ("hourly_wage",)),
        Lacking("job_start", "hours", 2, ("job_start_under_16", "job_start_16_and_over")),
        Lacking("job_start", "verification", 5, ("job_start_16_and_over",)),
        Lacking("job_start", "evidence", 9, ("job_start_16_and_over",)),
        Lacking("job_start", "occupation", 1, ("job_roles",)),
    ]
    found = faults.faults(lacking, INDICATORS, PAYMENT)
    assert [(one.what, one.people, one.pounds, one.next) for one in found] == [
        ("Job start: no evidence received", 9, Decimal(6750), "Ask for evidence"),
        ("Job start: evidence waits for a verifier", 5, Decimal(3750), "Verify"),
        ("6 weeks: no evidence received", 12, Decimal(0), "Ask for evidence"),
        ("Hourly wage not recorded", 6, Decimal(0), "Add the wage"),
        ("Job start: weekly hours not recorded", 2, Decimal(0), "Add the hours"),
        ("Job role not recorded", 1, Decimal(0), "Add the role"),
    ]
    assert [one.in_queue for one in found] == [False, True, False, False, False, False]
    assert found[3].list_status == "excluded"
    assert [one.name for one in found[2].figures] == ["6 weeks, under 16 hours", "6 weeks, 16 hours and over"]


def test_without_terms_of_payment_no_pounds_wait() -> None:
    lacking = [Lacking("job_start", "evidence", 9, ("job_start_16_and_over",))]
    assert [one.pounds for one in faults.faults(lacking, INDICATORS, None)] == [Decimal(0)]


@pytest.mark.parametrize("id", INDICATORS)
def test_every_figure_is_defined_in_words(id: str) -> None:
    lines = definition.definition(SPEC, INDICATORS[id], date(2019, 6, 14), 0, 0)
    assert [line.name for line in lines][:6] == ["What counts", "The day", "Evidence", "Clause", "As at", "Definition"]
    for line in lines:
        assert "_" not in line.text, line
        assert "  " not in line.text, line
        assert line.text.strip() or line.link_words, line
    assert lines[3].link == f"indicators-{id}"


@pytest.mark.parametrize(
    ("id", "day"),
    [
        ("job_start_16_and_over", "The first day worked. It fixes the period for ever."),
        ("six_weeks_total", "The day on which the days in work since the first job start reach 42."),
        ("sustained_26_weeks_under_16", "182 days after the first day worked."),
        ("engaged", "The day on which the first of them is done."),
        ("met_once", "The day on which it is done."),
        ("applied_within_4_weeks", "28 days after programme entry"),
        ("active_caseload", "The last day of the period, or the as-at day if that is earlier."),
    ],
)
def test_the_day_that_puts_it_into_the_period_is_said(id: str, day: str) -> None:
    assert definition.definition(SPEC, INDICATORS[id], date(2019, 6, 14), 0, 0)[1].text.startswith(day)


def test_what_proves_it_and_what_was_on_the_boundary_is_said() -> None:
    lines = {
        line.name: line
        for line in definition.definition(SPEC, INDICATORS["job_start_16_and_over"], date(2019, 6, 14), 3, 2)
    }
    assert "payslip" in lines["Evidence"].text
    assert "as a backup" in lines["Evidence"].text
    assert lines["Evidence"].text.endswith("specialist. 2 counted by backup evidence.")
    assert lines["Clause"].text == " · exactly 16 hours stands in this band: 3 people"
    assert lines["What counts"].text.endswith("Weekly hours: 16 hours or more.")


KINDS = {get_args(part.model_fields["kind"].annotation)[0]: part for part in get_args(get_args(AnyOutcome)[0])}


@pytest.mark.parametrize("kind", KINDS)
def test_the_day_of_every_kind_of_outcome_is_said(kind: str) -> None:
    numbers = {"days": 84, "weeks": 13, "events": ("application",), "rule": "any", "appointments": 2}
    given = {"profile_completed": False, "plan_agreed": None}
    said = definition._day(KINDS[kind].model_construct(kind=kind, **numbers, **given))
    assert said.endswith(".")
    assert "_" not in said


@pytest.mark.parametrize(("in_contract", "named"), [(True, False), (False, True)])
def test_a_figure_that_the_contract_does_not_name_says_so(in_contract: bool, named: bool) -> None:
    one = INDICATORS["engaged"].model_copy(update={"in_contract": in_contract})
    lines = {line.name: line.text for line in definition.definition(SPEC, one, date(2019, 6, 14), 0, 0)}
    assert ("Contract" in lines) == named
    assert lines.get("Contract", "Not in the contract").startswith("Not in the contract")
