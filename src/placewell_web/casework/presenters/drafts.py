"""Drafts in words: how old the one in the form is, which others there are, and where each goes on."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.urls import reverse

from placewell.vocabulary import label
from placewell_web.casework.presenters.due import days_ago
from placewell_web.nhsuk.words import LONDON, clock_time, day, moment

WORDS = 70
ADDRESSES = {"several": "casework:log_several", "employer": "casework:employer_contact"}
PROFILE, ASSESSMENT, PLAN = "profile", "assessment", "plan:"
DOCUMENTS = {PROFILE: "casework:profile", ASSESSMENT: "casework:assessment"}
NAMES = {"several": "Several people", "employer": "An employer"}


@dataclass(frozen=True)
class Other:
    """A draft that is not the one in the form."""

    name: str
    when: str
    words: str
    url: str
    seen: str = ""


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
    name = NAMES.get(draft.form, "")
    if draft.episode is not None:
        name = f"{draft.episode.person.called} {draft.episode.person.surname}{document_of(draft.form)}"
    address = _address(draft)
    today = now.astimezone(LONDON).date()
    when = clock_time(draft.saved_at) if _day_of(draft) == today else day(draft.saved_at)
    return Other(name, when, _beginning(draft), f"{address}?draft={draft.pk}", f"{draft.pk}:{draft.version}")


def plan_form(kind: str) -> str:
    """The name under which a plan of the kind is kept."""
    return f"{PLAN}{kind}"


def document_of(form: str) -> str:
    """`, profile`: which document a draft is of; nothing for a contact."""
    if form.startswith(PLAN):
        return f", {label('plan_kind', form.removeprefix(PLAN)).lower()}"
    return f", {form}" if form in DOCUMENTS else ""


def _address(draft: Any) -> str:
    if draft.form in ADDRESSES:
        return reverse(ADDRESSES[draft.form])
    if draft.form.startswith(PLAN):
        return reverse("casework:plan_of_kind", args=[draft.episode_id, draft.form.removeprefix(PLAN)])
    return reverse(DOCUMENTS.get(draft.form, "casework:log_contact"), args=[draft.episode_id])


def _day_of(draft: Any) -> Any:
    return draft.saved_at.astimezone(LONDON).date()


def _beginning(draft: Any) -> str:
    """The first words of the note, or of a document."""
    fields = json.loads(draft.fields)
    told = "note" if not document_of(draft.form) else ""
    texts = ((name, text) for name in sorted(fields) if name.startswith(told) for text in fields[name])
    notes = [" ".join(text.split()) for name, text in texts if told or _is_text(name)]
    first = next((text for text in notes if text), "")
    return first if len(first) <= WORDS else f"{first[:WORDS].rsplit(' ', 1)[0]} …"


def _is_text(name: str) -> bool:
    """Whether a field of a document is written in words, not chosen or counted."""
    part = name.rsplit("-", 1)[-1]
    return part not in ("edit_version", "face_to_face", "part", "by_whom", "day", "month", "year")
