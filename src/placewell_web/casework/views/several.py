"""One contact for several people at once: choosing them, the form, its draft, and taking it back."""

from __future__ import annotations

import json
import uuid
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from placewell_web.accounts.policy import staff
from placewell_web.accounts.roles import Role
from placewell_web.audit import actions as audit
from placewell_web.casework.actions import several as record
from placewell_web.casework.actions.contacts import SavedAlready
from placewell_web.casework.forms.parsers import read_writing, wanted_draft
from placewell_web.casework.forms.several import (
    MOST_PEOPLE,
    PeopleForm,
    SeveralForm,
    people_in,
    people_named,
    sent,
    typed,
)
from placewell_web.casework.presenters import saving
from placewell_web.casework.presenters import several as words
from placewell_web.casework.presenters.drafts import drafted
from placewell_web.casework.queries import caseload, drafts, episodes, search
from placewell_web.casework.queries import several as people
from placewell_web.casework.queries.caseload import Caseload
from placewell_web.casework.views.drafting import discard, draft_context, keep, keeps_text
from placewell_web.nhsuk.sent import posted, pressed
from placewell_web.nhsuk.words import clock_time

CASEWORKERS = (Role.SPECIALIST, Role.TEAM_LEADER, Role.MANAGER)
FORM = "several"
GONE = "Someone you chose is no longer on an open caseload that you may see. Check who is left, then save again."


@keeps_text(FORM, sent)
@staff(*CASEWORKERS)
def log_several(request: HttpRequest) -> HttpResponse:
    """Without people: the list to choose from. With people: the form for them."""
    if request.method == "POST":
        return _sent(request)
    form = PeopleForm(request.GET)
    draft = _draft(request, form.people())
    wanted = form.people() or people_in(json.loads(draft.fields) if draft else {})
    chosen = people.supported(request.viewer, wanted)
    if form.is_choosing() or not chosen:
        return _choose(request, form, chosen, draft)
    return _page(request, chosen, _form(request, chosen, None, draft), draft)


@keeps_text(FORM, sent, answers=True)
@staff(*CASEWORKERS)
@require_POST
def save_several_draft(request: HttpRequest) -> HttpResponse:
    """What the page sends by itself while someone writes."""
    keep(request, FORM, sent)
    return JsonResponse({"saved_at": clock_time(request.now)})


@staff(*CASEWORKERS)
@require_POST
def undo_several(request: HttpRequest, session: UUID) -> HttpResponse:
    found = get_object_or_404(people.sessions(request.viewer), pk=session)
    number = record.undo_several(by=request.actor, at=request.now, session=found)
    messages.success(request, f"The contacts with {number} people were taken back.")
    return redirect("casework:today" if request.viewer.has_role(Role.SPECIALIST) else "casework:caseload")


def _sent(request: HttpRequest) -> HttpResponse:
    """Save for everyone, or show the form again with what was typed."""
    if pressed(request, "discard"):
        discard(request, FORM)
        return redirect("casework:log_several")
    if pressed(request, "choose"):
        return _choose_again(request)
    wanted = people_named(posted(request))
    chosen = people.supported(request.viewer, wanted)
    if not chosen:
        keep(request, FORM, sent)
        return _choose(request, PeopleForm(request.GET), [])
    form, saved = _form(request, chosen, posted(request), None), None
    if form.is_valid() and len(chosen) < len(wanted):
        form.add_error(None, GONE)
    try:
        if form.is_valid():
            return _save(request, chosen, form)
    except SavedAlready as refused:
        saved = refused.contact
    keep(request, FORM, sent)
    return _page(request, chosen, form, None, saved)


def _choose_again(request: HttpRequest) -> HttpResponse:
    """The list to choose from, with what was typed kept on the way there and back."""
    keep(request, FORM, sent)
    page = read_writing(request, FORM).page
    kept = [str(one.pk) for one in drafts.of_form(request.viewer, FORM, None) if page and one.page == page]
    asked = {"choose": ["1"], "draft": kept[:1], "people": list(map(str, people_named(posted(request))))}
    return redirect(f"{reverse('casework:log_several')}?{urlencode(asked, doseq=True)}")


def _save(request: HttpRequest, chosen: list[Any], form: SeveralForm) -> HttpResponse:
    token = form.token(another=pressed(request, "another"))
    save = record.replace_several if pressed(request, "replace") else record.record_several
    before = _loaded(request, chosen)
    made = save(
        by=request.actor,
        at=request.now,
        each=list(zip(chosen, form.facts(), strict=True)),
        form_token=token,
        writing=replace(read_writing(request, FORM), form_token=token),
    )
    that_day = episodes.contacts_of_day(request.viewer, [one.pk for one in chosen], made[0].on)
    messages.success(request, words.done(before, _loaded(request, chosen), made, that_day))
    return redirect("casework:today" if request.viewer.has_role(Role.SPECIALIST) else "casework:caseload")


def _loaded(request: HttpRequest, chosen: list[Any]) -> Caseload:
    """What the library says of the people as of now."""
    ids = [one.pk for one in chosen]
    return caseload.load(episodes.episodes(request.viewer).filter(pk__in=ids), request.today)


def _draft(request: HttpRequest, asked: list[UUID]) -> Any | None:
    """The draft a link names, or one begun about just these people."""
    named = wanted_draft(request)
    for one in drafts.of_form(request.viewer, FORM, None):
        if one.pk == named or (asked and set(people_in(json.loads(one.fields))) == set(asked)):
            return one
    return None


def _form(request: HttpRequest, chosen: list[Any], data: Any, draft: Any | None) -> SeveralForm:
    options = {
        "people": [(str(one.pk), words.name_of(one)) for one in chosen],
        "today": request.today,
        "earliest": max(one.referred_on for one in chosen),
    }
    if data is not None:
        return SeveralForm(data, **options)
    kept = typed(json.loads(draft.fields)) if draft else {}
    token = draft.form_token if draft and draft.form_token else uuid.uuid4()
    return SeveralForm(initial={"on": request.today, "with_whom": "client", "form_token": token, **kept}, **options)


def _page(
    request: HttpRequest, chosen: list[Any], form: SeveralForm, draft: Any | None, saved: Any = None
) -> HttpResponse:
    ids = [one.pk for one in chosen]
    audit.record_list_view(by=request.actor, at=request.now, verb="view_log_several", ids=ids)
    context = {
        "form": form,
        "people": [(id, name, form[f"attendance_{id}"], form[f"note_{id}"]) for id, name in form.people],
        "saved": saving.saved(saved) if saved else None,
        "other_token": uuid.uuid4(),
        **draft_context(request, FORM, draft),
    }
    return render(request, "casework/log_several.html", context, status=409 if saved else 200)


def _choose(request: HttpRequest, form: PeopleForm, chosen: list[Any], draft: Any | None = None) -> HttpResponse:
    own, viewer = people.own(request.viewer), request.viewer
    listed = [*own, *(one for one in chosen if one.specialist_id != viewer.user_id)]
    found = people.others(viewer, form.words(), [one.pk for one in listed])
    ids = [one.pk for one in (*listed, *found)]
    audit.record_list_view(by=request.actor, at=request.now, verb="choose_several", ids=ids)
    context = {
        "form": form,
        "own": words.choices(own, chosen),
        "others": words.choices([*listed[len(own) :], *found], chosen),
        "query": form.words(),
        "few": search.too_few(form.words()),
        "most": MOST_PEOPLE,
        "draft": draft,
        "drafted": drafted(draft, drafts.of_form(viewer, FORM, None), request.now),
    }
    return render(request, "casework/choose_several.html", context)
