"""An action on a referral that was refused is answered on the referral, as it stands now."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from placewell_web.accounts.errors import Refused

View = Callable[..., HttpResponse]


def told_on_the_referral(view: View) -> View:
    """Says why, in the words of the refusal, on the page that shows what a colleague has decided meanwhile."""

    @wraps(view)
    def told(request: HttpRequest, episode: UUID, **where: Any) -> HttpResponse:
        try:
            return view(request, episode, **where)
        except Refused as refusal:
            messages.error(request, " ".join(refusal.problems))
            return redirect("intake:referral", episode=episode)

    return told
