"""Checks a provider's folder against the data dictionary: every finding with row, column, what was expected, clause."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date
from itertools import groupby
from pathlib import Path

import polars as pl

from placewell.dataset.columns import Table
from placewell.dataset.findings import DatasetError, Finding, Severity
from placewell.dataset.reading import Folder, open_folder
from placewell.dataset.tables import TABLES
from placewell.dataset.validation import person_rules, support_rules, work_rules
from placewell.dataset.validation.codes import code_findings
from placewell.dataset.validation.joined import joined
from placewell.dataset.validation.rules import ROW, RowRule, apply

NOT_FACTS = {"expires_on", "to_on", "until_on"}  # days that may lie ahead

RULES: dict[str, tuple[RowRule, ...]] = {
    table: tuple(rules)
    for table, rules in groupby(
        sorted(person_rules.RULES + work_rules.RULES + support_rules.RULES, key=lambda rule: rule.table),
        key=lambda rule: rule.table,
    )
}


def validate_folder(
    path: str | Path,
    service_codes: Mapping[str, Collection[str]] | None = None,
    today: date | None = None,
    *,
    hours_bands: bool = True,
) -> list[Finding]:
    """Everything wrong with the folder, in order of table, row and column.

    `service_codes` maps a column's name to the codes of the service, as in {"lot": {"dudley"}, "service_id": {…}}.
    `today`: facts dated after it are findings; None: the future is not judged.
    `hours_bands`: whether the service counts in bands of hours, and so a job without hours is a finding.
    Errors are what cannot be read and what cannot be so; warnings are what is probably not so, or leaves a gap.
    Source: semantics.md §1, "Reading a folder".
    """
    try:
        folder = open_folder(path)
    except DatasetError as error:
        return list(error.findings)
    found = [*folder.errors, *folder.warnings]
    for table in TABLES.values():
        rules = [rule for rule in RULES.get(table.name, ()) if hours_bands or not rule.for_bands]
        found += _table_findings(table, folder, service_codes or {}, rules, today)
    place = {name: index for index, name in enumerate(TABLES)}
    return sorted(found, key=lambda f: (place.get(f.table, len(place)), f.row or 0, f.column or "", f.severity))


def _table_findings(
    table: Table,
    folder: Folder,
    service_codes: Mapping[str, Collection[str]],
    rules: Iterable[RowRule],
    today: date | None,
) -> Iterator[Finding]:
    frames = folder.dataset.frames
    if frames[table.name].height == 0:
        return
    file = folder.files[table.name]
    frame = _prepared(frames, table.name)
    refused = {(f.row, f.column) for f in folder.errors if f.table == table.name}
    yield from code_findings(table, frame, service_codes, file)
    yield from _gaps(table, frame, file, refused)
    yield from apply(rules, frame, file)
    if today:
        yield from apply(_future(table, today), frame, file)


def _prepared(frames: Mapping[str, pl.DataFrame], table: str) -> pl.DataFrame:
    frame = joined(frames, table)
    if table == "jobs":
        return work_rules.with_least_pay(frame)
    return work_rules.with_earlier_spell(frame) if table == "job_hours" else frame


def _gaps(
    table: Table, frame: pl.DataFrame, file: str, refused: Collection[tuple[int | None, str | None]]
) -> Iterator[Finding]:
    """A warning for each absent value that was expected; one for the column where it is absent in every row.

    What stood there and could not be read (`refused`) is no gap.
    """
    for column in (column for column in table.columns if column.expected):
        if not frame[column.name].null_count() or (None, column.name) in refused:
            continue
        absent = frame.filter(pl.col(column.name).is_null())[ROW].to_list()
        meaning = column.description[0].lower() + column.description[1:]
        if len(absent) == frame.height and not any(name == column.name for _, name in refused):
            expected = f"a value in some row: {meaning}"
            yield Finding("warning", table.name, None, column.name, None, expected, column.clause, file)
            continue
        for row in absent:
            if (row, column.name) not in refused:
                yield Finding("warning", table.name, row, column.name, None, f"a value: {meaning}", column.clause, file)


def _future(table: Table, today: date) -> Iterator[RowRule]:
    for column in table.columns:
        if column.type == "date" and column.name not in NOT_FACTS:
            severity: Severity = "error" if column.name == "birth_date" else "warning"
            expected = f"a day on or before today ({today})"
            yield RowRule(table.name, column.name, pl.col(column.name) > today, expected, column.clause, severity)
