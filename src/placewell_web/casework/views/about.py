"""What is kept about a person: read on one page, changed in three short forms; two editors see both versions."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from placewell_web.accounts import service
from placewell_web.accounts.errors import EditConflict
from placewell_web.accounts.policy import staff
from placewell_web.accounts.roles import Role
from placewell_web.casework import permissions
from placewell_web.casework.forms.alerts import KINDS as ALERT_KINDS
from placewell_web.casework.presenters import about as told
from placewell_web.casework.queries import about, person
from placewell_web.casework.views.opening import opened, reached, record_view
from placewell_web.intake.actions import about as change
from placewell_web.intake.forms.about import DetailsForm, EqualityForm, HealthForm, RecordForm, ways_to_reach
from placewell_web.nhsuk.sent import posted
from placewell_web.nhsuk.words import count

CASEWORKERS = (Role.SPECIALIST, Role.TEAM_LEADER, Role.MANAGER)
LEADERS = (Role.TEAM_LEADER, Role.MANAGER)


@dataclass(frozen=True)
class Part:
    """One of the forms: what it is called, how it is made for an episode, and the action that saves it."""

    title: str
    form: Callable[[HttpRequest, Any, Any], RecordForm]
    save: Callable[..., tuple[str, ...]]
    sections: tuple[tuple[str, tuple[str, ...]], ...]
    note: str = ""


def _details(request: HttpRequest, episode: Any, data: Any) -> RecordForm:
    return DetailsForm(data, record=episode.person, spec=service.current(), today=request.today)


def _equality(request: HttpRequest, episode: Any, data: Any) -> RecordForm:
    return EqualityForm(data, record=episode.person)


def _health(request: HttpRequest, episode: Any, data: Any) -> RecordForm:
    return HealthForm(data, record=episode, practices=about.practices_for(request.viewer, episode, request.today))


DETAILS = Part(
    "Name and contact details",
    _details,
    change.change_details,
    (
        ("Who they are", DetailsForm.WHO),
        ("How to reach them", DetailsForm.REACHING),
        ("How to be understood", DetailsForm.UNDERSTOOD),
    ),
)
EQUALITY = Part(
    "Equality monitoring",
    _equality,
    change.change_equality,
    (("", EqualityForm.FIELDS),),
    "Asked so that the service can see whether it reaches everyone. Nobody has to answer, and it changes nothing about "
    "the support they get.",
)
HEALTH = Part("Health and work", _health, change.change_health, (("", HealthForm.FIELDS),))


@staff(*CASEWORKERS)
def show_about(request: HttpRequest, episode: UUID) -> HttpResponse:
    page = opened(request, episode, "about")
    found = page.episode
    consents = about.consents(found)
    context = {
        **page.context,
        "details": told.details(found.person, ways_to_reach(service.current())),
        "equality": told.equality(found.person),
        "health": told.health(found),
        "referral": told.referral(found),
        "items": told.items(service.current(), found, consents, person.benefits(found)),
        "consents": consents,
        "alerts": about.alerts(found),
        "alert_kinds": ALERT_KINDS,
        "questions": about.questions(request.viewer, found),
        "can_change": permissions.can_describe(request.viewer, found),
        "can_compare": request.viewer.has_role(*LEADERS),
    }
    return render(request, "casework/about.html", context)


@staff(*CASEWORKERS)
def change_details(request: HttpRequest, episode: UUID) -> HttpResponse:
    return _change(request, episode, DETAILS)


@staff(*CASEWORKERS)
def change_equality(request: HttpRequest, episode: UUID) -> HttpResponse:
    return _change(request, episode, EQUALITY)


@staff(*CASEWORKERS)
def change_health(request: HttpRequest, episode: UUID) -> HttpResponse:
    return _change(request, episode, HEALTH)


def _change(request: HttpRequest, episode: UUID, part: Part) -> HttpResponse:
    found = reached(request, episode)
    permissions.check_can_describe(request.viewer, found)
    if request.method != "POST":
        return _form_page(request, found, part, part.form(request, found, None))
    form = part.form(request, found, posted(request))
    if not form.is_valid():
        return _form_page(request, found, part, form)
    try:
        changed = part.save(
            by=request.actor, at=request.now, episode=found, version=form.cleaned_data["version"], facts=form.facts()
        )
    except EditConflict as conflict:
        rows = form.differing(conflict.stored, conflict.written)
        return _form_page(request, found, part, _again(request, found, part, form), rows)
    messages.success(request, f"Saved: {count(len(changed), 'change')}." if changed else "Nothing was changed.")
    return redirect("casework:about", episode=episode)


def _again(request: HttpRequest, episode: Any, part: Part, form: RecordForm) -> RecordForm:
    """The form as written, now at the version that is saved: sending it again keeps what was written."""
    data = form.data.copy()
    form.record.refresh_from_db()
    data["version"] = str(form.record.version)
    return part.form(request, episode, data)


def _form_page(
    request: HttpRequest,
    episode: Any,
    part: Part,
    form: RecordForm,
    conflict: list[tuple[str, str]] | None = None,
) -> HttpResponse:
    record_view(request, episode, part.title)
    context = {
        "form": form,
        "part": part,
        "sections": [(title, [form[name] for name in names]) for title, names in part.sections],
        "episode": episode,
        "conflict": conflict,
    }
    return render(request, "casework/about_form.html", context, status=409 if conflict is not None else 200)
