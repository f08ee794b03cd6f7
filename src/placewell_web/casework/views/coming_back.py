"""A new referral of someone known, support in work once more, a move to another area, and what came along."""

from __future__ import annotations

import uuid
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from placewell_web.accounts import service
from placewell_web.accounts.errors import Refused
from placewell_web.accounts.policy import staff
from placewell_web.accounts.roles import Role
from placewell_web.casework import permissions
from placewell_web.casework.actions import coming_back as actions
from placewell_web.casework.forms.closing import GRANTED, AgainForm, MoveForm, SupportAgainForm
from placewell_web.casework.presenters import coming_back as page
from placewell_web.casework.queries import closing
from placewell_web.casework.views.opening import opened, reached, record_view
from placewell_web.clients.queries import goes_on_in
from placewell_web.clients.wording import goes_on_in_words, how_it_follows
from placewell_web.nhsuk.sent import posted

LEADERS = (Role.TEAM_LEADER, Role.MANAGER)
CASEWORKERS = (Role.SPECIALIST, *LEADERS)


@staff(*CASEWORKERS)
def refer_again(request: HttpRequest, episode: UUID) -> HttpResponse:
    """Someone whose support has ended comes back."""
    found = _opened(request, episode, "refer_again")
    if (later := goes_on_in(found)) is not None:
        return _there_already(request, found, later)
    permissions.check_can_refer_again(request.viewer, found)
    options = {"spec": service.current(), "earliest": found.closed_on or found.referred_on, "today": request.today}
    form = AgainForm(_sent(request), initial={"on": request.today}, **options)
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.refer_again(episode=found, **_who(request), **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, list(refusal.problems))
        else:
            messages.success(request, "Referred again. What was known of the person is here already.")
            return _onward(request, found, made)
    said = ["Name, contact details and health stay as they are. Work and eligibility are asked anew."]
    return _form(request, found, form, "Refer again", "Start the referral", said)


@staff(*CASEWORKERS)
def ask_again(request: HttpRequest, episode: UUID) -> HttpResponse:
    """The person or the employer asks for support in work after it ended."""
    found = _opened(request, episode, "support_again")
    if (later := goes_on_in(found)) is not None:
        return _there_already(request, found, later)
    permissions.check_can_ask_again(request.viewer, found)
    support = service.current().pathway.support
    who = support.re_access_asked_by if support else ()
    options = {"who": who or ("person",), "earliest": found.referred_on, "today": request.today}
    options["may_wait"] = found.closed_on is None
    form = SupportAgainForm(_sent(request), initial={"on": request.today, "token": uuid.uuid4()}, **options)
    if request.method == "POST" and form.is_valid():
        asked = form.cleaned_data | {"granted": GRANTED[form.cleaned_data["granted"]]}
        try:
            made = actions.ask_again(episode=found, **_who(request), **asked)
        except Refused as refusal:
            form.add_error(None, list(refusal.problems))
        else:
            messages.success(request, _told(asked["granted"], made.pk != found.pk))
            return _onward(request, found, made)
    said = []
    if found.closed_on:
        said = ["The record was closed and stays so: a new referral follows it, and a leader accepts it."]
    return _form(request, found, form, "Support in work again", "Record", said)


@staff(*LEADERS)
def move(request: HttpRequest, episode: UUID) -> HttpResponse:
    """The person moves to another area of the service."""
    found = _opened(request, episode, "move")
    permissions.check_can_move(request.viewer, found)
    lots = closing.other_lots(found)
    own = found.lot.provider_id if found.lot else None
    named = [(lot.code, lot.name if lot.provider_id == own else f"{lot.name}, {lot.provider.name}") for lot in lots]
    form = MoveForm(_sent(request), lots=named, initial={"version": found.version})
    if request.method == "POST" and form.is_valid():
        asked = form.cleaned_data | {"shares": form.cleaned_data["shares"] == "yes"}
        try:
            actions.move_lot(episode=found, **_who(request), **asked)
        except Refused as refusal:
            form.add_error(None, list(refusal.problems))
        else:
            messages.success(
                request, f"Support here has ended. {dict(named)[asked['lot']]} has the referral to accept."
            )
            return redirect("casework:person", episode=episode)
    said = [
        "Support ends here today, and a referral starts there. What was achieved stays in the figures of this area.",
        "Meetings that are booked are cancelled, and personal links stop. A leader there accepts the referral.",
    ]
    return _form(request, found, form, "Move to another area", "Move", said)


@staff(*CASEWORKERS)
@require_safe
def show_came_along(request: HttpRequest, episode: UUID) -> HttpResponse:
    """Profile and plan from the episode that this one follows, to read."""
    shown = opened(request, episode, "came_along")
    may = page.shares(shown.episode)
    profile, plan = closing.came_along(shown.episode) if may else (None, None)
    nothing = (
        "None was completed." if may or shown.episode.follows_id is None else "The person did not agree to share it."
    )
    context = {
        **shown.context,
        "how": how_it_follows(shown.episode) or "This is the person’s first referral here.",
        "profile": profile,
        "plan": plan,
        "parts": page.parts(profile),
        "nothing": nothing,
    }
    return render(request, "casework/came_along.html", context)


def _opened(request: HttpRequest, episode: UUID, tab: str) -> Any:
    found = reached(request, episode)
    record_view(request, found, tab)
    return found


def _sent(request: HttpRequest) -> Any:
    return posted(request) if request.method == "POST" else None


def _who(request: HttpRequest) -> dict[str, Any]:
    return {"viewer": request.viewer, "by": request.actor, "at": request.now}


def _onward(request: HttpRequest, before: Any, made: Any) -> HttpResponse:
    """To the referral for who accepts it; a specialist, who sees none that waits, stays with the record of before."""
    if made.accepted_on:
        return redirect("casework:person", episode=made.pk)
    if request.viewer.has_role(*LEADERS):
        return redirect("intake:referral", episode=made.pk)
    return redirect("casework:person", episode=before.pk)


def _there_already(request: HttpRequest, before: Any, later: Any) -> HttpResponse:
    """A stale page or a second press: nothing is made, and the record of before says where the person is."""
    words = goes_on_in_words(before, later)
    messages.info(request, f"Nothing new was recorded: {words[:1].lower()}{words[1:]}")
    return redirect("casework:person", episode=before.pk)


def _told(granted: bool | None, anew: bool) -> str:
    if granted is None:
        return "Request recorded. It is on Today until it is decided."
    if not granted:
        return "Recorded that support in work is not taken up again now."
    return "A new referral for support in work waits to be accepted." if anew else "Support in work is taken up again."


def _form(
    request: HttpRequest, episode: Any, form: Any, heading: str, button_text: str, said: list[str]
) -> HttpResponse:
    context = {"episode": episode, "form": form, "heading": heading, "button_text": button_text, "said": said}
    return render(request, "casework/come_back.html", context)
