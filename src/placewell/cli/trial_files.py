"""The files of a trial's commands: JSON read with a reason where it cannot be, secrets written once for one reader."""

from __future__ import annotations

import json
import os
import stat
from pathlib import Path
from typing import Any

from placewell.errors import UserError

ONE_READER = 0o400
OTHERS = stat.S_IRWXG | stat.S_IRWXO


def read(file: Path) -> object:
    """What a JSON file holds. Raises UserError."""
    from placewell.randomisation.bundle import read_json

    try:
        return read_json(file.read_bytes(), str(file))
    except OSError as fault:
        raise UserError(f"{file}: cannot be read ({fault.strerror}).") from fault


def read_object(file: Path, secret: bool = False) -> dict[str, Any]:
    """A JSON file that holds an object. Raises UserError, also for a secret that others may read."""
    found = read(file)
    if secret and stat.S_IMODE(file.stat().st_mode) & OTHERS:
        raise UserError(f"{file}: can be read or written by others, and it holds a secret. Do: chmod 0400 {file}")
    if not isinstance(found, dict):
        raise UserError(f"{file}: expected an object.")
    return found


def write(file: Path, data: object) -> None:
    """Write a new JSON file that anyone may read."""
    _write_new(file, data, 0o644)


def write_secret(file: Path, data: object) -> None:
    """Write a new JSON file that its owner alone may read. Raises UserError where there is one: none is overwritten."""
    _write_new(file, data, ONE_READER)


def write_secret_text(file: Path, text: str) -> None:
    """As `write_secret`, of a text to be printed."""
    _write_bytes(file, text.encode(), ONE_READER)


def _write_new(file: Path, data: object, mode: int) -> None:
    _write_bytes(file, json.dumps(data, ensure_ascii=False, sort_keys=True, indent=1).encode() + b"\n", mode)


def _write_bytes(file: Path, written: bytes, mode: int) -> None:
    try:
        opened = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, mode)
    except FileExistsError as there:
        raise UserError(f"{file}: is there already and is not overwritten. Choose another name.") from there
    except OSError as fault:
        raise _unwritable(file, fault) from fault
    try:
        with os.fdopen(opened, "wb") as handle:
            handle.write(written)
            handle.flush()
            os.fsync(handle.fileno())
    except OSError as fault:
        file.unlink()
        raise _unwritable(file, fault) from fault


def _unwritable(file: Path, fault: OSError) -> UserError:
    return UserError(f"{file}: cannot be written ({fault.strerror}). Choose a folder that is there and yours.")
