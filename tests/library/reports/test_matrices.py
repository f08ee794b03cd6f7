"""A matrix: the rows of a list, the year's quarters, and each locality, as plain data, as rows and on the page."""

from dataclasses import replace
from datetime import date

import pytest
from tests.factories import an_episode, answers, dataset, day

from placewell.indicators import Workings
from placewell.periods import Period, parse_period
from placewell.reports import report_object, to_html, to_json
from placewell.reports.layout import page_of
from placewell.reports.matrices import columns_of, matrices
from placewell.reports.matrix_views import months
from placewell.reports.rows import COLUMNS, flat_rows
from placewell.specification import load
from placewell.specification.report import Matrix, MatrixRow, Section

SPEC = load("workwise")
STARTS = SPEC.service.first_quarter_starts
SERVICE = {"service_id": "workwise", "lot": "west_of_dorset"}


def a_matrix(*rows, across="locality"):
    """WorkWise with a return of one matrix of these (indicator, words, of which)."""
    lines = tuple(
        MatrixRow(indicator=id, words=words, of_which=of_which, clause="001 table") for id, words, of_which in rows
    )
    section = Section(id="all", title="All", clause="001 table", matrix=Matrix(across=across, row=lines))
    return replace(SPEC, report=SPEC.report.model_copy(update={"sections": (section,)}))


ROWS = (("opted_in", "Joined", False), ("completed", "Completed", True), ("take_up", "Take-up", False))
SMALL = a_matrix(*ROWS)
PEOPLE = dataset(
    an_episode("e1", referred="2012-04-02", opted_in_on="2012-04-09", locality="dorset_1", **SERVICE),
    an_episode("e2", referred="2012-06-04", opted_in_on="2012-07-02", closed="2012-09-30", closure_reason="completed",
               locality="dorset_1", **SERVICE),
    an_episode("e3", referred="2012-07-02", opted_in_on="2012-07-09", locality="poole_bay", **SERVICE),
    an_episode("e4", referred="2012-07-02", opted_in_on="2012-07-09", **SERVICE),
    an_episode("e5", referred="2012-10-01", locality="dorset_7", **SERVICE),
)  # fmt: skip


ANSWERED = (
    an_episode("e1", referred="2012-04-02", opted_in_on="2012-04-09", **SERVICE),
    answers("e1", "wsas", "2012-04-09", dict.fromkeys("12345", "4")),
    answers("e1", "wsas", "2012-08-06", dict.fromkeys("12345", "2"), occasion="exit"),
)


def found(period="Y1Q2", as_at=None, spec=SMALL, lot=None):
    asked = parse_period(period, STARTS)
    return report_object(spec, PEOPLE, asked, day(as_at) or asked.last_day, lot)["matrices"][0]


def test_its_columns_are_the_quarters_of_the_year_and_its_rows_the_list():
    matrix = found()
    assert (matrix["id"], matrix["title"], matrix["across"]) == ("all", "All", "locality")
    assert [(one["label"], one["start"], one["end"], one["begun"]) for one in matrix["columns"]] == [
        ("Y1Q1", "2012-04-01", "2012-07-01", True),
        ("Y1Q2", "2012-07-01", "2012-10-01", True),
        ("Y1Q3", "2012-10-01", "2013-01-01", False),
        ("Y1Q4", "2013-01-01", "2013-04-01", False),
    ]
    about = [tuple(row[name] for name in ("words", "of_which", "indicator", "unit")) for row in matrix["rows"]]
    assert about == [
        ("Joined", False, "opted_in", "people"),
        ("Completed", True, "completed", "people"),
        ("Take-up", False, "take_up", "proportion"),
    ]


def test_every_locality_has_a_key_whether_anything_counts_there_or_not_and_other_codes_follow():
    keys = [one["key"] for one in found()["keys"]]
    assert keys[:6] == [f"bournemouth_poole_{number}" for number in range(1, 7)]
    assert keys[6:] == [*(f"dorset_{number}" for number in range(1, 8)), "poole_bay", "unknown"]
    assert {one["key"]: one["label"] for one in found()["keys"]}["poole_bay"] == "poole bay"


JOINED = {"dorset_1": [1, 1, None, None], "poole_bay": [0, 1, None, None], "unknown": [0, 1, None, None]}


def test_counts_by_quarter_and_locality_with_zeros_and_nothing_for_what_has_not_begun():
    joined = found()["rows"][0]
    assert joined["total"] == {"value": [1, 3, None, None]}
    assert {key: joined["by"][key]["value"] for key in JOINED} == JOINED
    assert joined["by"]["dorset_5"] == {"value": [0, 0, None, None]}


def test_the_keys_of_a_row_add_up_to_it():
    for row in found("Y1")["rows"]:
        for place in range(4):
            for name in set(row["total"]) - {"value"} or {"value"}:
                parts = [cell[name][place] for cell in row["by"].values()]
                assert sum(parts) == row["total"][name][place]


def test_a_share_has_what_it_rests_on():
    share = found()["rows"][2]
    assert share["total"] == {
        "value": [1.0, 1.0, None, None], "numerator": [2, 2, None, None], "denominator": [2, 2, None, None],
    }  # fmt: skip
    assert share["by"]["dorset_2"] == {
        "value": [None, None, None, None], "numerator": [0, 0, None, None], "denominator": [0, 0, None, None],
    }  # fmt: skip


@pytest.mark.parametrize(
    ("period", "as_at", "begun"),
    [
        ("Y1Q1", None, [True, False, False, False]),
        ("Y1Q1", "2013-03-31", [True, False, False, False]),
        ("Y1Q4", None, [True, True, True, True]),
        ("Y1", None, [True, True, True, True]),
        ("Y1", "2012-07-01", [True, True, False, False]),
        ("2012-05-01/2012-07-02", None, [True, True, False, False]),
    ],
)
def test_a_quarter_after_the_period_or_the_as_at_day_is_not_known(period, as_at, begun):
    assert [one["begun"] for one in found(period, as_at)["columns"]] == begun


def test_an_as_at_day_holds_for_every_column():
    """On 8 July two people had not opted in yet."""
    assert found("Y1Q2", "2012-07-08")["rows"][0]["total"] == {"value": [1, 1, None, None]}
    assert found("Y1Q2", "2012-07-09")["rows"][0]["total"] == {"value": [1, 3, None, None]}


def test_a_matrix_of_one_lot():
    assert found(lot="east_of_dorset")["rows"][0]["total"] == {"value": [0, 0, None, None]}
    assert found(lot="west_of_dorset")["rows"][0]["total"] == {"value": [1, 3, None, None]}


@pytest.mark.parametrize(
    ("start", "end", "labels"),
    [
        (date(2012, 4, 1), date(2012, 7, 1), ["Y1Q1", "Y1Q2", "Y1Q3", "Y1Q4"]),
        (date(2013, 3, 1), date(2013, 4, 2), ["Y2Q1", "Y2Q2", "Y2Q3", "Y2Q4"]),
        (date(2011, 1, 1), date(2012, 4, 1), ["Y1Q1", "Y1Q2", "Y1Q3", "Y1Q4"]),
    ],
)
def test_the_year_of_the_periods_last_day(start, end, labels):
    assert [one.label for one in columns_of(Period("x", start, end), STARTS)] == labels


def test_before_the_contract_nothing_has_begun():
    workings = Workings(SMALL, PEOPLE, date(2012, 3, 31))
    (matrix,) = matrices(workings, Period("before", date(2012, 1, 1), date(2012, 4, 1)))
    assert [one["begun"] for one in matrix["columns"]] == [False] * 4
    assert matrix["rows"][0]["total"] == {"value": [None] * 4}


def test_a_return_without_a_matrix_has_none():
    spec = load("thrive_into_work")
    asked = parse_period("Y1Q1", spec.service.first_quarter_starts)
    assert "matrices" not in report_object(spec, dataset(), asked, asked.last_day)


def the_report(spec=SMALL, period="Y1Q2"):
    asked = parse_period(period, STARTS)
    return report_object(spec, PEOPLE, asked, asked.last_day)


def test_as_rows_of_the_flat_table():
    rows = [dict(zip(COLUMNS, row, strict=True)) for row in flat_rows(the_report(), SMALL)]
    of_matrix = [row for row in rows if row["breakdown"] == "all"]
    assert len(of_matrix) == 3 * (1 + 15) * 2
    assert {row["period"] for row in of_matrix} == {"Y1Q1", "Y1Q2"}
    picked = {
        (row["period"], row["name"], row["key"]): (row["numerator"], row["denominator"], row["value"])
        for row in of_matrix
    }
    assert picked["Y1Q2", "Joined", "all"] == (3, None, 3)
    assert picked["Y1Q2", "Joined", "poole_bay"] == (1, None, 1)
    assert picked["Y1Q1", "Completed", "dorset_1"] == (0, None, 0)
    assert picked["Y1Q1", "Take-up", "all"] == (2, 2, 1.0)
    assert {row["end"] for row in of_matrix if row["period"] == "Y1Q1"} == {"2012-07-01"}


def test_the_same_matrix_gives_the_same_text():
    assert to_json(the_report()) == to_json(the_report())
    assert to_html(the_report(), SMALL) == to_html(the_report(), SMALL)


def test_on_the_page_the_quarters_stand_beside_each_other():
    view = page_of(the_report(), SMALL).sections[0].matrix
    assert [head for head, _ in view.quarters.heads] == ["Quarter 1", "Quarter 2", "Quarter 3", "Quarter 4"]
    assert [(line.number, line.words, line.of_which, line.cells) for line in view.quarters.lines] == [
        ("1.1", "Joined", False, ("1", "3", "", "")),
        ("1.2", "Completed", True, ("0", "1", "", "")),
        ("1.3", "Take-up", False, ("100% (2 of 2)", "100% (2 of 2)", "", "")),
    ]


def test_on_the_page_each_quarter_that_has_begun_stands_by_locality():
    view = page_of(the_report(), SMALL).sections[0].matrix
    assert [table.name for table in view.by_quarter] == [
        "Quarter 1, Apr to Jun 2012, by locality", "Quarter 2, Jul to Sep 2012, by locality",
    ]  # fmt: skip
    second = view.by_quarter[1]
    assert [head for head, _ in second.heads][:3] == ["All", "BP1", "BP2"]
    assert ("D1", "Dorset, locality 1") in second.heads
    assert second.lines[0].cells == ("3", *"000000", *"1000000", "1", "1")
    assert second.lines[2].cells[1] == "–"


def test_the_page_has_the_matrix_and_marks_a_part_of_the_row_before():
    text = to_html(the_report(), SMALL)
    assert '<table class="matrix">' in text
    assert 'id="matrix-1-Y1Q2"' in text
    assert 'href="#matrix-1-Y1Q2"' in text
    assert '<tr class="of-which"><th scope="row"><span class="which">of which</span>' in text


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [("2012-04-01", "2012-07-01", "Apr to Jun 2012"), ("2016-11-01", "2017-02-01", "Nov 2016 to Jan 2017")],
)
def test_the_months_of_a_quarter(start, end, words):
    assert months({"start": start, "end": end}) == words


def test_a_mean_says_how_many_it_rests_on():
    spec = a_matrix(("wsas_change", "Change", False))
    asked = parse_period("Y1Q2", STARTS)
    report = report_object(spec, dataset(ANSWERED), asked, asked.last_day)
    view = page_of(report, spec).sections[0].matrix
    assert view.quarters.lines[0].cells == ("–", "−10 (from 1)", "", "")


def test_the_first_words_of_a_page_that_begins_with_a_matrix():
    """Of a long list only outcomes with words of their own, and what has a target."""
    said = page_of(the_report(SPEC), SPEC).answer
    assert said.startswith("0 people were waiting at the end of the period, 3 were supported then, 1 completed")
    assert "“" not in said
    assert "of 3 are on or over the line" in said


def test_a_page_without_a_section():
    empty = replace(SPEC, report=SPEC.report.model_copy(update={"sections": ()}))
    assert page_of(the_report(empty), empty).answer.startswith("Nothing is counted in people here.")
