"""Eligibility: each criterion answered from facts, filled in from the referral and from an earlier screening."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse

from placewell.periods import age_on
from placewell_web.accounts.policy import staff
from placewell_web.intake import queries as intake
from placewell_web.intake.answers import facts_said
from placewell_web.intake.forms import ScreeningForm
from placewell_web.nhsuk.sent import posted, pressed
from placewell_web.trial.actions import meeting as record
from placewell_web.trial.answers import facts_of
from placewell_web.trial.presenters import ending
from placewell_web.trial.steps import clears
from placewell_web.trial.views.drafts import keeps_text
from placewell_web.trial.views.opening import (
    CASEWORKERS,
    Opened,
    at_step,
    common,
    keep,
    onward,
    page,
    resumed,
    see_other,
)


@keeps_text
@staff(*CASEWORKERS)
@at_step("eligibility")
def eligibility(request: HttpRequest, opened: Opened) -> HttpResponse:
    """The facts that the criteria need; changing one keeps the earlier screening."""
    latest = intake.latest_screening(request.viewer, opened.episode.pk)
    form = _form(request, opened, latest)
    if request.method == "POST" and pressed(request, "set_aside"):
        record.rest_on_override(**common(request, opened))
        return onward(request, opened)
    if request.method == "POST" and form.is_valid():
        screening = record.answer_eligibility(
            **common(request, opened),
            facts=form.values,
            birth_date=form.birth_date,
            primary_condition=form.primary_condition,
        )
        if clears(screening):
            return onward(request, opened)
        return see_other("trial:eligibility", opened.episode.pk)
    if request.method == "POST":
        keep(request, opened)
    return _page(request, opened, form, latest)


def _form(request: HttpRequest, opened: Opened, latest: Any) -> ScreeningForm:
    spec, person = opened.spec, opened.episode.person
    in_area = True if opened.episode.lot_id else None
    referral = intake.referral(request.viewer, opened.episode.pk)
    said = facts_said(spec, referral.answers, request.today, in_area)
    said |= facts_of(spec, latest) if latest is not None else {}
    form = ScreeningForm(
        posted(request) if request.method == "POST" else None,
        specification=spec,
        said=said,
        today=request.today,
        born=person.birth_date,
        condition=opened.episode.primary_condition,
    )
    if not form.is_bound:
        resumed(request, opened, form)
    return form


def _page(request: HttpRequest, opened: Opened, form: ScreeningForm, latest: Any) -> HttpResponse:
    screening = opened.meeting.screening
    answered = screening is not None and not clears(screening) and not form.errors
    born = opened.episode.person.birth_date
    context = {
        "form": form,
        "age": age_on(born, request.today) if born else None,
        "not_met": ending.not_met(screening) if answered else (),
        "not_known": ending.not_known(screening) if answered else (),
        "set_aside": latest if answered and latest is not None and latest.override_reason else None,
        "prefilled": not form.is_bound and any(form.initial.values()),
    }
    return page(request, opened, "trial/eligibility.html", **context)
