"""Says on standard error what takes long: silent for two seconds, then the step and its seconds."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Thread
from time import monotonic
from typing import TextIO

PATIENCE_SECONDS = 2.0
"""How long a command may be silent (semantics.md §5)."""

SECONDS_BETWEEN_LINES = 1.0


@contextmanager
def step(what: str, patience: float | None = None, to: TextIO | None = None) -> Iterator[None]:
    """Run a step of work; past `patience` seconds (none given: two) it is named, on a terminal with the seconds gone.

    On a terminal the line is rewritten every second and cleared at the end. Elsewhere one line says that the step is
    slow and one how long it took.
    """
    stream = sys.stderr if to is None else to
    patience = PATIENCE_SECONDS if patience is None else patience
    finished, began = Event(), monotonic()
    watcher = Thread(target=_watch, args=(what, patience, stream, finished, began), daemon=True)
    watcher.start()
    try:
        yield
    finally:
        finished.set()
        watcher.join()


def _watch(what: str, patience: float, stream: TextIO, finished: Event, began: float) -> None:
    if finished.wait(patience):
        return
    live = stream.isatty()
    if not live:
        _write(stream, f"{what} ...\n")
    while True:
        if live:
            _write(stream, f"\r{what} ... {monotonic() - began:.0f} s")
        if finished.wait(SECONDS_BETWEEN_LINES):
            break
    _write(stream, "\r\033[K" if live else f"{what}: {monotonic() - began:.0f} s\n")


def _write(stream: TextIO, text: str) -> None:
    stream.write(text)
    stream.flush()
