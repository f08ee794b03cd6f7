"""One hard indicator of each of three services beside the same figure as hand-written DuckDB SQL, cold and warm.

Run with `python -m benchmarks.hardest`. It makes its own people from a seed and checks in several quarters that both
say the same number. Cold is `placewell members` (everybody the figure considered, each with a reason) from a fresh
process; warm is the figure alone.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks.hardest_sql import HARDEST, opened, sql_value
from benchmarks.returns import PERIODS
from benchmarks.timing import in_turns, least_processor, print_times, run_apart, timed_apart, timed_here

if TYPE_CHECKING:
    from placewell.periods import Period

SEED, QUARTERS = 1, 4


def main() -> int:
    """Make the data, measure in turns, compare, print; the number of figures that differ."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=10_000)
    parser.add_argument("--repetitions", type=int, default=7)
    given = parser.parse_args()
    print(f"Three hard indicators, {given.people:,} people, {given.repetitions} repetitions in turns; seconds\n")
    with tempfile.TemporaryDirectory() as folder:
        return sum(_bench(name, given.people, Path(folder) / name, given.repetitions) for name in HARDEST)


def _bench(service: str, people: int, data: Path, repetitions: int) -> int:
    import duckdb

    from placewell.dataset import read_folder
    from placewell.indicators import figures
    from placewell.periods import parse_period
    from placewell.specification import load

    run_apart(["-m", "placewell", "synth", service, "--people", str(people), "--seed", str(SEED), "--out", str(data)])
    written, spec, dataset = HARDEST[service], load(service), read_folder(data)
    starts, id = spec.service.first_quarter_starts, written.indicator
    period = parse_period(PERIODS[service], starts)
    connection = opened(duckdb.connect(), data, written.tables)
    ours = partial(figures, spec, dataset, period, only=(id,))
    theirs = partial(sql_value, connection, written, period.start, period.end)
    times = in_turns(
        {
            f"{service}: {id}, cold": partial(timed_apart, _members(service, id, data)),
            "  DuckDB SQL, cold": partial(timed_apart, _sql(service, data, period)),
            "  placewell, warm, with its breakdowns": partial(timed_here, ours),
            "  DuckDB SQL, warm, no breakdowns": partial(timed_here, theirs),
        },
        repetitions,
    )
    print_times(times)
    cold, sql_cold, warm, sql_warm = map(least_processor, times.values())
    print(f"  CPU to DuckDB's: {cold / sql_cold:.1f} x cold, {warm / sql_warm:.1f} x warm")
    year = parse_period(PERIODS[service][:2], starts)
    quarters = [parse_period(f"{year.label}Q{number + 1}", starts) for number in range(QUARTERS)]
    pairs = {
        one.label: (
            figures(spec, dataset, one, only=(id,))[0].value,
            sql_value(connection, written, one.start, one.end),
        )
        for one in quarters
    }
    return _compared(pairs)


def _compared(pairs: dict[str, tuple[Any, Any]]) -> int:
    """Say what both make of each quarter; the number of those that differ."""
    differing = [label for label, (ours, theirs) in pairs.items() if ours != theirs]
    said = (f"{label} {ours}{f' (SQL {theirs})' if ours != theirs else ''}" for label, (ours, theirs) in pairs.items())
    print(f"  {'; '.join(said)}\n  {len(pairs) - len(differing)} of {len(pairs)} quarters are the same in both.\n")
    return len(differing)


def _members(service: str, id: str, data: Path) -> list[str]:
    asked = ["--data", str(data), "--period", PERIODS[service], "--format", "csv"]
    return ["-m", "placewell", "members", service, id, *asked]


def _sql(service: str, data: Path, period: Period) -> list[str]:
    return ["-m", "benchmarks.hardest_sql", service, str(data), str(period.start), str(period.end)]


if __name__ == "__main__":
    sys.exit(1 if main() else 0)
