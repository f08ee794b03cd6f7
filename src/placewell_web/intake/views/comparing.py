"""Two records that may be one person, side by side; and parting records that were joined by mistake."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from placewell_web.accounts.policy import Role, staff
from placewell_web.audit.actions import record_view
from placewell_web.clients import queries as people
from placewell_web.intake import actions, queries
from placewell_web.intake.forms import SameForm
from placewell_web.intake.presenters import staff as words
from placewell_web.intake.views.refusals import told_on_the_referral


@staff(Role.TEAM_LEADER, Role.MANAGER)
@told_on_the_referral
@require_http_methods(["GET", "HEAD", "POST"])
def duplicate(request: HttpRequest, episode: UUID, question: UUID) -> HttpResponse:
    """Both records beside each other; who may not see the other one learns only that there is one."""
    found, asked = queries.question(request.viewer, episode, question)
    if asked is None:
        messages.info(request, "This has been decided already.")
        return redirect("intake:referral", episode=episode)
    form = SameForm(request.POST) if request.method == "POST" else SameForm()
    if request.method == "POST" and form.is_valid():
        decision = form.cleaned_data["decision"]
        actions.decide_same(
            by=request.actor,
            at=request.now,
            viewer=request.viewer,
            episode_id=episode,
            question_id=question,
            decision=decision,
        )
        different = decision == "different"
        messages.success(
            request, "Kept as two people." if different else "Joined. Nothing was lost, and it can be undone."
        )
        return redirect("intake:referral", episode=episode)
    for person_id in (found.person_id, asked.other.pk):
        record_view(
            by=request.actor,
            at=request.now,
            verb="compare_people",
            target_kind="person",
            target_id=person_id,
            person_id=person_id,
            lot=found.lot_id or "",
        )
    context = {
        "form": form,
        "episode": found,
        "person": found.person,
        "other": asked.other,
        "other_episodes": asked.episodes,
        "matched": words.matched(asked.question),
        "rows": words.side_by_side(found.person, asked.other),
    }
    return render(request, "intake/staff/duplicate.html", context)


@staff(Role.TEAM_LEADER, Role.MANAGER)
@told_on_the_referral
@require_POST
def part(request: HttpRequest, episode: UUID, merge: UUID) -> HttpResponse:
    """Part two records that were joined by mistake."""
    people.get_episode(request.viewer, episode)
    actions.part(by=request.actor, at=request.now, viewer=request.viewer, merge_id=merge)
    messages.success(request, "Parted again. Each record has its own episodes back.")
    return redirect("intake:referral", episode=episode)
