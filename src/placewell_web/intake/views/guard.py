"""How often and how much the public form may be sent."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from placewell_web.intake import actions
from placewell_web.nhsuk.sent import sender

View = Callable[..., HttpResponse]
SENDING = "intake:check"


def limited(view: View) -> View:
    """Take one from the address's bucket for every POST; an empty bucket answers 429 and says when to try again."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method == "POST":
            match = request.resolver_match
            sends = match is not None and match.view_name == SENDING
            try:
                actions.allow(at=request.now, address=sender(request), sends=sends)
            except actions.TooMany as full:
                return _too_many(request, full.seconds)
        return view(request, *args, **kwargs)

    return guarded


def _too_many(request: HttpRequest, seconds: int) -> HttpResponse:
    minutes = max(1, -(-seconds // 60))
    response = render(request, "intake/too_many.html", {"minutes": minutes}, status=429)
    response["Retry-After"] = str(seconds)
    return response
