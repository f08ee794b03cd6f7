"""The job search of one person: applications, contacts with employers, meetings booked, benefits and disclosure."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from placewell_web.accounts.policy import staff
from placewell_web.accounts.roles import Role
from placewell_web.audit import actions as audit
from placewell_web.casework import permissions
from placewell_web.casework.actions import appointments
from placewell_web.casework.actions import job_search as record
from placewell_web.casework.forms.parsers import wanted_employer
from placewell_web.casework.forms.records import (
    ApplicationForm,
    AppointmentForm,
    BenefitForm,
    DisclosureForm,
    EmployerContactForm,
)
from placewell_web.casework.presenters.person import said
from placewell_web.casework.queries import employers, episodes, person
from placewell_web.casework.views.opening import opened, reached, record_view
from placewell_web.nhsuk.sent import posted, pressed

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
        AppointmentForm(posted(request), today=request.today)
        if request.method == "POST"
        else AppointmentForm(today=request.today)
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
    """Benefits, disclosure and consent; two small forms on one page, each with its own button."""
    page = opened(request, episode, "benefits")
    options = _options(request, page.episode)
    benefit, disclosure = _fresh(BenefitForm, options), _fresh(DisclosureForm, options)
    if request.method == "POST":
        permissions.check_can_work_with(request.viewer, page.episode)
        if pressed(request, "save_benefit"):
            benefit = BenefitForm(posted(request), auto_id="benefit_%s", **options)
            if benefit.is_valid():
                return _save_benefit(request, page.episode, benefit)
        else:
            disclosure = DisclosureForm(posted(request), auto_id="disclosure_%s", **options)
            if disclosure.is_valid():
                facts = disclosure.facts()
                record.record_disclosure(by=request.actor, at=request.now, episode=page.episode, facts=facts)
                messages.success(request, "Decision recorded.")
                return redirect("casework:benefits", episode=episode)
    context = {
        **page.context,
        "benefit_form": benefit,
        "disclosure_form": disclosure,
        "form": benefit if benefit.errors else disclosure,
        "benefits": person.benefits(page.episode),
        "consents": person.consents(page.episode, request.today),
        "disclosures": list(page.episode.disclosures.select_related("job").order_by("-on", "-created_at")),
        "advice": list(page.episode.contacts.filter(covered__contains="benefits_advice").order_by("-on")),
        "said": said,
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
    prefix = {BenefitForm: "benefit_%s", DisclosureForm: "disclosure_%s"}.get(form, "id_%s")
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


def _employer_named(request: HttpRequest) -> str:
    """The name of the employer whose page the form was opened from."""
    found = employers.visible(request.viewer).filter(pk=wanted_employer(request)).first()
    return found.name if found else ""


@staff(*CASEWORKERS)
def log_employer_contact(request: HttpRequest) -> HttpResponse:
    """One contact with an employer, linked to the people it was for."""
    mine = list(episodes.caseload_of(request.viewer, request.viewer.user_id).order_by("person__search_name"))
    people = [(str(one.pk), f"{one.person.called} {one.person.surname}") for one in mine]
    earliest = min((one.referred_on for one in mine), default=request.today.replace(month=1, day=1))
    options = {"today": request.today, "earliest": earliest, "people": people}
    form = (
        EmployerContactForm(posted(request), **options)
        if request.method == "POST"
        else EmployerContactForm(initial={"on": request.today, "employer": _employer_named(request)}, **options)
    )
    if request.method == "POST" and form.is_valid():
        chosen = [one for one in mine if str(one.pk) in form.cleaned_data["people"]]
        lot = chosen[0].lot if chosen else episodes.own_lot(request.viewer)
        rows = record.record_employer_contact(
            by=request.actor, at=request.now, episodes=chosen, lot=lot, facts=form.facts()
        )
        messages.success(request, f"Contact with {rows[0].employer.name} recorded.")
        return redirect("casework:employer", employer=rows[0].employer_id)
    ids = [one.pk for one in mine]
    audit.record_list_view(by=request.actor, at=request.now, verb="view_employer_contact", ids=ids)
    context = {"form": form, "employers": episodes.employer_names(request.viewer)}
    return render(request, "casework/employer_contact.html", context)
