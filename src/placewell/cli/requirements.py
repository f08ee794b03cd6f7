"""The requirement rows, what in the catalogue and the product serves each, and the reasons for those not served."""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

CATALOGUE = Path(__file__).parent.parent / "catalogue"
_IDS = re.compile(r"([A-P])(\d+)(?:-(\d+))?")
_DOCUMENTS = re.compile(r"\b00[0-4]\b")


@dataclass(frozen=True)
class Row:
    """One requirement: `served_by` names rules (service/file: entry), screens, registers and commands."""

    id: str
    group: str
    title: str
    source: str
    served_by: tuple[str, ...] = ()
    reason: str = ""

    @property
    def is_served(self) -> bool:
        """Whether anything serves the row."""
        return bool(self.served_by)


def rows(catalogue: Path = CATALOGUE) -> list[Row]:
    """All rows in the order of requirements.toml, each with what serves it, or the reason why nothing does."""
    services = sorted(catalogue.glob("*/service.toml"))
    served = servers(catalogue)
    features = _read(catalogue / "features.toml")
    reasons = {
        id: each["reason"] for each in features.get("not_yet", ()) for ids in each["rows"] for id in expanded(ids)
    }
    documents = {document["id"] for file in services for document in _read(file).get("document", ())}
    found = []
    for group in _read(catalogue / "requirements.toml")["group"]:
        for row in group["rows"]:
            for id in expanded(row["id"]):
                reason = reasons.get(id) or _by_source(row["source"], documents)
                found.append(Row(id, group["name"], row["title"], row["source"], tuple(served.get(id, ())), reason))
    return found


def servers(catalogue: Path) -> Mapping[str, Sequence[str]]:
    """For each row id what serves it: every entry of every service, then the features of the product."""
    found: dict[str, list[str]] = defaultdict(list)
    for file in sorted(catalogue.glob("*/*.toml")):
        for path, ids in serving(_read(file)):
            for id in ids:
                found[id].append(f"{file.parent.name}/{file.name}: {path}")
    for feature in _read(catalogue / "features.toml").get("feature", ()):
        for ids in feature["serves"]:
            for id in expanded(ids):
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


def _by_source(source: str, known: set[str]) -> str:
    """The reason of a row that stands only in documents whose service is not in the catalogue."""
    named = sorted(set(_DOCUMENTS.findall(source)))
    if named and not set(named) & known:
        verb = "service of {} is" if len(named) == 1 else "services of {} are"
        return f"The {verb.format(' and '.join(named))} not in the catalogue yet."
    return ""


def _read(file: Path) -> dict[str, Any]:
    return tomllib.loads(file.read_text(encoding="utf-8"))
