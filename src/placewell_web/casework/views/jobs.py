"""Jobs of one person: recording, correcting, hours that change, and how they end; documents beside them."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from placewell_web.accounts.policy import staff
from placewell_web.accounts.roles import Role
from placewell_web.casework import permissions
from placewell_web.casework.actions import jobs as record
from placewell_web.casework.forms.jobs import EndForm, HoursForm, JobForm
from placewell_web.casework.presenters import overview, proof
from placewell_web.casework.queries import episodes, person
from placewell_web.casework.views.opening import opened, reached, record_view
from placewell_web.nhsuk.sent import posted

CASEWORKERS = (Role.SPECIALIST, Role.TEAM_LEADER, Role.MANAGER)
SECTIONS = (
    ("The job", ("title", "employer", "started_on", "first_day_worked_on")),
    ("Hours and pay", ("contract_hours", "hourly_wage", "contract_type", "self_employed", "competitive")),
    ("For the figures", ("occupation", "industry", "disclosed")),
)


@staff(*CASEWORKERS)
def show_jobs(request: HttpRequest, episode: UUID) -> HttpResponse:
    page = opened(request, episode, "jobs")
    documents = list(person.documents(page.episode))
    rows = proof.proof_rows(page.loaded, documents)
    jobs = list(person.jobs(page.episode))
    context = {
        **page.context,
        "jobs": [(overview.job_card(job, request.today), list(job.hours.all())) for job in jobs],
        "proof": rows,
        "documents": documents,
        "payment": proof.payment(page.loaded.spec, person.payment_line(page.loaded), rows),
    }
    return render(request, "casework/jobs.html", context)


@staff(*CASEWORKERS)
def add_job(request: HttpRequest, episode: UUID) -> HttpResponse:
    found = reached(request, episode)
    permissions.check_can_work_with(request.viewer, found)
    options = _options(request, found)
    form = JobForm(posted(request), **options) if request.method == "POST" else JobForm(**options)
    if request.method == "POST" and form.is_valid():
        record.record_job(by=request.actor, at=request.now, episode=found, facts=form.facts())
        messages.success(request, _told(form, f"Job of {found.person.called} recorded."))
        return redirect("casework:person", episode=episode)
    return _page(request, found, form, "Record a job", "Record job")


@staff(*CASEWORKERS)
def change_job(request: HttpRequest, job: UUID) -> HttpResponse:
    found = get_object_or_404(episodes.jobs(request.viewer), pk=job)
    permissions.check_can_work_with(request.viewer, found.episode)
    options = _options(request, found.episode)
    initial = {"initial": _initial(found)}
    form = JobForm(posted(request), **options) if request.method == "POST" else JobForm(**options, **initial)
    if request.method == "POST" and form.is_valid():
        version = form.cleaned_data["version"] or 0
        record.correct_job(by=request.actor, at=request.now, job=found, version=version, facts=form.facts())
        messages.success(request, _told(form, "Job changed."))
        return redirect("casework:jobs", episode=found.episode_id)
    return _page(request, found.episode, form, f"Change {found.title or 'the job'}", "Save changes")


@staff(*CASEWORKERS)
def change_hours(request: HttpRequest, job: UUID) -> HttpResponse:
    found = get_object_or_404(episodes.jobs(request.viewer), pk=job)
    permissions.check_can_work_with(request.viewer, found.episode)
    form = HoursForm(posted(request)) if request.method == "POST" else HoursForm(initial={"from_on": request.today})
    if request.method == "POST" and form.is_valid():
        answer = form.cleaned_data
        record.change_hours(
            by=request.actor,
            at=request.now,
            job=found,
            from_on=answer["from_on"],
            weekly_hours=answer["weekly_hours"],
        )
        messages.success(request, "Change of hours recorded.")
        return redirect("casework:jobs", episode=found.episode_id)
    return _small(request, found, form, "Record a change of hours", "Record change")


@staff(*CASEWORKERS)
def end_job(request: HttpRequest, job: UUID) -> HttpResponse:
    found = get_object_or_404(episodes.jobs(request.viewer), pk=job)
    permissions.check_can_work_with(request.viewer, found.episode)
    initial = {"version": found.version, "known_on": request.today}
    form = EndForm(posted(request) if request.method == "POST" else None, today=request.today, initial=initial)
    if request.method == "POST" and form.is_valid():
        answer = form.cleaned_data
        record.end_job(
            by=request.actor,
            at=request.now,
            job=found,
            version=answer["version"],
            ended_on=answer["ended_on"],
            reason=answer["reason"],
            known_on=answer["known_on"],
        )
        messages.success(
            request, "End of the job recorded. Speak to the person within 3 days, and offer help with another job."
        )
        return redirect("casework:person", episode=found.episode_id)
    return _small(request, found, form, f"Record the end of {found.title or 'the job'}", "Record end")


def _options(request: HttpRequest, episode: Any) -> dict[str, Any]:
    return {"today": request.today, "earliest": episode.referred_on, "birth_date": episode.person.birth_date}


def _told(form: JobForm, words: str) -> str:
    return f"{words} {form.low_pay}" if form.low_pay else words


def _initial(job: Any) -> dict[str, Any]:
    truth = {True: "yes", False: "no", None: "not_known"}
    plain = ("version", "title", "started_on", "first_day_worked_on", "contract_hours", "hourly_wage", "contract_type")
    found = {name: getattr(job, name) for name in (*plain, "occupation", "industry")}
    found |= {name: truth[getattr(job, name)] for name in ("self_employed", "competitive", "disclosed")}
    return found | {"employer": job.employer.name if job.employer else ""}


def _page(request: HttpRequest, episode: Any, form: JobForm, title: str, button: str) -> HttpResponse:
    record_view(request, episode, "job")
    context = {
        "form": form,
        "episode": episode,
        "title": title,
        "button_text": button,
        "sections": [(name, [form[field] for field in fields]) for name, fields in SECTIONS],
        "employers": episodes.employer_names(request.viewer),
    }
    return render(request, "casework/job.html", context)


def _small(request: HttpRequest, job: Any, form: Any, title: str, button: str) -> HttpResponse:
    record_view(request, job.episode, "job")
    context = {
        "form": form,
        "fields": list(form),
        "title": title,
        "button_text": button,
        "episode": job.episode,
        "employers": [],
    }
    return render(request, "casework/small_form.html", context)
