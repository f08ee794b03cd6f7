"""A referral opens a person and an episode at once."""

from __future__ import annotations

import secrets
from dataclasses import asdict, dataclass, fields
from datetime import date, datetime

from django.db import IntegrityError, transaction

from placewell_web.accounts.models import GpPractice, Lot
from placewell_web.audit.actions import record
from placewell_web.audit.actors import Actor
from placewell_web.clients.models import Episode, Person
from placewell_web.clients.names import search_name

TRIES = 20


@dataclass(frozen=True)
class NewPerson:
    """What a referral says of a person; texts are cleaned: phone in E.164, NHS number in ten digits."""

    first_name: str
    surname: str
    preferred_name: str = ""
    birth_date: date | None = None
    nhs_number: str = ""
    phone: str = ""
    email: str = ""
    postcode: str = ""
    language: str = ""
    needs_interpreter: bool | None = None
    communication_needs: str = ""
    contact_preference: str = ""
    contact_time: str = ""
    safe_to_leave_message: bool | None = None


@dataclass(frozen=True)
class NewEpisode:
    """How a person was referred: codes of the specification, and who referred."""

    service_id: str
    referred_on: date
    lot: Lot | None = None
    gp_practice: GpPractice | None = None
    source: str = ""
    route: str = ""
    prompted_by: str = ""
    referrer_name: str = ""
    referrer_role: str = ""
    referrer_organisation: str = ""
    referrer_contact: str = ""
    time_since_last_worked: str = ""
    employment_at_entry: str = ""
    has_long_term_condition: bool | None = None


@transaction.atomic
def open_episode(*, by: Actor, at: datetime, person: NewPerson, episode: NewEpisode) -> Episode:
    """Keep a new person and their episode; whether they are known already is asked afterwards, by people."""
    kept = _with_a_number(person, at)
    opened = Episode(person=kept, created_at=at, **{part.name: getattr(episode, part.name) for part in fields(episode)})
    opened.save(force_insert=True)
    record(
        by=by,
        at=at,
        verb="open_episode",
        target_kind="episode",
        target_id=opened.pk,
        person_id=kept.pk,
        lot=opened.lot_id or "",
        detail={"source": opened.source, "route": opened.route},
    )
    return opened


def _with_a_number(person: NewPerson, at: datetime) -> Person:
    """A person under a short number that says nothing about the order in which people came."""
    given = asdict(person)
    for _ in range(TRIES):
        made = Person(
            number=f"TW-{100_000 + secrets.randbelow(900_000)}",
            search_name=search_name(person.first_name, person.surname),
            created_at=at,
            **given,
        )
        try:
            with transaction.atomic():
                made.save(force_insert=True)
        except IntegrityError:
            continue
        return made
    raise RuntimeError(f"No free number for a person was found in {TRIES} tries.")
