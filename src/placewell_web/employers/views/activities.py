"""What the service does that is not about one person: the list, recording one, taking one back on the day."""

from __future__ import annotations

import uuid
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from placewell.vocabulary import labels
from placewell_web.accounts import service
from placewell_web.accounts.policy import staff
from placewell_web.employers import permissions
from placewell_web.employers.actions import activities as actions
from placewell_web.employers.forms.activities import ActivityForm, listed
from placewell_web.employers.forms.employers import posted
from placewell_web.employers.presenters.employers import tabs
from placewell_web.employers.queries import activities, employers
from placewell_web.employers.views.pages import CASEWORKERS, form_page


@staff(*CASEWORKERS)
def show_activities(request: HttpRequest) -> HttpResponse:
    kind, number = listed(request).asked()
    page = employers.page_of(activities.activities(request.viewer, kind), number)
    localities = {one.id: one.name for one in service.current().service.localities}
    user, today = request.viewer.user_id, request.today
    context = {
        "page": page,
        "undoable": {one.pk for one in page.object_list if permissions.can_undo(one, user, today)},
        "kind": kind,
        "kinds": labels("activity_kind"),
        "localities": localities,
        "prefix": f"?{urlencode({'kind': kind})}&page=" if kind else "?page=",
        "tabs": tabs("employers:activities", request.viewer),
    }
    return render(request, "employers/activities.html", context)


@staff(*CASEWORKERS)
def add_activity(request: HttpRequest) -> HttpResponse:
    spec = service.current()
    form = ActivityForm(
        posted(request),
        spec=spec,
        today=request.today,
        earliest=min(spec.service.contract_start or request.today, request.today),
        initial={"on": request.today, "form_token": uuid.uuid4()},
    )
    if request.method == "POST" and form.is_valid():
        lot = employers.own_lot(request.viewer)
        actions.record_activity(by=request.actor, at=request.now, lot=lot, facts=form.facts())
        messages.success(request, "Activity recorded.")
        return redirect("employers:activities")
    back = ("Activities", reverse("employers:activities"))
    names = employers.names(request.viewer)
    return form_page(request, form, "Record an activity", back, button="Record activity", employers=names)


@staff(*CASEWORKERS)
@require_POST
def undo_activity(request: HttpRequest, activity: UUID) -> HttpResponse:
    found = activities.one(request.viewer, activity)
    actions.undo_activity(by=request.actor, at=request.now, activity=found)
    messages.success(request, "Taken back.")
    return redirect("employers:activities")
