"""The high-water mark: the last entry an allocator wrote, kept where no backup reaches, until the machine stops."""

from __future__ import annotations

import json
import os
from contextlib import suppress
from pathlib import Path

from placewell.errors import UserError
from placewell.randomisation.hashing import canon

OWNER_ONLY = 0o600


class MarkUnfit(UserError):
    """A high-water mark that cannot be written, or lies where a restore of the folder would bring it back too."""


class MarkFile:
    """A small file on a file system in memory; it holds the number and hash of a chain's last entry.

    It is put in place whole, and not written through: it need not outlive the machine's start. `lasting` says that only
    a restart of the machine takes it away, so that its absence before that means something. Source: trial.md §6.
    """

    def __init__(self, path: Path, lasting: bool = True) -> None:
        self.path = path.absolute()
        self.lasting = lasting
        self._written: dict[str, str | int] = {}

    def read(self, first: str, boot: str) -> tuple[int, str] | None:
        """The entry it holds; None where it holds none of the chain with this first entry since this start."""
        with suppress(OSError, ValueError, KeyError, TypeError):
            data = json.loads(self.path.read_bytes())
            if (data["first"], data["boot"]) == (first, boot):
                return int(data["seq"]), str(data["hash"])
        return None

    def write(self, first: str, boot: str, seq: int, seal: str) -> None:
        """Puts it at this entry. Raises MarkUnfit."""
        data: dict[str, str | int] = {"first": first, "boot": boot, "seq": seq, "hash": seal}
        if data == self._written:
            return
        fresh = self.path.with_name(f"{self.path.name}.new")
        try:
            fresh.unlink(missing_ok=True)
            with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OWNER_ONLY), "wb") as file:
                file.write(canon(data))  # type: ignore[arg-type]
            fresh.replace(self.path)
        except OSError as fault:
            raise MarkUnfit(
                f"The high-water mark {self.path} could not be written ({fault.strerror}): nobody is told an arm. "
                "Make its folder writable for the allocator, or name another."
            ) from fault
        self._written = data
