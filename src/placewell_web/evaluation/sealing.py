"""Seals a file to the evaluator's public key, so that nobody at a provider and nobody on the way can open it."""

from __future__ import annotations

import base64
import binascii

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite
from django.conf import settings

from placewell_web.accounts.errors import Refused

SUITE = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.CHACHA20_POLY1305)
SUITE_IN_WORDS = "HPKE (RFC 9180) base mode, X25519, HKDF-SHA256, ChaCha20-Poly1305"
KEY_BYTES = 32


def has_key() -> bool:
    """Whether the evaluator's public key is set."""
    return bool(settings.EVALUATOR_PUBLIC_KEY)


def sealed(content: bytes, purpose: str) -> bytes:
    """The content as only the holder of the private key can read it; `purpose` must be given again to open it.

    The first 32 bytes are the sender's passing key. Raises Refused where the evaluator's public key is not set.
    Source: RFC 9180.
    """
    return SUITE.encrypt(content, _public_key(), purpose.encode())


def opened(content: bytes, purpose: str, private_key: bytes) -> bytes:
    """What was sealed, for the holder of the private key (32 bytes). Raises InvalidTag for another key or purpose."""
    return SUITE.decrypt(content, X25519PrivateKey.from_private_bytes(private_key), purpose.encode())


def _public_key() -> X25519PublicKey:
    try:
        key = base64.b64decode(settings.EVALUATOR_PUBLIC_KEY, validate=True)
    except binascii.Error:
        key = b""
    if len(key) != KEY_BYTES:
        raise Refused(
            "The linkage file can be sealed to nobody: the evaluator's public key is not set.",
            f"Whoever runs the machine sets PLACEWELL_EVALUATOR_PUBLIC_KEY to its {KEY_BYTES} bytes in base64.",
        )
    return X25519PublicKey.from_public_bytes(key)
