"""Documents on paper: one A4 page after another, with name, number and day, and nothing of the site around it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from placewell_web.accounts import service
from placewell_web.accounts.policy import staff
from placewell_web.accounts.roles import Role
from placewell_web.casework.forms.profiles import PART_LABELS
from placewell_web.casework.presenters import better_off as sums_told
from placewell_web.casework.presenters import job_search_sheet as sheet
from placewell_web.casework.presenters import plans as told
from placewell_web.casework.presenters import profiles as profiles_told
from placewell_web.casework.presenters.assessments import assessment_words
from placewell_web.casework.presenters.documents import plan_address
from placewell_web.casework.queries import better_off, job_search_sheet, person, profiles
from placewell_web.casework.queries import plans as kept
from placewell_web.casework.queries.assessments import assessments
from placewell_web.casework.views.opening import reached, record_view

CASEWORKERS = (Role.SPECIALIST, Role.TEAM_LEADER, Role.MANAGER)


@staff(*CASEWORKERS)
def print_profile(request: HttpRequest, episode: UUID) -> HttpResponse:
    """The version that was completed last."""
    found = reached(request, episode)
    versions = profiles_told.versions(person.profiles(found), profiles.sources(request.viewer, found), PART_LABELS)
    context = {"version": versions[0] if versions else None, "title": "Vocational profile", "back": "casework:profile"}
    return _paper(request, found, "printed/profile.html", context)


@staff(*CASEWORKERS)
def print_assessment(request: HttpRequest, episode: UUID) -> HttpResponse:
    """The version that was completed last."""
    found, parts = reached(request, episode), service.current().pathway.assessment_parts
    completed = next((one for one in assessments(found) if one.completed_on), None)
    context = {
        "version": assessment_words(completed, parts) if completed else None,
        "title": "Biopsychosocial assessment",
        "back": "casework:assessment",
    }
    return _paper(request, found, "printed/assessment.html", context)


@staff(*CASEWORKERS)
def print_plan(request: HttpRequest, episode: UUID, kind: str) -> HttpResponse:
    """The plan of a kind that holds, or its draft where none was agreed yet."""
    found = reached(request, episode)
    kinds = kept.kinds(found)
    if kind not in kinds:
        raise Http404
    plans = kept.plans(found, kind)
    plan = next((one for one in plans if one.agreed_on), next(iter(plans), None))
    context = {
        "plan": _plan_words(found, plan) if plan else None,
        "title": kinds[kind],
        "address": plan_address(found.pk, kind, kept.main_kind()),
    }
    return _paper(request, found, "printed/plan.html", context)


@staff(*CASEWORKERS)
def print_job_search(request: HttpRequest, episode: UUID) -> HttpResponse:
    """The person's own sheet: the plan of the search, what was sent and whom they met, and room to write (G3)."""
    found = reached(request, episode)
    plans = kept.plans(found, kept.JOB_SEARCH)
    plan = next((one for one in plans if one.agreed_on), next(iter(plans), None))
    rows = sheet.rows(job_search_sheet.applications(found), job_search_sheet.employer_contacts(found))
    context = {
        "plan": _plan_words(found, plan) if plan else None,
        "rows": rows,
        "empty_rows": range(sheet.room(rows)),
        "title": "Job search sheet",
        "back": "casework:job_search",
    }
    return _paper(request, found, "printed/job_search.html", context)


@staff(*CASEWORKERS)
def print_better_off(request: HttpRequest, episode: UUID, entry: UUID) -> HttpResponse:
    found = reached(request, episode)
    row = better_off.one(request.viewer, found, entry)
    context = {"sum": sums_told.better_off_words(row), "title": "Better-off sum", "back": "casework:benefits"}
    return _paper(request, found, "printed/better_off.html", context)


def _plan_words(episode: Any, plan: Any) -> told.PlanWords:
    specialist = episode.specialist.name if episode.specialist else ""
    title = told.kind_title(kept.kinds(episode), plan.kind)
    return told.plan_words(plan, kept.parts(plan.kind), title, episode.person.called, specialist)


def _paper(request: HttpRequest, episode: Any, template: str, context: dict[str, Any]) -> HttpResponse:
    record_view(request, episode, context["title"])
    specialist = episode.specialist.name if episode.specialist else "Not assigned yet"
    return render(request, f"casework/{template}", {"episode": episode, "specialist": specialist, **context})
