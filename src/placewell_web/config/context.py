"""What every page's template can count on: viewer, service, navigation, clock and the Content-Security-Policy nonce."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from django.conf import settings
from django.contrib.messages import get_messages
from django.http import HttpRequest

from placewell_web.accounts import unsent
from placewell_web.audit import clock
from placewell_web.config import navigation, specification


@dataclass(frozen=True)
class ServiceInfo:
    """What the pages say of the service."""

    name: str
    phone: str
    hours: str
    specification_version: str
    specification_hash: str


@dataclass(frozen=True)
class DemoInfo:
    """That this is the demo, and what its clock says."""

    now: datetime
    password: str


def page(request: HttpRequest) -> dict[str, Any]:
    viewer = getattr(request, "viewer", None)
    now = getattr(request, "now", None) or clock.now()
    return {
        **_form_fields(request),
        "viewer": viewer,
        "service": service(),
        "nav": navigation.links_for(viewer, request.path, now.date()),
        "nav_places": navigation.places(),
        "trial_meetings": navigation.is_served(navigation.MEETINGS, now.date()),
        "csp_nonce": str(getattr(request, "csp_nonce", "")),
        "demo": DemoInfo(now, settings.DEMO_PASSWORD) if settings.DEMO else None,
        "today": now.date(),
        "now": now,
        "ended": bool(getattr(request, "session", {}).get("ended_user")),
        "notices": partial(get_messages, request),
    }


def _form_fields(request: HttpRequest) -> dict[str, Any]:
    """For who is signed in, every form also says whose page it is."""
    user = getattr(request, "user", None)
    return {"csrf_input": unsent.form_fields_lazy(request)} if user is not None and user.is_authenticated else {}


def service() -> ServiceInfo:
    spec = specification.current()
    return ServiceInfo(
        name=spec.service.name,
        phone=settings.SERVICE_PHONE,
        hours=settings.SERVICE_HOURS,
        specification_version=spec.version,
        specification_hash=spec.hash,
    )
