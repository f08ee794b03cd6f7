"""The health endpoint and the pages of a request that went wrong."""

from __future__ import annotations

from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from placewell_web.accounts.policy import again, public


@public
def health(request: HttpRequest) -> HttpResponse:
    """Answers 200 while the database answers; says nothing about what is in it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return JsonResponse({"status": "ok"})


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "nhsuk/errors/400.html", status=400)


def forbidden(request: HttpRequest, exception: Exception | None = None, reason: str = "") -> HttpResponse:
    return render(request, "nhsuk/errors/403.html", status=403)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Shows what the view has for a page that was open too long (`when_stale`), a page of staff with what was typed.

    Where neither may be, it says what to do.
    """
    match = request.resolver_match
    shown = None
    if match and hasattr(match.func, "when_stale"):
        shown = match.func.when_stale(request, **match.kwargs)
    elif match and hasattr(match.func, "policy"):
        shown = again(request, match.func.policy)
    return shown or render(request, "nhsuk/errors/csrf.html", status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "nhsuk/errors/404.html", status=404)


def broken(request: HttpRequest) -> HttpResponse:
    return render(request, "nhsuk/errors/500.html", status=500)
