"""The job search of one person: applications, contacts with employers, meetings booked, benefits and disclosure."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from placewell_web.accounts.policy import staff
from placewell_web.accounts.roles import Role
from placewell_web.casework import permissions
from placewell_web.casework.actions import appointments
from placewell_web.casework.actions import job_search as record
from placewell_web.casework.forms.records import (
    ApplicationForm,
    AppointmentForm,
    BenefitForm,
)
from placewell_web.casework.presenters import better_off as better_off_told
from placewell_web.casework.presenters.disclosures import disclosure_rows
from placewell_web.casework.queries import better_off, episodes, person
from placewell_web.casework.views.opening import opened, reached, record_view
from placewell_web.nhsuk.sent import posted

CASEWORKERS = (Role.SPECIALIST, Role.TEAM_LEADER, Role.MANAGER)


@staff(*CASEWORKERS)
def show_job_search(request: HttpRequest, episode: UUID) -> HttpResponse:
    page = opened(request, episode, "job_search")
    context = {
        **page.context,
        "applications": list(page.episode.applications.select_related("employer").order_by("-on", "-created_at")),
        "employer_contacts": list(
            page.episode.employer_contacts.select_related("employer", "specialist").order_by("-on", "-created_at")
        ),
        "leads_taken": list(page.episode.leads_taken.select_related("lead__employer", "taken_by").order_by("-on")),
        "appointments": list(
            page.episode.appointments.filter(cancelled_at__isnull=True, starts_at__gte=request.now).order_by(
                "starts_at"
            )
        ),
    }
    return render(request, "casework/job_search.html", context)


@staff(*CASEWORKERS)
def add_application(request: HttpRequest, episode: UUID) -> HttpResponse:
    found = reached(request, episode)
    permissions.check_can_work_with(request.viewer, found)
    options = _options(request, found) | {"called": found.person.called}
    form = ApplicationForm(posted(request), **options) if request.method == "POST" else _fresh(ApplicationForm, options)
    if request.method == "POST" and form.is_valid():
        record.record_application(by=request.actor, at=request.now, episode=found, facts=form.facts())
        messages.success(request, f"Application by {found.person.called} recorded.")
        return redirect("casework:job_search", episode=episode)
    fields = ("on", "employer", "role_title", "made_by")
    return _form_page(request, found, form, "Record an application", "Record application", fields)


@staff(*CASEWORKERS)
def book(request: HttpRequest, episode: UUID) -> HttpResponse:
    found = reached(request, episode)
    permissions.check_can_work_with(request.viewer, found)
    form = (
        AppointmentForm(posted(request), now=request.now)
        if request.method == "POST"
        else AppointmentForm(now=request.now)
    )
    if request.method == "POST" and form.is_valid():
        answer = form.cleaned_data
        appointments.book_appointment(
            by=request.actor,
            at=request.now,
            episode=found,
            starts_at=form.starts_at(),
            place=answer["place"],
            purpose=answer["purpose"],
        )
        messages.success(request, f"Meeting with {found.person.called} booked.")
        return redirect("casework:person", episode=episode)
    return _form_page(request, found, form, "Book a meeting", "Book", ("on", "at", "place", "purpose"))


@staff(*CASEWORKERS)
def show_benefits(request: HttpRequest, episode: UUID) -> HttpResponse:
    """Benefits, better-off sums, disclosure and consent; a benefit is recorded on the page itself."""
    page = opened(request, episode, "benefits")
    options = _options(request, page.episode)
    benefit = _fresh(BenefitForm, options)
    if request.method == "POST":
        permissions.check_can_work_with(request.viewer, page.episode)
        benefit = BenefitForm(posted(request), auto_id="benefit_%s", **options)
        if benefit.is_valid():
            return _save_benefit(request, page.episode, benefit)
    context = {
        **page.context,
        "benefit_form": benefit,
        "form": benefit,
        "benefits": person.benefits(page.episode),
        "sums": better_off_told.sums(
            better_off.sums(request.viewer, page.episode), request.viewer.user_id, request.today
        ),
        "consents": person.consents(page.episode, request.today),
        "disclosures": disclosure_rows(person.disclosures(page.episode)),
        "advice": list(better_off.advice(page.episode).filter(better_off__isnull=True)),
        "advised": list(page.episode.contacts.filter(covered__contains="benefits_advice").order_by("-on")),
        "can_record": permissions.can_work_with(request.viewer, page.episode),
    }
    return render(request, "casework/benefits.html", context)


def _save_benefit(request: HttpRequest, episode: Any, form: BenefitForm) -> HttpResponse:
    answer = form.cleaned_data
    record.record_benefit(
        by=request.actor,
        at=request.now,
        episode=episode,
        benefit=answer["benefit"],
        received=answer["received"] == "yes",
        on=answer["on"],
    )
    messages.success(request, "Benefit recorded.")
    return redirect("casework:benefits", episode=episode.pk)


def _options(request: HttpRequest, episode: Any) -> dict[str, Any]:
    return {"today": request.today, "earliest": episode.referred_on}


def _fresh(form: Any, options: dict[str, Any]) -> Any:
    prefix = "benefit_%s" if form is BenefitForm else "id_%s"
    return form(initial={"on": options["today"]}, auto_id=prefix, **options)


def _form_page(
    request: HttpRequest, episode: Any, form: Any, title: str, button: str, fields: tuple[str, ...]
) -> HttpResponse:
    record_view(request, episode, title)
    context = {
        "form": form,
        "fields": [form[name] for name in fields],
        "title": title,
        "button_text": button,
        "episode": episode,
        "employers": episodes.employer_names(request.viewer),
    }
    return render(request, "casework/small_form.html", context)
