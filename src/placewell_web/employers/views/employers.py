"""The list of employers, adding one and changing one; their contacts and jobs are casework's page."""

from __future__ import annotations

from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from placewell.vocabulary import labels
from placewell_web.accounts.errors import EditConflict
from placewell_web.accounts.policy import staff
from placewell_web.employers.actions import employers as actions
from placewell_web.employers.choices import STANDINGS
from placewell_web.employers.forms.employers import EmployerForm, posted, searched
from placewell_web.employers.presenters import employers as told
from placewell_web.employers.queries import employers as queries
from placewell_web.employers.views.pages import CASEWORKERS, again, form_page


@staff(*CASEWORKERS)
def show_list(request: HttpRequest) -> HttpResponse:
    asked = searched(request)
    words, number = asked.words(), asked.number()
    stands, sector = asked.asked("stands", STANDINGS), asked.asked("sector", labels("industry"))
    page = queries.page_of(queries.called(request.viewer, words, stands, sector), number)
    kept = urlencode({key: value for key, value in (("q", words), ("stands", stands), ("sector", sector)) if value})
    context = {
        "page": page,
        "words": words,
        "chosen": {"stands": stands, "sector": sector},
        "relationships": STANDINGS,
        "sectors": labels("industry"),
        "prefix": f"?{kept}&page=" if kept else "?page=",
        "tabs": told.tabs("employers:list", request.viewer),
        "told": told,
    }
    return render(request, "employers/list.html", context)


@staff(*CASEWORKERS)
def add(request: HttpRequest) -> HttpResponse:
    """Add an employer; where one of nearly that name is known, that one is offered first."""
    form = EmployerForm(posted(request))
    back = ("Employers", reverse("employers:list"))
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        alike = queries.alike(request.viewer, said["name"])
        if alike and not said["another"]:
            form.data = form.data.copy()
            form.data["another"] = "on"
            button = "Add it as another employer"
            return form_page(request, form, "Add an employer", back, button=button, alike=alike)
        lot = queries.own_lot(request.viewer)
        made = actions.add_employer(by=request.actor, at=request.now, lot=lot, fields=said)
        messages.success(request, f"{made.name} added.")
        return redirect("casework:employer", employer=made.pk)
    return form_page(request, form, "Add an employer", back)


@staff(*CASEWORKERS)
def change(request: HttpRequest, employer: UUID) -> HttpResponse:
    found = queries.one(request.viewer, employer)
    initial = {name: getattr(found, name) for name in (*actions.FIELDS, "version")}
    form = EmployerForm(posted(request), initial=initial)
    title, back = f"Change {found.name}", (found.name, reverse("casework:employer", kwargs={"employer": found.pk}))
    if request.method != "POST" or not form.is_valid():
        return form_page(request, form, title, back)
    said = form.cleaned_data
    try:
        actions.change_employer(
            by=request.actor, at=request.now, employer=found, version=said["version"] or 0, fields=said
        )
    except EditConflict as conflict:
        return form_page(request, again(form, found), title, back, conflict=conflict)
    messages.success(request, f"{found.name} changed.")
    return redirect("casework:employer", employer=found.pk)
