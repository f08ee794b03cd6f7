"""A referral that came by phone, by email or in person, keyed in by staff on one page."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from placewell.specification.referral import Audience
from placewell_web.accounts.policy import Role, staff
from placewell_web.accounts.service import current
from placewell_web.intake import actions, queries
from placewell_web.intake.forms import AudienceForm, KeyedForm
from placewell_web.intake.questions import pages_for


@staff(Role.TEAM_LEADER, Role.MANAGER, Role.SPECIALIST)
@require_http_methods(["GET", "HEAD", "POST"])
def key_in(request: HttpRequest) -> HttpResponse:
    """Every question at once, with few that must be answered."""
    specification = current()
    asked = AudienceForm(request.GET)
    audience: Audience = "self" if asked.is_valid() and asked.cleaned_data["who"] == "self" else "professional"
    pages = pages_for(specification, audience)
    form = KeyedForm(request.POST if request.method == "POST" else None, pages=pages, today=request.today)
    if request.method == "POST" and form.is_valid():
        episode = actions.key_in(
            by=request.actor,
            at=request.now,
            viewer=request.viewer,
            specification=specification,
            token=form.cleaned_data["token"],
            audience=audience,
            answers=form.answers,
            route=form.cleaned_data["route"],
            received_on=form.cleaned_data["received_on"],
        )
        if queries.sees(request.viewer, episode):
            return redirect("intake:referral", episode=episode)
        return render(request, "intake/staff/keyed.html", {"audience": audience})
    return render(request, "intake/staff/key_in.html", {"form": form, "pages": pages, "audience": audience})
