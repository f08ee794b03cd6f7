"""Who has taken which course: the list of staff, one person's courses with a form, and taking one back."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from placewell.specification.trial import TrialFile
from placewell.vocabulary import label, labels
from placewell_web.accounts import presenters, queries, service
from placewell_web.accounts import training as register
from placewell_web.accounts.errors import Refused
from placewell_web.accounts.forms import ConfirmationForm, TrainingForm
from placewell_web.accounts.policy import staff

TRAINERS = ("administrator", "team_leader", "manager")


@staff(*TRAINERS)
def staff_training(request: HttpRequest) -> HttpResponse:
    """Everyone whose training the viewer keeps, and who of them may not randomise."""
    trial = _running(request.today)
    people = queries.trained_users_of(request.viewer, request.today)
    rows = [presenters.staff_row(user, request.today, trial, request.viewer) for user in people]
    context = {"rows": rows, "not_trained": [row for row in rows if row.randomises is False], **_asked(trial)}
    return render(request, "accounts/training.html", context)


@staff(*TRAINERS)
def training_of(request: HttpRequest, user: UUID) -> HttpResponse:
    """One person's courses, all of them, and a form for another."""
    person = queries.trained_user_visible_to(request.viewer, user, request.today)
    if person is None:
        raise Http404
    trial = _running(request.today)
    form = TrainingForm(request.POST or None, today=request.today, courses=_courses())
    if request.method == "POST" and form.is_valid():
        try:
            taken = register.record_training(user=person, **_who(request), **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, list(refusal.problems))
        else:
            messages.success(request, f"{label('course', taken.course)} is recorded for {person.name}.")
            return redirect("accounts:training_of", user=person.pk)
    row = presenters.staff_row(person, request.today, trial, request.viewer)
    courses = [presenters.course_row(taken, request.today) for taken in person.training.all()]
    context = {"form": form, "row": row, "courses": courses, **_asked(trial)}
    return render(request, "accounts/training_of.html", context, status=_status(form))


@staff(*TRAINERS)
def take_back(request: HttpRequest, training: UUID) -> HttpResponse:
    """Take out a course that was written down by mistake: asked first, then done."""
    found = queries.training_visible_to(request.viewer, training, request.today)
    if found is None:
        raise Http404
    form = ConfirmationForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            register.take_back_training(training=found, **_who(request))
        except Refused as refusal:
            form.add_error(None, list(refusal.problems))
        else:
            messages.success(request, f"The course is taken out of the list of {found.user.name}.")
            return redirect("accounts:training_of", user=found.user_id)
    context = {"row": presenters.course_row(found, request.today), "person": found.user, "form": form}
    return render(request, "accounts/take_back_training.html", context, status=_status(form))


def _running(day: date) -> TrialFile | None:
    """The trial, on the days on which people are randomised."""
    trial = service.current().trial
    return trial if trial and trial.opens_on <= day <= trial.closes_at.date() else None


def _asked(trial: TrialFile | None) -> dict[str, Any]:
    """The courses without which nobody randomises, and when the trial ended where it has."""
    asked = [label("course", course) for course in trial.trained_in] if trial else []
    return {"asked": " or ".join(asked), "trial": trial}


def _courses() -> dict[str, str]:
    """The code list; what only a trial asks for is left out where there is none."""
    found = dict(labels("course"))
    if service.current().trial is None:
        found.pop("trial_briefing", None)
    return found


def _who(request: HttpRequest) -> dict[str, Any]:
    return {"viewer": request.viewer, "by": request.actor, "at": request.now}


def _status(form: object) -> int:
    return 422 if getattr(form, "errors", None) else 200
