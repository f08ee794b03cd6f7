"""Changes of a job: hours, pay, the first day worked, a problem, the end, and help with the next."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from placewell_web.accounts import service
from placewell_web.accounts.policy import staff
from placewell_web.accounts.roles import Role
from placewell_web.casework import permissions
from placewell_web.casework.actions import job_changes as change
from placewell_web.casework.actions import jobs as record
from placewell_web.casework.forms.job_changes import (
    EndForm,
    FirstDayForm,
    HoursForm,
    NextHelpForm,
    PayForm,
    ProblemForm,
    day_to_remove,
)
from placewell_web.casework.presenters import job_changes as told
from placewell_web.casework.presenters import job_standing
from placewell_web.casework.queries import episodes
from placewell_web.casework.views.job_effects import asks, is_read, undone
from placewell_web.casework.views.opening import record_view
from placewell_web.nhsuk.sent import posted, pressed

CASEWORKERS = (Role.SPECIALIST, Role.TEAM_LEADER, Role.MANAGER)


@staff(*CASEWORKERS)
def change_hours(request: HttpRequest, job: UUID) -> HttpResponse:
    found = _reached(request, job)
    if pressed(request, "remove"):
        if day := day_to_remove(posted(request)):
            change.remove_hours(by=request.actor, at=request.now, job=found, from_on=day)
        messages.success(request, "Change of hours taken back.")
        return redirect("casework:change_hours", job=job)
    limits = {"earliest": found.first_day_worked_on or found.started_on, "latest": found.ended_on}
    form = HoursForm(_sent(request), initial={"from_on": request.today}, **limits)
    if form.is_bound and form.is_valid():
        said = form.cleaned_data
        change.change_hours(
            by=request.actor, at=request.now, job=found, from_on=said["from_on"], weekly_hours=said["weekly_hours"]
        )
        messages.success(request, "Change of hours recorded.")
        return redirect("casework:jobs", episode=found.episode_id)
    rows = told.hours_rows(found, list(found.hours.order_by("from_on")))
    return _page(request, found, form, "Record a change of hours", "Record change", rows=rows)


@staff(*CASEWORKERS)
def change_pay(request: HttpRequest, job: UUID) -> HttpResponse:
    found = _reached(request, job)
    if pressed(request, "remove"):
        if day := day_to_remove(posted(request)):
            change.remove_pay(by=request.actor, at=request.now, job=found, from_on=day)
        messages.success(request, "Change of pay taken back.")
        return redirect("casework:change_pay", job=job)
    weekly = told.hours_on(found, list(found.hours.all()), request.today)
    limits = {"earliest": found.first_day_worked_on or found.started_on, "latest": found.ended_on}
    initial = {"from_on": request.today, "pay_period": "hour"}
    form = PayForm(_sent(request), initial=initial, weekly_hours=weekly, **limits)
    if form.is_bound and form.is_valid():
        said = form.cleaned_data
        change.change_pay(
            by=request.actor, at=request.now, job=found, from_on=said["from_on"], hourly_wage=said["hourly_wage"]
        )
        changes = list(found.pay.order_by("from_on"))
        messages.success(request, job_standing.pay_saved(found, changes, said["hourly_wage"], said["from_on"]))
        return redirect("casework:jobs", episode=found.episode_id)
    rows = told.pay_rows(found, list(found.pay.order_by("from_on")))
    return _page(request, found, form, "Record a change of pay", "Record change", rows=rows)


@staff(*CASEWORKERS)
def first_day(request: HttpRequest, job: UUID) -> HttpResponse:
    found = _reached(request, job)
    initial = {"version": found.version, "worked_on": found.first_day_worked_on or found.started_on}
    form = FirstDayForm(_sent(request), initial=initial, today=request.today, earliest=found.started_on)
    if form.is_bound and form.is_valid():
        said = form.cleaned_data
        lost = undone(request, found, first_day_worked_on=said["worked_on"])
        if lost and not is_read(request, lost):
            return _page(request, found, form, "Record the first day worked", "Record first day", lost=lost)
        record.record_first_day(
            by=request.actor, at=request.now, job=found, version=said["version"], worked_on=said["worked_on"]
        )
        messages.success(request, "First day worked recorded.")
        return redirect("casework:job_saved", job=job)
    return _page(request, found, form, "Record the first day worked", "Record first day")


@staff(*CASEWORKERS)
def record_problem(request: HttpRequest, job: UUID) -> HttpResponse:
    found = _reached(request, job)
    initial = {"known_on": request.today, "form_token": uuid.uuid4()}
    form = ProblemForm(_sent(request), initial=initial, today=request.today, earliest=found.started_on)
    if form.is_bound and form.is_valid():
        change.record_problem(by=request.actor, at=request.now, job=found, facts=form.facts())
        messages.success(request, f"Problem recorded. Speak with {found.episode.person.called} within 3 days of it.")
        return redirect("casework:jobs", episode=found.episode_id)
    return _page(request, found, form, "Record a problem in the job", "Record problem")


@staff(*CASEWORKERS)
def end_job(request: HttpRequest, job: UUID) -> HttpResponse:
    found = _reached(request, job)
    initial = {"version": found.version, "known_on": found.end_known_on or request.today}
    initial |= {"ended_on": found.ended_on, "reason": found.end_reason}
    earliest = found.first_day_worked_on or found.started_on
    form = EndForm(_sent(request), today=request.today, earliest=earliest, initial=initial)
    if form.is_bound and form.is_valid():
        said = form.cleaned_data
        record.end_job(
            by=request.actor,
            at=request.now,
            job=found,
            version=said["version"],
            ended_on=said["ended_on"],
            reason=said["reason"],
            known_on=said["known_on"],
        )
        messages.success(request, "End of the job recorded.")
        return redirect("casework:next_help", job=job)
    return _page(request, found, form, f"Record the end of {found.title or 'the job'}", "Record end")


@staff(*CASEWORKERS)
def next_help(request: HttpRequest, job: UUID) -> HttpResponse:
    found = _reached(request, job)
    if found.ended_on is None:
        return redirect("casework:end_job", job=job)
    initial = {"version": found.version, "on": found.next_help_on or request.today, "answer": found.next_help}
    form = NextHelpForm(_sent(request), today=request.today, earliest=found.started_on, initial=initial)
    if form.is_bound and form.is_valid():
        said = form.cleaned_data
        record.record_next_help(
            by=request.actor, at=request.now, job=found, version=said["version"], answer=said["answer"], on=said["on"]
        )
        messages.success(request, "Help with the next job recorded.")
        return redirect("casework:jobs", episode=found.episode_id)
    record_view(request, found.episode, "job")
    context = {"form": form, "job": found, "episode": found.episode, "how_it_ended": told.end_words(found)}
    context["can_plan"] = permissions.can_plan(request.viewer, found.episode)
    context |= told.after_an_end(service.current())
    return render(request, "casework/next_help.html", context)


def _reached(request: HttpRequest, job: UUID) -> Any:
    found = get_object_or_404(episodes.jobs(request.viewer), pk=job)
    permissions.check_can_work_with(request.viewer, found.episode)
    return found


def _sent(request: HttpRequest) -> Any:
    return posted(request) if request.method == "POST" else None


def _page(
    request: HttpRequest,
    job: Any,
    form: Any,
    title: str,
    button: str,
    rows: Sequence[Any] = (),
    lost: Sequence[str] = (),
) -> HttpResponse:
    record_view(request, job.episode, "job")
    context = {
        "form": form,
        "job": job,
        "title": title,
        "button_text": button,
        "episode": job.episode,
        "rows": rows,
        **asks(lost),
    }
    return render(request, "casework/job_change.html", context)
