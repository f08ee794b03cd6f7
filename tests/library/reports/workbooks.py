"""Reads the workbook of a return back: its sheets by name, a figure's row, the rows of a breakdown."""

from tests.library.interchange.sheets import rows_of, sheet_names


def words(row):
    return [cell and cell.value for cell in row]


def values(row):
    """A row as text and numbers."""
    return [cell and (cell.value if cell.kind == "s" else float(cell.value)) for cell in row]


class Book:
    """The sheets of a workbook by name."""

    def __init__(self, content):
        self.content = content
        self.sheets = {name: rows_of(content, place) for place, name in enumerate(sheet_names(content), 1)}

    def figure(self, place, sheet="Return"):
        return next(row for row in self.sheets[sheet] if row and row[0] and row[0].value == place)

    def table(self, section, name):
        """The rows of a breakdown under its section, from the head to the empty line after it."""
        rows = self.sheets["Breakdowns"]
        start = next(number for number, row in enumerate(rows) if words(row)[:1] == [section])
        first = next(n for n in range(start, len(rows)) if str(words(rows[n])[:1]).startswith(f"['{name} ("))
        last = next((n for n in range(first, len(rows)) if not rows[n]), len(rows))
        return [values(row) for row in rows[first:last]]
