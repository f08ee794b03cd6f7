"""What may blur the comparison, told to the evaluator once each: support for the other group, one household in both."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from placewell_web.accounts import service
from placewell_web.audit import actions as audit
from placewell_web.audit.actors import Actor
from placewell_web.clients.models import Episode, Person
from placewell_web.trial.actions.notices import notify
from placewell_web.trial.models import LedgerEntry, Notice, Participant

SUPPORTED, HOUSEHOLD = "support_for_the_comparison_group", "one_household_in_both_groups"


@dataclass(frozen=True)
class Blur:
    """One thing that may blur the comparison: whose trial number it stands under, what, and the other number."""

    number: str
    issue: str
    other: str = ""


@dataclass(frozen=True)
class Held:
    """A participant with a group: who they are now, and since when."""

    number: str
    person: Person
    arm: str
    on: date


@transaction.atomic
def tell_contamination(*, by: Actor, at: datetime) -> int:
    """Put every such thing that the evaluator has not been told of into the outbox; how many there were.

    Casework records no support for the comparison group and no referral of theirs is accepted, so the first can come
    about only where records are joined or an NHS number is learnt afterwards. Source: trial.md §8; 002 §11.8.
    """
    told = {(one.participant_number, one.body) for one in Notice.objects.filter(kind="issue")}
    new = 0
    for blur in contaminations():
        body = {"issue": blur.issue} | ({"other": blur.other} if blur.other else {})
        if (blur.number, json.dumps(body, sort_keys=True, separators=(",", ":"))) in told:
            continue
        made = notify(at=at, kind="issue", number=blur.number, body=body)
        audit.record(
            by=by,
            at=at,
            verb="tell_contamination",
            target_kind="notice",
            target_id=made.pk,
            detail={"issue": blur.issue},
        )
        new += 1
    return new


def contaminations() -> list[Blur]:
    """Everything that is there to be told, in the order of trial numbers."""
    held = list(_held())
    found = {*_supported(held), *_households(held)}
    return sorted(found, key=lambda one: (one.number, one.issue, one.other))


def _held() -> Iterator[Held]:
    drawn = LedgerEntry.objects.filter(kind="allocation").values_list("person", "arm", "at")
    groups = {number: (arm, timezone.localdate(at)) for number, arm, at in drawn}
    people = Participant.unscoped.filter(number__in=groups).select_related("person")
    kept = Person.kept_records(one.person_id for one in people)
    now = Person.unscoped.in_bulk(set(kept.values()))
    for one in people:
        yield Held(one.number, now[kept[one.person_id]], *groups[one.number])


def _supported(held: list[Held]) -> Iterator[Blur]:
    """Of the comparison group, who has another episode accepted in the trial and not over when they were drawn."""
    trial = service.current().trial
    outside = {arm.id for arm in trial.arms if not arm.enters_service} if trial else set()
    compared = [one for one in held if one.arm in outside]
    numbers = {one.person.nhs_number for one in compared if one.person.nhs_number}
    accepted = Episode.unscoped.filter(accepted_on__isnull=False, allocation__isnull=True)
    theirs = accepted.filter(person__in=[one.person.pk for one in compared]) | accepted.filter(
        person__nhs_number__in=numbers
    )
    served: dict[UUID | str, list[Episode]] = defaultdict(list)
    for episode in theirs.select_related("person").distinct():
        served[episode.person_id].append(episode)
        if episode.person.nhs_number:
            served[episode.person.nhs_number].append(episode)
    for one in compared:
        episodes = [*served.get(one.person.pk, ()), *served.get(one.person.nhs_number, ())]
        if trial and any(_in_the_trial(each, one.on, trial.closes_at.date()) for each in episodes):
            yield Blur(one.number, SUPPORTED)


def _in_the_trial(episode: Episode, drawn: date, closes: date) -> bool:
    still_open = episode.closed_on is None or episode.closed_on > drawn
    return episode.accepted_on is not None and episode.accepted_on <= closes and still_open


def _households(held: list[Held]) -> Iterator[Blur]:
    """People of one surname at one postcode in different groups: they talk about what helped."""
    homes: dict[tuple[str, str], list[Held]] = defaultdict(list)
    for one in held:
        postcode = "".join(one.person.postcode.split()).upper()
        if postcode and one.person.surname:
            homes[postcode, one.person.surname.casefold()].append(one)
    for together in homes.values():
        for one in together:
            for other in together:
                if one.number < other.number and one.arm != other.arm and one.person.pk != other.person.pk:
                    yield Blur(one.number, HOUSEHOLD, other.number)
