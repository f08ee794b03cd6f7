"""What opens without an account: how often it may be sent from one address, and that no search engine keeps it."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from placewell_web.intake import actions
from placewell_web.nhsuk.sent import sender

View = Callable[..., HttpResponse]


def limited(view: View) -> View:
    """Take one from the address's bucket for every POST; an empty bucket answers 429 and says when to try again."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        full = too_many(request) if request.method == "POST" else None
        return full or view(request, *args, **kwargs)

    return guarded


def too_many(request: HttpRequest) -> HttpResponse | None:
    """Take one from the address's bucket; the page that says when to try again, where it was empty."""
    try:
        actions.allow(at=request.now, address=sender(request))
    except actions.TooMany as full:
        minutes = max(1, -(-full.seconds // 60))
        response = render(request, "casework/links/too_many.html", {"minutes": minutes}, status=429)
        response["Retry-After"] = str(full.seconds)
        return response
    return None


def unlisted(response: HttpResponse) -> HttpResponse:
    """No search engine keeps an address that was passed on; other sites never learn it (settings: Referrer-Policy)."""
    response["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    return response
