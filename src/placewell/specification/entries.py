"""What every entry of a specification carries: an id, its clause, the requirements it serves, its version."""

from datetime import date
from typing import Annotated, Self, TypeVar

from pydantic import BaseModel, ConfigDict, Field, model_validator

Identifier = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_]*$")]
Words = Annotated[str, Field(min_length=1)]
RequirementId = Annotated[str, Field(pattern=r"^[A-P][0-9]{1,3}$")]


class Part(BaseModel):
    """A piece of a specification: frozen, strictly typed, and refusing keys that it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, defer_build=True)


class Sourced(Part):
    """A statement that names the clause it comes from; `in_contract = false` marks what the document does not say."""

    clause: Words
    serves: tuple[RequirementId, ...] = ()
    in_contract: bool = True
    note: str = ""


class Entry(Sourced):
    """A sourced statement with an id, which may stand several times, each version from its own day.

    `in_force_from` is the first day on which the version holds (absent: from the beginning); `in_force_until`
    the first day on which it no longer does. Source: 002 §10.2, §16.8 (criteria and measures may change).
    """

    id: Identifier
    version: Annotated[int, Field(ge=1)] = 1
    in_force_from: date | None = None
    in_force_until: date | None = None

    @model_validator(mode="after")
    def _days_in_order(self) -> Self:
        if self.in_force_from and self.in_force_until and self.in_force_until <= self.in_force_from:
            raise ValueError("in_force_until must be later than in_force_from")
        return self

    def holds_on(self, day: date) -> bool:
        """Say whether this version is in force on a day."""
        begun = self.in_force_from is None or self.in_force_from <= day
        return begun and (self.in_force_until is None or day < self.in_force_until)


class Choice(Entry):
    """One code of a list, with the words people see."""

    label: Words
    help: str = ""


EntryKind = TypeVar("EntryKind", bound=Entry)


def in_force(entries: tuple[EntryKind, ...], day: date) -> tuple[EntryKind, ...]:
    """Keep one version per id: the newest of those in force on the day, in the order of the file."""
    newest: dict[str, EntryKind] = {}
    for entry in entries:
        if entry.holds_on(day) and (entry.id not in newest or entry.version > newest[entry.id].version):
            newest[entry.id] = entry
    return tuple(newest.values())
