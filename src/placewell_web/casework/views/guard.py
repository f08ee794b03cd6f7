"""How often a personal link may be answered from one address."""

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
        if request.method == "POST":
            try:
                actions.allow(at=request.now, address=sender(request))
            except actions.TooMany as full:
                minutes = max(1, -(-full.seconds // 60))
                response = render(request, "casework/links/too_many.html", {"minutes": minutes}, status=429)
                response["Retry-After"] = str(full.seconds)
                return response
        return view(request, *args, **kwargs)

    return guarded
