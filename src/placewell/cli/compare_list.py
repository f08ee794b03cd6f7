"""What can be compared: the open questions of the contracts, each with its variants or why it changes nothing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from placewell.cli.answers import json_text
from placewell.errors import UserError
from placewell.specification import Specification
from placewell.specification.changing import Choice, is_shipped
from placewell.specification.variants import Definition, UnchangingRow, Variant, variants

SHIPPED, FITS, DOES_NOT_FIT = "shipped", "fits", "does_not_fit"
MARKS = {SHIPPED: " (as shipped)", FITS: "", DOES_NOT_FIT: " (does not fit this service)", "": ""}


def listing(spec: Specification | None, form: str) -> str:
    """The list as text, or as JSON: rows {row, question, definitions or why}."""
    found = list(_rows(spec))
    return json_text(found) if form == "json" else "\n".join(_lines(found)) + "\n"


def standing(spec: Specification | None, definition: Definition, variant: Variant) -> str:
    """Whether a variant is the service's own reading, fits it, or does not; empty without a service.

    A variant that takes a number is tried with 1, and is never called the service's own.
    """
    if spec is None:
        return ""
    choice = Choice(definition, variant, number=1 if variant.number else None)
    try:
        return SHIPPED if is_shipped(spec, choice) and not variant.number else FITS
    except UserError:
        return DOES_NOT_FIT


def _rows(spec: Specification | None) -> Iterator[dict[str, Any]]:
    known = variants()
    unchanging = {one.id: one for one in known.unchanging}
    for row in known.rows:
        yield _unchanging(unchanging[row]) if row in unchanging else _changing(spec, row)


def _unchanging(row: UnchangingRow) -> dict[str, Any]:
    return {"row": row.id, "question": row.question, "why_unchanged": row.why, "definitions": []}


def _changing(spec: Specification | None, row: str) -> dict[str, Any]:
    of_row = [one for one in variants().definitions if row in one.rows]
    definitions = [
        {
            "id": one.id,
            "question": one.question,
            "note": one.note,
            "variants": [
                {
                    "id": "NUMBER" if variant.number else variant.id,
                    "name": variant.name.replace("{number}", "NUMBER"),
                    "clause": variant.clause,
                    "standing": standing(spec, one, variant),
                }
                for variant in one.variants
            ],
        }
        for one in of_row
    ]
    return {"row": row, "question": of_row[0].question, "why_unchanged": "", "definitions": definitions}


def _lines(rows: list[dict[str, Any]]) -> Iterator[str]:
    for row in rows:
        if row["why_unchanged"]:
            yield f"{row['row']:<4}{row['question']}"
            yield f"    Changes no figure. {row['why_unchanged']}"
        for place, definition in enumerate(row["definitions"]):
            yield f"{row['row'] if not place else '':<4}{definition['question']}"
            for variant in definition["variants"]:
                written = f"{definition['id']}={variant['id']}"
                yield f"    {written:<48} {variant['name']} ({variant['clause']}){MARKS[variant['standing']]}"
            if definition["note"]:
                yield f"    {definition['note']}"
