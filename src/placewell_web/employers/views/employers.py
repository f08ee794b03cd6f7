"""The list of employers, adding one and changing one; their contacts and jobs are casework's page."""

from __future__ import annotations

from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from placewell_web.accounts.policy import staff
from placewell_web.accounts.roles import Role
from placewell_web.employers import actions, queries
from placewell_web.employers.forms import EmployerForm, posted, searched

CASEWORKERS = (Role.SPECIALIST, Role.TEAM_LEADER, Role.MANAGER)


@staff(*CASEWORKERS)
def show_list(request: HttpRequest) -> HttpResponse:
    words, number = searched(request)
    page = queries.page_of(queries.called(request.viewer, words), number)
    prefix = f"?{urlencode({'q': words})}&page=" if words else "?page="
    return render(request, "employers/list.html", {"page": page, "words": words, "prefix": prefix})


@staff(*CASEWORKERS)
def add(request: HttpRequest) -> HttpResponse:
    form = EmployerForm(posted(request))
    if request.method == "POST" and form.is_valid():
        lot = queries.own_lot(request.viewer)
        made = actions.add_employer(by=request.actor, at=request.now, lot=lot, fields=form.cleaned_data)
        messages.success(request, f"{made.name} added.")
        return redirect("casework:employer", employer=made.pk)
    return render(request, "employers/form.html", {"form": form, "title": "Add an employer", "employer": None})


@staff(*CASEWORKERS)
def change(request: HttpRequest, employer: UUID) -> HttpResponse:
    found = get_object_or_404(queries.employers(request.viewer), pk=employer)
    initial = {name: getattr(found, name) for name in actions.FIELDS}
    form = EmployerForm(posted(request), initial=initial)
    if request.method == "POST" and form.is_valid():
        actions.change_employer(by=request.actor, at=request.now, employer=found, fields=form.cleaned_data)
        messages.success(request, f"{found.name} changed.")
        return redirect("casework:employer", employer=found.pk)
    return render(request, "employers/form.html", {"form": form, "title": f"Change {found.name}", "employer": found})
