"""An evaluator's export as files: each declared table as CSV, and a manifest that says what was given."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Any

import polars as pl

from placewell.dataset import Dataset
from placewell.errors import UserError
from placewell.evaluation.anonymity import Anonymity, anonymity
from placewell.evaluation.answered import Answered
from placewell.evaluation.exported_rows import exported_rows
from placewell.evaluation.facts import LedgerFacts
from placewell.interchange.tabular import csv_of_frame
from placewell.specification import Specification

MANIFEST = "manifest.json"
FORMAT = "placewell-evaluator-export/1"
TRIAL_NUMBER = re.compile(r"[A-Za-z0-9][A-Za-z0-9 -]{2,31}", re.ASCII)
NHS_NUMBER = re.compile(r"\d{3}[- ]?\d{3}[- ]?\d{4}", re.ASCII)


@dataclass(frozen=True)
class FileEntry:
    """A file of the export as the manifest has it."""

    file: str
    columns: tuple[str, ...]
    rows: int
    sha256: str


@dataclass(frozen=True)
class Manifest:
    """What was given, as at which day, under which rules: enough to show later that a file is the one given.

    `ledger_head`: the hash of the last ledger entry, empty where there is no ledger. `items_at_baseline`: of how many
    participants the person items are those kept with the baseline; `items_as_they_stand`: of how many they are those
    of the data set, as none were kept.
    """

    service: str
    as_at: date
    lot: str | None
    unblinded: bool
    specification_hash: str
    ledger_head: str
    items_at_baseline: int
    items_as_they_stand: int
    files: tuple[FileEntry, ...]

    def as_data(self) -> dict[str, Any]:
        """The manifest as plain data, for JSON."""
        return {
            "format": FORMAT,
            "service": self.service,
            "as_at": self.as_at.isoformat(),
            "lot": self.lot,
            "unblinded": self.unblinded,
            "specification_hash": self.specification_hash,
            "ledger_head": self.ledger_head,
            "items_at_baseline": self.items_at_baseline,
            "items_as_they_stand": self.items_as_they_stand,
            "files": [
                {"file": one.file, "columns": list(one.columns), "rows": one.rows, "sha256": one.sha256}
                for one in self.files
            ],
        }


@dataclass(frozen=True)
class Export:
    """The files by name (the manifest among them), the manifest, and the k-anonymity of the participants' rows."""

    files: Mapping[str, bytes]
    manifest: Manifest
    anonymity: Anonymity


def export(
    tables: Dataset,
    spec: Specification,
    ledger: LedgerFacts,
    as_at: date,
    *,
    arms: bool,
    ledger_head: str = "",
    lot: str | None = None,
    answered: Answered | None = None,
) -> Export:
    """Everything the evaluator may have, as at a day; `arms` for the unblinded role alone; `answered`: the items of the
    person as they were at the baseline.

    The same facts give the same bytes. Raises UserError for a trial number that could be another number of the person,
    and ValueError for a service without a trial. Source: issue 4 (exports); trust.md T5, T14; 002 §17.4.
    """
    facts = ledger.as_at(as_at)
    refuse_telling_numbers(tables, facts)
    rows = exported_rows(tables, spec, facts, as_at, arms=arms, lot=lot, answered=answered)
    files = {f"{name}.csv": csv_bytes_of(frame) for name, frame in rows.items()}
    entries = tuple(
        FileEntry(f"{name}.csv", tuple(frame.columns), frame.height, sha256(files[f"{name}.csv"]).hexdigest())
        for name, frame in rows.items()
    )
    kept = _kept(rows["participants"], facts, answered or Answered())
    stand = rows["participants"].height - kept
    manifest = Manifest(spec.service.id, as_at, lot, arms, spec.hash, ledger_head, kept, stand, entries)
    text = json.dumps(manifest.as_data(), indent=2, sort_keys=True, ensure_ascii=False) + "\n"
    return Export({**files, MANIFEST: text.encode()}, manifest, anonymity(rows["participants"]))


def _kept(participants: pl.DataFrame, ledger: LedgerFacts, answered: Answered) -> int:
    drawn = ledger.allocations.join(participants, left_on="person", right_on="trial_number", how="semi")
    return drawn.join(answered.items, on="episode_id", how="semi").height


def csv_bytes_of(frame: pl.DataFrame) -> bytes:
    """A table of two columns or more as CSV in UTF-8, through the project's one writer."""
    return csv_of_frame(frame).encode()


def refuse_telling_numbers(tables: Dataset, ledger: LedgerFacts) -> None:
    """Refuse trial numbers that are an id of the data set, look like an NHS number, or hold anything but letters,
    digits, spaces and hyphens. Raises UserError; the numbers themselves are not repeated.
    """
    numbers = ledger.allocations["person"].to_list()
    ids = {*tables["people"]["person_id"].to_list(), *tables["episodes"]["episode_id"].to_list()}
    wrong = sum(_tells(number, ids) for number in numbers)
    if wrong:
        raise UserError(
            f"{wrong} trial numbers could tell who the person is: a trial number is 3 to 32 letters, digits, spaces or "
            "hyphens, no id of the data set, and not like an NHS number."
        )


def _tells(number: str, ids: set[str]) -> bool:
    return number in ids or not TRIAL_NUMBER.fullmatch(number) or bool(NHS_NUMBER.fullmatch(number))


def verified(files: Mapping[str, bytes], manifest: Mapping[str, Any]) -> Sequence[str]:
    """What departs from a manifest's data, in words; nothing where every file is there, whole and unchanged."""
    found = []
    for entry in manifest["files"]:
        name = entry["file"]
        if name not in files:
            found.append(f"{name} is missing.")
        elif sha256(files[name]).hexdigest() != entry["sha256"]:
            found.append(f"{name} is not the file that was given.")
    named = {entry["file"] for entry in manifest["files"]} | {MANIFEST}
    return [*found, *(f"{name} is not in the manifest." for name in sorted(files.keys() - named))]
