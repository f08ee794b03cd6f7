"""The supervisor: keeps eight processes at work, kills one at a random instant, starts it anew, until all is done."""

from __future__ import annotations

import os
import random
import signal
import time
from dataclasses import dataclass, field
from pathlib import Path

from tests.torture import pressing
from tests.torture.stage import MODES, Stage

WORKERS = 8
QUIET = 0.004  # of presses end at each point of the site while there are kills left to make


@dataclass
class Run:
    """What is going on: which process does what, and how many were killed where."""

    stage: Stage
    seed: int
    presses: int
    kills: int
    workers: dict[int, int] = field(default_factory=dict)
    allocator: int = 0
    killed: int = 0
    allocator_killed: int = 0
    failed: int = 0
    starts: int = 0

    def answers(self, worker: int) -> Path:
        return self.stage.folder.parent / f"answers-{self.stage.mode}-{worker}"


def run(stage: Stage, seed: int, attempts: int, kills: int) -> Run:
    """Press and kill until every worker has its answers. Raises RuntimeError where a worker fails by itself."""
    from django.db import connections

    going = Run(stage, seed, -(-attempts // WORKERS), kills)
    dice = random.Random(seed)
    pressing.place_points()
    connections.close_all()
    _start_allocator(going)
    for worker in range(WORKERS):
        _start(going, worker)
    try:
        while going.workers:
            _wait_and_kill(going, dice)
            _reap(going)
            if going.failed:
                raise RuntimeError("A worker failed by itself.")
    finally:
        for pid in [*going.workers, *([going.allocator] if going.allocator else [])]:
            os.kill(pid, signal.SIGKILL)
            os.waitpid(pid, 0)
    return going


def _start(going: Run, worker: int) -> None:
    from placewell_web.accounts import service
    from placewell_web.trial.allocator import configured

    if going.stage.mode == MODES[0]:
        configured.draws(service.current()).standing()  # what a worker inherits is read already: starting costs nothing
    todo = pressing.plan(going.stage, worker, going.seed, going.presses)
    chance = QUIET if going.killed < going.kills else 0.0
    chances = dict.fromkeys(pressing.POINTS, chance)
    seed = f"{going.seed}/{worker}/{going.starts}"
    going.starts += 1
    pid = pressing.forked(lambda: pressing.work(going.stage, todo, going.answers(worker), chances, seed))
    going.workers[pid] = worker


def _start_allocator(going: Run) -> None:
    if going.stage.mode == MODES[0]:
        return
    chances = dict.fromkeys(pressing.IN_ALLOCATOR, QUIET if going.killed < going.kills else 0.0)
    seed = f"{going.seed}/allocator/{going.starts}"
    going.starts += 1
    going.allocator = pressing.forked(lambda: be_the_allocator(going.stage, chances, seed))


def be_the_allocator(stage: Stage, chances: dict[str, float], seed: str) -> None:
    """The allocator's process, ending itself at these points; it reads its folder anew, as after any start."""
    from tests.site.trial.ready import DRAWN_AT

    from placewell_web.trial.allocator.folder import AllocatorFolder, Machine
    from placewell_web.trial.allocator.keeping import Keeper
    from placewell_web.trial.allocator.moments import utc_of
    from placewell_web.trial.allocator.serving import listen, serve

    pressing.dice.seed(seed)
    pressing.armed.update(chances)
    mark = stage.folder.with_name(f"{stage.folder.name}.mark")
    keeper = Keeper(AllocatorFolder(stage.folder, Machine.here(), pressing.reached, mark))
    keeper.check_may_start()
    with listen(stage.socket) as listening:
        serve(listening, keeper.draws, lambda: utc_of(DRAWN_AT), lambda line: None)


def _wait_and_kill(going: Run, dice: random.Random) -> None:
    time.sleep(dice.uniform(0.0, 0.06))
    if going.killed >= going.kills:
        return
    if going.allocator and dice.random() < 0.05:
        os.kill(going.allocator, signal.SIGKILL)
    elif going.workers:
        os.kill(dice.choice(sorted(going.workers)), signal.SIGKILL)


def _reap(going: Run) -> None:
    while True:
        try:
            pid, status = os.waitpid(-1, os.WNOHANG)
        except ChildProcessError:
            return
        if not pid:
            return
        was_killed = os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL
        going.killed += was_killed
        if pid == going.allocator:
            going.allocator_killed += 1
            going.failed += not was_killed
            _start_allocator(going)
            continue
        worker = going.workers.pop(pid)
        if was_killed:
            _start(going, worker)
        elif status:
            going.failed += 1
