"""Reads a file of GP practices (CSV: code, name, lot), or says in every row what is wrong and what was expected."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from placewell.dataset.csv_files import UnreadableFile, read_csv
from placewell.errors import UserError
from placewell_web.accounts.models import GpPractice
from placewell_web.accounts.practices import CODE_IN_WORDS, PracticeRow, clean_code
from placewell_web.nhsuk.fields import plain

COLUMNS = ("code", "name", "lot")
LONGEST_NAME = 200
FIRST_ROW = 2  # the first is the header, as a spreadsheet counts


def read_practices(file: Path, lots: Mapping[str, str]) -> list[PracticeRow]:
    """The rows of the file, cleaned. `lots`: code → name. Raises UserError with every problem found."""
    if not file.is_file():
        raise UserError(f"{file}: there is no such file.")
    try:
        frame = read_csv(file)
    except UnreadableFile as error:
        raise UserError(*(_problem(file, fault.row, fault.column, fault.expected) for fault in error.faults)) from error
    lacking = [name for name in COLUMNS if name not in frame.columns]
    if lacking:
        raise UserError(*(f"{file.name}: expected a column named {name}." for name in lacking))
    rows = [PracticeRow(*(plain(cell or "") for cell in row)) for row in frame.select(COLUMNS).iter_rows()]
    problems = list(_problems(file, rows, lots))
    if problems:
        raise UserError(*problems)
    names = {name.casefold(): code for code, name in lots.items()}
    return [PracticeRow(clean_code(row.code), row.name, names.get(row.lot.casefold(), row.lot)) for row in rows]


def _problems(file: Path, rows: list[PracticeRow], lots: Mapping[str, str]) -> Iterator[str]:
    if not rows:
        yield f"{file.name}: expected at least one row under the header."
    known = dict(GpPractice.objects.values_list("code", "lot_id"))
    names = {name.casefold(): code for code, name in lots.items()}
    seen: dict[str, int] = {}
    for number, row in enumerate(rows, start=FIRST_ROW):
        code = clean_code(row.code)
        lot = names.get(row.lot.casefold(), row.lot)
        if not code:
            yield _problem(file, number, "code", f"{CODE_IN_WORDS}; it is “{row.code}”")
        elif code in seen:
            yield _problem(file, number, "code", f"each code once; {code} stands in row {seen[code]} already")
        elif lot in lots and known.get(code, lot) != lot:
            yield _problem(
                file, number, "lot", f"{known[code]}, where the register has {code}; a practice does not move"
            )
        if not 0 < len(row.name) <= LONGEST_NAME:
            yield _problem(
                file,
                number,
                "name",
                f"the practice's name, of at most {LONGEST_NAME} characters; it has {len(row.name)}",
            )
        if lot not in lots:
            yield _problem(file, number, "lot", f"one of {', '.join(sorted(lots))}; it is “{row.lot}”")
        seen.setdefault(code, number)


def _problem(file: Path, row: int | None, column: str | None, expected: str) -> str:
    place = "".join((f", row {row}" if row else "", f", column {column}" if column else ""))
    return f"{file.name}{place}: expected {expected}."
