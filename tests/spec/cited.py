"""The clauses that a service of the catalogue cites: where each stands, and whether it is in the contract."""

import tomllib
from collections.abc import Iterator
from typing import Any, NamedTuple

from placewell.specification import folder_of


class Cited(NamedTuple):
    """A table with a clause; `where` is its file and its ids."""

    where: str
    clause: str
    in_contract: bool
    note: str


def cited(service: str) -> list[Cited]:
    """Every table of a service's files that names its clause, file by file."""
    folder = folder_of(service)
    return [
        found
        for path in sorted(folder.rglob("*.toml"))
        for found in _cited(tomllib.loads(path.read_text(encoding="utf-8")), path.relative_to(folder).as_posix())
    ]


def _cited(entry: Any, where: str) -> Iterator[Cited]:
    if isinstance(entry, list):
        for each in entry:
            yield from _cited(each, where)
    elif isinstance(entry, dict):
        where = f"{where} {entry.get('id', '')}".rstrip()
        if "clause" in entry:
            yield Cited(where, entry["clause"], entry.get("in_contract", True), entry.get("note", ""))
        for value in entry.values():
            yield from _cited(value, where)
