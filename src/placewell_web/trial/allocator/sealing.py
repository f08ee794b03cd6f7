"""Sealing to the evaluator's public key, so that only they can open it: HPKE (RFC 9180) with X25519."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
    load_pem_public_key,
)

from placewell.errors import UserError

SUITE = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)
PURPOSE = b"placewell receipt 1"


class NotAKey(UserError):
    """A file that does not hold the key it should."""


def new_pair() -> tuple[bytes, bytes]:
    """A secret and a public key in PEM: the evaluator makes them on a machine of their own."""
    secret = X25519PrivateKey.generate()
    return (
        secret.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()),
        secret.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo),
    )


def seal_to(file: Path, content: bytes) -> bytes:
    """The content, sealed to the public key in the file. Raises NotAKey."""
    return SUITE.encrypt(content, public_key(file), PURPOSE)


@lru_cache(maxsize=4)
def public_key(file: Path) -> X25519PublicKey:
    """The public key of a PEM file. Raises NotAKey."""
    try:
        key = load_pem_public_key(file.read_bytes())
    except (OSError, ValueError, UnsupportedAlgorithm) as fault:
        raise NotAKey(f"{file} cannot be read as a public key in PEM.") from fault
    if not isinstance(key, X25519PublicKey):
        raise NotAKey(f"{file} does not hold an X25519 public key.")
    return key


def open_with(file: Path, sealed: bytes) -> bytes:
    """What was sealed, for whoever has the secret key. Raises NotAKey for another key, or sealing that was altered."""
    try:
        key = load_pem_private_key(file.read_bytes(), None)
        if not isinstance(key, X25519PrivateKey):
            raise NotAKey(f"{file} does not hold an X25519 secret key.")
        return SUITE.decrypt(sealed, key, PURPOSE)
    except NotAKey:
        raise
    except Exception as fault:
        raise NotAKey(f"{file} does not open this: it was sealed to another key, or altered.") from fault
