"""A questionnaire that the person answers by a personal link: kept as they go, finished once."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from placewell.questionnaires import instrument
from placewell_web.casework.actions import links
from placewell_web.casework.actions import questionnaires as record
from placewell_web.casework.forms.questionnaires import AnswersForm, from_draft
from placewell_web.casework.queries import questionnaires as kept
from placewell_web.casework.views.link_pages.ended import gone
from placewell_web.nhsuk.sent import posted, pressed
from placewell_web.nhsuk.words import clock_time

FINISHED = "Your answers have reached us. You can close this page."
KEPT = "Your answers so far are kept. Open the same link again to go on."
NOT_NEEDED = "This questionnaire is no longer waiting for your answers, so there is nothing to do."


def page(request: HttpRequest, link: Any, secret: str) -> HttpResponse:
    """The questions on one page; without a button pressed, what is sent is the draft that the page keeps by itself."""
    asked = kept.asked_behind(link)
    if asked is None:
        return gone(request)
    if link.answered_at is not None or asked.answered_at is not None:
        return _said(request, FINISHED)
    wording = kept.wording_of(asked.instrument)
    if not asked.is_open or wording is None:
        return _said(request, NOT_NEEDED)
    draft = kept.draft_of(asked)
    form = AnswersForm(
        posted(request) if request.method == "POST" else None,
        instrument=instrument(asked.instrument),
        wording=wording,
        initial=from_draft(kept.drafted(draft)),
    )
    if request.method == "POST":
        return _sent(request, link, secret, asked, form, wording)
    return _page(request, secret, asked, form, wording, draft)


def _sent(request: HttpRequest, link: Any, secret: str, asked: Any, form: AnswersForm, wording: Any) -> HttpResponse:
    if pressed(request, "finish") and form.is_valid():
        _finish(request, link, asked, form)
        return redirect("casework:link", secret=secret)
    draft = record.keep_draft(at=request.now, asked=asked, fields=form.typed())
    if pressed(request, "finish"):
        return _page(request, secret, asked, form, wording, draft)
    if pressed(request, "later"):
        return _said(request, KEPT)
    return JsonResponse({"saved_at": clock_time(request.now)})


@transaction.atomic
def _finish(request: HttpRequest, link: Any, asked: Any, form: AnswersForm) -> None:
    """The answers and the link's end in one transaction; the second of two presses changes nothing."""
    if links.mark_answered(at=request.now, link=link):
        who = links.actor_of(link)
        record.answer(by=who, at=request.now, asked=asked, answers=form.answers, answered_on=request.today)


def _page(request: HttpRequest, secret: str, asked: Any, form: AnswersForm, wording: Any, draft: Any) -> HttpResponse:
    context = {
        "form": form,
        "wording": wording,
        "draft": draft,
        "address": reverse("casework:link", args=[secret]),
    }
    return render(request, "casework/links/questionnaire.html", context)


def _said(request: HttpRequest, words: str) -> HttpResponse:
    return render(request, "casework/links/thanks.html", {"said": words})
