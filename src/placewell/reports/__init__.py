"""Returns: the report object, and its forms as JSON, CSV, XLSX and as a page to print."""

from placewell.reports.contents import Report, report_object, report_of, to_json
from placewell.reports.forms import to_csv, to_html, to_xlsx

__all__ = ["Report", "report_object", "report_of", "to_csv", "to_html", "to_json", "to_xlsx"]
