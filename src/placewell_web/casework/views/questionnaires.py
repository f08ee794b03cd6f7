"""A person's questionnaires: what is due, how scores went, asking, answering, putting an answer right."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from placewell.cadence.questionnaires import questionnaires_due
from placewell.questionnaires import instrument, instrument_ids
from placewell.vocabulary import label
from placewell_web.accounts import service
from placewell_web.accounts.errors import Refused
from placewell_web.accounts.policy import staff
from placewell_web.accounts.roles import Role
from placewell_web.casework import permissions
from placewell_web.casework.actions import questionnaires as record
from placewell_web.casework.forms.parsers import wanted_questionnaire
from placewell_web.casework.forms.questionnaires import AnswersForm, AskForm, CorrectionForm, from_draft
from placewell_web.casework.presenters import checks, scores
from placewell_web.casework.presenters import questionnaires as told
from placewell_web.casework.queries import episodes
from placewell_web.casework.queries import questionnaires as kept
from placewell_web.casework.views.opening import Opened, opened, reached, record_view
from placewell_web.nhsuk.sent import posted
from placewell_web.nhsuk.words import clock_time

CASEWORKERS = (Role.SPECIALIST, Role.TEAM_LEADER, Role.MANAGER)
PURPOSE = "questionnaire"


@staff(*CASEWORKERS)
def show_questionnaires(request: HttpRequest, episode: UUID) -> HttpResponse:
    page = opened(request, episode, "questionnaires")
    asked = list(kept.asked_of(page.viewer, page.episode))
    due = [] if page.died else _due(page)
    context = {
        **page.context,
        "due": told.due_rows(due, asked, request.today),
        "later": told.next_rows(due, request.today),
        "open": told.open_rows(asked),
        "left": told.left_rows(asked),
        "series": scores.series(_responses(page), asked, service.current()),
        "checks": checks.rows(kept.checks_of(page.episode), page.viewer.user_id, request.today),
        "survey": any(one.confidential for one in service.current().pathway.questionnaires),
        "can_record": permissions.can_work_with(page.viewer, page.episode) and not page.died,
    }
    return render(request, "casework/questionnaires.html", context)


@staff(*CASEWORKERS)
def ask(request: HttpRequest, episode: UUID) -> HttpResponse:
    found = reached(request, episode)
    permissions.check_can_work_with(request.viewer, found)
    permissions.check_lives(found)
    options = {
        "scheduled": [one.instrument for one in service.current().pathway.questionnaires],
        "in_words": {id: kept.wording_of(id) is not None for id in instrument_ids()},
    }
    if request.method == "POST":
        form = AskForm(posted(request), **options)
        if form.is_valid():
            return _asked(request, found, form.cleaned_data)
    else:
        form = AskForm(initial=wanted_questionnaire(request), **options)
    record_view(request, found, "ask_questionnaire")
    return render(request, "casework/ask_questionnaire.html", {"form": form, "episode": found})


@staff(*CASEWORKERS)
def answer(request: HttpRequest, episode: UUID, asked: UUID) -> HttpResponse:
    """The items of one questionnaire on one page; once it is answered, its form."""
    found = reached(request, episode)
    permissions.check_can_work_with(request.viewer, found)
    one = kept.one_asked(request.viewer, found, asked)
    if one.form_id is not None:
        return redirect("casework:questionnaire_form", episode=episode, form=one.form_id)
    if not one.is_open:
        raise Refused("This questionnaire was recorded as not answered.", "Ask it again to record the answers.")
    draft = kept.draft_of(one)
    form = _answers_form(request, one, draft)
    if request.method == "POST":
        if form.is_valid():
            return _answered(request, found, one, form)
        draft = record.keep_draft(at=request.now, asked=one, fields=form.typed())
    record_view(request, found, "answer_questionnaire")
    context = {"form": form, "episode": found, "asked": one, "draft": draft} | _words(one.instrument)
    return render(request, "casework/answer_questionnaire.html", context)


@staff(*CASEWORKERS)
@require_POST
def save_draft(request: HttpRequest, episode: UUID, asked: UUID) -> HttpResponse:
    """What the page sends by itself while somebody answers."""
    found = reached(request, episode)
    permissions.check_can_work_with(request.viewer, found)
    one = kept.one_asked(request.viewer, found, asked)
    record.keep_draft(at=request.now, asked=one, fields=_answers_form(request, one, None).typed())
    return JsonResponse({"saved_at": clock_time(request.now)})


@staff(*CASEWORKERS)
def show_form(request: HttpRequest, episode: UUID, form: UUID) -> HttpResponse:
    """One answered form, item by item, with what was put right; and the form that puts an answer right."""
    page = opened(request, episode, "questionnaires")
    rows = kept.form_of(page.episode, form)
    one = instrument(rows[0].instrument)
    standing = {row.item: row.answer for row in sorted(rows, key=lambda row: scores.place_of(one, row.item))}
    can_record = permissions.can_work_with(page.viewer, page.episode)
    correcting = CorrectionForm(None, instrument=one, standing=standing)
    if request.method == "POST":
        permissions.check_can_work_with(page.viewer, page.episode)
        correcting = CorrectionForm(posted(request), instrument=one, standing=standing)
        if correcting.is_valid():
            facts = correcting.facts()
            record.correct_answer(by=request.actor, at=request.now, episode=page.episode, form_id=form, **facts)
            messages.success(request, f"Item {facts['item']} is put right.")
            return redirect("casework:questionnaire_form", episode=episode, form=form)
    context = {
        **page.context,
        "name": one.name,
        "head": rows[0],
        "answers": told.answer_rows(kept.wording_of(one.id), standing),
        "corrections": kept.corrections_of(page.episode, form),
        "form": correcting,
        "can_record": can_record,
    }
    return render(request, "casework/questionnaire_form.html", context)


def _due(page: Opened) -> list[dict[str, Any]]:
    whole = page.loaded.whole.with_frames(responses=_responses(page)["responses"])
    rows = questionnaires_due(service.current(), whole, page.loaded.today)
    return [row for row in rows.to_dicts() if row["episode_id"] == str(page.episode.pk)]


def _responses(page: Opened) -> Any:
    return kept.responses_of(episodes.episodes(page.viewer).filter(pk=page.episode.pk))


def _asked(request: HttpRequest, episode: Any, said: dict[str, Any]) -> HttpResponse:
    way = said["way"]
    kind = {"instrument": said["instrument"], "occasion": said["occasion"]}
    who = {"by": request.actor, "at": request.now}
    one = record.ask(episode=episode, way="screen" if way == "none" else way, **who, **kind)
    if way == "none":
        record.leave_unanswered(asked=one, reason=said["reason"], **who)
        messages.success(request, f"Recorded: {label('instrument', one.instrument)} was not answered.")
        return redirect("casework:questionnaires", episode=episode.pk)
    if way == "link":
        return redirect(reverse("casework:give_link", args=[episode.pk, PURPOSE]) + f"?about={one.pk}")
    return redirect("casework:answer_questionnaire", episode=episode.pk, asked=one.pk)


def _answers_form(request: HttpRequest, asked: Any, draft: Any) -> AnswersForm:
    paper = asked.way == "paper"
    return AnswersForm(
        posted(request) if request.method == "POST" else None,
        instrument=instrument(asked.instrument),
        wording=kept.wording_of(asked.instrument),
        keyed=paper,
        dates=(asked.episode.referred_on, request.today) if paper else None,
        initial=from_draft(kept.drafted(draft)),
    )


def _answered(request: HttpRequest, episode: Any, asked: Any, form: AnswersForm) -> HttpResponse:
    on = form.cleaned_data.get("answered_on") or request.today
    record.answer(by=request.actor, at=request.now, asked=asked, answers=form.answers, answered_on=on)
    messages.success(request, f"{label('instrument', asked.instrument)} is kept.")
    return redirect("casework:questionnaires", episode=episode.pk)


def _words(id: str) -> dict[str, Any]:
    return {"instrument": instrument(id), "wording": kept.wording_of(id)}
