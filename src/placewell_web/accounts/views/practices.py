"""The administrator's register of GP practices: the list, adding, renaming, closing and opening again."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from placewell_web.accounts import practices as register
from placewell_web.accounts import queries
from placewell_web.accounts.errors import Refused
from placewell_web.accounts.forms import ClosePracticeForm, PracticeForm, PracticeNameForm
from placewell_web.accounts.policy import staff
from placewell_web.nhsuk.words import day

ADMINISTRATOR = "administrator"


@staff(ADMINISTRATOR)
def practices(request: HttpRequest) -> HttpResponse:
    """Every practice of the administrator's lots, by lot."""
    by_lot: dict[Any, list[Any]] = {lot: [] for lot in queries.lots_of(request.viewer)}
    for one in queries.practices_of(request.viewer):
        by_lot[one.lot].append(one)
    context = {"by_lot": list(by_lot.items()), "number": sum(map(len, by_lot.values())), "today": request.today}
    return render(request, "accounts/practices.html", context)


@staff(ADMINISTRATOR)
def add_practice(request: HttpRequest) -> HttpResponse:
    form = PracticeForm(request.POST or None, lots=queries.lots_of(request.viewer))
    if request.method == "POST" and form.is_valid():
        try:
            added = register.add_practice(**_who(request), **form.cleaned_data)
        except Refused as refusal:
            form.add_error("code", list(refusal.problems))
        else:
            messages.success(request, f"{added.name} is added. Referrals can name it now.")
            return redirect("accounts:practices")
    return render(request, "accounts/add_practice.html", {"form": form}, status=_status(form))


@staff(ADMINISTRATOR)
def practice(request: HttpRequest, practice: str) -> HttpResponse:
    """One practice: its name can change."""
    found = _practice(request, practice)
    form = PracticeNameForm(request.POST or None, initial={"name": found.name})
    if request.method == "POST" and form.is_valid():
        register.rename_practice(practice=found, name=form.cleaned_data["name"], **_who(request))
        messages.success(request, f"{found.code} is {form.cleaned_data['name']}.")
        return redirect("accounts:practices")
    return render(request, "accounts/practice.html", {"form": form, "practice": found}, status=_status(form))


@staff(ADMINISTRATOR)
def close_practice(request: HttpRequest, practice: str) -> HttpResponse:
    found = _practice(request, practice)
    form = ClosePracticeForm(request.POST or None, today=request.today)
    if request.method == "POST" and form.is_valid():
        closed_on = form.cleaned_data["closed_on"]
        register.close_practice(practice=found, closed_on=closed_on, **_who(request))
        messages.success(request, f"{found.name} is closed from {day(closed_on)}.")
        return redirect("accounts:practices")
    return render(request, "accounts/close_practice.html", {"form": form, "practice": found}, status=_status(form))


@staff(ADMINISTRATOR)
@require_POST
def open_practice(request: HttpRequest, practice: str) -> HttpResponse:
    found = _practice(request, practice)
    register.open_practice(practice=found, **_who(request))
    messages.success(request, f"{found.name} is open again.")
    return redirect("accounts:practices")


def _practice(request: HttpRequest, code: str) -> Any:
    return get_object_or_404(queries.practices_of(request.viewer), pk=code)


def _who(request: HttpRequest) -> dict[str, Any]:
    return {"viewer": request.viewer, "by": request.actor, "at": request.now}


def _status(form: object) -> int:
    return 422 if getattr(form, "errors", None) else 200
