"""The booklet and the local services, for a person of the comparison group."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from placewell_web.accounts.policy import Role, staff
from placewell_web.nhsuk.sent import posted, pressed
from placewell_web.trial.actions import handouts
from placewell_web.trial.forms.aftercare import ServicesForm
from placewell_web.trial.queries import aftercare
from placewell_web.trial.views.after_opening import back_to_result, opened, trial_now

CASEWORKERS = (Role.SPECIALIST, Role.TEAM_LEADER, Role.MANAGER)


@staff(*CASEWORKERS)
@require_http_methods(["GET", "HEAD", "POST"])
def booklet(request: HttpRequest, episode: UUID) -> HttpResponse:
    """The person has the booklet, or does not want it."""
    trial = trial_now()
    if request.method == "POST":
        given = not pressed(request, "not_wanted")
        handouts.give_booklet(by=request.actor, at=request.now, viewer=request.viewer, episode_id=episode, given=given)
        messages.success(request, "Recorded: the booklet was given." if given else "Recorded: no booklet was wanted.")
        return redirect(back_to_result(episode))
    found = opened(request, episode, "booklet")
    held = [one for one in aftercare.handouts(request.viewer, episode) if one.kind == "booklet"]
    group = aftercare.group_of(request.viewer, episode)
    context = {
        "episode": found,
        "person": found.person,
        "held": held[-1] if held else None,
        "offered": group is not None and not group.enters_service,
        "edition": next((one.edition for one in trial.handouts if one.id == "booklet"), ""),
    }
    return render(request, "trial/booklet.html", context)


@staff(*CASEWORKERS)
@require_http_methods(["GET", "HEAD", "POST"])
def local_services(request: HttpRequest, episode: UUID) -> HttpResponse:
    """Services near the person, chosen together; several at once."""
    trial_now()
    found = opened(request, episode, "local_services")
    rows = [one for one in aftercare.handouts(request.viewer, episode) if one.kind == "local_service"]
    group = aftercare.group_of(request.viewer, episode)
    chosen = [row.code for row in rows if row.given]
    data = posted(request) if request.method == "POST" else None
    form = ServicesForm(data, services=aftercare.services_for(found), initial={"services": chosen})
    if request.method == "POST" and form.is_valid():
        codes = form.cleaned_data["services"]
        handouts.choose_services(
            by=request.actor, at=request.now, viewer=request.viewer, episode_id=episode, codes=codes
        )
        messages.success(request, f"Recorded: {len(codes)} of the services." if codes else "Recorded: none for now.")
        return redirect(back_to_result(episode))
    offered = group is not None and not group.enters_service
    context = {"episode": found, "person": found.person, "form": form, "offered": offered}
    return render(request, "trial/local_services.html", context)
