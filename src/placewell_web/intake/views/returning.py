"""Stopping in the middle and coming back by a secret link."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from placewell_web.accounts.policy import public
from placewell_web.accounts.service import current
from placewell_web.intake import actions, letters
from placewell_web.intake.answers import first_incomplete
from placewell_web.intake.forms import LinkForm
from placewell_web.intake.forms.public import signed
from placewell_web.intake.views.at_hand import AtHand, at_hand, gone, take_up
from placewell_web.intake.views.guard import limited
from placewell_web.intake.views.sending import pages_of
from placewell_web.intake.views.stale import same_page, when_stale


@when_stale(same_page)
@public
@require_http_methods(["GET", "HEAD", "POST"])
@limited
def save(request: HttpRequest) -> HttpResponse:
    """Offers a link to come back with: shown, or sent by email."""
    here = at_hand(request)
    if here is None:
        return gone(request)
    if here.draft.reference:
        return redirect(here.address("sent"))
    context = {
        "form": LinkForm(),
        "link": "",
        "sent_to": "",
        "days": actions.DRAFT_DAYS,
        "failed": False,
        "back": here.address("check"),
        "draft": signed(here.draft.id),
    }
    if request.method == "POST":
        return _save(request, here, context)
    return render(request, "intake/save.html", context)


def _save(request: HttpRequest, here: AtHand, context: dict[str, object]) -> HttpResponse:
    form = LinkForm(request.POST)
    by_email = "email" in form.data
    if by_email and not form.is_valid():
        return render(request, "intake/save.html", {**context, "form": form})
    token = actions.new_link(at=request.now, draft_id=here.draft.id)
    if not token:
        return gone(request)
    link = request.build_absolute_uri(reverse("intake:resume", kwargs={"token": token}))
    if not by_email:
        return render(request, "intake/save.html", {**context, "link": link})
    to = form.cleaned_data["email"]
    posted = letters.post(letters.link(current(), to, link, actions.DRAFT_DAYS))
    context |= {"sent_to": to} if posted else {"failed": True, "link": link}
    return render(request, "intake/save.html", context)


@public
@require_http_methods(["GET", "HEAD"])
def resume(request: HttpRequest, token: str) -> HttpResponse:
    """Takes up the draft behind a link, at the first question that lacks an answer."""
    draft = actions.find_by_token(token=token, at=request.now)
    if draft is None:
        return gone(request)
    here = take_up(request, draft)
    if draft.reference:
        return redirect(here.address("sent"))
    lacking = first_incomplete(pages_of(draft), draft.answers)
    if lacking is None:
        return redirect(here.address("check"))
    return redirect(here.address("question", question=lacking.id))
