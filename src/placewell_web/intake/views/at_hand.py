"""Which draft a request is about: the one its page names, else the one of its tab, so that two tabs never mix."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from placewell_web.intake import actions
from placewell_web.intake.actions.drafts import Draft
from placewell_web.intake.forms import DraftForm, TabForm

IN_SESSION = "referral_drafts"  # number of the tab: id of its draft; the first tab's addresses need no number
MOST_TABS = 8
DRAFT_SECONDS = actions.DRAFT_DAYS * 24 * 60 * 60


@dataclass(frozen=True)
class AtHand:
    """A draft and the number of its tab in this browser's session."""

    draft: Draft
    number: int

    def address(self, name: str, change: bool = False, **where: Any) -> str:
        """The address of a page of the form, for this draft."""
        query = ({"form": self.number} if self.number else {}) | ({"change": 1} if change else {})
        page = reverse(f"intake:{name}", kwargs=where)
        return f"{page}?{urlencode(query)}" if query else page


def take_up(request: HttpRequest, draft: Draft) -> AtHand:
    """Give the draft a tab in this session, or find the one it has; the oldest of many tabs is let go."""
    tabs = _tabs(request)
    known = next((number for number, kept in tabs.items() if kept == str(draft.id)), None)
    if known is not None:
        return AtHand(draft, int(known))
    number = max(map(int, tabs), default=-1) + 1
    kept = dict(list(tabs.items())[-(MOST_TABS - 1) :])
    request.session[IN_SESSION] = {**kept, str(number): str(draft.id)}
    return AtHand(draft, number)


def at_hand(request: HttpRequest) -> AtHand | None:
    """The draft named in the page that was sent, which also works when the session is gone; else that of the tab."""
    named = DraftForm(request.POST).draft_id(DRAFT_SECONDS) if request.method == "POST" else None
    draft_id = named or _of_tab(request, TabForm(request.GET).number)
    draft = actions.find_draft(draft_id=draft_id, at=request.now) if draft_id else None
    return take_up(request, draft) if draft else None


def last_begun(request: HttpRequest) -> AtHand | None:
    """The newest draft of this browser that has an answer and was not sent."""
    for number in reversed(_tabs(request)):
        draft_id = _of_tab(request, int(number))
        draft = actions.find_draft(draft_id=draft_id, at=request.now) if draft_id else None
        if draft is not None and draft.answers and not draft.reference:
            return AtHand(draft, int(number))
    return None


def gone(request: HttpRequest) -> HttpResponse:
    """The answers cannot be found: said plainly, with what to do."""
    return render(request, "intake/gone.html", {"days": actions.DRAFT_DAYS}, status=410)


def _tabs(request: HttpRequest) -> dict[str, str]:
    kept = request.session.get(IN_SESSION, {})
    return dict(kept) if isinstance(kept, dict) else {}


def _of_tab(request: HttpRequest, number: int) -> UUID | None:
    kept = _tabs(request).get(str(number))
    return UUID(kept) if kept else None
