"""What a participant may take back, and what that means for each kind of data, from the specification's words."""

from __future__ import annotations

from collections.abc import Iterable

from placewell.specification.trial import TrialFile, Withdrawal

KINDS = ("support", "contact", "linkage", "held_data")


def offered(trial: TrialFile, arm: str) -> list[Withdrawal]:
    """What may be taken back: leaving the support only by those who have it, the rest by everyone."""
    has_support = any(one.id == arm and one.enters_service for one in trial.arms)
    return [one for one in trial.withdrawals if has_support or not one.closes_episode]


def meanings(chosen: Iterable[Withdrawal]) -> list[tuple[str, str, bool]]:
    """For each kind of data what holds from the day on, and whether it stops: the words of the scope that stops it."""
    scopes = list(chosen)
    said = []
    for kind in KINDS:
        texts = [(one, meaning.text) for one in scopes for meaning in one.meanings if meaning.covers == kind]
        stopping = [text for one, text in texts if kind in one.stops]
        if texts:
            said.append((kind, (stopping or [text for _, text in texts])[-1], bool(stopping)))
    return said
