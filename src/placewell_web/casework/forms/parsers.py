"""Reads the few things that come beside a form: whose draft it keeps, which page writes, and what a link names."""

from __future__ import annotations

import re
from dataclasses import dataclass
from uuid import UUID

from django.core import signing
from django.http import HttpRequest

from placewell_web.casework.actions.drafts import Writing

SALT = "placewell.casework.draft"
KEY_LASTS = 24 * 60 * 60


NOT_RESENT = frozenset({"csrfmiddlewaretoken", "writer"})
MOST_RESENT = 100_000  # characters


def resent_fields(request: HttpRequest) -> list[tuple[str, str]]:
    """Every field of a form that was not taken, in order, to be sent once more; none where there is too much of it."""
    sent = request.POST.lists()
    fields = [(name, value) for name, values in sent if name not in NOT_RESENT for value in values]
    return fields if sum(len(name) + len(value) for name, value in fields) <= MOST_RESENT else []


def typed_words(request: HttpRequest) -> list[str]:
    """What somebody wrote in a form that was not taken, worth copying: several words, not codes and choices."""
    return [value for _, value in resent_fields(request) if len(value.split()) > 1]


@dataclass(frozen=True)
class DraftKey:
    """Whose draft about whom: proof that this form was given to a signed-in member of staff.

    `episode` is None for a form about several people or nobody.
    """

    episode: UUID | None
    author: UUID


def draft_key(episode: object, author: object) -> str:
    """A key for the hidden field of a form; it lets its sender keep words, and see nothing."""
    return signing.dumps({"episode": str(episode or ""), "author": str(author)}, salt=SALT)


def read_draft_key(request: HttpRequest) -> DraftKey | None:
    """The key that came with a form; None where it is missing, changed or older than a day."""
    try:
        found = signing.loads(request.POST.get("draft_key", ""), salt=SALT, max_age=KEY_LASTS)
        return DraftKey(UUID(found["episode"]) if found["episode"] else None, UUID(found["author"]))
    except (signing.BadSignature, KeyError, ValueError, TypeError):
        return None


def read_writing(request: HttpRequest, form: str) -> Writing:
    """Which open page sent this form, and which draft it was filled from."""
    draft, _, version = request.POST.get("draft", "").partition(":")
    return Writing(
        form=form,
        form_token=_uuid(request.POST.get("form_token", "")),
        page=_uuid(request.POST.get("page", "")),
        draft=_uuid(draft),
        version=int(version) if re.fullmatch("[0-9]{1,9}", version) else 0,
    )


def wanted_draft(request: HttpRequest) -> UUID | None:
    """The draft a link names, where someone has several of one form."""
    return _uuid(request.GET.get("draft", ""))


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def asked_for_profile(request: HttpRequest) -> bool:
    """Whether the consent form was opened from the profile, where it leads back to."""
    return request.GET.get("for") == "profile"


def wanted_outcome(request: HttpRequest) -> str:
    """The outcome a link to the upload page names; the form refuses one that is not in its list."""
    return request.GET.get("outcome", "")[:40]


def wanted_questionnaire(request: HttpRequest) -> dict[str, str]:
    """The questionnaire and the occasion a link to the page names; a form refuses what is not in its lists."""
    return {name: request.GET.get(name, "")[:30] for name in ("instrument", "occasion")}


def wanted_about(request: HttpRequest) -> UUID | None:
    """What a link that is to be given is about, as its address names it; None where it names nothing readable."""
    try:
        return UUID(request.GET.get("about", ""))
    except ValueError:
        return None


def wanted_employer(request: HttpRequest) -> UUID | None:
    """The employer a link names, where it is an id."""
    try:
        return UUID(request.GET.get("employer", ""))
    except ValueError:
        return None
