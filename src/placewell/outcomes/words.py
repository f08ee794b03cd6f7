"""Dates, numbers and lists as the sentences of a member table write them."""

from __future__ import annotations

from collections.abc import Iterable

import polars as pl

from placewell.specification.outcomes import HoursBands
from placewell.vocabulary.labels import label, labels


def day(column: str | pl.Expr) -> pl.Expr:
    """A date in words: 14 June 2019."""
    return (pl.col(column) if isinstance(column, str) else column).dt.strftime("%-d %B %Y")


def sentence(*parts: str | pl.Expr) -> pl.Expr:
    """Words and values joined; null when a value is."""
    return pl.concat_str([pl.lit(part) if isinstance(part, str) else part for part in parts])


def plural(count: pl.Expr, one: str, many: str | None = None) -> pl.Expr:
    """1 appointment, 2 appointments."""
    word = pl.when(count == 1).then(pl.lit(f" {one}")).otherwise(pl.lit(f" {many or one + 's'}"))
    return pl.concat_str([count.cast(pl.String), word])


def count(number: int, one: str) -> str:
    """1 appointment, 2 appointments."""
    return f"{number} {one}" if number == 1 else f"{number} {one}s"


def any_of(words: Iterable[str]) -> str:
    """A list with "or" before the last."""
    *first, last = words
    return f"{', '.join(first)} or {last}" if first else last


def all_of(words: Iterable[str]) -> str:
    """A list with "and" before the last."""
    *first, last = words
    return f"{', '.join(first)} and {last}" if first else last


def kind(code: str) -> str:
    """A code in words: vocational_action → vocational action."""
    return code.replace("self_", "self-").replace("_", " ")


def kind_in(column: str) -> pl.Expr:
    """The codes of a column in words."""
    return pl.col(column).str.replace("self_", "self-", literal=True).str.replace_all("_", " ", literal=True)


def document(code: str) -> str:
    """A kind of document in the vocabulary's words, within a sentence: letter from the employer."""
    return label("evidence_kind", code).lower()


def document_in(column: str) -> pl.Expr:
    """The kinds of document of a column in words."""
    return pl.col(column).replace({code: text.lower() for code, text in labels("evidence_kind").items()})


def in_brackets(name: str) -> str:
    """A name that says more after a colon, for within a sentence: "Engaged: one meeting" → "Engaged (one meeting)"."""
    first, colon, more = name.partition(": ")
    return f"{first} ({more})" if colon else name


def questionnaire(instrument: str) -> str:
    """The name of a questionnaire, marked as one: peq_treatment → “Patient experience: treatment”."""
    return f"“{label('instrument', instrument)}”"


def band(hours: HoursBands, id: str) -> str:
    """A band of weekly hours in words."""
    if id == hours.own:
        return f"exactly {hours.boundary} hours"
    if id == hours.lower:
        return (
            f"{hours.boundary} hours or fewer"
            if hours.boundary_belongs_to == "lower"
            else f"under {hours.boundary} hours"
        )
    return f"{hours.boundary} hours or more" if hours.boundary_belongs_to == "upper" else f"over {hours.boundary} hours"
