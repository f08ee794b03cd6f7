"""Reads of referrals: the inbox and one referral with what is known about it; the viewer first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet
from django.http import Http404

from placewell.specification import Specification
from placewell_web.accounts.models import Lot
from placewell_web.accounts.viewer import Viewer
from placewell_web.clients import queries as people
from placewell_web.clients.models import Episode, Merge, Person
from placewell_web.intake.answers import from_text
from placewell_web.intake.models import Decline, PossibleDuplicate, Referral, Screening

A_PAGE = 50
NEW, DUPLICATE, SCREENING, READY = "new", "duplicate", "screening", "ready"
RECENT_DAYS = 28


@dataclass(frozen=True)
class Waiting:
    """A referral that waits: for a decision, or for a specialist."""

    episode: Episode
    state: str
    days: int


@dataclass(frozen=True)
class Inbox:
    """One page of the inbox, oldest first, and how many wait in each state."""

    rows: list[Waiting]
    counts: Mapping[str, int]
    number: int
    pages: int


def inbox(viewer: Viewer, today: date, show: str = "", number: int = 1) -> Inbox:
    """Referrals of the viewer's lots that wait, oldest first. Source: 002 App. 1; requirement B10."""
    waiting = _waiting(viewer)
    flags = list(waiting.values_list("pk", "person_id", "accepted_on", "screened"))
    asked = open_questions(viewer, {pk: person for pk, person, _, _ in flags})
    states = {pk: _state(accepted is not None, pk in asked, screened) for pk, _, accepted, screened in flags}
    shown = [pk for pk, state in states.items() if show in ("", state)]
    pages = max(1, -(-len(shown) // A_PAGE))
    number = min(number, pages)
    on_page = shown[(number - 1) * A_PAGE : number * A_PAGE]
    found = {
        episode.pk: episode
        for episode in Episode.scoped.visible_to(viewer).filter(pk__in=on_page).select_related("person", "lot")
    }
    rows = [Waiting(found[pk], states[pk], (today - found[pk].referred_on).days) for pk in on_page if pk in found]
    return Inbox(rows, Counter(states.values()), number, pages)


def _waiting(viewer: Viewer) -> QuerySet[Any]:
    screened = Screening.objects.filter(episode=OuterRef("pk"))
    seen = Episode.scoped.visible_to(viewer).filter(declined_on=None, closed_on=None)
    undecided = seen.filter(accepted_on=None) | seen.filter(specialist=None, allocation=None)
    return undecided.annotate(screened=Exists(screened)).order_by("referred_on", "created_at", "pk")


def _state(accepted: bool, asked: bool, screened: bool) -> str:
    if accepted:
        return READY
    if asked:
        return DUPLICATE
    return SCREENING if screened else NEW


def decided_recently(viewer: Viewer, specification: Specification, today: date) -> dict[str, int]:
    """How many referrals were accepted and declined in the last four weeks, and how many of these were unsuitable."""
    since = today - timedelta(days=RECENT_DAYS)
    seen = Episode.scoped.visible_to(viewer)
    reasons = list(seen.filter(declined_on__gt=since, declined_on__lte=today).values_list("decline_reason", flat=True))
    unsuitable = {reason.id for reason in specification.pathway.decline_reasons if reason.unsuitable}
    return {
        "accepted": seen.filter(accepted_on__gt=since, accepted_on__lte=today).count(),
        "declined": len(reasons),
        "unsuitable": sum(reason in unsuitable for reason in reasons),
    }


@dataclass(frozen=True)
class ReferralRecord:
    """A referral with everything its page shows."""

    episode: Episode
    referral: Referral | None
    answers: Mapping[str, Any]
    screenings: list[Screening]
    duplicates: list[DuplicateQuestion]
    earlier: list[Episode]
    merges: list[Merge]
    decline: Decline | None
    before: Episode | None
    screened_before: Screening | None


@dataclass(frozen=True)
class DuplicateQuestion:
    """A question that nobody has decided, about another record that the viewer may see."""

    question: PossibleDuplicate
    other: Person
    episodes: list[Episode]


def referral(viewer: Viewer, episode_id: UUID) -> ReferralRecord:
    """One referral; 404 when the viewer may not see it. `before`: the one it follows, where they may see that."""
    episode = people.get_episode(viewer, episode_id)
    sent = Referral.objects.filter(episode=episode).select_related("keyed_by").first()
    earlier = [one for one in people.episodes_of(viewer, episode.person_id) if one.pk != episode.pk]
    before = next((one for one in earlier if one.pk == episode.follows_id), None)
    return ReferralRecord(
        episode=episode,
        referral=sent,
        answers=from_text(sent.answers) if sent else {},
        screenings=screenings(episode),
        duplicates=_questions(viewer, episode),
        earlier=earlier,
        merges=people.merges_into(viewer, episode.person_id),
        decline=Decline.objects.filter(episode=episode).select_related("decided_by").first(),
        before=before,
        screened_before=next(iter(screenings(before)), None) if before else None,
    )


def sees(viewer: Viewer, episode_id: UUID) -> bool:
    """Whether the viewer may open this referral: someone who keyed it in may work in another area."""
    return Episode.scoped.visible_to(viewer).filter(pk=episode_id).exists()


def screenings(episode: Episode) -> list[Screening]:
    """Every screening, the last first, with its answers in the order of the specification."""
    done = Screening.objects.filter(episode=episode).select_related("decided_by", "override_by")
    return list(done.prefetch_related("answers").order_by("-decided_at", "-id"))


def latest_screening(viewer: Viewer, episode_id: UUID) -> Screening | None:
    found = screenings(people.get_episode(viewer, episode_id))
    return found[0] if found else None


def question(viewer: Viewer, episode_id: UUID, question_id: UUID) -> tuple[Episode, DuplicateQuestion | None]:
    """One question about a referral and another record, None if it is decided; 404 where there is none to see."""
    episode = people.get_episode(viewer, episode_id)
    found = next((one for one in _questions(viewer, episode) if one.question.pk == question_id), None)
    if found is None and not _was_decided(viewer, episode, question_id):
        raise Http404
    return episode, found


def _was_decided(viewer: Viewer, episode: Episode, question_id: UUID) -> bool:
    asked = PossibleDuplicate.objects.filter(episode=episode, pk=question_id).exclude(decided_at=None).first()
    if asked is None:
        return False
    kept = Person.kept_records([asked.other_id])[asked.other_id]
    return bool(people.visible_people(viewer, [kept]))


Asked = list[tuple[PossibleDuplicate, Person]]


def open_questions(viewer: Viewer, referrals: Mapping[UUID, UUID]) -> dict[UUID, Asked]:
    """The undecided questions of some referrals (episode to person), each with the record it is about now.

    A record that the viewer may not see does not exist for them: nothing says that another area knows someone. A
    record joined to another stands under that one; what a join has settled is no question any more.
    """
    asked = list(PossibleDuplicate.objects.filter(episode__in=list(referrals), decided_at=None).order_by("id"))
    if not asked:
        return {}
    kept = Person.kept_records(one.other_id for one in asked)
    seen = people.visible_people(viewer, kept.values())
    found: dict[UUID, dict[UUID, tuple[PossibleDuplicate, Person]]] = {}
    for one in asked:
        other = seen.get(kept[one.other_id])
        if other is not None and other.pk != referrals[one.episode_id]:
            found.setdefault(one.episode_id, {}).setdefault(other.pk, (one, other))
    return {episode: list(by_record.values()) for episode, by_record in found.items()}


def kept_apart(person_id: UUID) -> set[UUID]:
    """The records that someone who may see both has found to be other people than this one; ids only."""
    own = Person.records_of(person_id)
    decided = PossibleDuplicate.objects.filter(decision="different_people")
    here = set(decided.filter(episode__person__in=own).values_list("other_id", flat=True))
    there = set(decided.filter(other__in=own).values_list("episode__person_id", flat=True))
    return set(Person.kept_records(here | there).values())


def _questions(viewer: Viewer, episode: Episode) -> list[DuplicateQuestion]:
    asked = open_questions(viewer, {episode.pk: episode.person_id}).get(episode.pk, [])
    return [DuplicateQuestion(one, other, people.episodes_of(viewer, other.pk)) for one, other in asked]


def lots(viewer: Viewer) -> list[tuple[str, str]]:
    """The viewer's own lots, by name."""
    return list(Lot.objects.filter(code__in=viewer.lots).order_by("name").values_list("code", "name"))


def trial_meeting(episode: Episode) -> Any:
    """The first meeting of the trial where one has begun; the trial's app puts it beside the episode."""
    return getattr(episode, "trial_meeting", None)
