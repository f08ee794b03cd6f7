"""Profiles, plans and assessments keep themselves while they are written, as the form of a contact does.

What is kept is its writer's alone, beside the document; saving makes it part of the one document and removes it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from placewell_web.casework.actions.drafts import Writing
from placewell_web.casework.forms.kept_documents import refill, says_something_new, sent
from placewell_web.casework.forms.parsers import read_writing
from placewell_web.casework.presenters.drafts import ASSESSMENT, PROFILE, plan_form
from placewell_web.casework.queries import plans
from placewell_web.casework.views.drafting import discard, draft_context, draft_for, keep

LONGEST = 40
__all__ = ["ASSESSMENT", "PROFILE", "plan_form", "sent"]


def name_in(named: Mapping[str, Any]) -> str:
    """The form's name from the address: of a plan with its kind, and without one of the main kind."""
    document = named.get("document")
    if document in (PROFILE, ASSESSMENT):
        return str(document)
    return plan_form(named.get("kind") or document or plans.main_kind())[:LONGEST]


def fill(request: HttpRequest, name: str, episode: Any, document: Any, form: Any) -> Any | None:
    """Fill the form of an open document with what its writer had not saved; answers that draft."""
    kept = draft_for(request, name, episode)
    if kept is not None:
        refill(form, json.loads(kept.fields), is_older=kept.saved_at < document.created_at)
    return kept


def keep_changes(request: HttpRequest, name: str, episode: Any, form: Any | None) -> None:
    """Keep what was sent; where it says what the document says already, nothing is left to keep."""
    if form is not None and not says_something_new(form):
        discard(request, name, episode)
    else:
        keep(request, name, sent, episode)


def writing_of(request: HttpRequest, name: str) -> Writing:
    """Which page saves, so that its draft goes with the save; a form without one holds none."""
    return replace(read_writing(request, name), form_token=None)


def kept_context(request: HttpRequest, name: str, episode: Any, draft: Any | None) -> dict[str, Any]:
    """What the page shows of what was kept, and where it sends what is written."""
    address = reverse("casework:save_document", args=[episode.pk, name.removeprefix("plan:")])
    return {**draft_context(request, name, draft, episode), "keep_at": address}
