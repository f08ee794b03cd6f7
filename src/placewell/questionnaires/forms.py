"""Reads a file of answered forms for scoring, and refuses what could only be scored wrongly, row by row."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import polars as pl

from placewell.dataset.columns import Table
from placewell.dataset.conversion import FIRST_ROW_IN_A_FILE, absent_columns, convert
from placewell.dataset.csv_files import UnreadableFile
from placewell.dataset.findings import DatasetError, Finding, refuse
from placewell.dataset.reading import FILE_TYPES, read_file
from placewell.dataset.tables import TABLES
from placewell.questionnaires.instruments import Instrument
from placewell.vocabulary import code_list

NEEDED = ("response_id", "instrument", "item")
OF_THE_FORM = ("instrument", "episode_id", "occasion", "completed_on")
"""What all answers of one form have in common."""

RESPONSES = TABLES["responses"]
FORMS = Table(
    RESPONSES.name,
    RESPONSES.one_row_per,
    tuple(
        replace(column, key=False, refers_to=None, required=column.name in NEEDED, clause="")
        for column in RESPONSES.columns
    ),
    "",
)
"""The columns of `responses`, of which a file to be scored needs only some."""


def read_forms(file: Path, wanted: Sequence[Instrument]) -> pl.DataFrame:
    """The answers of some questionnaires in a .csv or .parquet file with the columns of `responses`.

    Rows of other questionnaires are left out. Raises DatasetError with every problem: an item or answer that the
    questionnaire has not, an item answered twice in a form, a form that contradicts itself, no answers at all.
    """
    frame = _typed(file)
    numbered = frame.with_row_index("row", FIRST_ROW_IN_A_FILE).with_columns(pl.col("row").cast(pl.Int64))
    found = [*_unknown_instruments(numbered, wanted), *_at_odds(numbered), *_twice(numbered)]
    for one in wanted:
        found += _strange(numbered.filter(pl.col("instrument") == one.id), one)
    refuse(replace(finding, file=str(file)) for finding in sorted(found, key=lambda finding: finding.row or 0))
    ids = [one.id for one in wanted]
    mine = frame.filter(pl.col("instrument").is_in(ids))
    if mine.is_empty():
        there = frame["instrument"].unique(maintain_order=True).to_list()
        holds = f"the file has {', '.join(there)}" if there else "the file has no rows"
        refuse(
            [Finding("error", "", None, "instrument", None, f"answers of {' or '.join(ids)}; {holds}", "", str(file))]
        )
    return mine


def _typed(file: Path) -> pl.DataFrame:
    """The file with the columns of `responses`. Raises DatasetError for what is no such table."""
    name = str(file)
    if not file.is_file() or file.suffix[1:] not in FILE_TYPES:
        refuse([Finding("error", "", None, None, None, "a .csv or .parquet file that is there", "", name)])
    try:
        frame = read_file(file)
    except UnreadableFile as error:
        found = (Finding("error", "", one.row, one.column, None, one.expected, "", name) for one in error.faults)
        raise DatasetError(*found) from error
    refuse([*absent_columns(frame, FORMS, name), *_no_answers(frame, name)])
    typed, wrong = convert(frame, FORMS, file=name)
    refuse([*wrong, *_empty(typed, name)])
    return typed


def _no_answers(frame: pl.DataFrame, name: str) -> Iterator[Finding]:
    if frame.height and "answer" not in frame.columns:
        yield Finding("error", "", None, "answer", None, "a column of this name: it holds the answers", "", name)


def _empty(frame: pl.DataFrame, name: str) -> Iterator[Finding]:
    for column in NEEDED:
        for index in frame[column].is_null().arg_true().to_list():
            expected = f"a value: a row cannot be read without its {column}"
            yield Finding("error", "", index + FIRST_ROW_IN_A_FILE, column, None, expected, "", name)


def _unknown_instruments(numbered: pl.DataFrame, wanted: Sequence[Instrument]) -> Iterator[Finding]:
    known = (*code_list("instrument").codes, *(one.id for one in wanted))
    for row, given in numbered.filter(~pl.col("instrument").is_in(known)).select("row", "instrument").iter_rows():
        yield Finding("error", "", row, "instrument", given, f"one of {', '.join(dict.fromkeys(known))}", "")


def _at_odds(numbered: pl.DataFrame) -> Iterator[Finding]:
    """Answers that share a response_id with others, and differ in what is one for the whole form."""
    first = numbered.unique("response_id", keep="first", maintain_order=True)
    beside = numbered.join(first.select("response_id", "row", *OF_THE_FORM), on="response_id", suffix="_first")
    for column in OF_THE_FORM:
        odd = beside.filter(pl.col(column).ne_missing(pl.col(f"{column}_first"))).sort("row")
        for row, given, there, at in odd.select("row", column, f"{column}_first", "row_first").iter_rows():
            expected = (
                f"{'nothing' if there is None else there}, as in row {at} of the same response_id: it is one form"
            )
            yield Finding("error", "", row, column, None if given is None else str(given), expected, "")


def _twice(numbered: pl.DataFrame) -> Iterator[Finding]:
    again = numbered.filter(pl.struct("response_id", "item").is_first_distinct().not_())
    for row, response, item in again.select("row", "response_id", "item").iter_rows():
        yield Finding("error", "", row, "item", item, f"each item once in a form; {response} has it already", "")


def _strange(mine: pl.DataFrame, one: Instrument) -> Iterator[Finding]:
    """Items the questionnaire has not, and answers its items do not take."""
    expected = _expectations(mine.select("item", "answer").unique(), one)
    beside = mine.join(expected, on=["item", "answer"], nulls_equal=True).sort("row")
    for row, column, given, words in beside.select("row", "column", "given", "expected").iter_rows():
        yield Finding("error", "", row, column, given, words, "")


def _expectations(pairs: pl.DataFrame, one: Instrument) -> pl.DataFrame:
    """Of the different pairs of item and answer those that cannot be, with what was expected. There are few of them."""
    rows = []
    for item, answer in pairs.iter_rows():
        answers, given = one.answers_of(item), (answer or "").strip()
        if answers is None and not one.open_items:
            rows.append((item, answer, "item", item, f"an item of {one.id}: {', '.join(one.items)}"))
        elif answers is not None and given and given not in answers.allowed:
            rows.append((item, answer, "answer", given, answers.in_words))
    return pl.DataFrame(rows, dict.fromkeys(("item", "answer", "column", "given", "expected"), pl.String), orient="row")
