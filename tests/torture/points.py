"""A press that dies at a named point, and the person pressed for again: the answer must be the one that stood."""

from __future__ import annotations

import json
import os
import signal
import time
from collections.abc import Callable
from typing import TypeVar

from tests.torture import pressing
from tests.torture.killing import be_the_allocator
from tests.torture.stage import MODES, Stage

from placewell.randomisation.entries import Entry

T = TypeVar("T")


def reopened(stage: Stage, point: str, people: range) -> tuple[int, int]:
    """Press and die at the point for each of these people; how many died there, and how many answers departed."""
    died = departed = 0
    for person in people:
        before = _sealed(stage)
        died += _press_and_die(stage, point, person)
        stood = _sealed(stage)[len(before) :]
        departed += not _same_again(stage, person, stood)
    return died, departed


def _press_and_die(stage: Stage, point: str, person: int) -> bool:
    """In the process that the point is in; whether it died there."""
    from django.db import connections

    connections.close_all()
    if stage.mode == MODES[0] or point not in pressing.IN_ALLOCATOR:
        return with_allocator(stage, lambda: _ended_killed(pressing.forked(lambda: _press_armed(stage, point, person))))
    allocator = _allocator(stage, point)
    pid = pressing.forked(lambda: pressing.press(stage, person) and None)  # it waits in vain: nobody answers any more
    died = _ended_killed(allocator)
    _end(pid)
    return died


def _press_armed(stage: Stage, point: str, person: int) -> None:
    pressing.armed[point] = 1.0
    pressing.press(stage, person)


def _allocator(stage: Stage, point: str = "") -> int:
    """The allocator's process, ending itself at the point, once it listens."""
    chances = {point: 1.0} if point else {}
    stage.socket.unlink(missing_ok=True)
    pid = pressing.forked(lambda: be_the_allocator(stage, chances, "0"))
    while not stage.socket.exists():
        time.sleep(0.005)
    return pid


def _same_again(stage: Stage, person: int, stood: list[Entry]) -> bool:
    """Whether two presses and the page give one answer, and the one that stood on the witness if it had come so far."""
    from placewell_web.trial.allocator.codes import letter_code
    from placewell_web.trial.queries.ledger import allocated

    first, second = with_allocator(stage, lambda: [pressing.press(stage, person) for _ in range(2)])
    page = allocated(stage.viewer, stage.episodes[person])
    once = sum(each.person == stage.numbers[person].replace(" ", "-") for each in _sealed(stage))
    as_it_stood = [(each.arm, letter_code(each.hash)) for each in stood]
    shown = (page.arm, page.check_code) if page else None
    return once == 1 and first == second == shown and as_it_stood in ([], [first])


def with_allocator(stage: Stage, job: Callable[[], T]) -> T:
    """What the job answers while an allocator listens, where this mode needs one."""
    from django.db import connections

    connections.close_all()
    helper = _allocator(stage) if stage.mode != MODES[0] else 0
    try:
        return job()
    finally:
        _end(helper)


def _sealed(stage: Stage) -> list[Entry]:
    """The whole lines of the witness; the torn one is nobody's."""
    lines = (stage.folder / "witness.jsonl").read_bytes().split(b"\n")[:-1]
    return [Entry.from_data(json.loads(line)) for line in lines]


def _ended_killed(pid: int) -> bool:
    status = os.waitpid(pid, 0)[1]
    return os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL


def _end(pid: int) -> None:
    if pid:
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
