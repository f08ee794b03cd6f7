"""The allocator's process: one question at a time over a Unix socket, whatever the peers send."""

from __future__ import annotations

import os
import socket
import sys
from collections.abc import Callable, Mapping
from contextlib import closing, suppress
from pathlib import Path

from placewell.randomisation.emergency import Told
from placewell.randomisation.hashing import Value
from placewell.randomisation.request import Request
from placewell_web.trial.allocator.clock import Clock, check_moment
from placewell_web.trial.allocator.draws import AgainstTheRules, DrawNotReady, Draws
from placewell_web.trial.allocator.messages import BadMessage, Closed, receive, send
from placewell_web.trial.allocator.wording import UNEXPECTED, in_two_kinds

SOCKET_MODE = 0o660  # the allocator's user, and the group it shares with the site
SECONDS_FOR_A_PEER = 3.0  # a peer that says nothing must not keep the others waiting
QUESTION_MOST = 64 * 1024
WAITING = 64

Say = Callable[[str], None]


def to_stderr(line: str) -> None:
    """One line for the log: never a key, never an arm to come."""
    print(line, file=sys.stderr, flush=True)  # noqa: T201  the process's log


def listen(path: Path) -> socket.socket:
    """The socket others connect to; one left by a process that died is replaced. Raises OSError."""
    with suppress(FileNotFoundError):
        path.unlink()
    listening = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    before = os.umask(0o777 & ~SOCKET_MODE)
    try:
        listening.bind(str(path))
    finally:
        os.umask(before)
    listening.listen(WAITING)
    return listening


def serve(listening: socket.socket, draws: Callable[[], Draws], clock: Clock, say: Say = to_stderr) -> None:
    """Answer for ever. A peer's mistake ends its own line and nothing else."""
    while True:
        with suppress(OSError):
            line, _ = listening.accept()
            with closing(line):
                answer_one(line, draws, clock, say)


def answer_one(line: socket.socket, draws: Callable[[], Draws], clock: Clock, say: Say = to_stderr) -> None:
    """Read one question, answer it, and forget the peer."""
    line.settimeout(SECONDS_FOR_A_PEER)
    try:
        asked = receive(line, QUESTION_MOST)
        send(line, answer(draws, asked, clock, say))
    except Closed:
        return  # a look whether anyone is here, or a peer that died
    except (BadMessage, OSError) as fault:
        say(f"a peer was not understood: {type(fault).__name__}")


def answer(
    draws: Callable[[], Draws], asked: Mapping[str, Value], clock: Clock, say: Say = to_stderr
) -> dict[str, Value]:
    """The answer to one question; a refusal is an answer too."""
    try:
        return {"answer": _answered(draws(), asked, clock())}
    except AgainstTheRules as refused:
        return {"refused": list(refused.problems)}
    except DrawNotReady as stopped:
        say(f"not ready ({stopped.reason}): {' '.join(stopped.problems)}")
        return {"not_ready": stopped.reason, "problems": list(stopped.problems)}
    except Exception as fault:
        say(f"a fault of the allocator: {type(fault).__name__}")  # its words might hold what it was working on
        return {"not_ready": "fault", "problems": [UNEXPECTED]}


def _answered(draws: Draws, asked: Mapping[str, Value], now: int) -> Value:
    match asked:
        case {"ask": "genesis", "said": {}}:
            return draws.genesis().as_data()
        case {"ask": "standing", "said": {}}:
            now = draws.standing()
            needed: list[Value] = list(now.packets_needed)
            return {"seq": now.seq, "hash": now.hash, "locked": list(now.locked), "packets_needed": needed}
        case {"ask": "tail", "said": {"after_seq": int(after), "head_hash": str(seal)}}:
            return [entry.as_data() for entry in draws.tail(after, seal)]
        case {"ask": "allocate", "said": {"utc": int(utc), "told": {"place": int(place), "arm": str(arm)}, **request}}:
            check_moment(utc, now)
            with in_two_kinds():
                return draws.allocate(Request.from_data(request), utc, Told(place, arm)).as_data()
        case {"ask": "allocate", "said": {"utc": int(utc), **request}}:
            check_moment(utc, now)
            with in_two_kinds():
                return draws.allocate(Request.from_data(request), utc).as_data()
        case {"ask": "note" | "void" | "withdraw" as what, "said": {"utc": int(utc), **said}}:
            check_moment(utc, now)
            return _about(draws, str(what), utc, said)
    raise AgainstTheRules("The allocator does not know this question.")


WORDS_OF = {
    "note": {"person", "reason", "actor", "stratum"},
    "void": {"person", "reason", "actor", "second"},
    "withdraw": {"person", "scope", "reason", "actor"},
}


def _about(draws: Draws, what: str, utc: int, said: Mapping[str, Value]) -> Value:
    if set(said) != WORDS_OF[what] or not all(isinstance(each, str) for each in said.values()):
        raise AgainstTheRules("The allocator does not understand what was said.")
    words = {name: str(each) for name, each in said.items()}
    if what == "note":
        return draws.note(utc=utc, **words).as_data()
    if what == "void":
        return draws.void(utc=utc, **words).as_data()
    return draws.withdraw(utc=utc, **words).as_data()
