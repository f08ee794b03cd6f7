"""Meetings at which everything before the draw is done: made one by one, or many at once."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from tests.site.conftest import World

from placewell_web.accounts import service
from placewell_web.accounts.models import Training
from placewell_web.audit.actors import Actor
from placewell_web.clients.models import Consent, Episode, Person
from placewell_web.intake.models import CriterionAnswer, Screening
from placewell_web.trial.models import Meeting, Participant, SignedConsent, StatementAnswer

LONDON = ZoneInfo("Europe/London")
DRAWN_AT = datetime(2018, 11, 14, 11, 5, tzinfo=LONDON)
HASH = "cd" * 32


def actor_of(world: World, lot: str = "dudley") -> Actor:
    return world.actor("specialist", lot)


def train(world: World, lot: str = "dudley", **more: object) -> Training:
    """The specialist of the lot has taken the briefing."""
    usual = {"completed_on": date(2018, 9, 1), "expires_on": date(2019, 9, 1), "recorded_at": DRAWN_AT}
    course = service.current().trial.trained_in[0]
    return Training.objects.create(user=world.user("specialist", lot), course=course, **{**usual, **more})


def number(at: int) -> str:
    """A trial number for a test."""
    return f"TIW {at // 1000:03}-{at % 1000:03}"


def ready_meetings(world: World, count: int, lot: str = "dudley", start: int = 0) -> list[Meeting]:
    """As many people, each at the last step before the draw."""
    minutes = [DRAWN_AT - timedelta(minutes=each) for each in (20, 18, 15, 12, 9, 4)]
    user = world.user("specialist", lot)
    people = [
        Person(number=f"TW-{lot[:2]}{start + at}", first_name="Ada", surname=f"Ready{start + at}",
               search_name=f"ada ready{start + at}", created_at=minutes[0])
        for at in range(count)
    ]  # fmt: skip
    episodes = [
        Episode(person=each, service_id="thrive_into_work", lot_id=lot, team=world.teams[lot], specialist=user,
                referred_on=date(2018, 11, 1), created_at=minutes[0])
        for each in people
    ]  # fmt: skip
    participants = [
        Participant(person=each, number=number(start + at), identity_token=f"{start + at:064x}", created_at=minutes[0])
        for at, each in enumerate(people)
    ]
    screenings = [
        Screening(episode=each, decided_on=DRAWN_AT.date(), decided_at=minutes[2], decided_by=user,
                  specification_version="t", specification_hash="ab" * 32, overall="eligible")
        for each in episodes
    ]  # fmt: skip
    meetings = [
        Meeting(episode=episode, participant=participant, screening=screening, started_by=user,
                started_at=minutes[0], script_at=minutes[1], eligible_at=minutes[2], informed_at=minutes[3],
                consented_at=minutes[4], baseline_at=minutes[5], information_version="1.0")
        for episode, participant, screening in zip(episodes, participants, screenings, strict=True)
    ]  # fmt: skip
    signed = [
        SignedConsent(meeting=each, form_version="1.0", taken_by=user, signed_at=minutes[4], signed_on="paper",
                      signed_name="Ada Ready", hash=HASH)
        for each in meetings
    ]  # fmt: skip
    statements = service.current().trial.consent_form.statements
    kinds = sorted({each.consent for each in statements if each.needed})
    for model, rows in (
        (Person, people),
        (Episode, episodes),
        (Participant, participants),
        (Screening, screenings),
        (Meeting, meetings),
        (SignedConsent, signed),
    ):
        getattr(model, "unscoped", getattr(model, "objects", None)).bulk_create(rows)
    CriterionAnswer.objects.bulk_create(
        CriterionAnswer(screening=each, criterion="out_of_work", answer="met", reason="r", clause="002 §10")
        for each in screenings
    )
    StatementAnswer.objects.bulk_create(
        StatementAnswer(consent=each, statement=one.id, agreed=True) for each in signed for one in statements
    )
    Consent.unscoped.bulk_create(
        Consent(episode=each, kind=kind, given_on=DRAWN_AT.date()) for each in episodes for kind in kinds
    )
    return meetings


def ready_meeting(world: World, lot: str = "dudley", start: int = 0) -> Meeting:
    """One person at the last step before the draw; the specialist of the lot is trained."""
    return ready_meetings(world, 1, lot, start)[0]
