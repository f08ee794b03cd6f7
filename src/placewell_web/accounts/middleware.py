"""Who looks: limits of a session, and the viewer and actor of each request."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from placewell_web.accounts import queries, unsent
from placewell_web.audit.actors import Actor
from placewell_web.nhsuk.refill import refill

Next = Callable[[HttpRequest], HttpResponse]
OK, FORBIDDEN = 200, 403
STEP_SECONDS = 60  # how often the session's last use is written down


class SessionLimits:
    """Ends a session 15 minutes after its last use and 8 hours after sign-in, by the real clock."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            self._keep(request)
        return self.get_response(request)

    def _keep(self, request: HttpRequest) -> None:
        moment = timezone.now().timestamp()
        began = request.session.setdefault("began_at", moment)
        used = request.session.setdefault("used_at", moment)
        if moment - used > settings.SESSION_IDLE_SECONDS or moment - began > settings.SESSION_COOKIE_AGE:
            owner = str(request.user.pk)
            logout(request)
            request.session["ended_user"] = owner
        elif moment - used > STEP_SECONDS:
            request.session["used_at"] = moment


class Viewers:
    """Sets `request.viewer` (a Viewer, or None) and `request.actor` from the posts held today."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.viewer = request.actor = None  # type: ignore[attr-defined]
        if request.user.is_authenticated:
            request.viewer = queries.viewer_of(request.user, request.today)  # type: ignore[attr-defined]
            request.actor = Actor.user(request.user.pk, request.user.name)  # type: ignore[attr-defined]
        return self.get_response(request)


class TypedAgain:
    """Brings back, on the page it was typed on, what could not be sent because the session was over."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        kept = unsent.take(request) if request.user.is_authenticated and unsent.is_page(request) else None
        if kept is None:
            return self.get_response(request)
        if request.method == "POST" and request.path == urlsplit(kept.path).path:
            return self._sent(request)
        response = self.get_response(request)
        is_there = request.method == "GET" and request.path == urlsplit(kept.page).path
        return self._filled(request, response, kept) if is_there else response

    def _sent(self, request: HttpRequest) -> HttpResponse:
        """The form came again: what waited has done its work, unless it was refused at the door."""
        waiting = request.session[unsent.KEY]
        response = self.get_response(request)
        if request.session.get(unsent.KEY) is waiting and response.status_code != FORBIDDEN:
            unsent.forget(request)
        return response

    def _filled(self, request: HttpRequest, response: HttpResponse, kept: unsent.Unsent) -> HttpResponse:
        if response.get("Location", "").startswith(reverse("accounts:second_factor")):
            return response
        found = None
        if response.status_code == OK and response.get("Content-Type", "").startswith("text/html"):
            notice = render_to_string("accounts/typed_back.html", {"with_file": kept.with_file}, request)
            found = refill(
                response.content.decode(),
                page=request.get_full_path(),
                path=urlsplit(kept.path).path,
                fields=kept.fields,
                fresh=unsent.FRESH,
                notice=notice,
            )
        if found is None:
            return response if kept.is_shown else redirect("accounts:not_sent")
        if not found.is_filled:
            unsent.forget(request)
            return response
        response.content = found.html
        return response
