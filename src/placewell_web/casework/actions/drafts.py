"""A form begun and not yet saved: kept on the server at once, so that a lost session loses no words."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet

from placewell_web.audit import actions as audit
from placewell_web.audit.actors import Actor
from placewell_web.casework.models import Contact, ContactDraft, EmployerContact
from placewell_web.clients.actions.entries import note
from placewell_web.clients.models import Episode

MOST_CHARACTERS = 200_000  # of one field: ten times what a note may have, so that a long one can still be shortened

CONTACTS = ("contact", "several", "employer")


@dataclass(frozen=True)
class Writing:
    """The open page that writes: the form it will be sent as, and the draft it was filled from, as that was then."""

    form: str = "contact"
    form_token: UUID | None = None
    page: UUID | None = None
    draft: UUID | None = None
    version: int = 0


NOWHERE = Writing()


@transaction.atomic
def keep_draft(
    *,
    by: Actor,
    at: datetime,
    episode: Episode | None,
    fields: Mapping[str, Sequence[str]],
    writing: Writing = NOWHERE,
) -> ContactDraft | None:
    """Keep what stands in the form now; nothing where it was saved meanwhile with these very words.

    The chain names the beginning of a draft, not each of its keystrokes.
    """
    if _is_saved(by, writing, _words(fields)):
        return None
    kept = {"fields": _packed(fields), "saved_at": at, "page": writing.page}
    draft = _drafts(by, episode, writing).select_for_update().filter(_own(writing)).order_by("-saved_at").first()
    if draft is None:
        return _begin(by=by, at=at, episode=episode, writing=writing, kept=kept)
    for name, value in kept.items():
        setattr(draft, name, value)
    draft.version += 1
    draft.save()
    return draft


@transaction.atomic
def discard_draft(*, by: Actor, at: datetime, episode: Episode | None, writing: Writing = NOWHERE) -> None:
    """Throw the page's draft away because its author asked for it."""
    for draft in _drafts(by, episode, writing).filter(_own(writing)):
        _note(by=by, at=at, verb=f"discard_{_thing(writing)}_draft", draft=draft, episode=episode)
        draft.delete()


def discard(*, by: Actor, episode: Episode | None, writing: Writing, saved: str) -> None:
    """The page's draft has become a record, whose own entry tells of it; so has an older one of the same form."""
    found = _drafts(by, episode, writing)
    found.filter(_own(writing)).delete()
    for draft in found.filter(form_token=writing.form_token, form_token__isnull=False):
        if _holds(saved, _words(json.loads(draft.fields))):
            draft.delete()


def discard_document(*, by: Actor, episode: Episode, writing: Writing | None, saved: Iterable[str]) -> None:
    """The page's draft has become the document; so has each other of its writer that says nothing more."""
    if writing is None:
        return
    found = _drafts(by, episode, writing)
    if writing.page is not None:
        found.filter(_own(writing)).delete()
    told = "\n".join(saved)
    for draft in found:
        texts = [text for values in json.loads(draft.fields).values() for text in values if text.strip()]
        if _holds(told, [text for text in texts if not text.isdigit()]):
            draft.delete()


def _drafts(by: Actor, episode: Episode | None, writing: Writing) -> QuerySet[ContactDraft]:
    return ContactDraft.unscoped.filter(author_id=by.id, episode=episode, form=writing.form)


def _own(writing: Writing) -> Q:
    """The draft of this very page, or the one it was filled from if no other page has added to it."""
    return Q(page=writing.page) | Q(pk=writing.draft, version=writing.version)


def _begin(
    *, by: Actor, at: datetime, episode: Episode | None, writing: Writing, kept: Mapping[str, object]
) -> ContactDraft:
    fresh = {"episode": episode, "form": writing.form, "form_token": writing.form_token, "created_at": at}
    if writing.page is None:
        draft, begun = ContactDraft.unscoped.create(author_id=by.id, **fresh, **kept), True
    else:
        draft, begun = ContactDraft.unscoped.get_or_create(
            author_id=by.id, page=writing.page, defaults={**fresh, **kept}
        )
    if begun:
        _note(by=by, at=at, verb=f"begin_{_thing(writing)}_draft", draft=draft, episode=episode)
    return draft


def _thing(writing: Writing) -> str:
    return "contact" if writing.form in CONTACTS else "document"


def _note(*, by: Actor, at: datetime, verb: str, draft: ContactDraft, episode: Episode | None) -> None:
    if episode is not None:
        note(by=by, at=at, verb=verb, record=draft, episode=episode)
    else:
        audit.record(
            by=by, at=at, verb=verb, target_kind="contactdraft", target_id=draft.pk, detail={"form": draft.form}
        )


def _packed(fields: Mapping[str, Sequence[str]]) -> str:
    cut = {name: [value[:MOST_CHARACTERS] for value in values] for name, values in sorted(fields.items())}
    return json.dumps(cut, ensure_ascii=False)


def _words(fields: Mapping[str, Sequence[str]]) -> list[str]:
    """What was written in sentences; the rest of a form is a few taps."""
    found = (text for name, texts in fields.items() if name.startswith("note") for text in texts)
    return [text for text in found if text.strip()]


def _is_saved(by: Actor, writing: Writing, words: list[str]) -> bool:
    """Whether the form was saved with these words already: a draft that arrives late brings nothing new."""
    if writing.form_token is None:
        return False
    of_form = Q(form_token=writing.form_token) | Q(session__form_token=writing.form_token)
    notes = list(Contact.unscoped.filter(of_form, specialist_id=by.id).values_list("note", flat=True))
    told = EmployerContact.unscoped.filter(form_token=writing.form_token, specialist_id=by.id)
    notes += list(told.values_list("note", flat=True))
    return bool(notes) and _holds("\n".join(notes), words)


def _holds(saved: str, words: list[str]) -> bool:
    flat = " ".join(saved.split())
    return all(" ".join(text.split()) in flat for text in words)
