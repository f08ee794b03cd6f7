"""Seals a file to the evaluator's public key, so that nobody at a provider and nobody on the way can open it."""

from __future__ import annotations

from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from django.conf import settings

from placewell_web.accounts.errors import Refused
from placewell_web.trial.allocator.sealing import SUITE, NotAKey, public_key

SUITE_IN_WORDS = "HPKE (RFC 9180) base mode: DHKEM X25519, HKDF-SHA256, AES-256-GCM; the first 32 bytes are its enc"


def has_key() -> bool:
    """Whether the evaluator's public key is set."""
    return bool(settings.EVALUATOR_KEY)


def sealed(content: bytes, purpose: str) -> bytes:
    """The content as only the holder of the private key can read it; `purpose` must be given again to open it.

    Raises Refused where the evaluator's public key is not set, or is none. Source: RFC 9180.
    """
    try:
        key = public_key(Path(settings.EVALUATOR_KEY))
    except NotAKey as fault:
        raise Refused(
            "The linkage file can be sealed to nobody: the evaluator's public key is not set, or cannot be read.",
            "Whoever runs the machine sets PLACEWELL_EVALUATOR_KEY to the file with it (X25519, PEM).",
        ) from fault
    return SUITE.encrypt(content, key, purpose.encode())


def opened(content: bytes, purpose: str, private_key: X25519PrivateKey) -> bytes:
    """What was sealed, for the holder of the private key. Raises InvalidTag for another key or purpose."""
    return SUITE.decrypt(content, private_key, purpose.encode())
