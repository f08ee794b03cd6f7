"""What the page of a return holds: every figure once, breakdowns in the annex, what is marked, who holds what."""

from dataclasses import replace
from datetime import date

import pytest

from placewell.reports import report_object
from placewell.reports.layout import due_on, page_of


@pytest.fixture(scope="module")
def page(report, spec):
    return page_of(report, spec)


def rows_of(page):
    return {row.number: row for section in page.sections for row in section.rows}


def test_every_figure_stands_once_in_the_order_of_the_return(page, report, spec):
    numbers = [row.number for section in page.sections for row in section.rows]
    assert len(numbers) == len(set(numbers)) == len(report["indicators"])
    assert [section.title for section in page.sections] == [section.title for section in spec.report.sections]
    assert numbers[:8] == ["1.1", "1.2", "1.3", "1.4", "1.5", "1.6", "1.7", "2.1"]


def test_figures_of_an_earlier_section_are_only_broken_down_again(page):
    people = next(section for section in page.sections if section.title == "Who takes part")
    assert people.rows == ()
    assert people.repeated == ("1.1", "1.2", "1.3", "1.6", "1.7")
    assert [table.name for table in people.tables][:2] == ["By region", "By ethnicity"]
    assert people.tables[0].heads[0] == ("1.1", "Engaged")


@pytest.mark.parametrize(
    ("number", "value", "not_counted", "notes"),
    [
        ("1.1", "5", "0", ()),
        ("1.2", "1", "1", ("1 more waits for its hours",)),
        (
            "1.3",
            "2",
            "2",
            (
                "2 more wait: 1 for evidence, 1 for hours",
                "1 person proved by backup evidence",
                "1 person at exactly 16 hours a week",
            ),
        ),
    ],
)
def test_what_is_marked_under_a_figure(page, number, value, not_counted, notes):
    row = rows_of(page)[number]
    assert (row.value, row.not_counted, row.notes) == (value, not_counted, notes)


def test_the_footnote_on_16_hours_says_how_many_sat_on_it(page):
    assert page.sections[0].footnotes[-1] == "Outcomes counted here at exactly 16 hours a week: 1."
    assert all("exactly 16" not in note for section in page.sections[1:] for note in section.footnotes)


def test_zero_rows_are_shown_and_not_known_is_apart(page):
    by_name = {table.name: table for table in page.sections[0].tables}
    lots = {row.label: row.cells[0] for row in by_name["By lot"].rows}
    assert lots["Dudley"] == ("2", "")
    assert lots["Sandwell and West Birmingham"] == ("0", "")
    practices = by_name["By GP practice"]
    assert [(row.label, row.cells[0][0], row.is_unknown) for row in practices.rows] == [
        ("M99100", "3", False),
        ("M99101", "1", False),
        ("Not known", "1", True),
    ]
    assert practices.note == "Only what occurs in the period is listed."


def test_sources_are_those_of_the_service(page, spec):
    sources = next(table for table in page.sections[0].tables if table.name == "By referral source")
    assert [row.label for row in sources.rows] == [*(one.label for one in spec.referral.sources), "Not known"]


def test_codes_of_an_occupation_are_added_up_in_their_group(page):
    jobs = next(table for table in page.sections[0].tables if table.name == "By job type")
    counted = {row.label: row.cells[0][0] for row in jobs.rows if row.cells[0][0] != "0"}
    assert counted == {"Elementary administration and service occupations": "5"}


def test_more_indicators_than_a_page_is_wide_go_on_in_a_second_table(page):
    jobs = next(section for section in page.sections if section.title == "Jobs")
    parts = [table for table in jobs.tables if table.name == "By gender"]
    assert [(table.id, len(table.heads), table.continues) for table in parts] == [
        ("gender-1", 7, False),
        ("gender-2", 6, True),
    ]


def test_one_lot_has_no_table_by_lot(spec, dataset, period):
    page = page_of(report_object(spec, dataset, period, date(2019, 6, 30), "dudley"), spec)
    assert page.lots == "Dudley"
    assert "By lot" not in {table.name for section in page.sections for table in section.tables}


def test_what_the_evaluator_holds_names_what_they_need(page):
    held = next(section for section in page.sections if section.held).held
    assert len(held) == 5
    assert held[0].linkage == "NHS number, ten digits, Code of the GP practice"


def test_every_figure_has_its_definition_with_evidence_and_members(page, report):
    assert len(page.definitions) == len(report["indicators"])
    start = next(one for one in page.definitions if one.id == "job_start_16_and_over")
    assert start.evidence.startswith("verified, of the kinds contract of employment, letter from the employer,")
    assert start.evidence.endswith("Backup: declaration signed by the person.")
    assert start.members == ("2", "2", "0", "1")
    assert next(one for one in page.definitions if one.id == "engaged").evidence == "the record itself."


def test_the_page_says_from_what_it_was_made(page, report, spec):
    assert page.period == "Year 2 quarter 3, 1 April to 30 June 2019"
    assert page.as_at == "30 June 2019"
    assert page.provenance == {
        "Specification": "thrive_into_work, version 2017-05.1",
        "Specification hash": report["specification"]["hash"],
        "Data hash": report["data"],
    }


def test_targets_are_shown_only_where_there_are_any(page, report, spec):
    assert not page.has_targets
    aimed = {**report, "indicators": [dict(figure) for figure in report["indicators"]]}
    aimed["indicators"][0].update(target=4, value_to_date=5, status="met")
    judged = page_of(aimed, spec)
    assert judged.has_targets
    assert (rows_of(judged)["1.1"].target, rows_of(judged)["1.1"].status) == (
        "5 so far, 4 wanted by now",
        "1 above the line",
    )


@pytest.mark.parametrize(
    ("end", "due"),
    [
        (date(2019, 7, 1), date(2019, 7, 30)),
        (date(2018, 1, 1), date(2018, 1, 31)),
        (date(2019, 3, 1), date(2019, 3, 28)),
    ],
)
def test_the_day_a_return_is_due(spec, end, due):
    assert due_on(spec, end) == due


def test_a_page_is_frozen(page):
    assert replace(page) == page
