"""What a trial's commands take from the system and hand down as values: the moment, random bytes, machine and user."""

from __future__ import annotations

import os
import secrets
import time
from pathlib import Path

from placewell.errors import UserError

MACHINE, BOOT = Path("/etc/machine-id"), Path("/proc/sys/kernel/random/boot_id")


def moment() -> int:
    """Now, in thousandths of a second since 1970 began in UTC."""
    return time.time_ns() // 1_000_000


def random_bytes(number: int) -> bytes:
    """Bytes that nobody can foresee."""
    return secrets.token_bytes(number)


def machine() -> tuple[str, str]:
    """The ids of this machine and of its last start. Raises UserError where the system does not say."""
    return _line_of(MACHINE), _line_of(BOOT)


def runtime() -> Path | None:
    """The user's folder in memory, which no backup holds; None where the system gives the user none."""
    for folder in (os.environ.get("XDG_RUNTIME_DIR", ""), f"/run/user/{os.getuid()}"):
        if folder and os.access(folder, os.W_OK | os.X_OK):
            return Path(folder)
    return None


def _line_of(file: Path) -> str:
    try:
        found = file.read_text(encoding="ascii").strip()
    except (OSError, ValueError):
        found = ""
    if not found:
        raise UserError(f"{file} does not say which machine this is, so a restored copy could not be told from it.")
    return found
