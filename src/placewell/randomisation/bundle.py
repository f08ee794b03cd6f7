"""A trial's bundle: the file from which anyone can check a trial, with what others hold of it beside the chain."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self, TypeAlias

from placewell.errors import UserError
from placewell.randomisation.ceremony import ROLES
from placewell.randomisation.entries import Entry, EntryError
from placewell.randomisation.hashing import KEY_BYTES

FORMAT = "placewell-trial-bundle/1"

Held: TypeAlias = Mapping[str, object]
"""An anchor {"seq", "hash"}, a receipt {"trial", "person", "code", "utc"} or a whole entry {"entry", "hash"}."""

HEX = "0123456789abcdef"


class BundleError(UserError):
    """A file that is not a trial's bundle, or not what stands beside one."""


@dataclass(frozen=True)
class Bundle:
    """A trial's chain, the anchors and receipts gathered, and both secret shares once they are published."""

    trial: str
    entries: tuple[Entry, ...]
    anchors: tuple[Held, ...] = ()
    receipts: tuple[Held, ...] = ()
    shares: Mapping[str, bytes] | None = None

    @classmethod
    def of(cls, entries: Sequence[Entry]) -> Self:
        """The bundle of a chain alone. Raises BundleError for an empty one."""
        if not entries:
            raise BundleError("The chain is empty: there is nothing to put into a bundle.")
        return cls(str(entries[0].body.get("trial", "")), tuple(entries))

    def as_data(self) -> dict[str, Any]:
        """The bundle as its file holds it; `shares` only where there are any."""
        data: dict[str, Any] = {
            "format": FORMAT,
            "trial": self.trial,
            "entries": [entry.as_data() for entry in self.entries],
            "anchors": [dict(each) for each in self.anchors],
            "receipts": [dict(each) for each in self.receipts],
        }
        if self.shares:
            data["shares"] = {role: share.hex() for role, share in self.shares.items()}
        return data

    def text(self) -> str:
        """The file: one line an entry, so that it can be read and compared."""
        lines = [f" {_written(name)}: {_listed(value)}" for name, value in self.as_data().items()]
        return "{\n" + ",\n".join(lines) + "\n}\n"

    @classmethod
    def from_data(cls, data: object) -> Self:
        """The bundle a file held. Raises BundleError saying what is not as it should be; whether the chain is sound is
        for `verify` to say."""
        if not isinstance(data, dict) or data.get("format") != FORMAT:
            raise BundleError(f"This is not a trial's bundle: its format should be {FORMAT}.")
        if not isinstance(data.get("trial"), str) or not isinstance(data.get("entries"), list):
            raise BundleError("A bundle names its trial and lists its entries: this one does not.")
        shares = shares_of(data["shares"]) if "shares" in data else None
        anchors, receipts = (held(data.get(name, []), f"The bundle's {name}") for name in ("anchors", "receipts"))
        return cls(data["trial"], _entries(data["entries"]), anchors, receipts, shares)


def read_json(content: bytes, name: str) -> object:
    """What a JSON file holds. Raises BundleError naming the file."""
    try:
        data = json.loads(content)
        json.dumps(data, ensure_ascii=False).encode()  # half a character (\ud800) is JSON, and no text
        return data
    except (ValueError, RecursionError) as fault:
        raise BundleError(f"{name}: cannot be read as JSON ({fault}).") from fault


def held(data: object, name: str) -> tuple[Held, ...]:
    """A list of anchors or receipts, or one alone. Raises BundleError naming where it stands."""
    listed = [data] if isinstance(data, dict) else data
    if not isinstance(listed, list) or not all(isinstance(each, dict) for each in listed):
        raise BundleError(f"{name}: expected a list of objects.")
    return tuple(listed)


def shares_of(data: object) -> dict[str, bytes]:
    """Both secret shares, from {"E": hexadecimal, "P": hexadecimal}. Raises BundleError."""
    if not isinstance(data, dict) or set(data) != set(ROLES):
        raise BundleError('Shares are written as {"E": "…", "P": "…"}: the evaluator\'s and the central team\'s.')
    return {role: share_of(data[role], role) for role in ROLES}


def share_of(text: object, role: str) -> bytes:
    """One secret share, from its 64 hexadecimal signs. Raises BundleError, which does not repeat what was given."""
    written = text.strip().lower() if isinstance(text, str) else ""
    if len(written) != 2 * KEY_BYTES or set(written) - set(HEX):
        raise BundleError(f"The secret share of {role} must be {2 * KEY_BYTES} hexadecimal signs.")
    return bytes.fromhex(written)


def _entries(listed: list[object]) -> tuple[Entry, ...]:
    entries, faults = [], []
    for place, data in enumerate(listed):
        try:
            entries.append(Entry.from_data(data))
        except EntryError as fault:
            faults += [f"Entry {place} of the bundle: {problem}" for problem in fault.problems]
    if faults:
        raise BundleError(*faults)
    return tuple(entries)


def _listed(value: object) -> str:
    if not isinstance(value, list) or not value:
        return _written(value)
    return "[\n" + ",\n".join(f"  {_written(each)}" for each in value) + "\n ]"


def _written(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True)
