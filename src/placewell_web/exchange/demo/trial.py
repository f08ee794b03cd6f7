"""The demo's trial: participants, their meetings, the ledger and what followed each draw."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db.models import F

from placewell.dataset import Dataset
from placewell.specification import Specification
from placewell.specification.trial import TrialFile
from placewell_web.accounts.models import Posting, Role, Training
from placewell_web.audit.actors import Actor
from placewell_web.clients.actions.duplicates import identity_of
from placewell_web.clients.models import Person
from placewell_web.exchange.demo.aftercare import Facts, load_handouts, load_reports, load_withdrawals
from placewell_web.exchange.demo.baseline_items import items_kept
from placewell_web.exchange.demo.meetings import Held
from placewell_web.exchange.demo.places import Places, site_id
from placewell_web.exchange.demo.screenings import screening_of
from placewell_web.trial.actions import receipts
from placewell_web.trial.actions.allocation import eligibility_hash
from placewell_web.trial.actions.consent import ConsentFacts, signed_form
from placewell_web.trial.allocator.demo_history import DemoHistory, row_of
from placewell_web.trial.models import (
    Anchor,
    LedgerEntry,
    LedgerHead,
    Meeting,
    Notice,
    Participant,
    SignedConsent,
    StatementAnswer,
)
from placewell_web.trial.numbers import identity_tokens, trial_number

BATCH = 500
TOLD_AFTER = timedelta(hours=2)
ANCHORED_EVERY = 60
TRIES = 20


def load_trial(
    spec: Specification, dataset: Dataset, places: Places, at: datetime, meetings: Sequence[Held]
) -> dict[str, Participant]:
    """Everything of the trial up to the demo's moment; the participants by the data set's person. Source: 002 §11."""
    if spec.trial is None:
        return {}
    participants = _participants(spec.trial, meetings, at)
    rows = _meetings(spec.trial, places, meetings, participants, items_kept(spec, dataset, meetings))
    signed = _consents(spec, dataset, places, meetings, rows)
    _ledger(spec, dataset, places, at, [one for one in meetings if one.drawn_at], rows, signed)
    return participants


def load_training(dataset: Dataset, places: Places, at: datetime) -> None:
    """The courses of everybody whom the records name."""
    Training.objects.bulk_create(
        (
            Training(
                user=places.staff[row["specialist_id"]],
                course=row["course"],
                completed_on=row["completed_on"],
                expires_on=row["expires_on"],
                recorded_at=at,
            )
            for row in dataset["training"].unique(["specialist_id", "course", "completed_on"]).rows(named=True)
            if row["specialist_id"] in places.staff
        ),
        batch_size=BATCH,
    )


def enrolled(trial: TrialFile, people: Iterable[tuple[Person, datetime]]) -> list[Participant]:
    """Participants with the numbers that a first meeting gives, not saved yet."""
    taken: set[str] = set(Participant.unscoped.values_list("number", flat=True))
    found = []
    for person, at in people:
        tried = (trial_number(trial.number_prefix, person.pk, counter) for counter in range(TRIES))
        number = next(number for number in tried if number not in taken)
        taken.add(number)
        token = identity_tokens(person.pk, identity_of(person))[0]
        found.append(
            Participant(
                id=site_id("participants", str(person.pk)),
                person=person,
                number=number,
                identity_token=token,
                created_at=at,
            )
        )
    return found


def _participants(trial: TrialFile, meetings: Sequence[Held], at: datetime) -> dict[str, Participant]:
    first: dict[str, datetime] = {}
    for one in meetings:
        first.setdefault(one.person_id, one.moments["started_at"])
    people = Person.unscoped.in_bulk([site_id("people", id) for id in first])
    made = enrolled(trial, ((people[site_id("people", id)], moment) for id, moment in first.items()))
    Participant.unscoped.bulk_create(made, batch_size=BATCH)
    return dict(zip(first, made, strict=True))


def _meetings(
    trial: TrialFile,
    places: Places,
    meetings: Sequence[Held],
    participants: dict[str, Participant],
    items: dict[str, str],
) -> dict[str, Meeting]:
    answered = {one.episode_id: one.answered_at for one in meetings if one.drawn_at}
    made = {
        one.episode_id: Meeting(
            id=site_id("meetings", one.episode_id),
            episode_id=site_id("episodes", one.episode_id),
            participant=participants[one.person_id],
            started_by=places.staff[one.by],
            screening_id=screening_of(one.episode_id, answered),
            information_version=trial.consent_form.information_version,
            baseline_items=items.get(one.episode_id, ""),
            randomised_at=one.drawn_at,
            ended_at=one.ended_at,
            ending="randomised" if one.drawn_at else "did_not_consent",
            **one.moments,
        )
        for one in meetings
    }
    Meeting.unscoped.bulk_create(made.values(), batch_size=BATCH)
    return made


def _consents(
    spec: Specification, dataset: Dataset, places: Places, meetings: Sequence[Held], rows: dict[str, Meeting]
) -> dict[str, SignedConsent]:
    """The form of everyone drawn, signed on the screen; what is a choice as they chose."""
    assert spec.trial is not None
    form = spec.trial.consent_form
    given: dict[str, set[str]] = {}
    for episode_id, kind in dataset["consents"].select("episode_id", "kind").rows():
        given.setdefault(episode_id, set()).add(kind)
    names = {row["person_id"]: f"{row['first_name']} {row['surname']}" for row in dataset["people"].rows(named=True)}
    signed, answers = {}, []
    for one in (one for one in meetings if one.drawn_at):
        agreed = {each.id: each.consent in given.get(one.episode_id, set()) for each in form.statements}
        user = places.staff[one.by]
        facts = ConsentFacts(agreed=agreed, signed_on="screen", signed_name=names[one.person_id])
        by, id = Actor.user(user.pk, user.name), site_id("signed consents", one.episode_id)
        made = signed_form(by, one.moments["consented_at"], rows[one.episode_id], form, facts, id, "")
        signed[one.episode_id] = made
        answers += [StatementAnswer(consent=made, statement=name, agreed=said) for name, said in agreed.items()]
    SignedConsent.unscoped.bulk_create(signed.values(), batch_size=BATCH)
    StatementAnswer.objects.bulk_create(answers, batch_size=BATCH)
    return signed


def _ledger(
    spec: Specification,
    dataset: Dataset,
    places: Places,
    at: datetime,
    drawn: Sequence[Held],
    rows: dict[str, Meeting],
    signed: dict[str, SignedConsent],
) -> None:
    """Draw everyone in the order of time, with what followed between; the file first, then the database."""
    history = DemoHistory(Path(settings.TRIAL_FOLDER), spec)
    facts = Facts(spec, dataset, places, at, drawn, {id: row.participant for id, row in rows.items()})
    events: list[tuple[datetime, Any]] = []
    for one in drawn:
        assert one.drawn_at is not None
        asked = {
            "number": rows[one.episode_id].participant.number,
            "lot": one.lot,
            "actor": str(places.staff[one.by].pk),
            "eligibility": eligibility_hash(rows[one.episode_id]),
            "consent": signed[one.episode_id].hash,
        }
        events.append((one.drawn_at, _draw(history, one.drawn_at, asked)))
    events += load_withdrawals(facts, history)
    events += load_reports(facts, history)
    for _, event in sorted(events, key=lambda each: each[0]):
        event()
    load_handouts(facts)
    _rows(history)


def _draw(history: DemoHistory, at: datetime, asked: dict[str, str]) -> Any:
    return lambda: history.draw(at=at, **asked)


def _rows(history: DemoHistory) -> None:
    """The database's copy of the ledger, the receipts, sent, and the evaluator's anchors."""
    entries = history.write()
    made = [LedgerEntry(**row_of(entry)) for entry in entries]
    LedgerEntry.objects.bulk_create(made, batch_size=BATCH)
    LedgerHead.objects.update_or_create(pk=1, defaults={"seq": made[-1].seq, "hash": made[-1].hash})
    for entry, row in zip(entries, made, strict=True):
        receipts.prepare(entry, at=row.at)
    Notice.objects.update(sent_at=F("created_at") + TOLD_AFTER)
    evaluator = Posting.objects.filter(role=Role.EVALUATOR).select_related("user").first()
    Anchor.objects.bulk_create(
        Anchor(seq=row.seq, hash=row.hash, recorded_at=row.at + TOLD_AFTER, recorded_by=evaluator and evaluator.user)
        for row in made[ANCHORED_EVERY::ANCHORED_EVERY]
    )
