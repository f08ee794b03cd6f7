"""An entry of the chain: a body of plain values, and the hash that binds it to the entry before."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self

from placewell.errors import UserError
from placewell.randomisation.hashing import Value, canon, hexdigest

VERSION = 1
START = "0" * 64
"""What the first entry names as the one before it."""

KINDS = ("genesis", "allocation", "note", "stratum_note", "void", "withdraw", "clock")
CODE_LENGTH = 10


class EntryError(UserError):
    """Something that is not an entry of a chain."""


@dataclass(frozen=True)
class Entry:
    """One entry. It holds no name, no date of birth and no free text. Source: trial.md §5.4."""

    body: Mapping[str, Value]
    hash: str

    @property
    def kind(self) -> str:
        return self._text("kind")

    @property
    def seq(self) -> int:
        """Its number on the chain; the genesis entry has 0."""
        return self._number("seq")

    @property
    def prev(self) -> str:
        """The hash of the entry before it."""
        return self._text("prev")

    @property
    def person(self) -> str:
        """The trial number of the person it is about; empty for an entry about nobody."""
        return self._text("person")

    @property
    def stratum(self) -> str:
        return self._text("stratum")

    @property
    def n(self) -> int:
        """An allocation's slot in its stratum, from 0. Never shown to whoever recruits."""
        return self._number("n")

    @property
    def arm(self) -> str:
        return self._text("arm")

    @property
    def utc(self) -> int:
        """When it was made, in thousandths of a second since 1970 began in UTC."""
        return self._number("utc")

    @property
    def reason(self) -> str:
        return self._text("reason")

    @property
    def scope(self) -> str:
        return self._text("scope")

    def as_data(self) -> dict[str, Value]:
        """The entry as files and sockets carry it."""
        return {"entry": dict(self.body), "hash": self.hash}

    @classmethod
    def from_data(cls, data: object) -> Self:
        """An entry as a file gave it; whether its hash is right is for the chain to say. Raises EntryError."""
        if not isinstance(data, dict) or set(data) != {"entry", "hash"}:
            raise EntryError('An entry is written as {"entry": …, "hash": …} and nothing else.')
        body, seal_of_it = data["entry"], data["hash"]
        if not isinstance(body, dict) or type(seal_of_it) is not str:
            raise EntryError("An entry's body is an object, and its hash a text.")
        try:
            canon(body)
        except (TypeError, ValueError) as fault:
            raise EntryError(f"An entry's body cannot be hashed: {fault}.") from fault
        return cls(body, seal_of_it)

    def _text(self, name: str) -> str:
        value = self.body.get(name, "")
        return value if isinstance(value, str) else ""

    def _number(self, name: str) -> int:
        value = self.body.get(name, -1)
        return value if isinstance(value, int) else -1


def seal(body: Mapping[str, Value]) -> Entry:
    """The body with its hash. Source: trial.md §5.4."""
    return Entry(dict(body), hash_of(body))


def hash_of(body: Mapping[str, Value]) -> str:
    """The hash an entry with this body must carry."""
    return hexdigest("entry", canon(dict(body)))


def check_code(hash_of_entry: str) -> str:
    """The ten signs of an entry's hash that stand on the person's letter, as XXXXX-XXXXX. Source: trial.md §5.8."""
    signs = base64.b32encode(bytes.fromhex(hash_of_entry)).decode()[:CODE_LENGTH]
    return f"{signs[:5]}-{signs[5:]}"
