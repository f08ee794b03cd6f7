"""Returns: the report object, and its forms as JSON, as a flat table and as a page to print."""

from placewell.reports.contents import Report, report_object, to_json
from placewell.reports.page import to_html
from placewell.reports.rows import COLUMNS, flat_rows

__all__ = ["COLUMNS", "Report", "flat_rows", "report_object", "to_html", "to_json"]
