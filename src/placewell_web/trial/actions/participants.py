"""A trial number for everyone who begins the first meeting, once, whatever the record, the lot or the spelling."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from placewell_web.accounts import service
from placewell_web.accounts.errors import Refused
from placewell_web.accounts.viewer import Viewer
from placewell_web.audit import actions as audit
from placewell_web.audit.actors import Actor
from placewell_web.clients import queries as people
from placewell_web.clients.actions.duplicates import identity_of
from placewell_web.clients.models import Person
from placewell_web.trial.models import LedgerEntry, LedgerHead, Participant
from placewell_web.trial.numbers import identity_tokens, trial_number
from placewell_web.trial.queries.participants import known_as

TRIES = 20


@transaction.atomic
def enrol(*, by: Actor, at: datetime, viewer: Viewer, person: Person) -> Participant:
    """The participant that this person is: the one they have been, in any lot and under any record, or a new one.

    One person at a time on the whole site, so that two records of one person met at the same moment get one number.
    What another lot has of an earlier participant is not shown: a number says nothing.
    """
    kept = Person.kept_records([person.pk])[person.pk]
    if kept not in people.visible_people(viewer, [kept]):
        raise Refused("This person belongs to another area.", "Their own team can meet them.")
    LedgerHead.objects.get_or_create(pk=1)
    LedgerHead.objects.select_for_update().get(pk=1)
    held = Person.unscoped.select_for_update().get(pk=kept)
    known = known_as(held).participants
    if known:
        return _drawn_first(known)
    made = _with_a_number(held, at)
    audit.record(
        by=by, at=at, verb="enrol_participant", target_kind="participant", target_id=made.pk, person_id=held.pk
    )
    return made


def _drawn_first(known: tuple[Participant, ...]) -> Participant:
    """Of several numbers of one person the one that was drawn first, else the one given first."""
    numbers = {one.number: one for one in known}
    drawn = LedgerEntry.objects.filter(kind="allocation", person__in=list(numbers)).order_by("seq").first()
    return numbers[drawn.person] if drawn is not None else known[0]


def _with_a_number(person: Person, at: datetime) -> Participant:
    """A new number, by the record's id: one lost in a restore is given again as it was, with the group drawn for it."""
    trial = service.current().trial
    if trial is None:
        raise Refused("This service has no trial, so nobody is given a trial number.")
    token = identity_tokens(person.pk, identity_of(person))[0]
    tried = [trial_number(trial.number_prefix, person.pk, counter) for counter in range(TRIES)]
    taken = set(Participant.unscoped.filter(number__in=tried).values_list("number", flat=True))
    free = next((number for number in tried if number not in taken), None)
    if free is None:
        raise RuntimeError(f"No free trial number was found in {TRIES} tries.")
    return Participant.unscoped.create(person=person, number=free, identity_token=token, created_at=at)
