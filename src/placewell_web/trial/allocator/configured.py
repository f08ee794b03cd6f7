"""The allocator this site is set up with: its own process behind a socket, or the demo's in this one."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from threading import Lock

from django.conf import settings

from placewell.errors import UserError
from placewell.randomisation.configuration import Configuration
from placewell.randomisation.entries import Entry
from placewell.randomisation.verifier import program_hash
from placewell.specification import Specification
from placewell_web.trial.allocator.client import BehindSocket
from placewell_web.trial.allocator.demo import demo_draws
from placewell_web.trial.allocator.draws import DrawNotReady, Draws

NAMES = ("trial", "arms", "ratio", "method", "strata", "block_sizes", "imbalance", "opens_on", "closes_at")
"""What of a frozen configuration the specification decides, and may not depart from later."""


_OPENING = Lock()  # two who press first at one moment open the demo's folder once


def draws(specification: Specification) -> Draws:
    """The site's allocator. Raises DrawNotReady where none is set up, or the demo's is asked for in production."""
    if settings.TRIAL_CUSTODY == 0:
        if not settings.TRIAL_DEMO_KEYS:
            raise DrawNotReady("custody", "Custody level 0 draws with public keys: it is for the demo alone.")
        return _demo(Path(settings.TRIAL_FOLDER), specification)
    if not settings.ALLOCATOR_SOCKET:
        raise DrawNotReady("socket", "PLACEWELL_ALLOCATOR_SOCKET does not say where the allocator listens.")
    return BehindSocket(Path(settings.ALLOCATOR_SOCKET))


def _demo(folder: Path, specification: Specification) -> Draws:
    try:
        with _OPENING:
            return _opened(folder, specification)
    except (UserError, OSError) as fault:
        raise DrawNotReady(type(fault).__name__, *getattr(fault, "problems", (str(fault),))) from fault


@lru_cache(maxsize=8)
def _opened(folder: Path, specification: Specification) -> Draws:
    return demo_draws(folder, lambda: configuration_for(specification))


def forget() -> None:
    """Open folders anew at the next draw: for whoever has put another folder in place."""
    _opened.cache_clear()


def configuration_for(specification: Specification) -> Configuration:
    """What is frozen before the first participant. Raises ConfigurationError. Source: trial.md §2.1."""
    return Configuration.of_specification(specification, None, program_hash())


def departures(genesis: Entry, specification: Specification) -> list[str]:
    """The names of what the trial was opened with otherwise than the specification says now."""
    frozen = genesis.body.get("config")
    asked = configuration_for(specification).as_data()
    held = frozen if isinstance(frozen, dict) else {}
    return [name for name in NAMES if held.get(name) != asked[name]]
