"""Putting a file of packets into the allocator's folder: checked against the first entry before it is kept."""

from __future__ import annotations

import os
from pathlib import Path

from placewell.randomisation.ceremony import packets_of
from placewell.randomisation.keys import Packets
from placewell_web.trial.allocator.folder import PACKETS, AllocatorFolder, FolderUnfit, packets_in

OWNER_READS = 0o400


def load(folder: AllocatorFolder, file: Path) -> list[tuple[str, int]]:
    """Keep the packets; the process takes them in before its next answer. The strata and epochs that were in the file.

    Raises FolderUnfit for a file that cannot be read, that others may read, or that is there already; WrongPacket for
    one the trial was not opened with: then nothing is kept. Source: trial.md §3.
    """
    found = packets_in(file)
    Packets(found, packets_of(folder.genesis()))
    kept = folder.path / PACKETS / file.name
    unfinished = folder.path / f".{file.name}.new"
    if kept.exists():
        raise FolderUnfit(f"{kept} is there already: the packets are loaded.")
    unfinished.unlink(missing_ok=True)
    with os.fdopen(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OWNER_READS), "wb") as copy:
        copy.write(file.read_bytes())
        copy.flush()
        os.fsync(copy.fileno())
    kept.parent.mkdir(mode=0o700, exist_ok=True)
    unfinished.replace(kept)
    return sorted(found)
