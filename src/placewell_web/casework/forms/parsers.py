"""Reads the few things that come beside a form: the signed key of a draft, and what a link names."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.core import signing
from django.http import HttpRequest

SALT = "placewell.casework.draft"
KEY_LASTS = 24 * 60 * 60


@dataclass(frozen=True)
class DraftKey:
    """Whose draft about whom: proof that this form was given to a signed-in member of staff."""

    episode: UUID
    author: UUID


def draft_key(episode: object, author: object) -> str:
    """A key for the hidden field of a form; it lets its sender keep words, and see nothing."""
    return signing.dumps({"episode": str(episode), "author": str(author)}, salt=SALT)


def read_draft_key(request: HttpRequest) -> DraftKey | None:
    """The key that came with a form; None where it is missing, changed or older than a day."""
    try:
        found = signing.loads(request.POST.get("draft_key", ""), salt=SALT, max_age=KEY_LASTS)
        return DraftKey(UUID(found["episode"]), UUID(found["author"]))
    except (signing.BadSignature, KeyError, ValueError, TypeError):
        return None


def asked_for_profile(request: HttpRequest) -> bool:
    """Whether the consent form was opened from the profile, where it leads back to."""
    return request.GET.get("for") == "profile"


def wanted_outcome(request: HttpRequest) -> str:
    """The outcome a link to the upload page names; the form refuses one that is not in its list."""
    return request.GET.get("outcome", "")[:40]
