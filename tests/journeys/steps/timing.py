"""A journey with the clock in hand: taps, keys, the machine's share, and how long a person would take.

A person's time is told by the keystroke-level model (Card, Moran and Newell 1983): 1.35 s to decide and 1.2 s to point
and press for each tap, 0.28 s for each key of someone who types as most people do. The machine's own is measured.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from tests.journeys.steps.journey import Journey

DECIDE, PRESS, KEY = 1.35, 1.2, 0.28

Record = Callable[[str, object], None]


@contextmanager
def timed(journey: Journey, record: Record, name: str, *, taps: int, seconds: float) -> Iterator[None]:
    """Count what is tapped and typed inside, write it down for the table at the end, and hold it against the goal."""
    began, tapped, typed, checked = time.monotonic(), journey.taps, journey.keys, journey.checking
    yield
    tapped, typed = journey.taps - tapped, journey.keys - typed
    machine = time.monotonic() - began - (journey.checking - checked)
    person = tapped * (DECIDE + PRESS) + typed * KEY
    record("journey", (name, _size(journey), tapped, taps, typed, round(person, 1), round(machine, 1), seconds))
    assert tapped <= taps, f"{name}: {tapped} taps where {taps} are the goal"
    assert person <= seconds, f"{name}: a person takes {person:.0f} s where {seconds:g} are the goal"


@contextmanager
def keyed(journey: Journey, record: Record, name: str, *, most: int) -> Iterator[None]:
    """Count the keys pressed and the things stopped at inside, and hold the presses against what they may be."""
    pressed, stopped = journey.keys, journey.stops
    yield
    pressed, stopped = journey.keys - pressed, journey.stops - stopped
    record("keys", (name, _size(journey), stopped, pressed, most, round(stopped * DECIDE + pressed * KEY, 1)))
    assert pressed <= most, f"{name}: {pressed} presses where {most} were enough"


def _size(journey: Journey) -> str:
    return f"{journey.screen.width} px, {'with' if journey.screen.script else 'without'} JavaScript"
