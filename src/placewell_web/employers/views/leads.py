"""Leads that the teams of a provider share: the list, sharing and closing. Taking one for a person is casework's."""

from __future__ import annotations

from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from placewell.vocabulary import labels
from placewell_web.accounts.policy import staff
from placewell_web.employers.actions import leads as actions
from placewell_web.employers.forms.employers import posted, searched
from placewell_web.employers.forms.leads import CloseLeadForm, LeadForm
from placewell_web.employers.presenters.employers import lead_row, tabs
from placewell_web.employers.queries import employers, leads
from placewell_web.employers.views.pages import CASEWORKERS, form_page

CLOSED = ("closed",)


@staff(*CASEWORKERS)
def show_leads(request: HttpRequest) -> HttpResponse:
    asked = searched(request)
    sector, closed = asked.asked("sector", labels("industry")), bool(asked.asked("stands", CLOSED))
    page = employers.page_of(leads.listed(request.viewer, closed=closed, sector=sector), asked.number())
    kept = {key: value for key, value in (("stands", "closed" if closed else ""), ("sector", sector)) if value}
    context = {
        "page": page,
        "rows": [lead_row(one, request.today) for one in page.object_list],
        "closed": closed,
        "sector": sector,
        "sectors": labels("industry"),
        "prefix": f"?{urlencode(kept)}&page=" if kept else "?page=",
        "tabs": tabs("employers:leads", request.viewer),
    }
    return render(request, "employers/leads.html", context)


@staff(*CASEWORKERS)
def add_lead(request: HttpRequest) -> HttpResponse:
    form = LeadForm(posted(request), today=request.today, initial={"employer": searched(request).words()})
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        actions.share_lead(by=request.actor, at=request.now, lot=employers.own_lot(request.viewer), fields=said)
        messages.success(request, "Lead shared with the teams.")
        return redirect("employers:leads")
    back = ("Leads", reverse("employers:leads"))
    names = employers.names(request.viewer)
    return form_page(request, form, "Share a lead", back, button="Share lead", employers=names)


@staff(*CASEWORKERS)
def close_lead(request: HttpRequest, lead: UUID) -> HttpResponse:
    found = leads.one(request.viewer, lead)
    form = CloseLeadForm(posted(request))
    if request.method == "POST" and form.is_valid():
        actions.close_lead(by=request.actor, at=request.now, lead=found, because=form.cleaned_data["because"])
        messages.success(request, "Lead closed.")
        return redirect("employers:leads")
    back = ("Leads", reverse("employers:leads"))
    return form_page(request, form, f"Close the lead: {found.title}", back, button="Close lead")


@staff(*CASEWORKERS)
@require_POST
def open_again(request: HttpRequest, lead: UUID) -> HttpResponse:
    actions.open_lead_again(by=request.actor, at=request.now, lead=leads.one(request.viewer, lead))
    messages.success(request, "The lead is open again.")
    return redirect("employers:leads")
