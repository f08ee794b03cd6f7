"""The interface over a Unix socket: the allocator is another process of another user (custody levels 1 and 2)."""

from __future__ import annotations

import socket
from contextlib import closing
from pathlib import Path

from placewell.errors import UserError
from placewell.randomisation.emergency import Told
from placewell.randomisation.entries import Entry
from placewell.randomisation.hashing import Value
from placewell.randomisation.request import Request
from placewell_web.trial.allocator.draws import AgainstTheRules, DrawNotReady, Standing
from placewell_web.trial.allocator.messages import BadMessage, receive, send

SECONDS_TO_ANSWER = 10.0


class BehindSocket:
    """Asks the allocator behind the socket, on a line of its own for each question."""

    def __init__(self, path: Path, seconds: float = SECONDS_TO_ANSWER) -> None:
        self._path = path
        self._seconds = seconds

    def genesis(self) -> Entry:
        """The trial's first entry."""
        return _entry(self._ask("genesis", {}))

    def allocate(self, request: Request, utc: int, told: Told | None = None) -> Entry:
        """The person's allocation: the one there is, or a new one."""
        if told is not None:
            listed: dict[str, Value] = {"place": told.place, "arm": told.arm}
            return _entry(self._ask("allocate", {**request.as_data(), "utc": utc, "told": listed}))
        return _entry(self._ask("allocate", {**request.as_data(), "utc": utc}))

    def note(self, *, person: str, reason: str, actor: str, utc: int, stratum: str = "") -> Entry:
        """A departure found afterwards; the arm stays."""
        said: dict[str, Value] = {"person": person, "reason": reason, "actor": actor, "utc": utc, "stratum": stratum}
        return _entry(self._ask("note", said))

    def void(self, *, person: str, reason: str, actor: str, second: str, utc: int) -> Entry:
        """Randomised in error: two people agree, the place stays used."""
        said: dict[str, Value] = {"person": person, "reason": reason, "actor": actor, "second": second, "utc": utc}
        return _entry(self._ask("void", said))

    def withdraw(self, *, person: str, scope: str, reason: str, actor: str, utc: int) -> Entry:
        """What a person withdraws from."""
        said: dict[str, Value] = {"person": person, "scope": scope, "reason": reason, "actor": actor, "utc": utc}
        return _entry(self._ask("withdraw", said))

    def tail(self, after_seq: int, head_hash: str) -> tuple[Entry, ...]:
        """What a database that ends there lacks."""
        listed = self._ask("tail", {"after_seq": after_seq, "head_hash": head_hash})
        if not isinstance(listed, list):
            raise _not_understood()
        return tuple(_entry(each) for each in listed)

    def standing(self) -> Standing:
        """Its last entry, why it is locked, and the strata that need a packet."""
        match self._ask("standing", {}):
            case {"seq": int(seq), "hash": str(seal), "locked": list(locked), "packets_needed": list(needed)}:
                return Standing(seq, seal, tuple(map(str, locked)), tuple(map(str, needed)))
        raise _not_understood()

    def _ask(self, what: str, said: dict[str, Value]) -> Value:
        answer = self._answer({"ask": what, "said": said})
        match answer:
            case {"answer": value}:
                return value
            case {"refused": list(problems)}:
                raise AgainstTheRules(*map(str, problems))
            case {"not_ready": str(reason), "problems": list(problems)}:
                raise DrawNotReady(reason, *map(str, problems))
        raise _not_understood()

    def _answer(self, message: dict[str, Value]) -> dict[str, Value]:
        with closing(socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)) as line:
            line.settimeout(self._seconds)
            try:
                line.connect(str(self._path))
            except OSError as fault:
                raise DrawNotReady("unreachable", f"No allocator answers at {self._path}.") from fault
            try:
                send(line, message)
                return receive(line)
            except TimeoutError as late:
                raise DrawNotReady("late", "The allocator did not answer in time.") from late
            except (OSError, BadMessage) as fault:
                raise DrawNotReady("lost", "The line to the allocator broke before it answered.") from fault


def _entry(value: Value) -> Entry:
    try:
        return Entry.from_data(value)
    except UserError as fault:
        raise _not_understood() from fault


def _not_understood() -> DrawNotReady:
    return DrawNotReady("answer", "The allocator's answer could not be understood: do both run the same version?")
