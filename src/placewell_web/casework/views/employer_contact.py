"""One contact with an employer, logged once and linked to the people it was for, or to nobody in particular."""

from __future__ import annotations

import json
import uuid
from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from placewell_web.accounts.policy import staff
from placewell_web.accounts.roles import Role
from placewell_web.audit import actions as audit
from placewell_web.casework.actions import job_search as record
from placewell_web.casework.actions.job_search import ToldAlready
from placewell_web.casework.forms.employer_contact import EmployerContactForm, sent, typed
from placewell_web.casework.forms.parsers import read_writing, wanted_employer
from placewell_web.casework.forms.several import PeopleForm, people_in
from placewell_web.casework.presenters import several as words
from placewell_web.casework.presenters.drafts import moment
from placewell_web.casework.queries import employers, episodes, search
from placewell_web.casework.queries import several as people
from placewell_web.casework.views.drafting import discard, draft_context, draft_for, keep, keeps_text
from placewell_web.nhsuk.sent import posted, pressed
from placewell_web.nhsuk.words import clock_time

CASEWORKERS = (Role.SPECIALIST, Role.TEAM_LEADER, Role.MANAGER)
FORM = "employer"


@keeps_text(FORM, sent)
@staff(*CASEWORKERS)
def log_employer_contact(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        draft = draft_for(request, FORM)
        fields = json.loads(draft.fields) if draft else _asked_for(request)
        return _page(request, fields, draft, draft.form_token if draft else None)
    if pressed(request, "discard"):
        discard(request, FORM)
        return redirect("casework:employer_contact")
    if pressed(request, "find"):
        keep(request, FORM, sent)
        return _page(request, sent(posted(request)), None, read_writing(request, FORM).form_token)
    listed = _listed(request, sent(posted(request)))
    form, saved = EmployerContactForm(posted(request), **_options(request, listed)), None
    try:
        if form.is_valid():
            return _save(request, form, listed)
    except ToldAlready as refused:
        saved = refused.contact
    keep(request, FORM, sent)
    return _shown(request, form, listed, None, saved)


def _asked_for(request: HttpRequest) -> dict[str, list[str]]:
    """The people, and the employer, whose page the form was opened from."""
    known = employers.visible(request.viewer).filter(pk=wanted_employer(request)).first()
    people = {"people": list(map(str, PeopleForm(request.GET).people()))}
    return people | ({"employer": [known.name]} if known else {})


@keeps_text(FORM, sent, answers=True)
@staff(*CASEWORKERS)
@require_POST
def save_employer_draft(request: HttpRequest) -> HttpResponse:
    """What the page sends by itself while someone writes."""
    keep(request, FORM, sent)
    return JsonResponse({"saved_at": clock_time(request.now)})


def _save(request: HttpRequest, form: EmployerContactForm, listed: list[Any]) -> HttpResponse:
    chosen = [one for one in listed if str(one.pk) in form.cleaned_data["people"]]
    token = form.token(another=pressed(request, "another"))
    rows = record.record_employer_contact(
        by=request.actor,
        at=request.now,
        episodes=chosen,
        lot=chosen[0].lot if chosen else episodes.own_lot(request.viewer),
        facts=form.facts(),
        writing=replace(read_writing(request, FORM), form_token=token),
    )
    shared = " The lead is shared with every team." if form.cleaned_data["lead_title"] else ""
    messages.success(request, f"Contact with {rows[0].employer.name} recorded.{shared}")
    return redirect("casework:employer", employer=rows[0].employer_id)


def _listed(request: HttpRequest, fields: dict[str, list[str]]) -> list[Any]:
    """Who can be ticked: the own caseload, whoever is ticked already, and whom the words beside the list find."""
    own = people.own(request.viewer)
    known = {one.pk for one in own}
    ticked = people.supported(request.viewer, set(people_in(fields)) - known)
    found = people.others(request.viewer, _words(request), known | {one.pk for one in ticked})
    return [*own, *ticked, *found]


def _words(request: HttpRequest) -> str:
    return PeopleForm(posted(request)).words() if pressed(request, "find") else ""


def _options(request: HttpRequest, listed: list[Any]) -> dict[str, Any]:
    earliest = min((one.referred_on for one in listed), default=request.today.replace(month=1, day=1))
    names = [(str(one.pk), words.name_of(one)) for one in listed]
    return {"today": request.today, "earliest": earliest, "people": names}


def _page(request: HttpRequest, fields: dict[str, list[str]], draft: Any | None, token: Any) -> HttpResponse:
    """The form filled from a draft, or from what was typed before someone else was looked for."""
    listed = _listed(request, fields)
    initial = {"on": request.today, "form_token": token or uuid.uuid4(), **typed(fields)}
    return _shown(request, EmployerContactForm(initial=initial, **_options(request, listed)), listed, draft)


def _shown(
    request: HttpRequest, form: EmployerContactForm, listed: list[Any], draft: Any | None, saved: Any = None
) -> HttpResponse:
    ids = [one.pk for one in listed]
    audit.record_list_view(by=request.actor, at=request.now, verb="view_employer_contact", ids=ids)
    context = {
        "form": form,
        "employers": episodes.employer_names(request.viewer),
        "query": _words(request),
        "few": search.too_few(_words(request)),
        "saved": saved and {"at": moment(saved.created_at), "title": saved.employer.name, "note": saved.note},
        "other_token": uuid.uuid4(),
        **draft_context(request, FORM, draft),
    }
    return render(request, "casework/employer_contact.html", context, status=409 if saved else 200)
