"""The return in the forms that people read; what a form needs is loaded when asked for, as JSON needs none of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from placewell.reports.contents import Report
    from placewell.specification import Specification


def to_html(report: Report, spec: Specification) -> str:
    """One page that reads well on a screen, a phone and A4 paper: see `placewell.reports.page`."""
    from placewell.reports.page import to_html as made

    return made(report, spec)


def to_csv(report: Report, spec: Specification) -> str:
    """A flat table, a row per figure and per line of its breakdowns: see `placewell.reports.rows`."""
    from placewell.interchange.tabular import csv_text
    from placewell.reports.rows import COLUMNS, flat_rows

    return csv_text(COLUMNS, flat_rows(report, spec))


def to_xlsx(report: Report, spec: Specification) -> bytes:
    """A workbook to read, print and compute with: see `placewell.reports.sheets`."""
    from placewell.reports.sheets import to_xlsx as made

    return made(report, spec)
