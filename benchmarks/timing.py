"""What the benchmarks measure with: fresh processes, wall and processor seconds, and the table they are printed in."""

from __future__ import annotations

import resource
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from statistics import median

Times = list[tuple[float, float]]
"""Wall and processor seconds of each repetition."""

HEADING = f"{'':60}{'wall min':>10}{'median':>9}{'CPU min':>10}{'median':>9}"


def run_apart(words: list[str]) -> str:
    """A fresh process with the command's own way in, so that leaving is measured too; what it printed."""
    if words[:2] == ["-m", "placewell"]:
        words = ["-c", "from placewell.cli.main import run; run()", *words[2:]]
    return subprocess.run([sys.executable, *words], check=True, capture_output=True, text=True).stdout


def timed_apart(words: list[str]) -> tuple[float, float]:
    """Wall and processor seconds of a fresh process."""
    before, wall = _of_children(), time.perf_counter()
    run_apart(words)
    return time.perf_counter() - wall, _of_children() - before


def timed_here(work: Callable[[], object]) -> tuple[float, float]:
    """Wall and processor seconds of a call in this process."""
    wall, processor = time.perf_counter(), time.process_time()
    work()
    return time.perf_counter() - wall, time.process_time() - processor


def in_turns(measured: Mapping[str, Callable[[], tuple[float, float]]], repetitions: int) -> dict[str, Times]:
    """Every measurement once, then every one again, so that a slow minute falls on all alike."""
    times: dict[str, Times] = {name: [] for name in measured}
    for _ in range(repetitions):
        for name, measure in measured.items():
            times[name].append(measure())
    return times


def print_times(times: Mapping[str, Times], notes: Mapping[str, str] | None = None) -> None:
    """The table; a note stands at the end of its line."""
    print(HEADING)
    for name, each in times.items():
        wall, processor = zip(*each, strict=True)
        note = (notes or {}).get(name, "")
        print(f"{name:60}{min(wall):10.3f}{median(wall):9.3f}{min(processor):10.3f}{median(processor):9.3f}{note}")


def least_processor(times: Times) -> float:
    """The least processor seconds."""
    return min(processor for _, processor in times)


def _of_children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime
