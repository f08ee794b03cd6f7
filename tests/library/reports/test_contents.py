"""The report object: what semantics.md §5 says, the same bytes for the same folder."""

import json
from datetime import date

import pytest

from placewell.dataset import content_hash, read_folder, write_folder
from placewell.reports import report_object, to_json

AS_AT = date(2019, 6, 30)


def test_it_says_what_it_was_made_from(report, spec, dataset):
    assert {key: value for key, value in report.items() if key != "indicators"} == {
        "service": "thrive_into_work",
        "specification": {"version": spec.version, "hash": spec.hash},
        "period": {"label": "Y2Q3", "start": "2019-04-01", "end": "2019-07-01"},
        "as_at": "2019-06-30",
        "data": content_hash(dataset),
    }


def test_its_keys_come_in_one_order(report):
    assert list(report) == ["service", "specification", "period", "as_at", "data", "indicators"]


FIGURES = {
    "engaged": (5, None, 5),
    "job_start_under_16": (1, None, 1),
    "job_start_16_and_over": (2, None, 2),
    "job_starts": (5, None, 5),
    "applied_within_4_weeks": (0, 5, 0),
    "days_to_first_contact": (None, 0, None),
    "referrals": (5, None, 5),
}


@pytest.mark.parametrize(("id", "expected"), FIGURES.items(), ids=FIGURES.keys())
def test_figures(by_id, id, expected):
    figure = by_id[id]
    assert (figure["numerator"], figure["denominator"], figure["value"]) == expected


@pytest.mark.parametrize(
    "key", ["id", "name", "clause", "unit", "numerator", "denominator", "value", "target", "status"]
)
def test_every_figure_has_every_key(report, key):
    assert all(key in figure for figure in report["indicators"])


def test_every_figure_has_its_members_and_breakdowns(report):
    for figure in report["indicators"]:
        assert set(figure["members"]) == {"counted", "not_counted", "not_due", "excluded"}
        for cells in figure["breakdowns"].values():
            assert all(set(cell) == {"key", "numerator", "denominator", "value"} for cell in cells)


def test_every_indicator_that_the_provider_computes_is_there_once(report, spec):
    assert [figure["id"] for figure in report["indicators"]] == [each.id for each in spec.indicators.computed]


def test_what_is_marked(by_id):
    upper = by_id["job_start_16_and_over"]
    assert (upper["on_boundary"], upper["on_backup"]) == (1, 1)
    lower = by_id["job_start_under_16"]
    assert (lower["on_boundary"], lower["on_backup"]) == (0, 0)


def test_a_lot_is_named_where_it_is_asked_for(spec, dataset, period):
    of_dudley = report_object(spec, dataset, period, AS_AT, "dudley")
    figures = {figure["id"]: figure["value"] for figure in of_dudley["indicators"]}
    assert of_dudley["lot"] == "dudley"
    assert (figures["referrals"], figures["job_start_under_16"]) == (2, 1)


def test_json_reads_back_as_the_object(report):
    text = to_json(report)
    assert json.loads(text) == report
    assert text.endswith("}\n")


def test_json_has_a_line_for_each_fact_of_an_indicator_and_for_each_breakdown(report):
    lines = to_json(report).splitlines()
    assert lines[:2] == ["{", '  "service": "thrive_into_work",']
    for figure in report["indicators"]:
        assert f'      "id": "{figure["id"]}",' in lines
    breakdowns = [line for line in lines if line.startswith('        "gender": ')]
    assert len(breakdowns) == sum("gender" in figure["breakdowns"] for figure in report["indicators"])
    assert (
        json.loads("{" + breakdowns[0].rstrip(",") + "}")["gender"] == report["indicators"][0]["breakdowns"]["gender"]
    )


@pytest.mark.parametrize("file_type", ["csv", "parquet"])
def test_the_same_folder_gives_the_same_bytes_whatever_its_files(spec, dataset, period, report, tmp_path, file_type):
    write_folder(dataset, tmp_path / "data", file_type)
    again = report_object(spec, read_folder(tmp_path / "data"), period, AS_AT)
    assert to_json(again) == to_json(report)
