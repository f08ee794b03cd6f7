"""Recording a check of work status, and taking back one recorded by mistake."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from placewell_web.accounts.policy import staff
from placewell_web.accounts.roles import Role
from placewell_web.casework import permissions
from placewell_web.casework.actions import employment_checks as record
from placewell_web.casework.forms.questionnaires import CheckForm
from placewell_web.casework.queries import questionnaires as kept
from placewell_web.casework.views.opening import reached, record_view
from placewell_web.nhsuk.sent import posted

CASEWORKERS = (Role.SPECIALIST, Role.TEAM_LEADER, Role.MANAGER)


@staff(*CASEWORKERS)
def add_check(request: HttpRequest, episode: UUID) -> HttpResponse:
    found = reached(request, episode)
    permissions.check_can_work_with(request.viewer, found)
    options = {"today": request.today, "earliest": found.referred_on}
    if request.method == "POST":
        form = CheckForm(posted(request), **options)
        if form.is_valid():
            made = record.record_check(by=request.actor, at=request.now, episode=found, facts=form.facts())
            messages.success(request, "Recorded." if made else "That was recorded already.")
            return redirect("casework:questionnaires", episode=episode)
    else:
        form = CheckForm(initial={"on": request.today}, **options)
    record_view(request, found, "check_work_status")
    context = {
        "form": form,
        "fields": list(form),
        "title": "Record a check of work",
        "button_text": "Record",
        "said": "",
        "episode": found,
        "back": "casework:questionnaires",
    }
    return render(request, "casework/record_form.html", context)


@staff(*CASEWORKERS)
@require_POST
def undo_check(request: HttpRequest, episode: UUID, check: UUID) -> HttpResponse:
    found = reached(request, episode)
    permissions.check_can_work_with(request.viewer, found)
    record.undo_check(by=request.actor, at=request.now, check=kept.one_check(request.viewer, found, check))
    messages.success(request, "Taken back.")
    return redirect("casework:questionnaires", episode=episode)
