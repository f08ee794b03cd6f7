"""The weekly tracking sheet of a specialist, and the tick of the leader who went through it with them."""

from __future__ import annotations

from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from placewell_web.accounts import service
from placewell_web.accounts.policy import staff
from placewell_web.accounts.roles import Role
from placewell_web.audit import actions as audit
from placewell_web.casework import permissions
from placewell_web.casework.actions import weeks as actions
from placewell_web.casework.forms.weeks import ReviewForm, week_asked
from placewell_web.casework.presenters import weeks as told
from placewell_web.casework.queries import weeks as queries
from placewell_web.nhsuk.sent import posted


@staff(Role.SPECIALIST, Role.TEAM_LEADER, Role.MANAGER)
def show_week(request: HttpRequest) -> HttpResponse:
    asked_day, asked = week_asked(request, request.today)
    specialist = queries.specialist(request.viewer, asked, request.today)
    monday = queries.monday_of(asked_day)
    week = queries.week_of(request.viewer, specialist, monday)
    audit.record_list_view(by=request.actor, at=request.now, verb="view_week", ids=sorted(map(str, week.known)))
    review = queries.review_of(specialist, monday)
    before, after = told.around(monday, request.today)
    others = queries.specialists(request.viewer, request.today)
    spec = service.current()
    context = {
        "specialist": specialist,
        "own": specialist.pk == request.viewer.user_id,
        "others": others if len(others) > 1 else [],
        "monday": monday,
        "span": told.span(monday),
        "before": _address(before, specialist.pk),
        "after": _address(after, specialist.pk) if after else "",
        "days": told.days(week),
        "numbers": told.numbers(week, spec),
        "review": review,
        "reviewed": told.reviewed(review),
        "can_review": permissions.can_review_week(request.viewer, specialist.pk),
        "can_undo": review is not None
        and review.reviewed_by_id == request.viewer.user_id
        and review.reviewed_on == request.today,
        "form": ReviewForm(),
        "here": _address(monday, specialist.pk),
    }
    return render(request, "casework/week.html", context)


@staff(Role.TEAM_LEADER, Role.MANAGER)
@require_POST
def review_week(request: HttpRequest) -> HttpResponse:
    asked_day, asked = week_asked(request, request.today)
    specialist = queries.specialist(request.viewer, asked, request.today)
    permissions.check_can_review_week(request.viewer, specialist.pk)
    monday = queries.monday_of(asked_day)
    form = ReviewForm(posted(request))
    words = form.cleaned_data["words"] if form.is_valid() else ""
    actions.review_week(by=request.actor, at=request.now, specialist=specialist, monday=monday, words=words)
    messages.success(request, f"Week of {specialist.name} reviewed.")
    return redirect(_address(monday, specialist.pk))


@staff(Role.TEAM_LEADER, Role.MANAGER)
@require_POST
def undo_review(request: HttpRequest) -> HttpResponse:
    asked_day, asked = week_asked(request, request.today)
    specialist = queries.specialist(request.viewer, asked, request.today)
    monday = queries.monday_of(asked_day)
    review = queries.review_of(specialist, monday)
    if review is not None:
        actions.undo_review(by=request.actor, at=request.now, review=review)
        messages.success(request, "Review taken back.")
    return redirect(_address(monday, specialist.pk))


def _address(monday: object, specialist: object) -> str:
    return f"{reverse('casework:week')}?{urlencode({'week': monday, 'specialist': specialist})}"
