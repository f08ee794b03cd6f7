"""Better-off sums, and decisions on telling an employer about a condition."""

from __future__ import annotations

import uuid
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from placewell_web.accounts.policy import staff
from placewell_web.accounts.roles import Role
from placewell_web.casework import permissions
from placewell_web.casework.actions import better_off as record
from placewell_web.casework.actions import job_search
from placewell_web.casework.forms.better_off import BetterOffForm
from placewell_web.casework.forms.records import DisclosureForm
from placewell_web.casework.presenters.disclosures import disclosure_rows
from placewell_web.casework.presenters.documents import job_choices
from placewell_web.casework.queries import better_off as kept
from placewell_web.casework.queries import person
from placewell_web.casework.queries.work_and_health import job_of
from placewell_web.casework.views.opening import opened, reached, record_view
from placewell_web.nhsuk.sent import posted

CASEWORKERS = (Role.SPECIALIST, Role.TEAM_LEADER, Role.MANAGER)


@staff(*CASEWORKERS)
def work_out(request: HttpRequest, episode: UUID) -> HttpResponse:
    """A new sum: the amounts without the job and with it, side by side."""
    found = _worked_with(request, episode)
    options = _options(request, found)
    if request.method == "POST":
        form = BetterOffForm(posted(request), **options)
        if form.is_valid():
            job = job_of(found, form.cleaned_data["job"])
            row = record.record_better_off(by=request.actor, at=request.now, episode=found, facts=form.facts(), job=job)
            messages.success(request, "Sum recorded." if row else "That was recorded already.")
            return redirect("casework:benefits", episode=episode)
    else:
        form = BetterOffForm(initial={"on": request.today, "form_token": uuid.uuid4()}, **options)
    record_view(request, found, "Better-off sum")
    return render(request, "casework/better_off.html", {"form": form, "episode": found})


@staff(*CASEWORKERS)
@require_POST
def undo(request: HttpRequest, episode: UUID, entry: UUID) -> HttpResponse:
    found = reached(request, episode)
    record.undo_better_off(by=request.actor, at=request.now, row=kept.one(request.viewer, found, entry))
    messages.success(request, "Taken back.")
    return redirect("casework:benefits", episode=episode)


@staff(*CASEWORKERS)
def decide_disclosure(request: HttpRequest, episode: UUID) -> HttpResponse:
    """What the person decided: to whom, what, when, for which job; and every decision before it."""
    page = opened(request, episode, "benefits")
    options = _options(request, page.episode)
    form = DisclosureForm(initial={"on": request.today}, **options)
    if request.method == "POST":
        permissions.check_can_work_with(request.viewer, page.episode)
        form = DisclosureForm(posted(request), **options)
        if form.is_valid():
            row = job_search.record_disclosure(
                by=request.actor,
                at=request.now,
                episode=page.episode,
                facts=form.facts(),
                job=job_of(page.episode, form.cleaned_data["job"]),
            )
            messages.success(request, "Decision recorded." if row else "That was recorded already.")
            return redirect("casework:disclosure", episode=episode)
    context = {
        **page.context,
        "form": form,
        "disclosures": disclosure_rows(person.disclosures(page.episode)),
        "consents": [one for one in person.consents(page.episode, request.today) if one.kind == "contact_employer"],
        "can_record": permissions.can_work_with(request.viewer, page.episode),
    }
    return render(request, "casework/disclosure.html", context)


def _worked_with(request: HttpRequest, episode: UUID) -> Any:
    found = reached(request, episode)
    permissions.check_can_work_with(request.viewer, found)
    return found


def _options(request: HttpRequest, episode: Any) -> dict[str, Any]:
    jobs = job_choices(person.jobs(episode))
    return {"today": request.today, "earliest": episode.referred_on, "jobs": jobs}
