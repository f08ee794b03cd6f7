"""What a personal link takes at most: refused before anything of it is read (trust.md T1, T13)."""

from __future__ import annotations

from collections.abc import Callable

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from placewell_web.clients.documents.intake import MOST_BYTES

MOST_FILES = 5
MOST_SENT = MOST_FILES * MOST_BYTES + 200_000
GUARDED = "/l/"
FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")


class LinkGuard:
    """Refuses a body beyond five files of the largest size, and what is not a form: 413 or 400, never 500."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path.startswith(GUARDED) and request.method == "POST":
            if _length(request) > MOST_SENT:
                return render(request, "casework/links/too_large.html", status=413)
            if request.content_type not in FORMS:
                return render(request, "nhsuk/errors/400.html", status=400)
            if _has_too_many(request):
                return render(request, "casework/links/too_large.html", status=413)
        return self.get_response(request)


def _has_too_many(request: HttpRequest) -> bool:
    try:
        return len(request.FILES) > MOST_FILES
    except (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent):
        return True


def _length(request: HttpRequest) -> int:
    said = str(request.META.get("CONTENT_LENGTH") or "0")
    return int(said) if said.isascii() and said.isdigit() and len(said) < 12 else MOST_SENT + 1
