"""What a column and a table of the data set are: name, type, code list, meaning, clause, audience."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import polars as pl

Type = Literal["text", "date", "integer", "decimal", "boolean"]
Audience = Literal["identifying", "pseudonymous"]

DECIMAL = pl.Decimal(14, 4)
POLARS_TYPES: dict[Type, pl.DataType] = {
    "text": pl.String(),
    "date": pl.Date(),
    "integer": pl.Int64(),
    "decimal": DECIMAL,
    "boolean": pl.Boolean(),
}


@dataclass(frozen=True)
class Column:
    """One column, declared once: everything that reads, checks, documents or exports it starts here.

    `key`: part of what identifies a row. `refers_to`: the table whose key this value names (its parent).
    `required`: a row without it cannot be read. `expected`: `validate` warns where it is absent.
    `codes`: the name of a list in `placewell.vocabulary`.
    """

    name: str
    type: Type
    description: str
    clause: str
    audience: Audience = "pseudonymous"
    key: bool = False
    required: bool = False
    codes: str | None = None
    refers_to: str | None = None
    expected: bool = False

    @property
    def polars_type(self) -> pl.DataType:
        """The type this column has in every frame of a Dataset."""
        return POLARS_TYPES[self.type]

    @property
    def must_be_present(self) -> bool:
        """Whether a row without this value cannot be read at all."""
        return self.key or self.required


@dataclass(frozen=True)
class Table:
    """One table of the data set: what a row stands for, and its columns in order."""

    name: str
    one_row_per: str
    columns: tuple[Column, ...]
    source: str

    @property
    def key(self) -> tuple[str, ...]:
        """Names of the key columns; empty where rows of the table carry no id of their own."""
        return tuple(column.name for column in self.columns if column.key)

    @property
    def names(self) -> tuple[str, ...]:
        """Names of all columns, in declared order."""
        return tuple(column.name for column in self.columns)

    @cached_property
    def schema(self) -> pl.Schema:
        """The Polars schema of the table's frame."""
        return pl.Schema({column.name: column.polars_type for column in self.columns})

    @cached_property
    def empty(self) -> pl.DataFrame:
        """The table's frame without a row."""
        return self.schema.to_frame()

    def column(self, name: str) -> Column:
        """The column of that name; KeyError where there is none."""
        for column in self.columns:
            if column.name == name:
                return column
        raise KeyError(f"{self.name} has no column {name}")


def key(name: str, description: str, clause: str, *, refers_to: str | None = None) -> Column:
    """A key column: text, and never absent."""
    return Column(name, "text", description, clause, key=True, required=True, refers_to=refers_to)


def parent(name: str, table: str, description: str, clause: str, *, required: bool = True) -> Column:
    """A column that names a row of another table."""
    return Column(name, "text", description, clause, required=required, refers_to=table)


def text(name: str, description: str, clause: str, *, codes: str | None = None, expected: bool = False) -> Column:
    """A text column, with a code list where it holds codes."""
    return Column(name, "text", description, clause, codes=codes, expected=expected)


def identifying(name: str, description: str, clause: str, type: Type = "text") -> Column:
    """A column that tells who the person is; it leaves the provider only in the linkage file."""
    return Column(name, type, description, clause, audience="identifying")


def day(name: str, description: str, clause: str, *, expected: bool = False) -> Column:
    """A date column."""
    return Column(name, "date", description, clause, expected=expected)


def number(name: str, description: str, clause: str) -> Column:
    """A decimal column: hours, pounds, full-time equivalents."""
    return Column(name, "decimal", description, clause)


def count(name: str, description: str, clause: str) -> Column:
    """A whole-number column."""
    return Column(name, "integer", description, clause)


def flag(name: str, description: str, clause: str) -> Column:
    """A true-or-false column; absent means not known."""
    return Column(name, "boolean", description, clause)
