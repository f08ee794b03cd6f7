"""A trial set up for the allocator's own process, under the public shares, and that process itself."""

from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from tests.site.trial.ready import DRAWN_AT

from placewell.randomisation.ceremony import configuration_of, packet
from placewell.randomisation.entries import Entry
from placewell.randomisation.request import Request
from placewell_web.accounts import service
from placewell_web.trial.allocator.configured import configuration_for
from placewell_web.trial.allocator.demo import PUBLIC_SHARES, _keys, demo_genesis
from placewell_web.trial.allocator.folder import AllocatorFolder, Machine
from placewell_web.trial.allocator.moments import utc_of

SHARES = PUBLIC_SHARES
HASH = "ab" * 32


def set_up(folder: Path, custody: int, epochs: int = 1) -> Entry:
    """Open the trial in the folder with whole keys (1) or the first packets (2)."""
    genesis = demo_genesis(configuration_for(service.current()))
    AllocatorFolder(folder, Machine.here()).open(genesis)
    if custody == 1:
        keys = _keys(configuration_of(genesis))
        write_secret(folder / "keys.json", {stratum: key.hex() for stratum, key in keys.items()})
    else:
        (folder / "packets").mkdir(mode=0o700)
        for epoch in range(epochs):
            write_packets(genesis, epoch, folder / "packets" / f"epoch-{epoch:04}.json")
    return genesis


def write_packets(genesis: Entry, epoch: int, file: Path) -> Path:
    """The evaluator's file of one epoch."""
    config = configuration_of(genesis)
    rows = [
        {"stratum": stratum, "epoch": epoch, "key": packet(key, config, epoch).hex()}
        for stratum, key in _keys(config).items()
    ]
    return write_secret(file, {"trial": config.trial, "packets": rows})


def write_secret(file: Path, data: object) -> Path:
    file.write_text(json.dumps(data))
    file.chmod(0o400)
    return file


def command(*words: object) -> list[str]:
    return [sys.executable, "-m", "placewell_web.trial.allocator", *map(str, words)]


def served(folder: Path, socket: Path, clock: int) -> list[str]:
    """The command that serves, with a clock that stands still: the people of the tests meet on a day of the trial."""
    words = "import sys; from placewell_web.trial.allocator.__main__ import main; "
    words += "sys.exit(main(sys.argv[2:], lambda: int(sys.argv[1])))"
    return [sys.executable, "-c", words, str(clock), "serve", str(folder), "--socket", str(socket)]


def environment() -> dict[str, str]:
    return os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))}


@contextmanager
def process(
    folder: Path, socket: Path, log: Path | None = None, at: datetime = DRAWN_AT
) -> Iterator[subprocess.Popen[bytes]]:
    """The allocator's process, answering; stopped afterwards."""
    with (log or folder / "log").open("ab") as lines:
        started = subprocess.Popen(served(folder, socket, utc_of(at)), env=environment(), stderr=lines)
        try:
            wait_for(socket, started)
            yield started
        finally:
            started.kill()
            started.wait()


def wait_for(socket: Path, started: subprocess.Popen[bytes], seconds: float = 60) -> None:
    from placewell_web.trial.allocator.client import BehindSocket
    from placewell_web.trial.allocator.draws import DrawNotReady

    until = time.monotonic() + seconds
    while time.monotonic() < until:
        assert started.poll() is None, "the allocator's process ended"
        try:
            BehindSocket(socket).genesis()
            return
        except DrawNotReady:
            time.sleep(0.05)
    raise AssertionError("the allocator did not answer")


def request(person: str = "TIW-1", **more: str) -> Request:
    return Request(person=person, stratum="dudley", actor="u1", eligibility=HASH, consent=HASH, **more)


def rewrite(file: Path, change: Callable[[Any], Any]) -> None:
    held = json.loads(file.read_text())
    mode = stat.S_IMODE(file.stat().st_mode)
    file.chmod(0o600)
    file.write_text(json.dumps(change(held)))
    file.chmod(mode)
