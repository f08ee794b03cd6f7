"""The confidential survey as a manager holds it and reads what may be shown of it."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from placewell.questionnaires import instrument
from placewell.questionnaires.confidential import LEAST
from placewell_web.accounts import service
from placewell_web.accounts.policy import staff
from placewell_web.accounts.roles import Role
from placewell_web.casework.actions import surveys as record
from placewell_web.casework.forms.surveys import CodesForm, RoundForm
from placewell_web.casework.presenters import surveys as told
from placewell_web.casework.queries import surveys as kept
from placewell_web.casework.queries.questionnaires import wording_of
from placewell_web.nhsuk.sent import posted


@staff(Role.MANAGER)
def show_surveys(request: HttpRequest) -> HttpResponse:
    lots = {str(lot.pk): lot for lot in kept.lots(request.viewer)}
    options = {"lots": [(code, lot.name) for code, lot in lots.items()], "today": request.today}
    form = RoundForm(initial={"opens_on": request.today}, **options)
    if request.method == "POST":
        form = RoundForm(posted(request), **options)
        if form.is_valid():
            said = form.cleaned_data | {"lot": lots[form.cleaned_data["lot"]]}
            made = record.start_round(by=request.actor, at=request.now, **said)
            return redirect("casework:survey", round=made.pk)
    context = {
        "form": form,
        "rows": told.round_rows(kept.rounds(request.viewer), request.today),
        "cadence": told.cadence(service.current()),
    }
    return render(request, "casework/surveys.html", context)


@staff(Role.MANAGER)
def show_survey(request: HttpRequest, round: UUID) -> HttpResponse:
    """One round: its codes while it runs, its results once it has closed. New codes are shown once, to print."""
    found = get_object_or_404(kept.rounds(request.viewer), pk=round)
    form = CodesForm(initial={"made_before": found.codes})
    codes: list[str] = []
    if request.method == "POST" and request.today <= found.closes_on:
        form = CodesForm(posted(request))
        if form.is_valid():
            codes = record.make_codes(by=request.actor, at=request.now, round=found, **form.cleaned_data)
            found.refresh_from_db(fields=["codes"])
            messages.success(request, "These codes are shown once. Print this page now.")
    one, words = instrument(found.instrument), wording_of(found.instrument)
    assert words is not None  # ours are shipped
    has_closed = request.today > found.closes_on
    context = {
        "round": told.round_rows([found], request.today)[0],
        "form": form,
        "has_closed": has_closed,
        "addresses": [
            (code, request.build_absolute_uri(reverse("casework:answer_survey", args=[code]))) for code in codes
        ],
        "results": told.results(kept.counts_of(found, request.today), one, words, told.good_ratings(service.current())),
        "remarks": kept.remarks_of(found, request.today) if found.forms >= LEAST else [],
    }
    return render(request, "casework/survey.html", context)
