"""How things stand before a journey begins."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from tests.journeys.steps.journey import Journey

from placewell_web.accounts.models import User

BACKEND = "django.contrib.auth.backends.ModelBackend"


def signed_in(journey: Journey, user: User) -> None:
    """The visitor is this member of staff, signed in already."""
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = (
        BACKEND if BACKEND in settings.AUTHENTICATION_BACKENDS else settings.AUTHENTICATION_BACKENDS[0]
    )
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.save()
    cookie: dict[str, Any] = {
        "name": settings.SESSION_COOKIE_NAME,
        "value": session.session_key,
        "url": journey.address,
    }
    journey.page.context.add_cookies([cookie])


def session_gone(journey: Journey) -> None:
    """The browser has forgotten its session."""
    journey.page.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
