"""Courses for people supported: the list, planning one, who has a place, and the register of each session."""

from __future__ import annotations

import uuid
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from placewell.vocabulary import label
from placewell_web.accounts import service
from placewell_web.accounts.policy import staff
from placewell_web.accounts.roles import Role
from placewell_web.audit import actions as audit
from placewell_web.casework import permissions
from placewell_web.casework.actions import courses as actions
from placewell_web.casework.forms.courses import CourseForm, PlacesForm, RegisterForm, SessionForm
from placewell_web.casework.forms.lists import page_number
from placewell_web.casework.presenters import courses as told
from placewell_web.casework.queries import courses, episodes
from placewell_web.employers.presenters.employers import tabs
from placewell_web.nhsuk.sent import posted
from placewell_web.nhsuk.words import count

CASEWORKERS = (Role.SPECIALIST, Role.TEAM_LEADER, Role.MANAGER)
MOST_ROWS = 50


@staff(*CASEWORKERS)
def show_courses(request: HttpRequest) -> HttpResponse:
    page = Paginator(courses.courses(request.viewer), MOST_ROWS).get_page(page_number(request))
    context = {"page": page, "localities": _localities(), "tabs": tabs("casework:courses", request.viewer)}
    return render(request, "casework/courses.html", context)


@staff(*CASEWORKERS)
def add_course(request: HttpRequest) -> HttpResponse:
    options: dict[str, Any] = {"today": request.today, "spec": service.current()}
    if request.method == "POST":
        form = CourseForm(posted(request), **options)
    else:
        form = CourseForm(initial={"sessions": 1, "form_token": uuid.uuid4()}, **options)
    lot = episodes.own_lot(request.viewer)
    if request.method == "POST" and form.is_valid() and lot is not None:
        made = actions.add_course(by=request.actor, at=request.now, lot=lot, facts=form.facts())
        messages.success(request, f"{made.name} planned. Give people places on it.")
        return redirect("casework:course", course=made.pk)
    return render(request, "casework/course_form.html", {"form": form, "title": "Plan a course", "course": None})


@staff(*CASEWORKERS)
def show_course(request: HttpRequest, course: UUID) -> HttpResponse:
    found = courses.one(request.viewer, course)
    people, others = courses.with_places(request.viewer, found)
    audit.record_list_view(by=request.actor, at=request.now, verb="view_course", ids=[one.pk for one in people])
    context = {
        "course": found,
        "sessions": courses.sessions_of(found),
        "people": people,
        "others": others,
        "locality": _localities().get(found.locality, ""),
        "turnout": told.turnout,
    }
    return render(request, "casework/course.html", context)


@staff(*CASEWORKERS)
def add_session(request: HttpRequest, course: UUID) -> HttpResponse:
    found = courses.one(request.viewer, course)
    form = SessionForm(posted(request), today=request.today) if request.method == "POST" else None
    form = form or SessionForm(today=request.today)
    if request.method == "POST" and form.is_valid():
        try:
            actions.add_session(by=request.actor, at=request.now, course=found, **form.cleaned_data)
        except actions.DayTaken as taken:
            form.add_error("on", told.day_taken(taken.session))
        else:
            messages.success(request, "Session added.")
            return redirect("casework:course", course=found.pk)
    title = f"Add a session to {found.name}"
    return render(request, "casework/course_form.html", {"form": form, "title": title, "course": found})


@staff(*CASEWORKERS)
def change_places(request: HttpRequest, course: UUID) -> HttpResponse:
    found = courses.one(request.viewer, course)
    offered = {str(one.pk): one for one in courses.may_have_places(request.viewer, found)}
    choices = [(pk, f"{one.person.called} {one.person.surname}") for pk, one in offered.items()]
    holding, others = courses.with_places(request.viewer, found)
    if request.method == "POST":
        form = PlacesForm(posted(request), people=choices)
    else:
        form = PlacesForm(initial={"people": [str(one.pk) for one in holding]}, people=choices)
    if request.method == "POST" and form.is_valid():
        chosen = [offered[pk] for pk in form.cleaned_data["people"]]
        given, ended = actions.change_places(
            by=request.actor, at=request.now, course=found, offered=offered.values(), chosen=chosen
        )
        messages.success(request, f"{count(given, 'place')} given, {ended} ended.")
        return redirect("casework:course", course=found.pk)
    audit.record_list_view(by=request.actor, at=request.now, verb="view_course_places", ids=offered)
    context = {"form": form, "course": found, "others": others}
    return render(request, "casework/course_places.html", context)


@staff(*CASEWORKERS)
def take_register(request: HttpRequest, session: UUID) -> HttpResponse:
    """The register: a mark for each person; what is marked stands. It prints with empty boxes."""
    found = courses.session(request.viewer, session)
    people, others = courses.with_places(request.viewer, found.course, found.on)
    marked = courses.register_of(found)
    waiting = {str(one.pk): one for one in people if one.pk not in marked}
    names = {pk: f"{one.person.first_name} {one.person.surname}" for pk, one in waiting.items()}
    form = RegisterForm(posted(request), people=names) if request.method == "POST" else RegisterForm(people=names)
    if request.method == "POST" and form.is_valid():
        return _save_register(request, found, {waiting[pk]: mark for pk, mark in form.marks().items()})
    audit.record_list_view(by=request.actor, at=request.now, verb="view_register", ids=[one.pk for one in people])
    context = {
        "form": form,
        "session": found,
        "course": found.course,
        "done": [(one, label("attendance", marked[one.pk])) for one in people if one.pk in marked],
        "others": others,
        "can_undo": courses.marked_by(request.viewer, found, request.today),
        "is_open": found.on <= request.today,
    }
    return render(request, "casework/register.html", context)


def _save_register(request: HttpRequest, session: Any, marks: dict[Any, str]) -> HttpResponse:
    for episode in marks:
        permissions.check_can_work_with(request.viewer, episode)
    lines = actions.take_register(by=request.actor, at=request.now, session=session, marks=marks)
    messages.success(request, f"{count(len(lines), 'person', 'people')} marked." if lines else "Nobody new was marked.")
    return redirect("casework:register", session=session.pk)


@staff(*CASEWORKERS)
@require_POST
def undo_register(request: HttpRequest, session: UUID) -> HttpResponse:
    found = courses.session(request.viewer, session)
    gone = actions.undo_register(by=request.actor, at=request.now, session=found)
    messages.success(request, f"{count(gone, 'line')} of the register taken back.")
    return redirect("casework:register", session=found.pk)


def _localities() -> dict[str, str]:
    return {one.id: one.name for one in service.current().service.localities}
