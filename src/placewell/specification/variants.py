"""The other readings of a definition as data: each a named change of a specification, with the clause it rests on."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Any, Self

from pydantic import Field, model_validator

from placewell.specification.entries import Part, Words

CATALOGUE = Path(__file__).parent.parent / "catalogue"
NUMBER = "{number}"
"""What stands in a change where the number of the variant goes."""

DefinitionId = Annotated[str, Field(pattern=r"^[a-z0-9_]+(\.[a-z0-9_]+)+$")]
VariantId = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_]*$")]
RowId = Annotated[str, Field(pattern=r"^X[1-9][0-9]?$")]


class Change(Part):
    """A change of what stands in one place of one file of a specification.

    `at` is the key of a list of entries ("outcome") or of a single part ("hours"); `where` names values that an entry
    must hold to be changed (a list: one of them; an empty one: nothing); `set` gives keys their new values and `unset`
    takes keys out.
    """

    file: Words
    at: Words
    where: Mapping[str, Any] = Field(default_factory=dict)
    set: Mapping[str, Any] = Field(default_factory=dict)
    unset: tuple[str, ...] = ()


class Variant(Part):
    """One reading: what it says, where it stands, and the changes that make a specification say it.

    `number`: the variant is any whole number; it is put in place of "{number}" in the name and in every change.
    """

    id: VariantId
    name: Words
    clause: Words
    number: bool = False
    changes: Annotated[tuple[Change, ...], Field(alias="change", min_length=1)]


class Definition(Part):
    """Something that can be read in several ways: the configuration key of the requirements, and its readings."""

    id: DefinitionId
    rows: Annotated[tuple[RowId, ...], Field(min_length=1)]
    question: Words
    note: str = ""
    variants: Annotated[tuple[Variant, ...], Field(alias="variant", min_length=1)]

    def variant(self, id: str) -> Variant | None:
        """The variant of that id; a number stands for the variant that takes one."""
        is_number = id.isascii() and id.isdecimal() and int(id) > 0
        return next((one for one in self.variants if (is_number if one.number else one.id == id)), None)


class UnchangingRow(Part):
    """A row of the requirements whose readings change no count and no sum, and why."""

    id: RowId
    question: Words
    why: Words


class Variants(Part):
    """catalogue/variants.toml: every row X1-X52 has a definition, or the reason why it changes nothing."""

    definitions: Annotated[tuple[Definition, ...], Field(alias="definition")]
    unchanging: Annotated[tuple[UnchangingRow, ...], Field(alias="unchanging")] = ()

    @model_validator(mode="after")
    def _ids_differ(self) -> Self:
        ids = [one.id for one in self.definitions]
        if len(ids) != len(set(ids)):
            raise ValueError("a definition stands twice: join the two")
        return self

    def definition(self, id: str) -> Definition | None:
        """The definition of that id, if there is one."""
        return next((one for one in self.definitions if one.id == id), None)

    @property
    def rows(self) -> tuple[str, ...]:
        """The rows that are answered, in their order."""
        found = {row for one in self.definitions for row in one.rows} | {one.id for one in self.unchanging}
        return tuple(sorted(found, key=lambda row: int(row[1:])))


@lru_cache(maxsize=4)
def variants(file: Path = CATALOGUE / "variants.toml") -> Variants:
    """The variants that the catalogue ships."""
    return Variants.model_validate(_frozen(tomllib.loads(file.read_text(encoding="utf-8"), parse_float=Decimal)))


def _frozen(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _frozen(item) for key, item in value.items()}
    return tuple(_frozen(item) for item in value) if isinstance(value, list) else value
