"""The bytes everything is hashed from, and the four functions of cryptography the trial rests on."""

from __future__ import annotations

import hashlib
import hmac
import json
from typing import TypeAlias

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

Value: TypeAlias = "str | int | list[Value] | dict[str, Value]"
"""What may be hashed: every language reads it the same way. Fractions, truth values and nothing are not in it."""

KEY_BYTES = 32
LENGTH_BYTES = 4
LARGEST_INTEGER = 2**53 - 1  # beyond it JavaScript's numbers lose digits


def canon(value: Value) -> bytes:
    """The one way to write a value: JSON with sorted keys, no spaces, UTF-8.

    Raises TypeError for anything but text, whole numbers, lists and objects with text keys, and ValueError for a whole
    number that other languages cannot hold or text that is not Unicode. Source: trial.md §1.
    """
    _check(value)
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def _check(value: object) -> None:
    if isinstance(value, dict):
        for key, part in value.items():
            if type(key) is not str:
                raise TypeError(f"a key is {type(key).__name__}, not text")
            _check(part)
    elif isinstance(value, list):
        for part in value:
            _check(part)
    elif type(value) is int:
        if abs(value) > LARGEST_INTEGER:
            raise ValueError(f"{value} is beyond what every language can hold")
    elif type(value) is not str:
        raise TypeError(f"{type(value).__name__} cannot be hashed: only text, whole numbers, lists and objects can")


def digest(tag: str, *parts: bytes | str) -> bytes:
    """SHA-256 over a tag and parts, each with its length before it, so that no two lists of parts read alike.

    A length is four bytes, largest first; text counts as UTF-8. Source: trial.md §1, H.
    """
    whole = hashlib.sha256()
    for part in (tag, *parts):
        written = part.encode() if isinstance(part, str) else part
        whole.update(len(written).to_bytes(LENGTH_BYTES, "big"))
        whole.update(written)
    return whole.digest()


def hexdigest(tag: str, *parts: bytes | str) -> str:
    """`digest` as 64 hexadecimal signs."""
    return digest(tag, *parts).hex()


def kdf(salt: bytes, ikm: bytes, info: str) -> bytes:
    """A key of 32 bytes for one purpose: HKDF with SHA-256. Source: trial.md §1, KDF; RFC 5869."""
    return HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=salt, info=info.encode()).derive(ikm)


def prf(key: bytes, data: bytes) -> bytes:
    """32 bytes nobody without the key can foresee: HMAC with SHA-256. Source: trial.md §1, PRF."""
    return hmac.digest(key, data, "sha256")
