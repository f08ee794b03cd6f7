"""How a person stands in the trial: drawn already, possibly known under another record, or free to be drawn."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils import timezone

from placewell_web.accounts import service
from placewell_web.accounts.viewer import Viewer
from placewell_web.clients import actions as clients
from placewell_web.clients import queries as people
from placewell_web.clients.actions.duplicates import identity_of
from placewell_web.clients.models import Allocation, Episode, Person
from placewell_web.intake import queries as referrals
from placewell_web.trial.models import LedgerEntry, Meeting, Participant
from placewell_web.trial.numbers import identity_tokens

RANDOMISED, REVIEW, CLEAR = "randomised", "review", "clear"


@dataclass(frozen=True)
class Standing:
    """`randomised`: the group is settled, in whatever area; `review`: two records may be one person; or `clear`.

    Of another area's record nothing is said but the group and the day, which hold for the person everywhere, or that
    there is a question. `elsewhere`: someone who works in both areas must settle it. Source: trust.md T12.
    """

    state: str
    number: str = ""
    arm: str = ""
    on: date | None = None
    elsewhere: bool = False

    @property
    def enters_service(self) -> bool:
        """Whether the group is the one that has support."""
        trial = service.current().trial
        return trial is not None and self.arm == trial.entering().id


@dataclass(frozen=True)
class Known:
    """Who is surely this person: records of any lot, and the participants among them, the earliest first."""

    records: frozenset[UUID]
    participants: tuple[Participant, ...]
    doubtful: frozenset[UUID] = frozenset()


def standing(viewer: Viewer, episode: Episode) -> Standing:
    """How the person of an episode stands before the draw; 404 where the viewer may not see the episode."""
    seen = people.get_episode(viewer, episode.pk)
    known = known_as(seen.person)
    held = arm_held(known)
    if held is not None:
        return held
    if referrals.open_questions(viewer, {seen.pk: seen.person_id}):
        return Standing(REVIEW)
    return Standing(REVIEW, elsewhere=True) if _unsettled(seen.person, known) else Standing(CLEAR)


def known_as(person: Person) -> Known:
    """Everyone who is surely this person: by the records as they stand, and by the tokens kept at the first meeting."""
    same = clients.surely_same(person)
    own = list(Person.scoped.filter(pk__in=Person.records_of(person.pk)))
    tokens = {token for one in own for token in identity_tokens(one.pk, identity_of(one))}
    by_token = Participant.scoped.filter(identity_token__in=tokens).select_related("person")
    numbers = {one.nhs_number for one in own if one.nhs_number}
    doubtful = {
        one.person_id
        for one in by_token
        if one.person_id not in same and numbers and one.person.nhs_number not in {"", *numbers}
    }
    sure = same | {one.person_id for one in by_token} - doubtful
    found = Participant.scoped.filter(person__in=sure).order_by("created_at", "pk")
    return Known(frozenset(sure), tuple(found), frozenset(doubtful))


def arm_held(known: Known) -> Standing | None:
    """The earliest group this person was given: by the ledger, or by a record taken over from before it."""
    numbers = [one.number for one in known.participants]
    drawn = LedgerEntry.objects.filter(kind="allocation", person__in=numbers).order_by("seq").first()
    if drawn is not None:
        return Standing(RANDOMISED, drawn.person, drawn.arm, timezone.localdate(drawn.at))
    kept = Allocation.first_of(known.records)
    return Standing(RANDOMISED, "", kept.arm, kept.allocated_on) if kept is not None else None


def _unsettled(person: Person, known: Known) -> bool:
    """Whether a participant of any lot may be this person, and nobody has said that they are two."""
    alike = {one.person_id for one in clients.matches_of(person)} - known.records
    in_trial = set(_in_trial(alike | known.doubtful))
    return bool(in_trial - referrals.kept_apart(person.pk))


def _in_trial(records: Iterable[UUID]) -> Iterable[UUID]:
    """Those of the records that have a trial number, or had one before they were joined to another; as kept now."""
    wider = {pk: Person.records_of(pk) for pk in records}
    numbered = set(
        Participant.scoped.filter(person__in={one for pks in wider.values() for one in pks}).values_list(
            "person_id", flat=True
        )
    )
    return (pk for pk, pks in wider.items() if pks & numbered)


def of_episode(viewer: Viewer, episode_id: UUID) -> Participant | None:
    """The participant of an episode the viewer may see: of its meeting, else of the person's records."""
    seen = people.get_episode(viewer, episode_id)
    meeting = Meeting.scoped.visible_to(viewer).filter(episode=seen).select_related("participant").first()
    if meeting is not None:
        return meeting.participant
    return next(iter(known_as(seen.person).participants), None)
