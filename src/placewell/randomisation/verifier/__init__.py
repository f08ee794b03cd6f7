"""The verifier that ships with the product: a program in another language that replays a trial's bundle."""

from __future__ import annotations

import hashlib
from importlib.resources import files

PROGRAM = "verify.mjs"


def program() -> bytes:
    """The program as it ships; whoever checks a trial runs it with Node, which is all it needs."""
    return files(__name__).joinpath(PROGRAM).read_bytes()


def program_hash() -> str:
    """The SHA-256 that a trial's configuration names, so that all agree what will judge it. Source: trial.md §2.1."""
    return hashlib.sha256(program()).hexdigest()
