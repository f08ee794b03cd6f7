"""A course or a session put right or cancelled."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from placewell_web.accounts import service
from placewell_web.accounts.policy import staff
from placewell_web.accounts.roles import Role
from placewell_web.casework.actions import course_changes as actions
from placewell_web.casework.actions.courses import DayTaken, check_stands
from placewell_web.casework.forms.courses import CancelForm, CourseChangeForm, SessionChangeForm
from placewell_web.casework.presenters import courses as told
from placewell_web.casework.queries import courses
from placewell_web.nhsuk.sent import posted
from placewell_web.nhsuk.words import count, day

CASEWORKERS = (Role.SPECIALIST, Role.TEAM_LEADER, Role.MANAGER)


@staff(*CASEWORKERS)
def change_course(request: HttpRequest, course: UUID) -> HttpResponse:
    found = courses.one(request.viewer, course)
    check_stands(found)
    facts = {"name": found.name, "words": found.words, "locality": found.locality}
    form = CourseChangeForm(_sent(request), initial=facts, spec=service.current())
    if request.method == "POST" and form.is_valid():
        actions.change_course(by=request.actor, at=request.now, course=found, **(facts | form.cleaned_data))
        messages.success(request, "The course is changed.")
        return redirect("casework:course", course=found.pk)
    return _page(request, form, found, f"Change {found.name}")


@staff(*CASEWORKERS)
def change_session(request: HttpRequest, session: UUID) -> HttpResponse:
    """Day, hours and place; of a session whose register is taken the place alone."""
    found = courses.session(request.viewer, session)
    check_stands(found)
    facts = {"on": found.on, "hours": found.hours, "place": found.place}
    is_marked = found.register.exists()
    form = SessionChangeForm(_sent(request), initial=facts, today=request.today, is_marked=is_marked)
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_session(by=request.actor, at=request.now, session=found, **(facts | form.cleaned_data))
        except DayTaken as taken:
            form.add_error("on", told.day_taken(taken.session))
        else:
            messages.success(request, "The session is changed. Tell those who have a place.")
            return redirect("casework:course", course=found.course_id)
    note = "Its register has been taken, so its day and hours stay." if is_marked else ""
    return _page(request, form, found.course, f"Change the session of {day(found.on)}", note=note)


@staff(*CASEWORKERS)
def cancel_session(request: HttpRequest, session: UUID) -> HttpResponse:
    found = courses.session(request.viewer, session)
    form = CancelForm(_sent(request), has_places=actions.had_place(found.course, found.on))
    if request.method == "POST" and form.is_valid():
        actions.cancel_session(by=request.actor, at=request.now, session=found, **form.cleaned_data)
        messages.success(request, f"The session of {day(found.on)} is cancelled. Tell those who have a place.")
        return redirect("casework:course", course=found.course_id)
    note = "It stays on the course's page as cancelled, and has no register."
    return _page(request, form, found.course, f"Cancel the session of {day(found.on)}", note=note, button="Cancel it")


@staff(*CASEWORKERS)
def cancel_course(request: HttpRequest, course: UUID) -> HttpResponse:
    found = courses.one(request.viewer, course)
    form = CancelForm(_sent(request), has_places=actions.had_place(found, request.today))
    if request.method == "POST" and form.is_valid():
        actions.cancel_course(by=request.actor, at=request.now, course=found, **form.cleaned_data)
        messages.success(request, f"{found.name} is cancelled. Tell those who have a place.")
        return redirect("casework:course", course=found.pk)
    ahead = actions.to_come(found, request.today).count()
    note = f"{count(ahead, 'session')} to come will be cancelled. What was held, and who came, stays."
    return _page(request, form, found, f"Cancel {found.name}", note=note, button="Cancel the course")


def _sent(request: HttpRequest) -> Any:
    return posted(request) if request.method == "POST" else None


def _page(
    request: HttpRequest, form: Any, course: Any, title: str, note: str = "", button: str = "Save"
) -> HttpResponse:
    context = {"form": form, "title": title, "course": course, "note": note, "button_text": button}
    return render(request, "casework/course_form.html", context)
