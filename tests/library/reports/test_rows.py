"""The flat table of a report: a row per figure and per cell, in step with the object."""

import pytest

from placewell.reports import COLUMNS, flat_rows


@pytest.fixture(scope="module")
def table(report):
    return [dict(zip(COLUMNS, row, strict=True)) for row in flat_rows(report)]


def test_there_is_a_row_for_each_figure_and_each_cell(report, table):
    cells = sum(len(cells) for figure in report["indicators"] for cells in figure["breakdowns"].values())
    assert len(table) == len(report["indicators"]) + cells
    assert sum(row["breakdown"] is None for row in table) == len(report["indicators"])


def test_a_figure_has_its_numbers_status_and_members(table):
    [row] = [row for row in table if row["indicator"] == "job_start_16_and_over" and row["breakdown"] is None]
    assert row == {
        "service": "thrive_into_work",
        "specification": "2017-05.1",
        "period": "Y2Q3",
        "start": "2019-04-01",
        "end": "2019-07-01",
        "as_at": "2019-06-30",
        "lot": None,
        "indicator": "job_start_16_and_over",
        "name": "People who started a job of 16 hours a week or more",
        "clause": "002 App. 6",
        "unit": "people",
        "breakdown": None,
        "key": None,
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
    }


def test_cells_stand_under_their_figure_with_their_code(table):
    lots = [row for row in table if row["indicator"] == "engaged" and row["breakdown"] == "lot"]
    assert [(row["key"], row["value"]) for row in lots] == [("dudley", 2), ("wolverhampton", 3)]
    assert {row["status"] for row in lots} == {None}


def test_what_is_absent_has_the_key_unknown(table):
    practices = {
        row["key"]: row["value"] for row in table if row["indicator"] == "engaged" and row["breakdown"] == "gp_practice"
    }
    assert practices == {"M99100": 3, "M99101": 1, "unknown": 1}


def test_cells_of_every_breakdown_of_a_count_add_up_to_their_figure(table):
    for figure in (row for row in table if row["breakdown"] is None and row["denominator"] is None):
        own = [row for row in table if row["indicator"] == figure["indicator"] and row["breakdown"]]
        for name in {row["breakdown"] for row in own}:
            assert sum(row["numerator"] for row in own if row["breakdown"] == name) == figure["numerator"], (
                figure,
                name,
            )
