"""The head of a return without evidence, of a service with one lot and targets; and the milestones it prints."""

import re
from dataclasses import replace
from datetime import date

import pytest
from tests.library.indicators.asking import SPEC, ask_figure, with_target

from placewell.reports import to_html
from placewell.reports.layout import page_of
from placewell.reports.summary import answer, facts
from placewell.specification.indicators import Target
from placewell.specification.service import Milestone

NO_EVIDENCE = replace(
    SPEC,
    indicators=SPEC.indicators.model_copy(
        update={
            "indicators": tuple(one.model_copy(update={"evidence": False}) for one in SPEC.indicators.indicators),
        }
    ),
)


def figure(id, status, numerator=1):
    plain = {"outstanding": 0, "hours_unknown": 0, "on_boundary": 0, "on_backup": 0, "target": 2}
    return {"id": id, "unit": "people", "status": status, "numerator": numerator, **plain}


TWO = [figure("engaged", "met", 3), figure("met_once", "breached")]


def test_nothing_is_said_of_evidence_where_none_is_asked():
    assert answer(NO_EVIDENCE, TWO) == "3 people were engaged and 1 reached “Met once”. 1 of 2 are on or over the line."


@pytest.mark.parametrize(
    ("figures", "said"),
    [
        (TWO, [("Return due", "30 July 2019"), ("On or over the line", "1 of 2"), ("Below the line", "1")]),
        ([], [("Return due", "30 July 2019"), ("At exactly 16 hours", "0")]),
    ],
)
def test_the_facts_without_evidence(figures, said):
    assert [(name, value) for name, value, _ in facts(NO_EVIDENCE, date(2019, 7, 1), figures)] == said


STAFF = Milestone(
    id="staff",
    label="Staff in place",
    benefit="People can be taken on",
    due="1 August 2019",
    due_on=date(2019, 8, 1),
    monitored="quarterly",
    clause="004 §7",
)
SOMEDAY = Milestone(id="someday", label="Growth", due="In time", clause="004 §7")


def page(spec, as_at="2019-09-30", only=("engaged",)):
    return page_of(report(spec, as_at, only), spec)


def report(spec, as_at="2019-09-30", only=("engaged",)):
    return {
        "service": spec.id,
        "specification": {"version": "1", "hash": "0" * 64},
        "period": {"label": "Y2Q4", "start": "2019-07-01", "end": "2019-10-01"},
        "as_at": as_at,
        "data": "0" * 64,
        "indicators": [ask_figure(id, period="Y2Q4", spec=spec).as_dict() for id in only],
    }


def with_milestones(milestones):
    first, *others = SPEC.report.sections
    sections = (first.model_copy(update={"milestones": True}), *others)
    return replace(
        SPEC,
        report=SPEC.report.model_copy(update={"sections": sections}),
        service=SPEC.service.model_copy(update={"milestones": milestones}),
    )


@pytest.mark.parametrize(("as_at", "is_due"), [("2019-07-31", False), ("2019-08-01", True), ("2019-09-30", True)])
def test_milestones_stand_in_the_section_that_asks_for_them(as_at, is_due):
    sections = page(with_milestones((STAFF, SOMEDAY)), as_at).sections
    assert [(row.label, row.due, row.monitored, row.is_due) for row in sections[0].milestones] == [
        ("Staff in place", "1 August 2019", "quarterly", is_due),
        ("Growth", "In time", "", False),
    ]
    assert all(section.milestones == () for section in sections[1:])


def test_milestones_on_the_printed_page():
    spec = with_milestones((STAFF,))
    html = to_html(report(spec), spec)
    cells = re.findall(r'<td data-head="(.*?)">(.*?)</td>', html)
    assert ("What it is good for", "People can be taken on") in cells
    assert ("By", "1 August 2019, the day has passed") in cells


@pytest.mark.parametrize(
    ("at_best", "notes"),
    [
        (0, ()),
        (1, ("1 person began at the best score, which nothing can better",)),
        (7, ("7 people began at the best score, which nothing can better",)),
    ],
)
def test_who_began_at_the_best_score_is_said_under_the_figure(at_best, notes):
    found = report(SPEC)
    found["indicators"][0]["at_best"] = at_best
    [row] = [row for section in page_of(found, SPEC).sections for row in section.rows]
    assert row.notes == notes


def test_one_lot_is_called_by_its_name():
    service = SPEC.service.model_copy(update={"lots": SPEC.service.lots[:1]})
    assert page(replace(SPEC, service=service)).lots == SPEC.service.lots[0].name
    assert page(SPEC).lots == "All lots"


def test_the_head_speaks_of_targets_wherever_key_outcomes_stand():
    """A key outcome outside the first section counts in the head when it has a target."""
    first, *others = SPEC.report.sections
    moved = first.model_copy(update={"indicators": ("referrals",)})
    target = Target(clause="002 §17", basis="quarter", amount=0)
    spec = with_target("engaged", target)
    spec = replace(spec, report=spec.report.model_copy(update={"sections": (moved, *others)}))
    found = page(spec, only=("engaged", "referrals"))
    assert "1 of 1 are on or over the line" in found.answer
    assert ("On or over the line", "1 of 1", "key outcomes with a target") in found.facts


@pytest.mark.parametrize(
    ("kind", "notes"),
    [("term", ()), ("forecast", ("Held against a forecast (002 §17), no term of the contract",))],
)
def test_a_forecast_is_told_apart_from_a_term_of_the_contract(kind, notes):
    spec = with_target("referrals", Target(clause="002 §17", basis="quarter", amount=5, kind=kind))
    [row] = [row for section in page(spec, only=("referrals",)).sections for row in section.rows]
    assert (row.notes, row.target != "") == (notes, True)


def test_without_a_target_nothing_is_said_of_a_forecast():
    """After a forecast's last day the figure has no target."""
    ended = Target(clause="002 §17", basis="trajectory", quarters=(5,), kind="forecast")
    [row] = [
        row for section in page(with_target("referrals", ended), only=("referrals",)).sections for row in section.rows
    ]
    assert (row.notes, row.target) == ((), "")
