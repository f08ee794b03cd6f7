"""The evaluator's side of receipts: sealed entries opened with the secret key, into one list in the chain's order."""

from __future__ import annotations

import json
import os
from base64 import b64decode
from binascii import Error
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from placewell.errors import UserError
from placewell_web.trial.allocator.sealing import open_with


class ReceiptsUnfit(UserError):
    """A folder of receipts that cannot be opened."""


def collect(secret: Path, folder: Path, out: Path) -> int:
    """Open every sealed receipt of the folder and write the entries; how many there are.

    One sent twice is taken once. Raises ReceiptsUnfit for a file that is no receipt, NotAKey for the wrong key.
    """
    entries = {entry["entry"]["seq"]: entry for entry in _entries(secret, folder)}
    if not entries:
        raise ReceiptsUnfit(f"{folder} holds no sealed receipts.")
    write_new(out, json.dumps([entries[seq] for seq in sorted(entries)], ensure_ascii=False).encode(), 0o644)
    return len(entries)


def _entries(secret: Path, folder: Path) -> Iterator[dict[str, Any]]:
    for file in sorted(folder.glob("*.json")):
        try:
            body = json.loads(file.read_bytes())["body"]
            if "sealed" not in body:
                continue
            sealed = b64decode(body["sealed"], validate=True)
        except (ValueError, KeyError, TypeError, Error) as fault:
            raise ReceiptsUnfit(f"{file} is not a notice as the site writes it.") from fault
        yield json.loads(open_with(secret, sealed))


def write_new(file: Path, content: bytes, mode: int) -> None:
    """Write a file that is not there yet. Raises ReceiptsUnfit where one is: none is overwritten."""
    try:
        opened = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    except FileExistsError as there:
        raise ReceiptsUnfit(f"{file} is there already and is not overwritten: choose another name.") from there
    with os.fdopen(opened, "wb") as handle:
        handle.write(content)
