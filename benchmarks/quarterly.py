"""`make bench`: the return of a quarter from a cold command line, warm in one process, and as hand-written DuckDB SQL.

Run with `python -m benchmarks.quarterly`. It makes its own people from a seed, checks that both give the same
numbers, and prints wall and processor seconds (minimum and median of interleaved repetitions).
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path

from benchmarks.sql import INDICATORS, sql_figures
from benchmarks.timing import Times, in_turns, least_processor, print_times, run_apart, timed_apart, timed_here

SERVICE, PERIOD, SEED = "thrive_into_work", "Y2Q3", 1
MANY = 50_000
IMPORTS = (
    "import os, placewell.cli.report, placewell.reports, placewell.specification.outcomes, "
    "placewell.specification.indicators; os._exit(0)"
)


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
    run_apart(["-m", "placewell", "synth", SERVICE, "--people", str(people), "--seed", str(SEED), "--out", str(data)])
    out = data.parent / f"{people}.json"
    report = ["-m", "placewell", "report", SERVICE, "--data", str(data), "--period", PERIOD, "--out", str(out)]
    sql = ["-m", "benchmarks.sql", str(data), PERIOD]
    measured: dict[str, Callable[[], tuple[float, float]]] = {
        f"placewell report, cold, every indicator, {people:,} people": lambda: timed_apart(report),
        "  of it: Python and every import": lambda: timed_apart(["-c", IMPORTS]),
        "  of it: importing Polars alone": lambda: timed_apart(["-c", "import polars"]),
        f"DuckDB SQL, cold, the {len(INDICATORS)} indicators below": lambda: timed_apart(sql),
    }
    times = in_turns(measured, repetitions) | _warm(data, repetitions)
    print_times(times)
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
    return in_turns({name: partial(timed_here, work) for name, work in warm.items()}, repetitions)


def _compare(out: Path, data: Path) -> int:
    """Say for each indicator what both make of it; the number of those that differ."""
    ours = {figure["id"]: figure["value"] for figure in json.loads(out.read_text(encoding="utf-8"))["indicators"]}
    theirs = json.loads(run_apart(["-m", "benchmarks.sql", str(data), PERIOD]))
    differing = [id for id in INDICATORS if ours[id] != theirs[id]]
    print(
        "\n  "
        + "; ".join(f"{id} {ours[id]}{'' if ours[id] == theirs[id] else f' (SQL {theirs[id]})'}" for id in INDICATORS)
    )
    print(f"  {len(INDICATORS) - len(differing)} of {len(INDICATORS)} indicators are the same in both.\n")
    return len(differing)


def _ratios(times: dict[str, Times]) -> None:
    """The least processor time of each of ours to DuckDB's, cold and warm."""
    cold, _, _, sql_cold, every, same, sql_warm = map(least_processor, times.values())
    print(
        f"\n  CPU to DuckDB's: {cold / sql_cold:.1f} x cold, every indicator and breakdown; warm "
        f"{every / sql_warm:.1f} x, and {same / sql_warm:.1f} x for the same {len(INDICATORS)} indicators"
    )


if __name__ == "__main__":
    sys.exit(main())
