"""Matrices of a return as plain data: indicators in rows, the year's quarters in columns, again for each locality."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from placewell.indicators import figures
from placewell.periods import Period, contract_year, quarters_between, year_of
from placewell.reports.breakdowns import UNKNOWN, code_words

if TYPE_CHECKING:
    from placewell.indicators import Figure, Workings
    from placewell.specification import Specification
    from placewell.specification.indicators import Breakdown
    from placewell.specification.report import Matrix, MatrixRow, Section

ALL = "all"
"""The key of a row's own figure in the flat table, beside the codes of the breakdown."""
NUMBERS = ("value", "numerator", "denominator")
OF_COUNTS = ("value",)
"""A count is its value; other measures need what they rest on as well."""

Found = Mapping[str, Mapping[str, "Figure"]]


def matrices(
    workings: Workings, period: Period, lot: str | None = None, asked: Iterable[Figure] = ()
) -> list[dict[str, Any]]:
    """The matrix of every section that has one, JSON-ready; an empty list for a service without any.

    Each: `id` and `title` of the section, `across` (the breakdown), `columns` [{label, start, end, begun}], `keys`
    [{key, label}] and `rows` [{words, of_which, indicator, clause, unit, measure, total, by}]. `total`, and each key of
    `by`, is {value: [one for each column]}, for other measures than counts with numerator and denominator. A column
    that begins after the period or the as-at day is null, for it is not known; what nothing counts in is 0.
    `asked`: the figures of the period itself, where they are there already.
    Source: 001 table, §2.2 scope; X39.
    """
    spec = workings.spec
    sections = [(section, section.matrix) for section in spec.report.sections if section.matrix]
    columns = columns_of(period, spec.service.first_quarter_starts)
    begun = [one for one in columns if one.start < period.end and one.start <= workings.as_at]
    ready = {(period.start, period.end): {figure.id: figure for figure in asked}}
    found = {}
    for across in {matrix.across for _, matrix in sections}:
        wanted = {row.indicator for _, matrix in sections for row in matrix.rows if matrix.across == across}
        found[across] = {
            one.label: ready.get((one.start, one.end)) or _figures(workings, one, lot, wanted, across) for one in begun
        }
    return [_matrix(spec, section, matrix, columns, found[matrix.across]) for section, matrix in sections]


def _figures(
    workings: Workings, period: Period, lot: str | None, wanted: Iterable[str], across: str
) -> Mapping[str, Figure]:
    asked = (workings.spec, workings.facts.dataset, period, workings.as_at, lot, wanted)
    return {figure.id: figure for figure in figures(*asked, workings=workings, across=across)}


def columns_of(period: Period, first_quarter_starts: date) -> tuple[Period, ...]:
    """The four quarters of the contract year of the period's last day; before the contract, of its first year."""
    before = period.last_day < first_quarter_starts
    year = contract_year(1, first_quarter_starts) if before else year_of(period.last_day, first_quarter_starts)
    return quarters_between(year.start, year.end, first_quarter_starts)


def _matrix(
    spec: Specification, section: Section, matrix: Matrix, columns: Sequence[Period], found: Found
) -> dict[str, Any]:
    breakdown = next(one for one in spec.indicators.breakdowns if one.id == matrix.across)
    keys = _keys(spec, breakdown, found, [row.indicator for row in matrix.rows])
    return {
        "id": section.id,
        "title": section.title,
        "across": matrix.across,
        "columns": [
            {
                "label": one.label,
                "start": one.start.isoformat(),
                "end": one.end.isoformat(),
                "begun": one.label in found,
            }
            for one in columns
        ],
        "keys": [{"key": key, "label": label} for key, label in keys.items()],
        "rows": [_row(spec, row, matrix.across, columns, keys, found) for row in matrix.rows],
    }


def _keys(spec: Specification, breakdown: Breakdown, found: Found, wanted: Iterable[str]) -> dict[str, str]:
    """Every code of the breakdown in its order, codes that occur beside them, and not known, which is always shown."""
    words = code_words(spec, breakdown)
    occurring = {
        cell.key for of in found.values() for id in set(wanted) for cell in of[id].breakdowns.get(breakdown.id, ())
    }
    others = sorted(occurring - set(words) - {UNKNOWN})
    listed = {key: label for key, label in words.items() if key != UNKNOWN}
    return {**listed, **{key: key.replace("_", " ") for key in others}, UNKNOWN: "Not known"}


def _row(
    spec: Specification,
    row: MatrixRow,
    across: str,
    columns: Sequence[Period],
    keys: Iterable[str],
    found: Found,
) -> dict[str, Any]:
    indicator = spec.indicators.indicator(row.indicator)
    names = OF_COUNTS if indicator.measure == "count" else NUMBERS
    of_columns = [found.get(one.label, {}).get(row.indicator) for one in columns]
    cells = [_cells(figure, across) for figure in of_columns]
    nothing = 0 if indicator.measure == "count" else None
    return {
        "words": row.words,
        "of_which": row.of_which,
        "indicator": row.indicator,
        "clause": row.clause,
        "unit": indicator.unit,
        "measure": indicator.measure,
        "total": {name: [None if one is None else getattr(one, name) for one in of_columns] for name in names},
        "by": {
            key: {
                name: [None if of is None else getattr(of.get(key), name, _empty(name, nothing)) for of in cells]
                for name in names
            }
            for key in keys
        },
    }


def _cells(figure: Figure | None, across: str) -> dict[str, Any] | None:
    return None if figure is None else {cell.key: cell for cell in figure.breakdowns[across]}


def _empty(name: str, nothing: int | None) -> int | None:
    """What stands where nothing is counted: no value of a share, but a denominator of 0."""
    return nothing if name == "value" else 0


def matrix_rows(report: Mapping[str, Any], sections: Sequence[str]) -> Iterator[dict[str, Any]]:
    """The matrices as rows of the flat table, by column: `breakdown` holds the matrix, `key` the locality or "all".

    Every row of the document's list, each with its words as `name` and its place among the `sections`, whose ids these
    are, as `number`. Columns that have not begun are left out.
    """
    about = {"service": report["service"], "specification": report["specification"]["version"]}
    about |= {"as_at": report["as_at"], "lot": report.get("lot")}
    for matrix in report.get("matrices", ()):
        labels = {ALL: "All together", **{one["key"]: one["label"] for one in matrix["keys"]}}
        position = sections.index(matrix["id"]) + 1
        for place, column in enumerate(matrix["columns"]):
            when = {"period": column["label"], "start": column["start"], "end": column["end"]}
            for count, row in enumerate(matrix["rows"] if column["begun"] else (), 1):
                what = {"name": row["words"], "breakdown": matrix["id"], "section": matrix["title"]}
                what |= {"number": f"{position}.{count}"} | {
                    name: row[name] for name in ("indicator", "clause", "unit")
                }
                for key, cell in ((ALL, row["total"]), *row["by"].items()):
                    yield {**about, **when, **what, "key": key, "label": labels[key], **_numbers(row, cell, place)}


def _numbers(row: Mapping[str, Any], cell: Mapping[str, Any], place: int) -> dict[str, Any]:
    if row["measure"] == "count":
        return {"numerator": cell["value"][place], "value": cell["value"][place]}
    return {name: cell[name][place] for name in NUMBERS}
