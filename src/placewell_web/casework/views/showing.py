"""Whether the person reads a completed profile or assessment whole by their personal link."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from placewell_web.accounts.policy import staff
from placewell_web.accounts.roles import Role
from placewell_web.casework import permissions
from placewell_web.casework.actions.showing import show_by_link
from placewell_web.casework.views.opening import reached
from placewell_web.nhsuk.sent import pressed

CASEWORKERS = (Role.SPECIALIST, Role.TEAM_LEADER, Role.MANAGER)


@staff(*CASEWORKERS)
@require_POST
def show_profile(request: HttpRequest, episode: UUID, version: UUID) -> HttpResponse:
    found = reached(request, episode)
    return _show(request, found, get_object_or_404(found.profiles, pk=version), "profile")


@staff(*CASEWORKERS)
@require_POST
def show_assessment(request: HttpRequest, episode: UUID, version: UUID) -> HttpResponse:
    found = reached(request, episode)
    return _show(request, found, get_object_or_404(found.assessments, pk=version), "assessment")


def _show(request: HttpRequest, episode: Any, version: Any, page: str) -> HttpResponse:
    """Pressed twice, or by two people, it is said again and nothing changes."""
    permissions.check_can_plan(request.viewer, episode)
    shown = not pressed(request, "hide")
    show_by_link(by=request.actor, at=request.now, version=version, shown=shown)
    called = episode.person.called
    messages.success(
        request,
        f"{called} can read version {version.version} by a personal link."
        if shown
        else f"{called} no longer reads version {version.version} by a personal link.",
    )
    return redirect(f"casework:{page}", episode=episode.pk)
