"""Consents and alerts: given and taken back, added, looked at again and ended."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from placewell.vocabulary import label
from placewell_web.accounts import service
from placewell_web.accounts.policy import staff
from placewell_web.accounts.roles import Role
from placewell_web.casework import permissions
from placewell_web.casework.actions import alerts as warn
from placewell_web.casework.forms.alerts import AlertForm
from placewell_web.casework.forms.consents import ConsentForm, WithdrawalForm
from placewell_web.casework.forms.parsers import asked_for_profile
from placewell_web.casework.queries import about
from placewell_web.casework.views.opening import reached, record_view
from placewell_web.clients.actions import consents as agree
from placewell_web.nhsuk.sent import posted
from placewell_web.nhsuk.words import count, day

CASEWORKERS = (Role.SPECIALIST, Role.TEAM_LEADER, Role.MANAGER)


@staff(*CASEWORKERS)
def give_consent(request: HttpRequest, episode: UUID) -> HttpResponse:
    """Everything the person agreed to in one conversation."""
    found = _described(request, episode)
    options = {"spec": service.current(), "today": request.today, "earliest": found.referred_on}
    if request.method == "POST":
        form = ConsentForm(posted(request), **options)
        if form.is_valid():
            said = form.cleaned_data
            given = agree.give_consents(
                by=request.actor,
                at=request.now,
                episode=found,
                kinds=said["kinds"],
                given_on=said["on"],
                form_version=said["form_version"],
            )
            words = f"{count(len(given), 'consent')} recorded." if given else "That was recorded already."
            messages.success(request, words)
            return redirect("casework:profile" if asked_for_profile(request) else "casework:about", episode=episode)
    else:
        form = ConsentForm(initial={"on": request.today}, **options)
    return _page(request, found, form, "Record consent", "Record consent", ("kinds", "on", "form_version"))


@staff(*CASEWORKERS)
def withdraw_consent(request: HttpRequest, episode: UUID, consent: UUID) -> HttpResponse:
    """The person took back what they had agreed to; that they had agreed stays in the record."""
    found = _described(request, episode)
    given = about.consent(found, consent)
    data = posted(request) if request.method == "POST" else None
    form = WithdrawalForm(data, given_on=given.given_on, today=request.today)
    if request.method == "POST" and form.is_valid():
        agree.withdraw_consent(by=request.actor, at=request.now, consent=given, **form.cleaned_data)
        messages.success(request, "The consent is withdrawn. That it was given stays in the record.")
        return redirect("casework:about", episode=episode)
    what = f"{label('consent_kind', given.kind)}: agreed on {day(given.given_on)}."
    return _page(request, found, form, "Withdraw consent", "Withdraw consent", ("withdrawn_on",), what)


@staff(*CASEWORKERS)
def add_alert(request: HttpRequest, episode: UUID) -> HttpResponse:
    found = _described(request, episode)
    form = AlertForm(posted(request)) if request.method == "POST" else AlertForm()
    if request.method == "POST" and form.is_valid():
        warn.add_alert(by=request.actor, at=request.now, episode=found, **form.cleaned_data)
        messages.success(request, f"Everyone who opens {found.person.called}’s record sees it first.")
        return redirect("casework:about", episode=episode)
    return _page(request, found, form, "Add an alert", "Add alert", ("kind", "title", "text"))


@staff(*CASEWORKERS)
@require_POST
def review_alert(request: HttpRequest, episode: UUID, alert: UUID) -> HttpResponse:
    found = _described(request, episode)
    warn.review_alert(by=request.actor, at=request.now, episode=found, alert=about.alert(found, alert))
    messages.success(request, "The alert still holds, reviewed today.")
    return redirect("casework:about", episode=episode)


@staff(*CASEWORKERS)
@require_POST
def end_alert(request: HttpRequest, episode: UUID, alert: UUID) -> HttpResponse:
    found = _described(request, episode)
    warn.end_alert(by=request.actor, at=request.now, episode=found, alert=about.alert(found, alert))
    messages.success(request, "The alert has ended. It stays in the record.")
    return redirect("casework:about", episode=episode)


def _described(request: HttpRequest, episode: UUID) -> Any:
    found = reached(request, episode)
    permissions.check_can_describe(request.viewer, found)
    return found


def _page(
    request: HttpRequest, episode: Any, form: Any, title: str, button: str, fields: tuple[str, ...], said: str = ""
) -> HttpResponse:
    record_view(request, episode, title)
    context = {
        "form": form,
        "fields": [form[name] for name in fields],
        "title": title,
        "button_text": button,
        "said": said,
        "episode": episode,
        "back": "casework:about",
    }
    return render(request, "casework/record_form.html", context)
