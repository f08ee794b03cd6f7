"""What the public form takes at most: refused before anything of it is read (trust.md T1)."""

from __future__ import annotations

from collections.abc import Callable

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

MOST_BYTES = 100_000
MOST_FIELDS = 60
GUARDED = "/refer/"
TEXT_FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")


class PublicFormGuard:
    """Refuses a body over 100 KB, more than 60 fields, files, and what is not a form: 413 or 400, never 500."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path.startswith(GUARDED) and request.method == "POST":
            if _length(request) > MOST_BYTES:
                return render(request, "intake/too_large.html", status=413)
            if request.content_type not in TEXT_FORMS or _is_too_much(request):
                return render(request, "nhsuk/errors/400.html", status=400)
        return self.get_response(request)


def _length(request: HttpRequest) -> int:
    said = str(request.META.get("CONTENT_LENGTH") or "0")
    return int(said) if said.isascii() and said.isdigit() and len(said) < 12 else MOST_BYTES + 1


def _is_too_much(request: HttpRequest) -> bool:
    """Whether there are too many fields, or a file: the form has none."""
    try:
        fields = sum(len(values) for _, values in request.POST.lists())
    except (TooManyFieldsSent, RequestDataTooBig):
        return True
    return fields > MOST_FIELDS or bool(request.FILES)
