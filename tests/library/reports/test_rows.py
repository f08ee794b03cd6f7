"""The flat table of a report: a row per figure and per cell, in step with the object."""

import pytest

from placewell.reports import report_object
from placewell.reports.rows import COLUMNS, OWN, flat_rows


def table_of(report, spec):
    return [dict(zip(COLUMNS, row, strict=True)) for row in flat_rows(report, spec)]


@pytest.fixture(scope="module")
def table(report, spec):
    return table_of(report, spec)


def lines_of(table, indicator, breakdown):
    return [row for row in table if row["indicator"] == indicator and row["breakdown"] == breakdown]


def test_there_is_a_row_for_each_figure_in_the_order_of_the_return(table, report, spec):
    own = [row for row in table if row["breakdown"] is None]
    computed = {figure["id"] for figure in report["indicators"]}
    assert [row["indicator"] for row in own] == [id for id in spec.report.indicator_ids() if id in computed]
    assert len(own) == len(report["indicators"])
    assert [(row["section"], row["number"]) for row in own][6:8] == [
        ("Key outcomes, with evidence", "1.7"),
        ("Referrals and first contact", "2.1"),
    ]


def test_there_is_a_row_for_each_cell_of_the_report(table, report):
    found = {(row["indicator"], row["breakdown"], row["key"]): row for row in table if row["breakdown"]}
    for figure in report["indicators"]:
        for name, cells in figure["breakdowns"].items():
            for cell in cells:
                row = found[figure["id"], name, cell["key"]]
                assert {key: row[key] for key in cell} == cell
    assert len(found) == sum(row["breakdown"] is not None for row in table)


def test_a_figure_has_its_numbers_members_marks_and_definition(table, report, spec):
    [row] = [row for row in table if row["indicator"] == "job_start_16_and_over" and row["breakdown"] is None]
    assert row == {
        "service": "thrive_into_work",
        "specification": "2017-05.1",
        "period": "Y2Q3",
        "start": "2019-04-01",
        "end": "2019-07-01",
        "as_at": "2019-06-30",
        "lot": None,
        "section": "Key outcomes, with evidence",
        "number": "1.3",
        "indicator": "job_start_16_and_over",
        "name": "People who started a job of 16 hours a week or more",
        "clause": "002 App. 6",
        "unit": "people",
        "breakdown": None,
        "key": None,
        "label": None,
        "numerator": 2,
        "denominator": None,
        "value": 2,
        "target": None,
        "status": "no_target",
        "value_to_date": None,
        "counted": 2,
        "not_counted": 2,
        "not_due": 0,
        "excluded": 1,
        "in_contract": True,
        "definitions": None,
        "consequence": None,
        "at_best": 0,
        "target_set_by": None,
        "goals": None,
        "outstanding": 2,
        "hours_unknown": 1,
        "on_backup": 1,
        "on_boundary": 1,
        "definition": row["definition"],
        "evidence": row["evidence"],
        "version": 1,
        "outcome": "job_start",
        "outcome_version": 1,
        "footnotes": "A job of exactly 16 hours a week stands in the band of 16 and over; "
        "the document puts it in neither. Outcomes proved by a backup document alone are marked. "
        "These figures monitor the contract; the evaluation is separate.",
        "specification_hash": report["specification"]["hash"],
        "data": report["data"],
    }
    assert row["definition"].startswith(f"{spec.outcomes.outcome('job_start').name}.")
    assert row["evidence"].startswith("verified, of the kinds contract of employment,")


def test_cells_stand_under_their_figure_with_their_code_in_words_and_noughts_are_shown(table):
    lots = lines_of(table, "engaged", "lot")
    assert [(row["key"], row["label"], row["value"]) for row in lots] == [
        ("wolverhampton", "Wolverhampton", 3),
        ("dudley", "Dudley", 2),
        ("south_central_birmingham", "South and Central Birmingham", 0),
        ("sandwell_west_birmingham", "Sandwell and West Birmingham", 0),
        ("unknown", "Not known", 0),
    ]
    assert {row[name] for row in lots for name in OWN} == {None}


@pytest.mark.parametrize(
    ("indicator", "numbers"),
    [
        ("referrals", (0, None, 0)),
        ("applied_within_4_weeks", (0, 0, None)),
        ("days_to_first_contact", (None, 0, None)),
    ],
)
def test_a_line_without_anybody_has_the_numbers_of_its_measure(table, indicator, numbers):
    row = lines_of(table, indicator, "lot")[2]
    assert (row["numerator"], row["denominator"], row["value"]) == numbers


@pytest.mark.parametrize(
    ("breakdown", "shown"),
    [
        ("gp_practice", [("M99100", "M99100", 3), ("M99101", "M99101", 1), ("unknown", "Not known", 1)]),
        ("occupation", [("9233", "Exam invigilators", 5), ("unknown", "Not known", 0)]),
        ("self_employed", [("true", "Yes", 0), ("false", "No", 0), ("unknown", "Not known", 5)]),
    ],
)
def test_codes_of_open_and_of_long_lists_are_those_that_occur(table, breakdown, shown):
    lines = lines_of(table, "engaged", breakdown)
    assert [(row["key"], row["label"], row["value"]) for row in lines] == shown


def test_of_one_lot_the_others_are_not_shown_as_noughts(spec, dataset, period):
    of_dudley = table_of(report_object(spec, dataset, period, period.last_day, "dudley"), spec)
    assert [(row["key"], row["value"]) for row in lines_of(of_dudley, "engaged", "lot")] == [("dudley", 2)]
    assert {row["lot"] for row in of_dudley} == {"dudley"}
    assert len(lines_of(of_dudley, "engaged", "source")) == len(spec.referral.sources) + 1


def test_cells_of_every_breakdown_of_a_count_add_up_to_their_figure(table):
    for figure in (row for row in table if row["breakdown"] is None and row["denominator"] is None):
        own = [row for row in table if row["indicator"] == figure["indicator"] and row["breakdown"]]
        for name in {row["breakdown"] for row in own}:
            assert sum(row["numerator"] for row in own if row["breakdown"] == name) == figure["numerator"], (
                figure,
                name,
            )
