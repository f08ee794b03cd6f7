"""A page of the public form whose token is no longer good: the page again with what was typed, and nothing kept."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from placewell_web.intake.views.at_hand import at_hand

View = Callable[..., HttpResponse]
Again = Callable[..., HttpResponse | None]
OPEN_TOO_LONG = (
    "This page was open for a long time, so nothing was kept yet. Please press the button again. "
    "If you see this twice, allow cookies for this site, or call us."
)


def when_stale(again: Again) -> Callable[[View], View]:
    """Says what a view shows instead of a bare refusal: config's `csrf_failure` asks the view for `when_stale`."""

    def marked(view: View) -> View:
        view.when_stale = again  # type: ignore[attr-defined]
        return view

    return marked


def say_so(request: HttpRequest) -> None:
    messages.warning(request, OPEN_TOO_LONG)


def same_page(request: HttpRequest) -> HttpResponse | None:
    """The page of the draft once more."""
    here = at_hand(request)
    match = request.resolver_match
    if here is None or match is None or not match.url_name:
        return None
    say_so(request)
    return redirect(here.address(match.url_name))


def no_draft_yet(request: HttpRequest) -> HttpResponse | None:
    """The page once more, where there is no draft yet."""
    say_so(request)
    return redirect(request.path)
