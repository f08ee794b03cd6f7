"""Two records that may be one person: asked when a referral comes, answered by someone who may see both."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.http import Http404

from placewell_web.accounts.errors import Refused
from placewell_web.accounts.viewer import Viewer
from placewell_web.audit.actions import record
from placewell_web.audit.actors import Actor
from placewell_web.clients import queries as people
from placewell_web.clients.actions import matches_of, merge, undo_merge
from placewell_web.clients.models import Episode, Person
from placewell_web.clients.permissions import check_can_compare
from placewell_web.intake.models import PossibleDuplicate

SAME, DIFFERENT = "same_person", "different_people"


def ask_whether_known(episode: Episode) -> None:
    """Write down every record that may be the same person; in the transaction of what made it known.

    Asked again, when a name or number was put right, what has been asked before stands as it was decided.
    """
    PossibleDuplicate.objects.bulk_create(
        (
            PossibleDuplicate(episode=episode, other_id=match.person_id, matched_on=",".join(match.matched_on))
            for match in matches_of(episode.person)
        ),
        ignore_conflicts=True,
    )


@transaction.atomic
def decide_same(*, by: Actor, at: datetime, viewer: Viewer, episode_id: UUID, question_id: UUID, decision: str) -> UUID:
    """Decide one question: `keep_other`, `keep_this` or `different`. Answers the id of the person of the episode."""
    episode = people.get_episode(viewer, episode_id)
    question = PossibleDuplicate.objects.select_for_update().filter(pk=question_id, episode=episode).first()
    if question is None:
        raise Http404
    this = episode.person_id
    other = Person.kept_records([question.other_id])[question.other_id]
    visible = people.visible_people(viewer, [this, other])
    if other not in visible:
        raise Http404
    check_can_compare(viewer, len(visible))
    if question.decided_at is not None or other == this:
        raise Refused("This has been decided already.")
    kept = this
    if decision != "different":
        kept, gone = (other, this) if decision == "keep_other" else (this, other)
        merge(by=by, at=at, viewer=viewer, kept_id=kept, gone_id=gone)
    question.decision = DIFFERENT if decision == "different" else SAME
    question.decided_at, question.decided_by_id = at, viewer.user_id
    question.save(update_fields=["decision", "decided_at", "decided_by"])
    record(
        by=by,
        at=at,
        verb="decide_duplicate",
        target_kind="episode",
        target_id=episode_id,
        person_id=kept,
        lot=episode.lot_id or "",
        detail={"other": str(other), "decision": question.decision},
    )
    return kept


@transaction.atomic
def part(*, by: Actor, at: datetime, viewer: Viewer, merge_id: UUID) -> None:
    """Part two records that were joined by mistake; that they are two people is then decided."""
    done = undo_merge(by=by, at=at, viewer=viewer, merge_id=merge_id)
    both = [done.kept_id, done.gone_id]
    answered = PossibleDuplicate.objects.filter(decision=SAME, episode__person__in=both, other__in=both)
    answered.update(decision=DIFFERENT, decided_at=at, decided_by=viewer.user_id)
