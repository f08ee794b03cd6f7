"""Fills the demo's database up to the size of journeys.md: ten specialists in each lot, every caseload full.

Most people are long closed.
"""

from __future__ import annotations

import random
import string
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from itertools import count, cycle, groupby
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from placewell_web.accounts.models import Posting
    from placewell_web.clients.models import Episode

SPECIALISTS = 10  # in each lot
FULL_CASELOAD = 30
BATCH = 2_000
FIRST = ("Amrit", "Bryony", "Callum", "Dev", "Ebele", "Freya", "Gurdeep", "Hannah", "Imran", "Jade", "Kofi", "Leanne")
ENDINGS = ("ton", "ley", "son", "wick", "ford", "well", "by", "ham", "worth", "field", "more", "dale")


def fill(people: int, contacts: int, jobs: int, at: datetime, seed: int = 1) -> None:
    """Add made-up people until the database holds that many, with that many contacts and jobs in all."""
    from django.db import transaction

    dice = random.Random(seed)
    with transaction.atomic():
        _specialists(at.date(), dice)
        episodes = _people(people, at, dice)
        _documents(episodes, at)
        _jobs(episodes, jobs, at, dice)
        _contacts(episodes, contacts, at, dice)


def _specialists(today: date, dice: random.Random) -> None:
    """Colleagues of those who are in post, in the same teams."""
    from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX

    from placewell_web.accounts.models import Posting, Role, User

    in_post = Posting.objects.filter(role=Role.SPECIALIST, to_on=None).exclude(lot=None).order_by("lot_id")
    for lot, posts in groupby(in_post, key=lambda post: post.lot_id):
        held = list(posts)
        for number in range(len(held), SPECIALISTS):
            name = f"{dice.choice(FIRST)} {_surname(dice)}"
            user = User.objects.create(
                email=f"{lot}.{number}@load.example", name=name, password=UNUSABLE_PASSWORD_PREFIX
            )
            first = held[0]
            Posting.objects.create(
                user=user,
                role=first.role,
                organisation_id=first.organisation_id,
                lot_id=lot,
                team_id=first.team_id,
                from_on=today - timedelta(days=dice.randrange(100, 500)),
            )


def _people(wanted: int, at: datetime, dice: random.Random) -> list[Episode]:
    from placewell_web.clients.models import Episode, Person
    from placewell_web.clients.names import search_name

    made, episodes = [], []
    stints = _stints(at.date(), dice)
    for number in range(wanted - Person.unscoped.count()):
        first, last = dice.choice(FIRST), _surname(dice)
        person = Person(
            number=f"LD-{number:06}",
            first_name=first,
            surname=last,
            search_name=search_name(first, last),
            birth_date=date(1958, 1, 1) + timedelta(days=dice.randrange(16_000)),
            phone=f"+4477009{number:05}",
            postcode=f"DY{number % 9} {number % 7}{dice.choice('ABDEFGHJLN')}{dice.choice('PQRSTUWXYZ')}",
            nhs_number=f"{9990000000 + number}",
            created_at=at,
        )
        post, referred, closed = next(stints)
        made.append(person)
        episodes.append(
            Episode(
                person=person,
                service_id="thrive_into_work",
                lot_id=post.lot_id,
                team_id=post.team_id,
                specialist_id=post.user_id,
                referred_on=referred,
                accepted_on=referred + timedelta(days=2),
                closed_on=closed,
                closure_reason="moved_away" if closed else "",
                source="gp",
                created_at=at,
            )
        )
    Person.unscoped.bulk_create(made, batch_size=BATCH)
    return Episode.unscoped.bulk_create(episodes, batch_size=BATCH)


def _stints(today: date, dice: random.Random) -> Iterator[tuple[Posting, date, date | None]]:
    """A specialist with a day of referral: open cases until every caseload is full, closed ones for ever after."""
    from placewell_web.accounts.models import Posting, Role
    from placewell_web.clients.models import Episode

    posts = list(Posting.objects.filter(role=Role.SPECIALIST, to_on=None).order_by("user__name"))
    for post in posts:
        held = Episode.unscoped.filter(specialist_id=post.user_id, closed_on=None, accepted_on__isnull=False).count()
        for _ in range(max(0, FULL_CASELOAD - held)):
            yield post, today - timedelta(days=dice.randrange(20, 74)), None
    for post in cycle(posts):
        referred = today - timedelta(days=dice.randrange(300, 600))
        yield post, referred, referred + timedelta(days=dice.randrange(100, 290))


def _surname(dice: random.Random) -> str:
    letters = dice.choice(string.ascii_uppercase) + dice.choice("aeiou") + dice.choice("bdlmnrst")
    return letters + dice.choice("aeiou") + dice.choice("lnrst") + dice.choice(ENDINGS)


def _documents(episodes: list[Episode], at: datetime) -> None:
    from placewell_web.casework.models import Plan, Profile

    def both(episode: Episode, **days: Any) -> dict[str, Any]:
        return {"episode": episode, "version": 1, "written_by_id": episode.specialist_id, "created_at": at, **days}

    begun = [(one, one.referred_on + timedelta(days=9)) for one in episodes]
    Profile.unscoped.bulk_create(
        (Profile(**both(one, started_on=day, completed_on=day, preferences="Shop work")) for one, day in begun),
        batch_size=BATCH,
    )
    Plan.unscoped.bulk_create(
        (Plan(**both(one, kind="vocational_action", goal="Work in a shop", agreed_on=day)) for one, day in begun),
        batch_size=BATCH,
    )


def _jobs(episodes: list[Episode], wanted: int, at: datetime, dice: random.Random) -> None:
    from placewell_web.casework.models import Job

    missing = wanted - Job.unscoped.count()
    starts = ((one, one.referred_on + timedelta(days=dice.randrange(12, 19))) for one in cycle(episodes))
    Job.unscoped.bulk_create(
        (
            Job(
                episode=one,
                title="Stock assistant",
                started_on=day,
                first_day_worked_on=day,
                ended_on=one.closed_on,
                contract_hours=20,
                competitive=True,
                hourly_wage="8.65",
                created_at=at,
            )
            for (one, day), _ in zip(starts, range(max(0, missing)), strict=False)
        ),
        batch_size=BATCH,
    )


def _contacts(episodes: list[Episode], wanted: int, at: datetime, dice: random.Random) -> None:
    from placewell_web.casework.models import Contact

    missing = wanted - Contact.unscoped.count()
    rounds = count()
    rows = (
        Contact(
            episode=one,
            specialist_id=one.specialist_id,
            on=one.referred_on + timedelta(days=dice.randrange(3, _days(one, at.date()))),
            kind=dice.choice(("appointment", "call", "text")),
            with_whom="client",
            attendance=dice.choice(("attended", "attended", "attended", "did_not_attend", "one_way")),
            minutes=45,
            place="community",
            note="What was said, in a sentence or two, as it is in most notes that are written between two visits.",
            created_at=at,
        )
        for _ in rounds
        for one in episodes
    )
    chunk: list[Contact] = []
    for _, row in zip(range(max(0, missing)), rows, strict=False):
        chunk.append(row)
        if len(chunk) == BATCH:
            Contact.unscoped.bulk_create(chunk)
            chunk = []
    Contact.unscoped.bulk_create(chunk)


def _days(episode: Episode, today: date) -> int:
    """How many days of support there were, four at least."""
    return max(4, ((episode.closed_on or today) - episode.referred_on).days)
