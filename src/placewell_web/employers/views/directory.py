"""The directory of other services: read by everyone who works with people, kept by leaders and managers."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from placewell.vocabulary import label
from placewell_web.accounts.errors import EditConflict
from placewell_web.accounts.policy import staff
from placewell_web.employers import permissions
from placewell_web.employers.actions import directory as actions
from placewell_web.employers.forms.directory import OutsideServiceForm
from placewell_web.employers.forms.employers import posted, searched
from placewell_web.employers.presenters.employers import holds, tabs
from placewell_web.employers.queries import directory as queries
from placewell_web.employers.views.pages import CASEWORKERS, again, form_page

BACK = ("Directory", "employers:directory")


@staff(*CASEWORKERS)
def show_directory(request: HttpRequest) -> HttpResponse:
    found = list(queries.services(request.viewer))
    kinds = {one.kind: label("onward_service", one.kind) for one in found}
    kind = searched(request).asked("sector", kinds)
    groups: dict[str, list[Any]] = {}
    for one in found:
        if kind in ("", one.kind):
            groups.setdefault(kinds[one.kind], []).append((one, holds(one, request.today)))
    context = {
        "groups": groups,
        "kinds": kinds,
        "kind": kind,
        "can_keep": permissions.can_keep_directory(request.viewer),
        "tabs": tabs("employers:directory", request.viewer),
    }
    return render(request, "employers/directory.html", context)


@staff(*CASEWORKERS)
def add_service(request: HttpRequest) -> HttpResponse:
    permissions.check_can_keep_directory(request.viewer)
    form = _form(request)
    lots = list(queries.lots(request.viewer))
    if request.method == "POST" and form.is_valid() and lots:
        made = actions.add_service(by=request.actor, at=request.now, kept_for=lots[0], fields=form.cleaned_data)
        return _saved(request, f"{made.name} added.")
    return form_page(request, form, "Add a service to the directory", _back())


@staff(*CASEWORKERS)
def change_service(request: HttpRequest, service: UUID) -> HttpResponse:
    found = queries.one(request.viewer, service)
    permissions.check_can_keep_directory(request.viewer)
    form = _form(request, found)
    title = f"Change {found.name}"
    if request.method != "POST" or not form.is_valid():
        return form_page(request, form, title, _back())
    version = form.cleaned_data["version"] or 0
    try:
        actions.change_service(
            by=request.actor, at=request.now, service=found, version=version, fields=form.cleaned_data
        )
    except EditConflict as conflict:
        return form_page(request, again(form, found), title, _back(), conflict=conflict)
    return _saved(request, f"{found.name} changed.")


@staff(*CASEWORKERS)
@require_POST
def confirm_service(request: HttpRequest, service: UUID) -> HttpResponse:
    found = queries.one(request.viewer, service)
    permissions.check_can_keep_directory(request.viewer)
    actions.confirm_service(by=request.actor, at=request.now, service=found)
    return _saved(request, f"{found.name}: looked through today.")


@staff(*CASEWORKERS)
@require_POST
def end_service(request: HttpRequest, service: UUID) -> HttpResponse:
    found = queries.one(request.viewer, service)
    permissions.check_can_keep_directory(request.viewer)
    actions.end_service(by=request.actor, at=request.now, service=found)
    return _saved(request, f"Nobody is sent to {found.name} any more.")


def _form(request: HttpRequest, found: Any = None) -> OutsideServiceForm:
    lots = [(one.code, one.name) for one in queries.lots(request.viewer)]
    names = (*actions.FIELDS, "version")
    initial = {name: getattr(found, name) for name in names} | {"only_lot": found.only_lot_id or ""} if found else {}
    return OutsideServiceForm(posted(request), lots=lots, today=request.today, initial=initial)


def _back() -> tuple[str, str]:
    return BACK[0], reverse(BACK[1])


def _saved(request: HttpRequest, words: str) -> HttpResponse:
    messages.success(request, words)
    return redirect(BACK[1])
