"""The letter with the check code, to print and hand over."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from placewell_web.accounts import service
from placewell_web.accounts.policy import Role, staff
from placewell_web.trial.actions import handouts
from placewell_web.trial.forms.aftercare import LetterForm
from placewell_web.trial.presenters import letter as told
from placewell_web.trial.queries import aftercare, ledger
from placewell_web.trial.views.after_opening import back_to_result, opened, trial_now

CASEWORKERS = (Role.SPECIALIST, Role.TEAM_LEADER, Role.MANAGER)


@staff(*CASEWORKERS)
@require_http_methods(["GET", "HEAD", "POST"])
def letter(request: HttpRequest, episode: UUID) -> HttpResponse:
    """The letter as it is printed; pressing the button records that the person has it."""
    trial_now()
    if request.method == "POST":
        handouts.give_letter(by=request.actor, at=request.now, viewer=request.viewer, episode_id=episode)
        messages.success(request, "Recorded: the person has their letter.")
        return redirect(back_to_result(episode))
    found = opened(request, episode, "letter")
    group, held = aftercare.group_of(request.viewer, episode), ledger.allocated(request.viewer, episode)
    if group is None or held is None:
        raise Http404
    said = told.letter(service.current(), found, held, group.arm, LetterForm(request.GET).asked())
    context = {
        "episode": found,
        "person": found.person,
        "letter": said,
        "phone": settings.SERVICE_PHONE,
        "hours": settings.SERVICE_HOURS,
        "researchers": settings.EVALUATOR_CONTACT,
        "given": any(one.kind == "letter" for one in aftercare.handouts(request.viewer, episode)),
    }
    return render(request, "trial/letter.html", context)
