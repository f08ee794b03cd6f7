"""The confidential survey as anyone with a code answers it: once, and without a trace (ADR 15)."""

from __future__ import annotations

from django.core.signing import Signer
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.crypto import constant_time_compare

from placewell.questionnaires import instrument
from placewell_web.accounts.policy import public
from placewell_web.casework.actions import surveys as record
from placewell_web.casework.forms.parsers import resent_fields, typed_words
from placewell_web.casework.forms.surveys import SurveyForm
from placewell_web.casework.queries import surveys as kept
from placewell_web.casework.queries.questionnaires import wording_of
from placewell_web.casework.views.guard import too_many, unlisted
from placewell_web.nhsuk.sent import posted

GONE = 410
OPENED = Signer(salt="placewell.casework.survey")
"""Signs, in the form, that its code worked when the page was opened: the site keeps no used code to know it by."""


@public
def answer_survey(request: HttpRequest, code: str) -> HttpResponse:
    """The questions, for whoever holds an unused code; a code that is used, unknown or too late says no more."""
    return unlisted(_asked(request, code))


@public
def thank(request: HttpRequest) -> HttpResponse:
    """Where an answer leads: it names no code, and can be opened again."""
    return unlisted(render(request, "casework/survey_thanks.html"))


def open_too_long(request: HttpRequest, code: str) -> HttpResponse:
    """What was sent from a page that had lost its token: nothing was counted, and one press sends it."""
    if kept.open_round(record.hash_of(code), request.today) is None:
        return unlisted(_ended(request, code))
    context = {"fields": resent_fields(request), "typed": typed_words(request), "path": request.path}
    return unlisted(render(request, "casework/survey_stale.html", context, status=403))


answer_survey.when_stale = open_too_long  # type: ignore[attr-defined]  # config's csrf_failure asks for it


def _asked(request: HttpRequest, code: str) -> HttpResponse:
    found = kept.open_round(record.hash_of(code), request.today)
    if found is None:
        return _ended(request, code)
    one, words = instrument(found.instrument), wording_of(found.instrument)
    assert words is not None  # ours are shipped
    form = SurveyForm(posted(request) if request.method == "POST" else None, instrument=one, wording=words)
    if request.method == "POST" and form.is_valid():
        remark = form.cleaned_data["remark"]
        if record.answer_survey(code=code, today=request.today, answers=form.answers, remark=remark):
            return redirect("casework:survey_thanks")
        return _ended(request, code)
    context = {"form": form, "wording": words, "opened": OPENED.signature(record.hash_of(code))}
    return render(request, "casework/answer_survey.html", context)


def _ended(request: HttpRequest, code: str) -> HttpResponse:
    """A code that works no more, or never did. Only a guess that is sent counts against its address: see ADR 15."""
    sent = request.method == "POST"
    if sent and constant_time_compare(posted(request).get("opened", ""), OPENED.signature(record.hash_of(code))):
        if not kept.is_unused(record.hash_of(code)):
            return render(request, "casework/survey_once.html")
    elif sent and (full := too_many(request)) is not None:
        return full
    context = {"sent": sent, "typed": typed_words(request)}
    return render(request, "casework/survey_gone.html", context, status=GONE)
