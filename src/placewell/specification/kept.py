"""Keeps a validated specification beside its files, as Python keeps bytecode, so that a start need not validate again.

What is kept counts only for the very same files, models and Python; each file's part is taken up when first asked for.
"""

from __future__ import annotations

import pickle
import sys
from contextlib import suppress
from hashlib import sha256
from os import getpid
from pathlib import Path
from typing import Any

from pydantic import VERSION

from placewell.specification.model import FILES, Specification

MODELS = Path(__file__).parent
KEY_LENGTH = 32


class KeptSpecification(Specification):
    """A specification whose parts lie pickled until they are asked for."""

    def __getattr__(self, name: str) -> Any:
        """Take up a part that has not been asked for yet."""
        parts = self.__dict__.get("_parts", {})
        if name not in parts:
            raise AttributeError(name)
        part = pickle.loads(parts[name])  # noqa: S301 — written by `write`, beside the package's own code
        object.__setattr__(self, name, part)
        return part


def read(folder: Path) -> Specification | None:
    """The specification kept for a folder; None when there is none, or the files have changed since."""
    try:
        held = place(folder).read_bytes()
    except OSError:
        return None
    if held[:KEY_LENGTH] != key(folder):
        return None
    specification = object.__new__(KeptSpecification)
    content = pickle.loads(held[KEY_LENGTH:])  # noqa: S301 — written by `write`, beside the package's own code
    object.__setattr__(specification, "_parts", content["parts"])
    object.__setattr__(specification, "hash", content["hash"])
    return specification


def write(folder: Path, specification: Specification) -> None:
    """Keep a specification for its folder, whole or not at all; where nothing can be written, nothing is kept."""
    parts = {name: pickle.dumps(getattr(specification, name), pickle.HIGHEST_PROTOCOL) for name in FILES}
    held = key(folder) + pickle.dumps({"hash": specification.hash, "parts": parts}, pickle.HIGHEST_PROTOCOL)
    partial = place(folder).with_suffix(f".{getpid()}")
    with suppress(OSError):
        partial.parent.mkdir(exist_ok=True)
        partial.write_bytes(held)
        partial.replace(place(folder))


def place(folder: Path) -> Path:
    """Where the specification of a folder is kept."""
    return folder / "__pycache__" / f"specification.{sys.implementation.cache_tag}.pickle"


def key(folder: Path) -> bytes:
    """What the kept specification depends on: the folder's files, the models that validated them, and pydantic."""
    content = sha256(f"{VERSION} {sys.version}".encode())
    for file in (*sorted(folder.glob("*.toml")), *sorted(MODELS.glob("*.py"))):
        content.update(file.name.encode() + b"\0" + file.read_bytes())
    return content.digest()
