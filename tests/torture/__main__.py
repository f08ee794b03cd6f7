"""`make torture`: presses and kills on one database, in this process's allocator and through its own, and the table."""

from __future__ import annotations

import argparse
import secrets
import sys
import tempfile
import time
from pathlib import Path

from tests.torture import killing, points, pressing, verdict
from tests.torture.stage import MODES, Stage, clear_ledger, database, new_world, stage

COLUMNS = ("mode", "answers", "people", "kills", "of these the allocator", "lost", "doubled", "changed", "chain")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--attempts", type=int, default=10_400, help="answers given, over both modes")
    parser.add_argument("--kills", type=int, default=1_040, help="processes killed, over both modes")
    parser.add_argument(
        "--at-points", type=int, default=60, help="people for each of the five named points, over both modes"
    )
    parser.add_argument("--seed", type=int, default=None, help="of an earlier run; default: a fresh one")
    parser.add_argument(
        "--mode", choices=MODES, help="the allocator in the site's processes, or in its own; default: both"
    )
    asked = parser.parse_args()
    seed = secrets.randbelow(2**32) if asked.seed is None else asked.seed
    with tempfile.TemporaryDirectory(prefix="torture-") as name, database(Path(name)) as kind:
        print(f"{kind}, {killing.WORKERS} processes, seed {seed}", flush=True)
        return _both(asked, kind, seed, Path(name))


def _both(asked: argparse.Namespace, kind: str, seed: int, scratch: Path) -> int:
    world, failed, start = new_world(), 0, 0
    shares = {asked.mode: 1.0} if asked.mode else {MODES[0]: 0.6, MODES[1]: 0.4}
    print(f"{'':12}" + "".join(f"{each:>24}" if " " in each else f"{each:>10}" for each in COLUMNS[1:]))
    for mode in shares:
        attempts, kills, each_point = (
            round(each * shares[mode]) for each in (asked.attempts, asked.kills, asked.at_points)
        )
        people = max(attempts // 4, attempts // killing.WORKERS + 1)
        at_points = len(pressing.POINTS) * each_point
        folder = scratch / mode
        folder.mkdir()
        made = stage(world, kind, mode, folder, people + at_points, start)
        start += people + at_points
        failed += _one(made, seed, attempts, kills, people, each_point)
        clear_ledger()
    return 1 if failed else 0


def _one(made: Stage, seed: int, attempts: int, kills: int, people: int, at_points: int) -> int:
    """The named points first, while the witness is short: each needs its allocator started anew."""
    began = time.monotonic()
    failed = _at_points(made, people, at_points)
    everyone = made.meetings
    made.meetings = everyone[:people]
    going = killing.run(made, seed, attempts, kills)
    made.meetings = everyone
    judged = verdict.judge(made, going)
    numbers = (judged.acknowledged, judged.people, going.killed)
    print(
        f"{made.mode:12}" + "".join(f"{each:10}" for each in numbers) + f"{going.allocator_killed:24}"
        f"{judged.lost:10}{judged.doubled:10}{judged.changed:10}{len(judged.chain):10}"
        f"   {time.monotonic() - began:.0f} s",
        flush=True,
    )
    for each in judged.chain[:5]:
        print(f"  {each}")
    return int(failed or not judged.sound or going.killed < kills or judged.acknowledged < attempts)


def _at_points(made: Stage, people: int, at_points: int) -> bool:
    failed = False
    for at, point in enumerate(pressing.POINTS):
        first = people + at * at_points
        died, departed = points.reopened(made, point, range(first, first + at_points))
        print(f"  killed {point:24}{died:6} of {at_points}   another answer on reopening {departed}", flush=True)
        failed |= died != at_points or departed > 0
    return failed


if __name__ == "__main__":
    sys.exit(main())
