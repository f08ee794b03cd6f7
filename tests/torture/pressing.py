"""What a tortured process does: it presses for one person after another, and writes down each answer it was given."""

from __future__ import annotations

import os
import random
import signal
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.torture.stage import Stage

POINTS = ("before_draw", "inside_witness_write", "after_witness_fsync", "before_commit", "after_commit")
"""Where a process ends itself: the first three in the allocator, the others in the site's transaction."""
IN_ALLOCATOR = POINTS[:3]

armed: dict[str, float] = {}
"""In a child: the points at which it ends itself, and how often."""
dice = random.Random()


def reached(point: str) -> None:
    """Called at every point; ends the process there if it is armed and the dice say so."""
    if armed.get(point, 0.0) > dice.random():
        os.kill(os.getpid(), signal.SIGKILL)


def place_points() -> None:
    """Put `reached` into the product once, in the parent: children inherit it, unarmed."""
    from functools import partial

    from placewell_web.trial.actions import finishing
    from placewell_web.trial.allocator import configured

    if getattr(finishing, "tortured", False):
        return
    finish = finishing.finish

    def finish_and_stop(**given: Any) -> None:
        finish(**given)
        reached("before_commit")

    finishing.finish, finishing.tortured = finish_and_stop, True  # type: ignore[attr-defined]
    configured.demo_draws = partial(configured.demo_draws, pause=reached)


def press(stage: Stage, person: int) -> tuple[str, str]:
    """Press until there is an answer: the arm and the check code."""
    from django.db import OperationalError
    from tests.site.trial.ready import DRAWN_AT

    from placewell_web.trial.actions.allocation import randomise
    from placewell_web.trial.actions.ledger import DrawUnavailable

    until = time.monotonic() + 900
    while True:
        try:
            meeting = stage.meetings[person]
            made = randomise(by=stage.by, at=DRAWN_AT, viewer=stage.viewer, meeting_id=meeting)
            reached("after_commit")
            return made.arm, made.check_code
        except (DrawUnavailable, OperationalError):
            if time.monotonic() > until:
                raise
            time.sleep(0.01)


def plan(stage: Stage, worker: int, seed: int, presses: int) -> list[int]:
    """Whom this worker presses for: a share of all, nearly in the same order as the others, so that they meet."""
    chosen = random.Random(f"{seed}/{worker}").sample(range(len(stage.meetings)), presses)
    jitter = random.Random(f"{seed}/jitter/{worker}")
    return sorted(chosen, key=lambda person: person + jitter.uniform(-4, 4))


def work(stage: Stage, todo: list[int], answers: Path, chances: dict[str, float], seed: str) -> None:
    """Press for those not yet answered, and write each answer at once; ends the process."""
    dice.seed(seed)
    armed.update(chances)
    done = answered(answers)
    file = os.open(answers, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    for person in todo[len(done) :]:
        os.write(file, f"{person} {' '.join(press(stage, person))}\n".encode())


def answered(answers: Path) -> list[tuple[int, str, str]]:
    """The answers given so far."""
    if not answers.exists():
        return []
    lines = [line.split() for line in answers.read_text().splitlines()]
    return [(int(person), arm, code) for person, arm, code in lines]


def forked(job: Callable[[], None]) -> int:
    """Run the job in a child of its own; its process id. The child never comes back."""
    pid = os.fork()
    if pid:
        return pid
    status = 1
    try:
        job()
        status = 0
    except BaseException as fault:
        os.write(2, f"a worker failed: {type(fault).__name__}: {fault}\n".encode())
    finally:
        os._exit(status)
