"""The whole return of each service from a cold command line, at 10,000 and 100,000 people, beside the goal.

Run with `python -m benchmarks.returns`. It makes its own people from a seed. At 10,000 people it also times the other
commands that read a whole folder, which have no goal.
"""

from __future__ import annotations

import argparse
import tempfile
from functools import partial
from pathlib import Path

from benchmarks.timing import in_turns, print_times, run_apart, timed_apart

PERIODS = {
    "dorset_work_matters": "Y2Q3",
    "workwise": "Y1Q3",
    "thrive_into_work": "Y2Q3",
    "ips_grow": "Y3Q3",
    "nottingham_health_employment": "Y2Q3",
}
"""A quarter in the middle of each service's made-up years."""

GOALS = {10_000: 1.0, 100_000: 5.0}
"""Wall seconds for so many people."""

OTHERS = {
    "fidelity, thrive_into_work": ("fidelity", "thrive_into_work", "--as-at", "2019-06-30"),
    "fidelity, ips_grow": ("fidelity", "ips_grow", "--as-at", "2021-12-31"),
    "claims, thrive_into_work": ("claims", "thrive_into_work", "--as-at", "2019-06-30"),
    "compare, thrive_into_work, one reading": (
        *("compare", "thrive_into_work", "--period", "Y2Q3"),
        *("--with", "definition.engaged=one_meeting"),
    ),
}
"""Other commands over a folder, timed for so many people as `OTHERS_AT` says."""

OTHERS_AT = 10_000

SEED = 1
MANY = 50_000


def main() -> None:
    """Make the data, measure the services in turns, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, nargs="+", default=list(GOALS))
    parser.add_argument("--repetitions", type=int, default=7, help="of these many people; of 50,000 and more: 3")
    given = parser.parse_args()
    for people in given.people:
        repetitions = given.repetitions if people < MANY else min(given.repetitions, 3)
        with tempfile.TemporaryDirectory() as folder:
            _measure(people, Path(folder), repetitions)


def _measure(people: int, folder: Path, repetitions: int) -> None:
    for service in PERIODS:
        made = ["synth", service, "--people", str(people), "--seed", str(SEED), "--out", str(folder / service)]
        run_apart(["-m", "placewell", *made])
    times = in_turns({name: partial(timed_apart, _report(name, folder)) for name in PERIODS}, repetitions)
    goal = GOALS.get(people)
    aimed = "" if goal is None else f"; the goal: {goal:g} s wall"
    print(f"The whole return, cold, {people:,} people, {repetitions} repetitions in turns; seconds{aimed}\n")
    least = {name: min(wall for wall, _ in each) for name, each in times.items()}
    notes = {} if goal is None else {name: f"  {'met' if least[name] <= goal else 'not met'}" for name in times}
    print_times(times, notes)
    if people == OTHERS_AT:
        print("\nOther commands over the same folders, cold\n")
        print_times(in_turns({name: partial(timed_apart, _other(name, folder)) for name in OTHERS}, repetitions))
    print()


def _report(service: str, folder: Path) -> list[str]:
    asked = ["--data", str(folder / service), "--period", PERIODS[service], "--out", str(folder / f"{service}.json")]
    return ["-m", "placewell", "report", service, *asked]


def _other(name: str, folder: Path) -> list[str]:
    command, service, *asked = OTHERS[name]
    return ["-m", "placewell", command, service, "--data", str(folder / service), *asked]


if __name__ == "__main__":
    main()
