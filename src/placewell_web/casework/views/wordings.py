"""The administrator's page of questionnaires' words: which are loaded, loading more, taking them away."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from placewell.vocabulary import label
from placewell_web.accounts.policy import staff
from placewell_web.accounts.roles import Role
from placewell_web.casework.actions import wordings as record
from placewell_web.casework.forms.wordings import WordingForm
from placewell_web.casework.presenters import wordings as told
from placewell_web.casework.queries import questionnaires as kept
from placewell_web.nhsuk.sent import posted, sent_files


@staff(Role.ADMINISTRATOR)
def show_wordings(request: HttpRequest) -> HttpResponse:
    form = WordingForm()
    if request.method == "POST":
        form = WordingForm(posted(request), sent_files(request))
        if form.is_valid():
            made = record.load_wording(by=request.actor, at=request.now, **form.cleaned_data["file"])
            messages.success(request, f"The words of {label('instrument', made.instrument)} are loaded.")
            return redirect("casework:wordings")
    context = {"form": form, "rows": told.rows(kept.wordings())}
    return render(request, "casework/wordings.html", context)


@staff(Role.ADMINISTRATOR)
@require_POST
def remove_wording(request: HttpRequest, wording: UUID) -> HttpResponse:
    found = get_object_or_404(kept.wordings(), pk=wording)
    record.remove_wording(by=request.actor, at=request.now, wording=found)
    messages.success(request, f"The words of {label('instrument', found.instrument)} are shown no longer.")
    return redirect("casework:wordings")
