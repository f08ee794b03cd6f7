"""A page behind a link that was open for too long, or whose link ended meanwhile: what was typed is not lost."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from placewell_web.casework.forms.parsers import resent_fields, typed_words


def gone(request: HttpRequest) -> HttpResponse:
    """The link does not work: the same for one that never was. Who was writing when it ended can copy their words."""
    context = {"sent": request.method == "POST", "typed": typed_words(request)}
    return render(request, "casework/links/gone.html", context, status=404)


def stale(request: HttpRequest) -> HttpResponse:
    """The form lost its token, so nothing was taken: its fields wait for one more press, from this page."""
    context = {"fields": resent_fields(request), "typed": typed_words(request), "path": request.path}
    return render(request, "casework/links/stale.html", context, status=403)
