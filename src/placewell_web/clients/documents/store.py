"""Where evidence lies: AES-256-GCM under random names outside the web root, readable only as the document it is."""

from __future__ import annotations

import base64
import binascii
import hashlib
import os
import re
import secrets
from collections.abc import Iterable
from pathlib import Path
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

MARK = b"PWEV1\x00"
KEY_BYTES, KEY_ID_BYTES, NONCE_BYTES = 32, 8, 12
_NAME = re.compile(r"[0-9a-f]{2}/[0-9a-f]{40}", re.ASCII)


class EvidenceUnreadable(Exception):
    """The stored file is missing, was changed, belongs to another document, or its key is not here."""


class EvidenceStore:
    """A folder of encrypted files. The first key writes; the others only read what was written before a change of key.

    A file is mark, key id, nonce, ciphertext; mark, key id and the evidence's id are authenticated with it, so that a
    file put in the place of another does not open.
    """

    def __init__(self, folder: Path, keys: Iterable[str]) -> None:
        self.folder = folder
        self.keys = {key_id(key): key for key in map(decode_key, keys)}
        self.current = next(iter(self.keys))

    def put(self, evidence_id: UUID, content: bytes) -> str:
        """Encrypt and keep; returns the random storage name. The file is whole on disk before its name exists."""
        digest = secrets.token_hex(20)
        name = f"{digest[:2]}/{digest}"
        head = MARK + self.current
        nonce = secrets.token_bytes(NONCE_BYTES)
        sealed = AESGCM(self.keys[self.current]).encrypt(nonce, content, head + evidence_id.bytes)
        self._write(self.folder / name, head + nonce + sealed)
        return name

    def get(self, evidence_id: UUID, name: str) -> bytes:
        """The document as it was put. Raises EvidenceUnreadable."""
        blob = self._read(name)
        head, nonce = blob[: len(MARK) + KEY_ID_BYTES], blob[len(MARK) + KEY_ID_BYTES :][:NONCE_BYTES]
        key = self.keys.get(head[len(MARK) :])
        if not head.startswith(MARK) or key is None:
            raise EvidenceUnreadable("The file is not one of ours, or its key is not here.")
        try:
            return AESGCM(key).decrypt(nonce, blob[len(head) + NONCE_BYTES :], head + evidence_id.bytes)
        except (InvalidTag, ValueError) as error:
            raise EvidenceUnreadable("The file was changed, or belongs to another document.") from error

    def forget(self, name: str) -> None:
        """Remove a file whose record was never kept."""
        if _NAME.fullmatch(name):
            (self.folder / name).unlink(missing_ok=True)

    def _read(self, name: str) -> bytes:
        if not _NAME.fullmatch(name):
            raise EvidenceUnreadable("There is no file of that name.")
        try:
            return (self.folder / name).read_bytes()
        except OSError as error:
            raise EvidenceUnreadable("The file is missing.") from error

    def _write(self, path: Path, blob: bytes) -> None:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        part = path.with_suffix(".part")
        handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(blob)
            file.flush()
            os.fsync(file.fileno())
        part.rename(path)


def decode_key(text: str) -> bytes:
    """32 bytes from base64; ValueError says what is expected."""
    try:
        key = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        key = b""
    if len(key) != KEY_BYTES:
        raise ValueError("An evidence key is 32 bytes in base64.")
    return key


def key_id(key: bytes) -> bytes:
    """What names a key without telling it."""
    return hashlib.sha256(b"placewell evidence key id" + key).digest()[:KEY_ID_BYTES]
