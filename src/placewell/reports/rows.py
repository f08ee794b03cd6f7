"""The report as a flat table: one row per figure and per cell of its breakdowns."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from placewell.reports.budget import budget_rows
from placewell.reports.contents import Report
from placewell.reports.matrices import matrix_rows

MEMBERS = ("counted", "not_counted", "not_due", "excluded")
JUDGED = ("target", "status", "value_to_date")
COLUMNS = (
    "service", "specification", "period", "start", "end", "as_at", "lot", "indicator", "name", "clause", "unit",
    "breakdown", "key", "numerator", "denominator", "value", *JUDGED, *MEMBERS,
    "consequence", "in_contract", "definitions",
)  # fmt: skip
"""`breakdown` and `key` are empty in a figure's own row; `end` is the first day after the period."""


def flat_rows(report: Report) -> Iterator[tuple[Any, ...]]:
    """The rows of the table in the order of COLUMNS: each figure with its breakdowns, matrices, budget.

    A matrix gives rows of its own, quarter by quarter, with its id in `breakdown` (`matrix_rows`); the budget, one for
    each line (`budget_rows`).
    """
    about = (
        report["service"],
        report["specification"]["version"],
        report["period"]["label"],
        report["period"]["start"],
        report["period"]["end"],
        report["as_at"],
        report.get("lot"),
    )
    for figure in report["indicators"]:
        what = tuple(figure[key] for key in ("id", "name", "clause", "unit"))
        judged = tuple(figure[key] for key in JUDGED)
        members = tuple(figure["members"][status] for status in MEMBERS)
        named = (figure["in_contract"], report.get("definitions", {}).get("service"))
        yield (*about, *what, None, None, *_numbers(figure), *judged, *members, figure["consequence"], *named)
        empty = (None,) * (len(judged) + len(members) + 1)
        for name, cells in figure["breakdowns"].items():
            for cell in cells:
                yield (*about, *what, name, cell["key"], *_numbers(cell), *empty, *named)
    for line in (*matrix_rows(report), *budget_rows(report)):
        yield tuple(line.get(name) for name in COLUMNS)


def _numbers(of: dict[str, Any]) -> tuple[Any, Any, Any]:
    return of["numerator"], of["denominator"], of["value"]
