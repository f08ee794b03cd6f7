"""From the press to the arm, alone and with twenty people pressing at once, through the allocator's own process.

Run with `python -m benchmarks.draws`; goals: 500 milliseconds alone, nobody waits over a second, nobody is drawn twice.
"""

from __future__ import annotations

import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks.scratch import scratch_database

ALONE, AT_ONCE = 200, 20


def main() -> None:
    """Measure and print, on the database of DATABASE_URL or a file of its own."""
    with scratch_database() as kind, tempfile.TemporaryDirectory() as folder:
        alone, together, doubled = _measure(Path(folder))
    print(f"\nFrom the press to the arm on {kind}, through the allocator's process; milliseconds")
    print(f"{'':44}{'median':>9}{'most':>9}{'goal':>9}")
    for name, took, goal in ((f"one at a time, {ALONE} people", alone, 500), (f"{AT_ONCE} at once", together, 1000)):
        print(f"{name:44}{median(took):9.0f}{max(took):9.0f}{goal:9}")
    print(f"drawn twice: {doubled}")


def _measure(folder: Path) -> tuple[list[float], list[float], int]:
    from django.conf import settings
    from tests.site.conftest import make_world
    from tests.site.trial.processes import process, set_up
    from tests.site.trial.ready import ready_meetings, train

    from placewell_web.trial.models import LedgerEntry

    settings.TRIAL_CUSTODY, settings.ALLOCATOR_SOCKET = 1, str(folder / "s")
    world = make_world()
    train(world)
    set_up(folder / "t", custody=1)
    meetings = [each.pk for each in ready_meetings(world, ALONE + AT_ONCE)]
    with process(folder / "t", folder / "s"):
        press = _presser(world)
        alone = [press(meeting) for meeting in meetings[:ALONE]]
        together: list[float] = []
        threads = [threading.Thread(target=_in_thread, args=(press, each, together)) for each in meetings[ALONE:]]
        for each in threads:
            each.start()
        for each in threads:
            each.join()
    drawn = LedgerEntry.objects.filter(kind="allocation")
    return alone, together, drawn.count() - drawn.values("person").distinct().count()


def _presser(world: Any) -> Callable[[Any], float]:
    from tests.site.trial.ready import DRAWN_AT, actor_of

    from placewell_web.trial.actions.allocation import randomise

    viewer, by = world.viewer("specialist"), actor_of(world)

    def press(meeting: Any) -> float:
        began = time.perf_counter()
        randomise(by=by, at=DRAWN_AT, viewer=viewer, meeting_id=meeting)
        return (time.perf_counter() - began) * 1000

    return press


def _in_thread(press: Callable[[Any], float], meeting: Any, took: list[float]) -> None:
    from django.db import connection

    try:
        took.append(press(meeting))
    finally:
        connection.close()


if __name__ == "__main__":
    main()
