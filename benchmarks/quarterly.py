"""`make bench`: the return of a quarter from a cold command line, warm in one process, and as hand-written DuckDB SQL.

Run with `python -m benchmarks.quarterly`. It makes its own people from a seed, checks that both give the same
numbers, and prints wall and processor seconds (minimum and median of interleaved repetitions).
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median

from benchmarks.sql import INDICATORS, sql_figures

SERVICE, PERIOD, SEED = "thrive_into_work", "Y2Q3", 1
MANY = 50_000
IMPORTS = (
    "import os, placewell.cli.report, placewell.reports, placewell.specification.outcomes, "
    "placewell.specification.indicators; os._exit(0)"
)

Times = list[tuple[float, float]]


def main() -> int:
    """Make the data, measure in turns, compare, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, nargs="+", default=[3720, 10_000, 100_000])
    parser.add_argument("--repetitions", type=int, default=7, help="of these many people; of 50,000 and more: 3")
    given = parser.parse_args()
    subprocess.run([sys.executable, "-m", "compileall", "-q", "src/placewell"], check=True)
    print(f"{SERVICE}, {PERIOD}, {os.cpu_count()} processors, {given.repetitions} repetitions in turns; seconds\n")
    differing = 0
    with tempfile.TemporaryDirectory() as folder:
        for people in given.people:
            repetitions = given.repetitions if people < MANY else min(given.repetitions, 3)
            differing += _bench(people, Path(folder) / str(people), repetitions)
    return 1 if differing else 0


def _bench(people: int, data: Path, repetitions: int) -> int:
    _run(["-m", "placewell", "synth", SERVICE, "--people", str(people), "--seed", str(SEED), "--out", str(data)])
    out = data.parent / f"{people}.json"
    report = ["-m", "placewell", "report", SERVICE, "--data", str(data), "--period", PERIOD, "--out", str(out)]
    sql = ["-m", "benchmarks.sql", str(data), PERIOD]
    measured: dict[str, Callable[[], tuple[float, float]]] = {
        f"placewell report, cold, every indicator, {people:,} people": lambda: _timed(report),
        "  of it: Python and every import": lambda: _timed(["-c", IMPORTS]),
        "  of it: importing Polars alone": lambda: _timed(["-c", "import polars"]),
        f"DuckDB SQL, cold, the {len(INDICATORS)} indicators below": lambda: _timed(sql),
    }
    times: dict[str, Times] = {name: [] for name in measured}
    for _ in range(repetitions):
        for name, measure in measured.items():
            times[name].append(measure())
    times |= _warm(data, repetitions)
    _print(times)
    _ratios(times)
    return _compare(out, data)


def _warm(data: Path, repetitions: int) -> dict[str, Times]:
    """The same figures again in a process that has everything at hand, as the site has."""
    import duckdb

    from benchmarks.sql import opened
    from placewell.dataset import read_folder
    from placewell.indicators import figures
    from placewell.periods import parse_period
    from placewell.specification import load

    spec, dataset = load(SERVICE), read_folder(data)
    period = parse_period(PERIOD, spec.service.first_quarter_starts)
    connection = opened(duckdb.connect(), data)
    warm: dict[str, Callable[[], object]] = {
        "placewell figures, warm, every indicator and breakdown": lambda: figures(spec, dataset, period),
        f"placewell figures, warm, the same {len(INDICATORS)}": lambda: figures(spec, dataset, period, only=INDICATORS),
        f"DuckDB SQL, warm, the same {len(INDICATORS)}, no breakdowns": lambda: sql_figures(
            connection, period.start, period.end
        ),
    }
    times: dict[str, Times] = {name: [] for name in warm}
    for _ in range(repetitions):
        for name, measure in warm.items():
            wall, processor = time.perf_counter(), time.process_time()
            measure()
            times[name].append((time.perf_counter() - wall, time.process_time() - processor))
    return times


def _compare(out: Path, data: Path) -> int:
    """Say for each indicator what both make of it; the number of those that differ."""
    ours = {figure["id"]: figure["value"] for figure in json.loads(out.read_text(encoding="utf-8"))["indicators"]}
    theirs = json.loads(_run(["-m", "benchmarks.sql", str(data), PERIOD]))
    differing = [id for id in INDICATORS if ours[id] != theirs[id]]
    print(
        "\n  "
        + "; ".join(f"{id} {ours[id]}{'' if ours[id] == theirs[id] else f' (SQL {theirs[id]})'}" for id in INDICATORS)
    )
    print(f"  {len(INDICATORS) - len(differing)} of {len(INDICATORS)} indicators are the same in both.\n")
    return len(differing)


def _print(times: dict[str, Times]) -> None:
    print(f"{'':60}{'wall min':>10}{'median':>9}{'CPU min':>10}{'median':>9}")
    for name, each in times.items():
        wall, processor = zip(*each, strict=True)
        print(f"{name:60}{min(wall):10.3f}{median(wall):9.3f}{min(processor):10.3f}{median(processor):9.3f}")


def _ratios(times: dict[str, Times]) -> None:
    """The least processor time of each of ours to DuckDB's, cold and warm."""
    least = {name: min(processor for _, processor in each) for name, each in times.items()}
    cold, _, _, sql_cold, every, same, sql_warm = least.values()
    print(
        f"\n  CPU to DuckDB's: {cold / sql_cold:.1f} x cold, every indicator and breakdown; warm "
        f"{every / sql_warm:.1f} x, and {same / sql_warm:.1f} x for the same {len(INDICATORS)} indicators"
    )


def _timed(words: list[str]) -> tuple[float, float]:
    with _children() as used:
        wall = time.perf_counter()
        _run(words)
        return time.perf_counter() - wall, used()


@contextmanager
def _children() -> Iterator[Callable[[], float]]:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)

    def used() -> float:
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime

    yield used


def _run(words: list[str]) -> str:
    """A fresh process with the command's own way in, so that leaving is measured too."""
    if words[:2] == ["-m", "placewell"]:
        words = ["-c", "from placewell.cli.main import run; run()", *words[2:]]
    return subprocess.run([sys.executable, *words], check=True, capture_output=True, text=True).stdout


if __name__ == "__main__":
    sys.exit(main())
