"""The canonical data set in memory: every table, every column, in declared order and type; never changed in place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any

import polars as pl

from placewell.dataset.columns import Column, Table
from placewell.dataset.conversion import convert, unknown_columns
from placewell.dataset.findings import Finding, refuse
from placewell.dataset.tables import TABLES


class Dataset:
    """All tables of semantics.md §1. A table or column that was not given is there, empty or null.

    `notes` are warnings met on the way in (columns nobody knows), as sentences.
    """

    __slots__ = ("_frames", "notes")

    def __init__(self, frames: Mapping[str, pl.DataFrame], notes: tuple[str, ...] = ()) -> None:
        """For frames that have the declared types already; others go through `from_frames` or `from_rows`."""
        whole = {name: frames.get(name, table.empty) for name, table in TABLES.items()}
        self._frames = MappingProxyType(whole)
        self.notes = notes

    def __getitem__(self, table: str) -> pl.DataFrame:
        return self._frames[table]

    def __iter__(self) -> Iterator[str]:
        return iter(self._frames)

    def __len__(self) -> int:
        return len(self._frames)

    def __repr__(self) -> str:
        rows = ", ".join(f"{name} {frame.height}" for name, frame in self._frames.items() if frame.height)
        return f"Dataset({rows or 'empty'})"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Dataset) and all(self[name].equals(other[name]) for name in self)

    __hash__ = None  # type: ignore[assignment]  # compared by content, which is large

    def items(self) -> Iterator[tuple[str, pl.DataFrame]]:
        """Every table's name and frame, parents before children."""
        return iter(self._frames.items())

    @property
    def frames(self) -> Mapping[str, pl.DataFrame]:
        """Every table's frame by name; cannot be changed."""
        return self._frames

    @classmethod
    def from_rows(cls, rows: Mapping[str, Iterable[Mapping[str, Any]]]) -> Dataset:
        """A data set from rows as dictionaries; dates as dates or ISO text, hours and money as numbers or text.

        Raises DatasetError for a table or column that does not exist and for a value of the wrong type. Keys and
        parents are not asked for, so that a test can hold three rows.
        """
        refuse(_unknown_tables(rows))
        frames, found = {}, []
        for name, table in TABLES.items():
            given = list(rows.get(name, ()))
            if not given:
                continue
            found += list(_misspelt(given, table))
            named = [column for column in table.names if any(column in row for row in given)] or table.names[:1]
            frame = pl.DataFrame({column: _as_text([row.get(column) for row in given]) for column in named})
            frames[name], wrong = convert(frame, table, first_row=1)
            found += wrong
        refuse(found)
        return cls(frames)

    @classmethod
    def from_frames(cls, frames: Mapping[str, pl.DataFrame]) -> Dataset:
        """A data set from Polars frames; types are cast where they mean the same without doubt.

        Raises DatasetError for a table or column that does not exist and for a value of the wrong type.
        """
        refuse(_unknown_tables(frames))
        typed, found = {}, []
        for name, frame in frames.items():
            found += unknown_columns(frame, TABLES[name])
            typed[name], wrong = convert(frame, TABLES[name], first_row=1)
            found += wrong
        refuse(found)
        return cls(typed)

    def with_frames(self, **frames: pl.DataFrame) -> Dataset:
        """This data set with some tables replaced, whose types are checked as in `from_frames`."""
        typed = Dataset.from_frames(frames)
        return Dataset({**self._frames, **{name: typed[name] for name in frames}})

    def for_people(self, ids: Iterable[str]) -> Dataset:
        """Every row that belongs to these people, through their episodes and jobs; service tables become empty."""
        wanted = pl.DataFrame({"person_id": pl.Series(list(ids), dtype=pl.String())})
        kept = {"people": self["people"].join(wanted, on="person_id", how="semi", maintain_order="left")}
        for name, table in TABLES.items():
            link = _to_a_person(table)
            if link is None or link.refers_to is None:
                continue
            parent_key = TABLES[link.refers_to].key[0]
            kept[name] = self[name].join(
                kept[link.refers_to].select(parent_key),
                left_on=link.name,
                right_on=parent_key,
                how="semi",
                maintain_order="left",
            )
        return Dataset(kept, self.notes)

    def of_nobody(self) -> Dataset:
        """The rows that belong to no person: with `for_people` over everyone, every row once, so that shards add up.

        Source: semantics.md §4 (5).
        """
        kept = {}
        for name, table in TABLES.items():
            link = _to_a_person(table)
            if link is not None:
                kept[name] = self[name].filter(pl.col(link.name).is_null())
            elif name != "people":
                kept[name] = self[name]
        return Dataset(kept, self.notes)


def _to_a_person(table: Table) -> Column | None:
    """The column that leads, by way of its parents, to the person a row belongs to; None: the row is the service's."""
    leading = (column for column in table.columns if column.refers_to)
    return next((one for one in leading if one.refers_to == "people" or _to_a_person(TABLES[str(one.refers_to)])), None)


def _unknown_tables(given: Iterable[str]) -> Iterator[Finding]:
    for name in given:
        if name not in TABLES:
            yield Finding("error", name, None, None, None, f"one of the tables {', '.join(TABLES)}", "")


def _misspelt(rows: Sequence[Mapping[str, Any]], table: Table) -> Iterator[Finding]:
    for number, row in enumerate(rows, start=1):
        for name in row:
            if name not in table.names:
                expected = f"one of the columns {', '.join(table.names)}"
                yield Finding("error", table.name, number, name, str(row[name]), expected, table.source)


def _as_text(values: Sequence[Any]) -> pl.Series:
    """Python values in the words of a CSV file, so that one reader judges both."""
    words = {True: "true", False: "false"}
    return pl.Series(
        [None if v is None else words[v] if isinstance(v, bool) else str(v) for v in values], dtype=pl.String()
    )
