"""How things stand before a journey begins."""

from __future__ import annotations

import time
from typing import Any

from allauth.account.internal.userkit import user_id_to_str
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
    # By password a moment ago, so that no page asks for it again.
    session["account_authentication_methods"] = [{"method": "password", "at": time.time(), "reauthenticated": True}]
    session["account_authentication_methods_user"] = user_id_to_str(user)
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
