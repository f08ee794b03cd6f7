"""Taking a lead that the teams share for people of one's own caseload."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from placewell_web.accounts.policy import staff
from placewell_web.accounts.roles import Role
from placewell_web.audit import actions as audit
from placewell_web.casework.actions.leads import take_lead as take
from placewell_web.casework.forms.leads import TakeLeadForm
from placewell_web.casework.queries import episodes
from placewell_web.employers.queries import leads
from placewell_web.nhsuk.sent import posted
from placewell_web.nhsuk.words import count

MOST_PEOPLE = 100


@staff(Role.SPECIALIST, Role.TEAM_LEADER, Role.MANAGER)
def take_lead(request: HttpRequest, lead: UUID) -> HttpResponse:
    found = leads.one(request.viewer, lead)
    mine = episodes.caseload_of(request.viewer, request.viewer.user_id).order_by("person__search_name")
    if not mine:
        mine = episodes.supported(request.viewer).order_by("person__search_name")[:MOST_PEOPLE]
    people = {str(one.pk): one for one in mine}
    choices = [(pk, f"{one.person.called} {one.person.surname}") for pk, one in people.items()]
    form = TakeLeadForm(posted(request), people=choices) if request.method == "POST" else TakeLeadForm(people=choices)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        chosen = [people[pk] for pk in said["people"]]
        rows = take(by=request.actor, at=request.now, lead=found, episodes=chosen, close=said["close"])
        for_whom = count(len(rows), "person", "people")
        messages.success(request, f"Lead taken for {for_whom}." if rows else "It was taken for them already.")
        return redirect("employers:leads")
    audit.record_list_view(by=request.actor, at=request.now, verb="view_take_lead", ids=people)
    return render(request, "casework/take_lead.html", {"form": form, "lead": found})
