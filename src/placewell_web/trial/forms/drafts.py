"""Drafts of the meeting's forms: what of a form is kept, how it is shown again, and whose it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.core import signing
from django.http import HttpRequest, QueryDict

SALT = "placewell.trial.draft"
KEY_LASTS = 24 * 60 * 60
NOT_KEPT = frozenset({"csrfmiddlewaretoken", "writer", "draft_key", "password", "signature"})


@dataclass(frozen=True)
class DraftKey:
    """Whose draft in which step of which episode's meeting: proof that this form was given to a member of staff."""

    episode: UUID
    author: UUID
    step: str


def draft_key(episode: object, author: object, step: str) -> str:
    """A key for the hidden field of a form; it lets its sender keep words, and see nothing."""
    return signing.dumps({"episode": str(episode), "author": str(author), "step": step}, salt=SALT)


def read_draft_key(request: HttpRequest) -> DraftKey | None:
    """The key that came with a form; None where it is missing, changed or older than a day."""
    try:
        found = signing.loads(request.POST.get("draft_key", ""), salt=SALT, max_age=KEY_LASTS)
        return DraftKey(UUID(found["episode"]), UUID(found["author"]), str(found["step"]))
    except (signing.BadSignature, KeyError, ValueError, TypeError):
        return None


def sent(data: QueryDict) -> dict[str, list[str]]:
    """What of a form is worth keeping: all but keys, a password and a drawn signature."""
    return {name: [value[:4000] for value in data.getlist(name)] for name in data if name not in NOT_KEPT}


def resume(form: forms.Form, fields: Mapping[str, list[str]]) -> None:
    """Show in an unbound form what was typed into a draft."""
    data = QueryDict(mutable=True)
    for name, values in fields.items():
        data.setlist(name, values)
    for name, field in form.fields.items():
        value: Any = field.widget.value_from_datadict(data, data, name)  # type: ignore[arg-type]
        if value not in (None, "", [], False) and not isinstance(field.widget, forms.HiddenInput):
            form.initial[name] = value
