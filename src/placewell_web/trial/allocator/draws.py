"""What the site may ask of an allocator, whoever answers: this process in the demo, else one of its own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from placewell.errors import UserError
from placewell.randomisation.emergency import Told
from placewell.randomisation.entries import Entry
from placewell.randomisation.request import Request


class DrawNotReady(UserError):
    """The allocator gives no arm now: it is not there, is locked, lacks a packet, or holds another chain.

    `reason` is a code for the log and the administrator; the sentences may name places of the chain, which whoever
    recruits never sees.
    """

    def __init__(self, reason: str, *problems: str) -> None:
        super().__init__(*problems)
        self.reason = reason


class AgainstTheRules(UserError):
    """The allocator refuses this request by the trial's rules: each sentence may be shown."""


@dataclass(frozen=True)
class Standing:
    """How an allocator stands: its last entry, why it is locked, and the strata whose packet must be loaded soon."""

    seq: int
    hash: str
    locked: tuple[str, ...] = ()
    packets_needed: tuple[str, ...] = ()


class Draws(Protocol):
    """The whole of it: nobody can ask for an arm that is to come, a key, or a change. Source: trial.md §§1, 5.

    Every method raises DrawNotReady, and those that write AgainstTheRules. Moments are thousandths of a second since
    1970 began in UTC.
    """

    def genesis(self) -> Entry: ...

    def allocate(self, request: Request, utc: int, told: Told | None = None) -> Entry: ...

    def note(self, *, person: str, reason: str, actor: str, utc: int, stratum: str = "") -> Entry: ...

    def void(self, *, person: str, reason: str, actor: str, second: str, utc: int) -> Entry: ...

    def withdraw(self, *, person: str, scope: str, reason: str, actor: str, utc: int) -> Entry: ...

    def tail(self, after_seq: int, head_hash: str) -> tuple[Entry, ...]: ...

    def standing(self) -> Standing: ...
