"""Who looks: limits of a session, and the viewer and actor of each request."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from placewell_web.accounts import queries
from placewell_web.audit.actors import Actor

Next = Callable[[HttpRequest], HttpResponse]
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
