"""Reads of the first meeting: how far it is, who waits for one, and what stands against the draw."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from placewell_web.accounts.models import Training, User
from placewell_web.accounts.queries import viewer_of
from placewell_web.accounts.viewer import Viewer
from placewell_web.audit.actors import Actor
from placewell_web.clients import queries as people
from placewell_web.clients.models import Consent, Episode
from placewell_web.clients.search import find_people
from placewell_web.trial.models import Handout, Meeting, MeetingDraft, SignedConsent

WITH_NAMES = ("episode__person", "episode__lot", "episode__specialist", "participant", "screening", "started_by")
MOST_LISTED = 100


def meeting_of(viewer: Viewer, episode_id: UUID) -> Meeting | None:
    """The meeting of an episode that the viewer may see, if it has begun."""
    return Meeting.scoped.visible_to(viewer).filter(episode_id=episode_id).select_related(*WITH_NAMES).first()


def consent_of(viewer: Viewer, meeting: Meeting) -> SignedConsent | None:
    """The consent as signed, with the answer to each statement."""
    signed = SignedConsent.scoped.visible_to(viewer).filter(meeting=meeting).select_related("taken_by")
    return signed.prefetch_related("statements").first()


def consent_stands(viewer: Viewer, meeting: Meeting, kinds: Iterable[str]) -> bool:
    """Whether it was signed, and none of these kinds has been withdrawn since."""
    signed = consent_of(viewer, meeting)
    given = meeting.episode.consents.filter(withdrawn_on=None)
    return signed is not None and set(kinds) <= set(given.values_list("kind", flat=True))


def waiting(viewer: Viewer, own: UUID | None = None, words: str = "") -> list[tuple[Episode, Meeting | None]]:
    """Those accepted, not yet randomised and not ended, who has waited longest first; `own`: one specialist's."""
    seen = Episode.scoped.visible_to(viewer).filter(accepted_on__isnull=False, closed_on=None, declined_on=None)
    seen = seen.filter(Q(trial_meeting=None) | Q(trial_meeting__ended_at=None), allocation=None)
    seen = seen.filter(specialist_id=own) if own else seen
    if words:
        seen = seen.filter(person__in=find_people(viewer, words, MOST_LISTED))
    rows = seen.select_related("person", "lot", "specialist", "trial_meeting").order_by("accepted_on", "referred_on")
    return [(episode, getattr(episode, "trial_meeting", None)) for episode in rows[:MOST_LISTED]]


def randomised_before(viewer: Viewer, episodes: Iterable[Episode]) -> set[UUID]:
    """Those of the episodes whose person has an arm from another one: nobody is randomised twice."""
    asked = Episode.scoped.visible_to(viewer).filter(pk__in=[one.pk for one in episodes])
    return set(asked.filter(person__episodes__allocation__isnull=False).values_list("pk", flat=True))


def lacking_training(viewer: Viewer, courses: Iterable[str], on: date) -> list[str]:
    """The courses that the viewer has no valid record of on the day. Source: 002 §11.5."""
    taken = Training.objects.filter(user_id=viewer.user_id, completed_on__lte=on)
    valid = set(taken.filter(Q(expires_on=None) | Q(expires_on__gt=on)).values_list("course", flat=True))
    return [course for course in courses if course not in valid]


def questionnaires_kept(viewer: Viewer, meeting: Meeting) -> dict[str, dict[str, str]]:
    """Instrument → item → answer, of the forms filled in at this meeting (an item left open is empty)."""
    forms = people.get_episode(viewer, meeting.episode_id).responses
    rows = forms.filter(occasion="baseline", created_at__gte=meeting.started_at).order_by("created_at")
    kept: dict[str, dict[str, str]] = {}
    for row in rows:
        kept.setdefault(row.instrument, {})[row.item] = row.answer
    return kept


def benefits_of(viewer: Viewer, episode: Episode) -> list[str]:
    """The benefits the person is known to receive, by the last record of each."""
    rows = people.get_episode(viewer, episode.pk).benefits.order_by("on", "id")
    latest = {row.benefit: row.received for row in rows}
    return [benefit for benefit, received in latest.items() if received]


def draft_of(viewer: Viewer, meeting: Meeting, step: str) -> MeetingDraft | None:
    return MeetingDraft.scoped.visible_to(viewer).filter(meeting=meeting, step=step).first()


def standing_consents(viewer: Viewer, meeting: Meeting) -> list[Consent]:
    """The consents given at this meeting and not withdrawn."""
    given = people.get_episode(viewer, meeting.episode_id).consents
    return list(given.filter(withdrawn_on=None, given_on__gte=timezone.localdate(meeting.started_at)))


def handed(viewer: Viewer, episode_id: UUID) -> list[Handout]:
    """What the person has been given, or pointed to, since their group was decided."""
    return list(Handout.scoped.visible_to(viewer).filter(episode_id=episode_id))


def author_and_meeting(author: UUID, episode_id: UUID, day: date) -> tuple[Actor, Meeting] | None:
    """Someone of the staff and a meeting they may see today that goes on: for a draft sent after their session."""
    user = User.objects.filter(pk=author, is_active=True).first()
    if user is None:
        return None
    meeting = meeting_of(viewer_of(user, day), episode_id)
    if meeting is None or meeting.ended_at is not None or meeting.randomised_at is not None:
        return None
    return Actor.user(user.pk, user.name), meeting
