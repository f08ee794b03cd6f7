"""The return as a file: a workbook, a table or a page to print, each as the command line writes it."""

from __future__ import annotations

from placewell.interchange.tabular import BOM
from placewell.reports import Report, to_csv, to_html, to_xlsx
from placewell.specification import Specification

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def return_as(form: str, report: Report, spec: Specification) -> tuple[bytes, str]:
    """The content and the media type. CSV begins with a byte-order mark, so that spreadsheets show pound signs."""
    if form == "xlsx":
        return to_xlsx(report, spec), XLSX
    if form == "csv":
        return (BOM + to_csv(report, spec)).encode(), "text/csv; charset=utf-8"
    return to_html(report, spec).encode(), "text/html; charset=utf-8"
