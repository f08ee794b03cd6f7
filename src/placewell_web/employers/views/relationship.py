"""The relationship with an employer: who works there, who looks after it, where it stands, feedback, two made one."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from placewell_web.accounts.policy import staff
from placewell_web.employers import permissions
from placewell_web.employers.actions import employers as actions
from placewell_web.employers.actions import merging, people
from placewell_web.employers.forms.employers import (
    EmployerPersonForm,
    FeedbackForm,
    OwnerForm,
    RelationshipForm,
    SameEmployerForm,
    posted,
)
from placewell_web.employers.queries import employers as queries
from placewell_web.employers.views.pages import CASEWORKERS, form_page


@staff(*CASEWORKERS)
def add_person(request: HttpRequest, employer: UUID) -> HttpResponse:
    found = queries.one(request.viewer, employer)
    form = EmployerPersonForm(posted(request))
    if request.method == "POST" and form.is_valid():
        people.add_person(by=request.actor, at=request.now, employer=found, fields=form.cleaned_data)
        return _saved(request, found, "Contact added.")
    return form_page(request, form, f"Add a contact at {found.name}", _back(found))


@staff(*CASEWORKERS)
def change_person(request: HttpRequest, person: UUID) -> HttpResponse:
    row = queries.person(request.viewer, person)
    form = EmployerPersonForm(posted(request), initial={name: getattr(row, name) for name in people.FIELDS})
    if request.method == "POST" and form.is_valid():
        people.change_person(by=request.actor, at=request.now, person=row, fields=form.cleaned_data)
        return _saved(request, row.employer, "Contact changed.")
    return form_page(request, form, f"Change {row.name}", _back(row.employer))


@staff(*CASEWORKERS)
@require_POST
def person_left(request: HttpRequest, person: UUID) -> HttpResponse:
    row = queries.person(request.viewer, person)
    people.person_left(by=request.actor, at=request.now, person=row)
    return _saved(request, row.employer, f"Noted that {row.name} no longer works there.")


@staff(*CASEWORKERS)
def set_relationship(request: HttpRequest, employer: UUID) -> HttpResponse:
    found = queries.one(request.viewer, employer)
    form = RelationshipForm(posted(request), initial={"relationship": found.relationship})
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        actions.set_relationship(by=request.actor, at=request.now, employer=found, **said)
        return _saved(request, found, "Relationship recorded.")
    return form_page(request, form, f"Relationship with {found.name}", _back(found))


@staff(*CASEWORKERS)
def hand_over(request: HttpRequest, employer: UUID) -> HttpResponse:
    found = queries.one(request.viewer, employer)
    colleagues = [(str(one.pk), one.name) for one in queries.colleagues(request.viewer, request.today)]
    form = OwnerForm(posted(request), colleagues=colleagues, initial={"owner": str(found.owner_id or "")})
    if request.method == "POST" and form.is_valid():
        owner = form.cleaned_data["owner"]
        actions.hand_over(by=request.actor, at=request.now, employer=found, owner_id=owner)
        return _saved(request, found, f"{dict(colleagues)[owner]} looks after {found.name} now.")
    return form_page(request, form, f"Who looks after {found.name}", _back(found), button="Hand over")


@staff(*CASEWORKERS)
def add_feedback(request: HttpRequest, employer: UUID) -> HttpResponse:
    found = queries.one(request.viewer, employer)
    form = FeedbackForm(posted(request), today=request.today, initial={"on": request.today})
    if request.method == "POST" and form.is_valid():
        people.record_feedback(by=request.actor, at=request.now, employer=found, **form.cleaned_data)
        return _saved(request, found, "Feedback recorded.")
    return form_page(request, form, f"Feedback from {found.name}", _back(found))


@staff(*CASEWORKERS)
def merge(request: HttpRequest, employer: UUID) -> HttpResponse:
    """Choose the other record; everything of it moves to this one."""
    kept = queries.one(request.viewer, employer)
    permissions.check_can_merge(request.viewer)
    alike = queries.alike(request.viewer, kept.name, besides=kept.pk)
    others = {str(one.pk): one for one in alike}
    form = SameEmployerForm(posted(request), others=[(pk, _described(one)) for pk, one in others.items()])
    if request.method == "POST" and form.is_valid():
        merging.merge(by=request.actor, at=request.now, kept=kept, gone=others[form.cleaned_data["gone"]])
        return _saved(request, kept, "The two are one employer now. It can be undone on this page.")
    title = f"Make another record one with {kept.name}"
    said = "Its contacts, people, leads, jobs and applications move to this employer."
    said = said if alike else "No employer has a name like this one."
    return form_page(request, form, title, _back(kept), button="Make them one", said=said, can_save=bool(alike))


@staff(*CASEWORKERS)
@require_POST
def undo_merge(request: HttpRequest, merge: UUID) -> HttpResponse:
    done = queries.merge_of(request.viewer, merge)
    permissions.check_can_merge(request.viewer)
    merging.undo_merge(by=request.actor, at=request.now, merge=done)
    return _saved(request, done.kept, f"{done.gone.name} is an employer of its own again.")


def _described(employer: Any) -> str:
    return ", ".join(part for part in (employer.name, employer.town) if part)


def _back(employer: Any) -> tuple[str, str]:
    return employer.name, reverse("casework:employer", kwargs={"employer": employer.pk})


def _saved(request: HttpRequest, employer: Any, words: str) -> HttpResponse:
    messages.success(request, words)
    return redirect("casework:employer", employer=employer.pk)
