"""The return of every service as page, CSV and workbook: the same figures in its own order, noughts, marks and foot."""

import csv
import io
from datetime import date
from functools import cache

import pytest
from tests.library.reports.pages import tables
from tests.library.reports.services import SERVICES, made
from tests.library.reports.workbooks import Book, values, words

from placewell.periods import in_words
from placewell.reports import to_csv, to_html, to_xlsx
from placewell.reports.breakdowns import ROWS_AT_MOST, code_words
from placewell.reports.layout import page_of
from placewell.reports.wording import amount

pytestmark = pytest.mark.parametrize("service", SERVICES)


@cache
def html(service):
    spec, report = made(service)
    return to_html(report, spec)


@cache
def on_page_tables(service):
    return tables(html(service))


@cache
def rows(service):
    spec, report = made(service)
    return list(csv.DictReader(io.StringIO(to_csv(report, spec))))


@cache
def book(service):
    spec, report = made(service)
    return Book(to_xlsx(report, spec))


def own_rows(service):
    """The rows of figures that stand in a table of figures: those of a matrix have rows of its own."""
    tabled = in_tables(service)
    return [row for row in rows(service) if not row["breakdown"] and row["number"] in tabled]


@cache
def in_tables(service):
    """The numbers of the figures that stand in a table of figures, in the order of the return."""
    spec, report = made(service)
    return [row.number for section in page_of(report, spec).sections for row in section.rows]


def printed(service):
    """The rows of figures on the page: number and name, and the value."""
    return [row[:2] for row in on_page_tables(service)["figures"] if row[0] != "Indicator"]


def kept(service):
    """The rows of figures in the workbook."""
    return [row for row in book(service).sheets["Return"] if row and row[0] and row[0].value in in_tables(service)]


def test_the_figures_stand_in_the_order_of_the_return(service):
    spec, report = made(service)
    computed = {figure["id"]: figure["name"] for figure in report["indicators"]}
    names = [computed[id] for id in spec.report.indicator_ids() if id in computed]
    assert [row["name"] for row in rows(service) if not row["breakdown"]] == names
    tabled = [row["name"] for row in own_rows(service)]
    assert [row[1].value for row in kept(service)] == tabled
    assert [row[0].partition(" ")[2] for row in printed(service)] == tabled
    assert [row["number"] for row in own_rows(service)] == in_tables(service)


def test_a_figure_has_the_same_number_in_every_form(service):
    for on_page, in_csv, in_book in zip(printed(service), own_rows(service), kept(service), strict=True):
        assert on_page[0].partition(" ")[0] == in_csv["number"] == in_book[0].value
        value = values(in_book)[2]
        assert value == (pytest.approx(float(in_csv["value"]), rel=1e-14) if in_csv["value"] else "–")
        assert on_page[1] == (value if value == "–" else amount(value, in_csv["unit"]))


def split_sections(service):
    """Each section with its breakdowns: section, breakdown, and its tables on the page."""
    spec, report = made(service)
    by_id = {one.id: one for one in spec.indicators.breakdowns}
    for section, view in zip(spec.report.sections, page_of(report, spec).sections, strict=True):
        for id in section.breakdowns:
            own = [table for table in view.tables if table.id.rpartition("-")[0] == id]
            if own:
                yield view, by_id[id], own


def test_every_code_of_a_list_has_its_row_in_every_form(service):
    spec, _ = made(service)
    found = 0
    for view, breakdown, own in split_sections(service):
        listed = code_words(spec, breakdown)
        wanted = set(listed.values()) if len(listed) <= ROWS_AT_MOST else set()
        for table in own:
            name = f"{table.name}{', continued' if table.continues else ''}"
            in_book = book(service).table(f"{view.number}. {view.title}", name)
            on_page = on_page_tables(service)[f"table-{view.number}-{table.id}"]
            assert wanted <= {row[0] for row in in_book}
            assert wanted <= {row[0] for row in on_page}
            found += len(wanted)
        in_csv = [
            row for row in rows(service) if row["breakdown"] == breakdown.id and row["number"] == own[0].heads[0][0]
        ]
        assert wanted <= {row["label"] for row in in_csv}
    assert found > 10


def test_the_numbers_of_a_breakdown_are_the_same_on_the_page_and_in_the_workbook(service):
    units = {row["number"]: row["unit"] for row in rows(service) if not row["breakdown"]}
    compared = 0
    for view, _, own in split_sections(service):
        for table in own:
            name = f"{table.name}{', continued' if table.continues else ''}"
            in_book = book(service).table(f"{view.number}. {view.title}", name)
            head = next(number for number, row in enumerate(in_book) if len(row) > 1)
            places = [column for column, word in enumerate(in_book[head]) if " counted" not in word[-8:] and column]
            places = [column for column in places if in_book[head][column].split(" ", 1)[1] not in ("of", "from")]
            on_page = on_page_tables(service)[f"table-{view.number}-{table.id}"]
            for row, shown in zip(in_book[head + 1 :], on_page[1:], strict=True):
                said = [
                    row[column] if row[column] == "–" else amount(row[column], units[in_book[head][column].split()[0]])
                    for column in places
                ]
                assert [row[0], *said] == shown
                compared += len(said)
    assert compared > 50


def test_lines_of_a_count_add_up_to_it(service):
    spec, _ = made(service)
    breakdowns = {one.id for one in spec.indicators.breakdowns}
    figures = [row for row in rows(service) if not row["breakdown"]]
    counts = {row["indicator"]: int(row["numerator"]) for row in figures if not row["denominator"]}
    sums = {}
    for row in rows(service):
        if row["breakdown"] in breakdowns and row["indicator"] in counts:
            name = (row["indicator"], row["breakdown"])
            sums[name] = sums.get(name, 0) + int(row["numerator"])
    assert {name: counts[name[0]] for name in sums} == sums
    assert len(sums) >= len(counts)


def test_each_lot_and_each_locality_a_service_names_has_its_row(service):
    spec, _ = made(service)
    areas = [one for one in spec.indicators.breakdowns if one.column in ("lot", "locality")]
    assert areas
    for one in areas:
        labels = {row["label"] for row in rows(service) if row["breakdown"] == one.id}
        assert set(code_words(spec, one).values()) <= labels
        assert one.column != "lot" or {lot.name for lot in spec.service.lots} <= labels


def test_the_foot_says_the_day_the_clause_the_versions_and_where_definitions_are(service):
    spec, report = made(service)
    as_at, version = in_words(date.fromisoformat(report["as_at"])), report["specification"]["version"]
    foot = html(service)[html(service).index("<footer>") :]
    on_page = (as_at, spec.report.clause, version, report["specification"]["hash"], report["data"], "#definitions")
    in_book = " ".join(str(word) for row in book(service).sheets["Return"] for word in words(row))
    for said in on_page:
        assert said.replace("&", "&amp;") in foot
        assert said in in_book or said == "#definitions"
    for row in own_rows(service):
        assert (row["as_at"], row["specification"]) == (report["as_at"], version)
        assert (row["specification_hash"], row["data"]) == (report["specification"]["hash"], report["data"])


def test_every_figure_has_its_definition_clause_and_version(service):
    spec, _ = made(service)
    in_book = {row[0].value: words(row) for row in book(service).sheets["Definitions"] if row and row[0]}
    on_page = html(service)[html(service).index('id="definitions"') :]
    for row in own_rows(service):
        indicator = spec.indicators.indicator(row["indicator"])
        assert row["definition"]
        assert row["evidence"]
        assert (row["clause"], row["version"]) == (indicator.clause, str(indicator.version))
        assert in_book[row["number"]][2:6] == [row["definition"], row["evidence"], row["clause"], row["version"]]
        assert f"<code>{indicator.id}</code>" in on_page


def test_bands_say_how_many_stood_on_the_boundary_and_evidence_how_many_rest_on_backup(service):
    spec, report = made(service)
    boundary = spec.outcomes.hours.boundary
    figures = {figure["id"]: figure for figure in report["indicators"]}
    head = words(book(service).sheets["Return"][2])
    at = {name: head.index(name) for name in (f"Counted at exactly {boundary} hours", "Counted by backup evidence")}
    for row, line in zip(own_rows(service), kept(service), strict=True):
        figure, indicator = figures[row["indicator"]], spec.indicators.indicator(row["indicator"])
        found = [*values(line), *[None] * len(head)]
        assert found[at[f"Counted at exactly {boundary} hours"]] == (figure["on_boundary"] if indicator.band else None)
        assert found[at["Counted by backup evidence"]] == (figure["on_backup"] if indicator.evidence else None)
        assert (row["on_boundary"], row["on_backup"]) == (str(figure["on_boundary"]), str(figure["on_backup"]))
    for note in spec.report.footnotes:
        in_csv = {row["indicator"] for row in rows(service) if note.text in row["footnotes"]}
        assert in_csv == set(note.about or figures) & set(figures)
        assert any(note.text in words(row) for row in book(service).sheets["Return"])


def test_banded_sections_print_how_many_sat_on_the_boundary(service):
    spec, report = made(service)
    for view in page_of(report, spec).sections:
        banded = [row for row in view.rows if spec.indicators.indicator(row.figure["id"]).band]
        counted = sum(row.figure["on_boundary"] for row in banded)
        said = f"Outcomes counted here at exactly {spec.outcomes.hours.boundary} hours a week: {counted}."
        assert (said in view.footnotes) == bool(banded)
        assert not banded or (
            said in html(service) and any(said in words(row) for row in book(service).sheets["Return"])
        )


def test_numbers_of_the_workbook_are_numbers_and_nothing_is_a_formula(service):
    for name, lines in book(service).sheets.items():
        for row in lines:
            for cell in row:
                assert cell is None or not cell.formula, name
                assert cell is None or cell.kind in ("n", "s")
    counted = [cell for row in book(service).sheets["Breakdowns"] for cell in row[1:] if cell and cell.kind == "n"]
    assert len(counted) > 50
