"""The requirement rows: what in the catalogue and the product serves each, how far, and why not further.

An entry of a specification that names a row in `serves` states a rule; the row counts as served only when something of
the product (a screen, command, register or rule, named in coverage.toml) works with it.
"""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

CATALOGUE = Path(__file__).parent.parent / "catalogue"
_IDS = re.compile(r"([A-P])(\d+)(?:-(\d+))?")
_DOCUMENTS = re.compile(r"\b00[0-4]\b")
STATED_ONLY = "Stated as data in the specification; nothing in the product works with it yet."

Status = Literal["served", "partly", "not_yet"]


@dataclass(frozen=True)
class Row:
    """One requirement: `served_by` names rules (service/file: entry), screens, registers and commands."""

    id: str
    group: str
    title: str
    source: str
    served_by: tuple[str, ...] = ()
    status: Status = "not_yet"
    reason: str = ""

    @property
    def is_served(self) -> bool:
        """Whether the product serves the row as a whole."""
        return self.status == "served"


def rows(catalogue: Path = CATALOGUE) -> list[Row]:
    """All rows in the order of requirements.toml, each with what serves it, how far, and why not further."""
    services = sorted(catalogue.glob("*/service.toml"))
    coverage = _read(catalogue / "coverage.toml")
    stated, built = stating(catalogue), building(coverage)
    partly, not_yet = _reasons(coverage, "partly"), _reasons(coverage, "not_yet")
    documents = {document["id"] for file in services for document in _read(file).get("document", ())}
    found = []
    for group in _read(catalogue / "requirements.toml")["group"]:
        for row in group["rows"]:
            for id in expanded(row["id"]):
                served_by = (*stated.get(id, ()), *built.get(id, ()))
                otherwise = STATED_ONLY if id in stated else _by_source(row["source"], documents)
                status: Status = "served" if id in built else "not_yet"
                status = "partly" if id in partly else "not_yet" if id in not_yet else status
                reason = partly.get(id) or not_yet.get(id) or ("" if status == "served" else otherwise)
                found.append(Row(id, group["name"], row["title"], row["source"], served_by, status, reason))
    return found


def stating(catalogue: Path) -> Mapping[str, Sequence[str]]:
    """For each row id the entries of every service that state a rule for it."""
    found: dict[str, list[str]] = defaultdict(list)
    for file in sorted(catalogue.glob("*/*.toml")):
        for path, ids in serving(_read(file)):
            for id in ids:
                found[id].append(f"{file.parent.name}/{file.name}: {path}")
    return found


def building(coverage: Mapping[str, Any]) -> Mapping[str, Sequence[str]]:
    """For each row id the screens, commands, registers and rules of the product that work with it."""
    found: dict[str, list[str]] = defaultdict(list)
    for feature in coverage.get("feature", ()):
        for id in (id for ids in feature["serves"] for id in expanded(ids)):
            found[id].append(f"{feature['kind']}: {feature['name']}")
    return found


def serving(entry: Any, path: str = "the file") -> Iterator[tuple[str, Sequence[str]]]:
    """Every table with a `serves` in a TOML document: its key (with the id of the entry) and the rows it serves."""
    if isinstance(entry, list):
        for number, each in enumerate(entry):
            name = each.get("id", number) if isinstance(each, dict) else number
            yield from serving(each, f"{path} {name}")
    elif isinstance(entry, dict):
        if entry.get("serves"):
            yield path, entry["serves"]
        for key, value in entry.items():
            yield from serving(value, key if path == "the file" else f"{path}.{key}")


def expanded(ids: str) -> list[str]:
    """The ids of a row or a run of rows: "I55-61" is I55 to I61. Raises ValueError for anything else."""
    found = _IDS.fullmatch(ids)
    if found is None:
        raise ValueError(f'"{ids}" is neither a row (H1) nor a run of rows (I55-61)')
    letter, first, last = found[1], int(found[2]), int(found[3] or found[2])
    return [f"{letter}{number}" for number in range(first, last + 1)]


def _reasons(coverage: Mapping[str, Any], key: str) -> dict[str, str]:
    return {id: each["reason"] for each in coverage.get(key, ()) for ids in each["rows"] for id in expanded(ids)}


def _by_source(source: str, known: set[str]) -> str:
    """The reason of a row that stands only in documents whose service is not in the catalogue."""
    named = sorted(set(_DOCUMENTS.findall(source)))
    if named and not set(named) & known:
        verb = "service of {} is" if len(named) == 1 else "services of {} are"
        return f"The {verb.format(' and '.join(named))} not in the catalogue yet."
    return ""


def _read(file: Path) -> dict[str, Any]:
    return tomllib.loads(file.read_text(encoding="utf-8"))
