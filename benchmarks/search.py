"""Finding a person and finding them twice among 10,000: `python -m benchmarks.search` prints milliseconds for each.

Runs on the database of DATABASE_URL, else on an SQLite file of its own, in a test database that is thrown away. The
goal is at most 100 ms of processor time for each (journeys.md 1 and 4); it measures and never fails.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from statistics import median

from benchmarks.scratch import scratch_database


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=10_000)
    parser.add_argument("--repetitions", type=int, default=7)
    given = parser.parse_args()
    with scratch_database() as kind:
        _measure(given.people, given.repetitions, kind)


def _measure(people: int, repetitions: int, kind: str) -> None:
    from tests.site.clients.test_search import fill
    from tests.site.conftest import make_world

    from placewell_web.accounts.models import Role
    from placewell_web.clients.actions import matches_of
    from placewell_web.clients.models import Person
    from placewell_web.clients.search import find_people

    world = make_world()
    fill(world, people)
    viewer = world.viewer(Role.MANAGER)
    known = Person.unscoped.get(number="TW-200500")
    looks: dict[str, Callable[[], object]] = {
        "three letters": lambda: find_people(viewer, "bak"),
        "a whole name": lambda: find_people(viewer, f"{known.first_name} {known.surname}"),
        "a whole name that nobody has": lambda: find_people(viewer, "bakomer seltanvir"),
        "a slip in each word": lambda: find_people(viewer, "agniezska cartwrihgt"),
        "two slips in a word": lambda: find_people(viewer, "agneizksa"),
        "nobody": lambda: find_people(viewer, "xyzzy plugh"),
        "the same person twice": lambda: matches_of(known),
    }
    print(f"\n{people:,} people on {kind}, {repetitions} repetitions; milliseconds, median")
    print(f"{'':32}{'processor':>12}{'wall':>8}")
    for what, look in looks.items():
        took = [_timed(look) for _ in range(repetitions)]
        processor, wall = (median(one) * 1000 for one in zip(*took, strict=True))
        print(f"{what:32}{processor:12.1f}{wall:8.1f}")


def _timed(look: Callable[[], object]) -> tuple[float, float]:
    began = time.process_time(), time.perf_counter()
    look()
    return time.process_time() - began[0], time.perf_counter() - began[1]


if __name__ == "__main__":
    main()
