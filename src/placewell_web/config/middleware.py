"""What happens around every request: the clock, the log line, no copies left in caches, refusals in words."""

from __future__ import annotations

import time
from collections.abc import Callable

import structlog
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import render

from placewell_web.accounts.errors import EditConflict, Refused
from placewell_web.accounts.policy import METHODS
from placewell_web.audit import clock

Next = Callable[[HttpRequest], HttpResponse]
log = structlog.get_logger("placewell.requests")
POWERS = ("accelerometer", "autoplay", "camera", "display-capture", "fullscreen", "geolocation", "gyroscope")
POWERS += ("magnetometer", "microphone", "midi", "payment", "usb", "xr-spatial-tracking")
PASSKEYS = ("publickey-credentials-create", "publickey-credentials-get")
PERMISSIONS = ", ".join([*(f"{power}=()" for power in POWERS), *(f"{power}=(self)" for power in PASSKEYS)])


NOT_LOGGED = frozenset({"casework:answer_survey", "casework:survey_thanks"})
"""Routes without a line: its moment, held against a drawn card or a row's version, could tell an answer (ADR 15)."""


class RequestLog:
    """One line for each request: route (never the path, which may hold an id), status, how long it took."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        began = time.perf_counter()
        response = self.get_response(request)
        match = request.resolver_match
        if match is not None and match.view_name not in NOT_LOGGED:
            log.info(
                "request",
                route=match.view_name,
                method=request.method,
                status=response.status_code,
                milliseconds=round((time.perf_counter() - began) * 1000),
            )
        return response


class Methods:
    """Refuses at the door, before anything is looked up, what no address here answers to: PUT, DELETE and the like."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request) if request.method in METHODS else HttpResponseNotAllowed(METHODS)


class Clock:
    """Gives views the only clock they read: `request.now` and `request.today`."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.now = clock.now()  # type: ignore[attr-defined]
        request.today = request.now.date()  # type: ignore[attr-defined]
        return self.get_response(request)


class Permissions:
    """No page may use the camera, the place or any other power of the device, passkeys apart."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response["Permissions-Policy"] = PERMISSIONS
        return response


class NoStore:
    """No page is kept by a cache or a browser's history: each may show a person, the public form's answers too."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response["Cache-Control"] = "no-store, private"
        return response


class Refusals:
    """Turns a refused action into a page that says why and who can do it; an edit conflict shows both versions."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if isinstance(error, EditConflict):
            return render(request, "nhsuk/errors/conflict.html", {"conflict": error}, status=409)
        if isinstance(error, Refused):
            return render(request, "nhsuk/errors/refused.html", {"reasons": error.problems}, status=403)
        return None
