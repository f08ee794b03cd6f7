"""What opens behind a personal link, for someone without an account: one page by its purpose."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse

from placewell_web.accounts.policy import public
from placewell_web.casework.actions import links as record
from placewell_web.casework.actions.links import link_behind
from placewell_web.casework.views.guard import limited, unlisted
from placewell_web.casework.views.link_pages import ended, plan, questionnaire
from placewell_web.casework.views.link_pages.employment import show_employment
from placewell_web.casework.views.link_pages.proof import show_proof

Page = Callable[[HttpRequest, Any, str], HttpResponse]

PURPOSES: Mapping[str, Page] = {
    "proof": show_proof,
    "employment": show_employment,
    "questionnaire": questionnaire.page,
    "plan": plan.page,
}
"""The page of each purpose: it gets the request, the link and its secret, and answers GET and POST."""


def open_too_long(request: HttpRequest, secret: str) -> HttpResponse:
    """What was sent from a page that had lost its token, where the link still works."""
    works = link_behind(secret, request.now) is not None
    return unlisted(ended.stale(request) if works else ended.gone(request))


@public
@limited
def open_link(request: HttpRequest, secret: str) -> HttpResponse:
    """The page behind a link; the same plain page for one that never was, has expired or was taken back."""
    link = link_behind(secret, request.now)
    page = PURPOSES.get(link.purpose) if link else None
    if link is None or page is None:
        return unlisted(ended.gone(request))
    record.mark_opened(at=request.now, link=link)
    return unlisted(page(request, link, secret))


open_link.when_stale = open_too_long  # type: ignore[attr-defined]  # config's csrf_failure asks for it
