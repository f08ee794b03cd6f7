"""Processes on one witness: killed at every named point, and many at once, nothing is lost, doubled or changed."""

import multiprocessing
import os
import signal
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from multiprocessing.context import ForkContext
from pathlib import Path

import pytest
from tests.library.randomisation.allocators import filled, opened, request, started
from tests.library.randomisation.trials import MOMENT, blocks, whole

from placewell.randomisation.chain import problems
from placewell.randomisation.draw import Sequence
from placewell.randomisation.state import LedgerState
from placewell.randomisation.witness import Witness

POINTS = {  # where the process dies: is the person's entry on the disk?
    "before_draw": False,
    "before_witness": False,
    "inside_witness_write": False,
    "after_witness_write": True,
    "after_witness_fsync": True,
    "before_return": True,
}
FORK: ForkContext = multiprocessing.get_context("fork")


def ended(work: Callable[[], None]) -> int:
    """Runs this in another process and says how it ended."""
    process = FORK.Process(target=work)
    process.start()
    process.join(60)
    assert process.exitcode is not None
    return process.exitcode


@pytest.mark.parametrize("point", POINTS)
def test_killed_at(tmp_path: Path, point: str) -> None:
    opened(tmp_path)

    def die(reached: str) -> None:
        if reached == point:
            os.kill(os.getpid(), signal.SIGKILL)

    assert ended(lambda: started(tmp_path, pause=die).allocate(request("p1"), MOMENT) and None) == -signal.SIGKILL
    witness = Witness(tmp_path / "witness.jsonl")
    left = witness.read()
    assert [each.person for each in left[1:]] == (["p1"] if POINTS[point] else [])
    assert (tmp_path / "witness.jsonl.torn").exists() == (point == "inside_witness_write")
    again = started(tmp_path).allocate(request("p1"), MOMENT + 60_000)
    assert (again.seq, again.n, again.utc) == (1, 0, MOMENT if POINTS[point] else MOMENT + 60_000)
    assert witness.read() == (left[0], again)


def test_a_process_that_held_an_open_allocator_forks_and_both_go_on(tmp_path: Path) -> None:
    allocator = opened(tmp_path)
    filled(allocator, 3)
    assert ended(lambda: filled(allocator, 3, 3) and None) == 0
    assert [each.n for each in filled(allocator, 4, 6)] == [3, 3, 4, 4]
    assert problems(allocator.tail(-1, "")) == []


def test_threads_of_one_process_share_an_allocator(tmp_path: Path) -> None:
    allocator = opened(tmp_path)
    with ThreadPoolExecutor(8) as pool:
        given = list(pool.map(lambda n: allocator.allocate(request(f"p{n % 50}"), MOMENT), range(200)))
    assert len({entry.hash for entry in given}) == 50
    assert problems(allocator.tail(-1, "")) == []
    assert allocator.head()[0] == 50


def test_a_child_that_was_forked_while_a_thread_held_the_file_does_not_hold_it_on(tmp_path: Path) -> None:
    witness = opened(tmp_path)._witness
    with witness.held():
        child = FORK.Process(target=signal.pause)
        child.start()
    try:
        assert filled(started(tmp_path), 1)[0].n == 0
    finally:
        child.kill()
        child.join()


def test_many_at_once_on_the_same_people(tmp_path: Path) -> None:
    made = blocks(strata=("lot_1", "lot_2", "lot_3"), planned=(9, 9, 9))
    opened(tmp_path, made)
    results = FORK.SimpleQueue()

    def work(number: int) -> None:
        allocator = started(tmp_path, made)
        people = sorted(range(40), key=lambda n: (n * 17 + number * 11) % 41)
        given = [allocator.allocate(request(f"p{n}", made.strata[n % 3]), MOMENT) for n in people]
        results.put([(entry.person, entry.hash) for entry in given])

    processes = [FORK.Process(target=work, args=(number,)) for number in range(4)]
    for process in processes:
        process.start()
    told = [pair for _ in processes for pair in results.get()]
    for process in processes:
        process.join(60)
    entries = started(tmp_path, made).tail(-1, "")
    assert problems(entries) == []
    state = LedgerState.of(entries)
    assert set(told) == {(person, entry.hash) for person, entry in state.allocations.items()}
    assert (len(told), len(state.allocations), state.head[0]) == (160, 40, 40)
    sequence = Sequence(whole(made), made)
    assert all(sequence.arm(each.stratum, each.n, {}) == each.arm for each in state.allocations.values())
