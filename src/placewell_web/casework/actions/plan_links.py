"""What the person does with their plan by a personal link: agree it, write about it; and who reads what they wrote."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from placewell_web.accounts.errors import Refused
from placewell_web.audit.actors import Actor
from placewell_web.casework.actions.links import actor_of
from placewell_web.casework.actions.plans import end_the_one_before
from placewell_web.casework.models import PersonalLink, Plan, PlanComment
from placewell_web.casework.permissions import receives_support
from placewell_web.clients.actions.entries import claim, day_of, note
from placewell_web.clients.models import Episode

MOST_UNREAD = 20
"""Comments of one person that may wait to be read: more is not how people write about a plan."""


@transaction.atomic
def agree_by_link(*, at: datetime, link: PersonalLink, plan: Plan, edit_version: int) -> bool:
    """The person agrees the version they read: once, and only as they read it. False where they had agreed already."""
    check_can_answer(link)
    plan = Plan.unscoped.select_for_update(of=("self",)).get(pk=plan.pk, episode=link.episode)
    if plan.agreed_by_link_at is not None:
        return False
    if plan.ended_on is not None or not (plan.agreed_on or plan.offered_on):
        raise Refused("This version of the plan no longer holds.", "Read the newer one on this page.")
    claim(plan, edit_version, "edit_version", {"goal": plan.goal})
    by, first = actor_of(link), plan.agreed_on is None
    plan.agreed_by_link_at, plan.agreed_on = at, plan.agreed_on or day_of(at)
    plan.save(update_fields=["agreed_by_link_at", "agreed_on"])
    if first:
        end_the_one_before(by=by, at=at, plan=plan, agreed_on=day_of(at))
    detail = {"kind": plan.kind, "version": plan.version}
    note(by=by, at=at, verb="agree_plan_by_link", record=plan, episode=link.episode, detail=detail)
    return True


@transaction.atomic
def comment_on_plan(
    *, at: datetime, link: PersonalLink, plan: Plan | None, text: str, form_token: UUID
) -> PlanComment | None:
    """Keep what the person wrote, once; None where the same form was sent before."""
    check_can_answer(link)
    Episode.unscoped.select_for_update(of=("self",)).get(pk=link.episode_id)
    if PlanComment.unscoped.filter(form_token=form_token).exists():
        return None
    if PlanComment.unscoped.filter(episode=link.episode, read_at__isnull=True).count() >= MOST_UNREAD:
        raise Refused(
            f"{MOST_UNREAD} of your comments have not been read yet, so no more can be sent now.",
            "Call or text your specialist instead.",
        )
    row = PlanComment.unscoped.create(
        episode=link.episode, plan=plan, link=link, text=text, form_token=form_token, created_at=at
    )
    note(by=actor_of(link), at=at, verb="comment_on_plan", record=row, episode=link.episode)
    return row


@transaction.atomic
def mark_comments_read(*, by: Actor, at: datetime, episode: Episode) -> int:
    """Whoever works with the person has read what they wrote; how many comments that were."""
    new = PlanComment.unscoped.filter(episode=episode, read_at__isnull=True)
    ids = list(new.values_list("pk", flat=True))
    if ids:
        PlanComment.unscoped.filter(pk__in=ids, read_at__isnull=True).update(read_at=at, read_by_id=by.id)
        note(by=by, at=at, verb="read_comments", record=episode, episode=episode, detail={"comments": len(ids)})
    return len(ids)


def check_can_answer(link: PersonalLink) -> None:
    """While support lasts, and only in the group that has support."""
    if link.episode.closed_on is not None or not receives_support(link.episode):
        raise Refused(
            "Support has ended, so the plan can be read and no longer changed.",
            "Call us if you would like support again.",
        )


def can_answer(link: PersonalLink) -> bool:
    try:
        check_can_answer(link)
    except Refused:
        return False
    return True
