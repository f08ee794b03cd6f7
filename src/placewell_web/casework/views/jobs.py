"""Jobs of one person: recording one, what it starts, correcting it, taking a mistake back; documents beside them."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from placewell_web.accounts.policy import staff
from placewell_web.accounts.roles import Role
from placewell_web.casework import permissions
from placewell_web.casework.actions import jobs as record
from placewell_web.casework.forms.jobs import JobForm, as_recorded, asked_again
from placewell_web.casework.presenters import job_standing, job_start, overview, proof
from placewell_web.casework.presenters.employers_said import employers_said
from placewell_web.casework.queries import confirmations, episodes, person
from placewell_web.casework.views.job_effects import asks, is_read, undone
from placewell_web.casework.views.links import PURPOSES
from placewell_web.casework.views.opening import opened, reached, record_view
from placewell_web.nhsuk.sent import posted, pressed

CASEWORKERS = (Role.SPECIALIST, Role.TEAM_LEADER, Role.MANAGER)
PROOF_LINK = "proof"
OF_MILESTONES = ("started_on", "first_day_worked_on", "competitive")  # what a milestone of work hangs on


@staff(*CASEWORKERS)
def show_jobs(request: HttpRequest, episode: UUID) -> HttpResponse:
    page = opened(request, episode, "jobs")
    documents = list(person.documents(page.episode))
    rows = proof.proof_rows(page.loaded, documents)
    jobs = list(person.jobs(page.episode))
    context = {
        **page.context,
        "jobs": [overview.job_card(job, request.today) for job in jobs],
        "said": employers_said(
            page.loaded, confirmations.against_the_record(page.viewer, [page.episode], request.today)
        ),
        "undoable": {str(job.pk) for job in jobs if record.can_undo(by=request.actor, at=request.now, job=job)},
        "proof": rows,
        "documents": documents,
        "payment": proof.payment(page.loaded.spec, person.payment_line(page.loaded), rows),
    }
    return render(request, "casework/jobs.html", context)


@staff(*CASEWORKERS)
def add_job(request: HttpRequest, episode: UUID) -> HttpResponse:
    found = reached(request, episode)
    permissions.check_can_work_with(request.viewer, found)
    form = _form(request, found, {"form_token": uuid.uuid4(), "advised_on": request.today})
    if form.is_bound and form.is_valid():
        job = record.record_job(by=request.actor, at=request.now, episode=found, facts=form.facts())
        messages.success(request, f"Job of {found.person.called} recorded.")
        return redirect("casework:job_saved", job=job.pk)
    return _page(request, found, form, "Record a job", "Record job")


@staff(*CASEWORKERS)
def show_saved(request: HttpRequest, job: UUID) -> HttpResponse:
    """What the job starts: shown once it is recorded, and again from the list of jobs."""
    found = get_object_or_404(episodes.jobs(request.viewer), pk=job)
    page = opened(request, found.episode_id, "jobs")
    spec, rows = page.loaded.spec, job_start.reached(page.loaded)
    documents = list(person.documents(page.episode))
    line = proof.payment(spec, person.payment_line(page.loaded), proof.proof_rows(page.loaded, documents))
    context = {
        **page.context,
        "job": overview.job_card(found, request.today),
        "judgement": job_standing.judgement(found),
        "milestones": rows,
        "meetings": job_start.meetings(page.loaded, found),
        "no_meetings": job_start.no_meetings(spec, found),
        "payment": job_start.payment_ahead(spec, line, found, rows),
        "advice": person.advice_for(found),
        "asks_by_link": PROOF_LINK if PROOF_LINK in PURPOSES else "",
        "can_undo": record.can_undo(by=request.actor, at=request.now, job=found),
    }
    return render(request, "casework/job_saved.html", context)


@staff(*CASEWORKERS)
def change_job(request: HttpRequest, job: UUID) -> HttpResponse:
    found = get_object_or_404(episodes.jobs(request.viewer), pk=job)
    permissions.check_can_work_with(request.viewer, found.episode)
    pay_since = found.pay.filter(from_on__lte=request.today).order_by("from_on").last()
    form = _form(request, found.episode, as_recorded(found), pay_since=pay_since, job=found)
    if form.is_bound and form.is_valid():
        facts = form.facts()
        lost = undone(request, found, **{name: getattr(facts, name) for name in OF_MILESTONES})
        if lost and not is_read(request, lost):
            title = f"Change {found.title or 'the job'}"
            return _page(request, found.episode, form, title, "Save changes", new=False, lost=lost)
        version = form.cleaned_data["version"] or 0
        record.correct_job(by=request.actor, at=request.now, job=found, version=version, facts=facts)
        messages.success(request, "Job changed.")
        return redirect("casework:jobs", episode=found.episode_id)
    return _page(request, found.episode, form, f"Change {found.title or 'the job'}", "Save changes", new=False)


@staff(*CASEWORKERS)
@require_POST
def undo_job(request: HttpRequest, job: UUID) -> HttpResponse:
    found = get_object_or_404(episodes.jobs(request.viewer), pk=job)
    permissions.check_can_work_with(request.viewer, found.episode)
    record.undo_job(by=request.actor, at=request.now, job=found)
    messages.success(request, "The job was taken back. Documents about it are kept.")
    return redirect("casework:jobs", episode=found.episode_id)


def _form(request: HttpRequest, episode: Any, initial: dict[str, Any], **more: Any) -> JobForm:
    """The form as sent; as it was typed, where a search was asked for; else as it starts."""
    birth_date = episode.person.birth_date
    options = {"today": request.today, "earliest": episode.referred_on, "birth_date": birth_date, **more}
    if request.method != "POST":
        return JobForm(initial=initial, **options)
    data = posted(request)
    return JobForm(initial=asked_again(data), **options) if pressed(request, "search") else JobForm(data, **options)


def _page(
    request: HttpRequest,
    episode: Any,
    form: JobForm,
    title: str,
    button: str,
    new: bool = True,
    lost: Sequence[str] = (),
) -> HttpResponse:
    record_view(request, episode, "job")
    context = {
        "form": form,
        "episode": episode,
        "title": title,
        "button_text": button,
        "new": new,
        **asks(lost),
        "employers": episodes.employer_names(request.viewer),
    }
    return render(request, "casework/job.html", context)
