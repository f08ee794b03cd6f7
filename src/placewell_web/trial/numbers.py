"""Trial numbers and identity tokens: keyed, so that nobody without the key can tell whose they are."""

from __future__ import annotations

import base64
import binascii
import hmac
import json
from uuid import UUID

from django.conf import settings

from placewell.errors import UserError
from placewell_web.clients.matching import Identity, weak_key

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # base32 without I, L, O and U: none can be read as another
LENGTH = 6
KEY_BYTES = 32


class NoIdentityKey(UserError):
    """The key of trial numbers is not set, or is not one."""


def trial_number(prefix: str, person_id: UUID, counter: int = 0) -> str:
    """The number of a person, as TIW 7K3-M92; the next counter where another person has that number already.

    Six characters are 30 bits of HMAC-SHA256 over the record's id, which itself is drawn at random: no order, no date,
    nothing of the person. Source: trial.md §1; trust.md T5.
    """
    drawn = int.from_bytes(_keyed("number", person_id.hex, str(counter))[:4], "big") >> 2
    letters = "".join(ALPHABET[drawn >> 5 * place & 31] for place in reversed(range(LENGTH)))
    return f"{prefix} {letters[:3]}-{letters[3:]}"


def identity_tokens(person_id: UUID, identity: Identity) -> list[str]:
    """The tokens by which a person is recognised, the strongest first: the first is kept with the participant.

    Of the NHS number where it is known; of name, birth date and postcode where all three are; else of the record alone,
    which recognises nobody. Source: trust.md T12.
    """
    tokens = [_token("nhs_number", identity.nhs_number)] if identity.nhs_number else []
    weak = weak_key(identity)
    if weak is not None:
        tokens.append(_token("name", *weak))
    return tokens or [_token("record", person_id.hex)]


def _token(*parts: str) -> str:
    return _keyed("token", *parts).hex()


def _keyed(*parts: str) -> bytes:
    """HMAC-SHA256 over the parts as JSON, which keeps them apart."""
    return hmac.digest(_key(), json.dumps(parts).encode(), "sha256")


def _key() -> bytes:
    try:
        key = base64.b64decode(settings.TRIAL_IDENTITY_KEY, validate=True)
    except binascii.Error:
        key = b""
    if len(key) < KEY_BYTES:
        raise NoIdentityKey(
            "The key of trial numbers is not set, so nobody can be given one.",
            f"Set PLACEWELL_TRIAL_IDENTITY_KEY to {KEY_BYTES} random bytes in base64, kept apart from the database.",
        )
    return key
