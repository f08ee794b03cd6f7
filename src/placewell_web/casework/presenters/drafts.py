"""Drafts in words: how old the one in the form is, which others there are, and where each goes on."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.urls import reverse

from placewell_web.casework.presenters.due import days_ago
from placewell_web.nhsuk.words import LONDON, clock_time, day, moment

WORDS = 70
ADDRESSES = {"several": "casework:log_several", "employer": "casework:employer_contact"}
NAMES = {"several": "Several people", "employer": "An employer"}


@dataclass(frozen=True)
class Other:
    """A draft that is not the one in the form."""

    name: str
    when: str
    words: str
    url: str


@dataclass(frozen=True)
class Drafted:
    """What a form says of the draft it was filled from, and the fields that go with it."""

    page: UUID
    seen: str
    kept: bool
    words: str
    is_old: bool
    others: tuple[Other, ...]


def chosen(drafts: Sequence[Any], wanted: UUID | None) -> Any | None:
    """The draft a form is filled from: the one a link names, else the newest."""
    return next((one for one in drafts if one.pk == wanted), drafts[0] if drafts else None)


def drafted(draft: Any | None, drafts: Sequence[Any], now: datetime, page: UUID | None = None) -> Drafted:
    """Of the draft in the form and of the others begun beside it."""
    others = tuple(other(one, now) for one in drafts if draft is None or one.pk != draft.pk)
    if draft is None:
        return Drafted(page or uuid4(), "", False, "", False, others)
    old = _day_of(draft) < now.astimezone(LONDON).date()
    age = f", {days_ago(_day_of(draft), now.astimezone(LONDON).date()).lower()}" if old else ""
    seen = f"{draft.pk}:{draft.version}"
    return Drafted(page or uuid4(), seen, True, f"{moment(draft.saved_at)}{age}", old, others)


def other(draft: Any, now: datetime) -> Other:
    """`Jas Sandhu`, `12:04`, “Met at the café …”, and the address where it goes on."""
    name, url = NAMES.get(draft.form, ""), ADDRESSES.get(draft.form, "")
    if draft.episode is not None:
        name = f"{draft.episode.person.called} {draft.episode.person.surname}"
    address = reverse(url) if url else reverse("casework:log_contact", args=[draft.episode_id])
    today = now.astimezone(LONDON).date()
    when = clock_time(draft.saved_at) if _day_of(draft) == today else day(draft.saved_at)
    return Other(name, when, _beginning(draft), f"{address}?draft={draft.pk}")


def _day_of(draft: Any) -> Any:
    return draft.saved_at.astimezone(LONDON).date()


def _beginning(draft: Any) -> str:
    """The first words of the note."""
    fields = json.loads(draft.fields)
    notes = [" ".join(text.split()) for name in sorted(fields) if name.startswith("note") for text in fields[name]]
    first = next((text for text in notes if text), "")
    return first if len(first) <= WORDS else f"{first[:WORDS].rsplit(' ', 1)[0]} …"
