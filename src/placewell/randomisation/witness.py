"""The witness file: one line an entry, locked, written through to the disk, never rewritten."""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from placewell.errors import UserError
from placewell.randomisation.entries import START, Entry, EntryError, hash_of
from placewell.randomisation.hashing import canon

Pause = Callable[[str], None]
"""Called with the name of the point reached, so that a test can end the process exactly there."""

OWNER_ONLY = 0o600


class WitnessMissing(UserError):
    """There is no witness file where one should be."""


class WitnessDamaged(UserError):
    """The witness file is not what it was, or not a chain."""


class WitnessUnwritable(UserError):
    """The disk did not take an entry."""


def no_pause(point: str) -> None:
    """What runs outside a test: nothing."""


class Witness:
    """An append-only file of entries, safe for many processes and for a process killed at any point.

    Every operation opens the file anew and holds it alone, so that neither a thread nor a forked process shares a lock.
    The first reads and checks everything; a later one only what has come since. What is read or written is on the
    disk before anyone is told of it. A last line without an end was written by a process that died: nobody was told
    of it; it is cut off and kept in `<name>.torn`. Source: trial.md §5.6.
    """

    def __init__(self, path: Path, pause: Pause = no_pause) -> None:
        self.path = path
        self.pause = pause
        self._entries: list[Entry] = []
        self._offset = 0
        self._file: tuple[int, int] | None = None

    def create(self, first: Entry) -> None:
        """Makes the file with its first entry. A file that has this entry already, alone or not, is left as it is.

        Raises WitnessDamaged where the file begins with another entry.
        """
        made = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, OWNER_ONLY)
        os.close(made)
        _write_through_folder(self.path.parent)
        with self.held() as tail:
            if not self._entries:
                tail.append(first)
            elif self._entries[0] != first:
                raise WitnessDamaged(f"{self.path} is the witness of another trial: choose another folder.")

    def read(self) -> tuple[Entry, ...]:
        """Every entry."""
        with self.held():
            return tuple(self._entries)

    def append(self, entry: Entry) -> None:
        """Writes one entry; on return it is on the disk. Raises WitnessDamaged where it does not follow on the last."""
        with self.held() as tail:
            tail.append(entry)

    @contextmanager
    def held(self) -> Iterator[Tail]:
        """Holds the file alone, having read what others wrote since."""
        try:
            file = os.open(self.path, os.O_RDWR | os.O_CLOEXEC)
        except FileNotFoundError as missing:
            raise WitnessMissing(
                f"There is no witness file {self.path}: nobody can be randomised. If it was lost, rebuild it."
            ) from missing
        try:
            fcntl.flock(file, fcntl.LOCK_EX)
            self._follow(file)
            yield Tail(self, file)
        finally:
            fcntl.flock(file, fcntl.LOCK_UN)  # closing alone would not do where another thread forked meanwhile
            os.close(file)

    def _follow(self, file: int) -> None:
        """Takes in what was written since the last look."""
        self._be_the_same(file)
        fresh = _read(file, self._offset)
        if not fresh:
            return
        whole = fresh.rfind(b"\n") + 1
        if whole < len(fresh):
            self._cut(file, fresh[whole:], self._offset + whole)
        entries = self._entries_in(fresh[:whole])
        os.fsync(file)  # a process that died after writing may not have come to this
        self._entries += entries
        self._offset += whole

    def _be_the_same(self, file: int) -> None:
        now = os.fstat(file)
        this = now.st_dev, now.st_ino
        if self._file not in (None, this) or now.st_size < self._offset:
            raise WitnessDamaged(f"{self.path} was replaced or cut while in use: nobody can be randomised.")
        self._file = this

    def _entries_in(self, lines: bytes) -> list[Entry]:
        entries: list[Entry] = []
        seq, seal = _end(self._entries)
        for line in lines.split(b"\n")[:-1]:
            entry = self._entry(line, seq + 1)
            if (entry.seq, entry.prev) != (seq + 1, seal) or entry.hash != hash_of(entry.body):
                raise WitnessDamaged(
                    f"{self.path} line {seq + 2} does not follow on the line before it, or was altered."
                )
            entries.append(entry)
            seq, seal = entry.seq, entry.hash
        return entries

    def _entry(self, line: bytes, at: int) -> Entry:
        with suppress(ValueError, EntryError, RecursionError):
            entry = Entry.from_data(json.loads(line))
            if canon(entry.as_data()) == line:
                return entry
        raise WitnessDamaged(f"{self.path} line {at + 1} is not an entry as the allocator writes it.")

    def _cut(self, file: int, torn: bytes, at: int) -> None:
        aside = self.path.with_name(f"{self.path.name}.torn")
        kept = os.open(aside, os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_CLOEXEC, OWNER_ONLY)
        try:
            _write(kept, torn + b"\n")
            os.fsync(kept)
        finally:
            os.close(kept)
        os.ftruncate(file, at)


class Tail:
    """The end of a witness file while it is held."""

    def __init__(self, witness: Witness, file: int) -> None:
        self._witness = witness
        self._file = file

    def since(self, number: int) -> list[Entry]:
        """The entries after the first `number`."""
        return self._witness._entries[number:]

    def append(self, entry: Entry) -> None:
        """Writes one entry; on return it is on the disk.

        Raises WitnessDamaged where it does not follow on the last, and WitnessUnwritable where the disk cannot take it:
        then nothing of it is left.
        """
        witness = self._witness
        seq, seal = _end(witness._entries)
        if (entry.seq, entry.prev) != (seq + 1, seal):
            raise WitnessDamaged(f"Entry {entry.seq} does not follow on the last line of {witness.path}.")
        line = canon(entry.as_data()) + b"\n"
        witness.pause("before_witness")
        try:
            self._write_through(line)
        except OSError as fault:
            os.ftruncate(self._file, witness._offset)  # what a failed fsync leaves may be there now and gone tomorrow
            raise WitnessUnwritable(
                f"{witness.path} could not be written ({fault.strerror}): nothing was recorded. Put the disk right."
            ) from fault
        witness._entries.append(entry)
        witness._offset += len(line)
        witness.pause("after_witness_fsync")

    def _write_through(self, line: bytes) -> None:
        """In two pieces, so that a test can end the process between them as a power cut would."""
        half = len(line) // 2
        os.lseek(self._file, self._witness._offset, os.SEEK_SET)
        _write(self._file, line[:half])
        self._witness.pause("inside_witness_write")
        _write(self._file, line[half:])
        self._witness.pause("after_witness_write")
        os.fsync(self._file)


def _end(entries: list[Entry]) -> tuple[int, str]:
    return (entries[-1].seq, entries[-1].hash) if entries else (-1, START)


def _read(file: int, start: int) -> bytes:
    parts = []
    while part := os.pread(file, 1 << 20, start):
        parts.append(part)
        start += len(part)
    return b"".join(parts)


def _write(file: int, data: bytes) -> None:
    while data:
        data = data[os.write(file, data) :]


def _write_through_folder(folder: Path) -> None:
    file = os.open(folder, os.O_RDONLY | os.O_CLOEXEC)
    try:
        os.fsync(file)
    finally:
        os.close(file)
