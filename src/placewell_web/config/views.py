"""The health endpoint and the pages of a request that went wrong."""

from __future__ import annotations

from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from placewell_web.accounts.policy import public


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
    """Shows what the view has for a page that was open too long (`when_stale`), else says what to do."""
    match = request.resolver_match
    again = getattr(match.func, "when_stale", None) if match else None
    return (again and again(request, **match.kwargs)) or render(request, "nhsuk/errors/csrf.html", status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "nhsuk/errors/404.html", status=404)


def broken(request: HttpRequest) -> HttpResponse:
    return render(request, "nhsuk/errors/500.html", status=500)
