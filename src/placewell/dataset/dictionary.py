"""The data dictionary: every table, column and code list in one Markdown document, made from their declarations."""

from __future__ import annotations

from placewell.dataset.columns import Column, Table
from placewell.dataset.tables import TABLES
from placewell.vocabulary import CodeList, code_lists

TYPES = {
    "text": "text",
    "date": "date, as 2019-06-14",
    "integer": "whole number",
    "decimal": "number, up to four decimals",
    "boolean": "true or false",
}
OPENING = """\
# Data dictionary

Made by `scripts/data_dictionary.py` from the declarations in `src/placewell/dataset/tables` and
`src/placewell/vocabulary/lists`: do not edit.

The data set is a folder with one file per table, `.parquet` or `.csv`. A table that is not there is empty, a column
that is not there is absent in every row, columns come in any order. `placewell validate` checks a folder against it.

- **key**: tells one row from another; never absent. **parent**: names a row of the table in brackets.
- **identifying**: leaves the provider only in the linkage file. Every other column is pseudonymous.
- A "last day" is inside the spell it ends; `closed_on`, `declined_on` and `withdrawn_on` are the first day after it.
- In CSV an absent value is an empty cell. Text that begins with `=`, `+`, `-`, `@`, a tab or a line end (or with such a
  sign after apostrophes) is written with an apostrophe before it, so that no spreadsheet takes it for a formula;
  reading takes that apostrophe away again.
"""


def dictionary() -> str:
    """The whole document as Markdown, ending with a line end."""
    tables = "\n".join(_table(table) for table in TABLES.values())
    used = {column.codes for table in TABLES.values() for column in table.columns}
    lists = "\n".join(_list(codes) for name, codes in code_lists().items() if name in used)
    return f"{OPENING}\n## Tables\n\n{_contents()}\n{tables}\n## Code lists\n\n{lists}".rstrip("\n") + "\n"


def _contents() -> str:
    rows = [f"| [{table.name}](#{table.name}) | {table.one_row_per} | {table.source} |\n" for table in TABLES.values()]
    return "| table | one row per | source |\n|---|---|---|\n" + "".join(rows)


def _table(table: Table) -> str:
    rows = "".join(_row(column) for column in table.columns)
    heading = "| column | what it holds | type | codes | clause |\n|---|---|---|---|---|\n"
    return f"### {table.name}\n\nOne row per {table.one_row_per}. Source: {table.source}.\n\n{heading}{rows}"


def _row(column: Column) -> str:
    marks = [
        "key" if column.key else "",
        f"parent ({column.refers_to})" if column.refers_to else "",
        "identifying" if column.audience == "identifying" else "",
    ]
    noted = "; ".join(mark for mark in marks if mark)
    codes = f"[{column.codes}](#{column.codes})" if column.codes else ""
    meaning = f"{column.description}{f' (**{noted}**)' if noted else ''}"
    return f"| `{column.name}` | {meaning} | {TYPES[column.type]} | {codes} | {column.clause} |\n"


def _list(codes: CodeList) -> str:
    closed = "No other code is accepted." if codes.closed else "A service may use codes of its own."
    rows = "".join(f"| `{code.code}` | {code.label} |\n" for code in codes.codes.values())
    opening = f"### {codes.name}\n\n{codes.title}. {closed} Source: {codes.source} ({codes.clause}).\n\n"
    return f"{opening}| code | label |\n|---|---|\n{rows}"
