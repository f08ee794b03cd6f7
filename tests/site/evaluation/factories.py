"""A small trial in the database: people referred, met, randomised and followed up, with a chain that holds together."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from itertools import count
from typing import Any

from tests.site.casework.factories import make_contact, make_episode
from tests.site.conftest import World

from placewell.questionnaires import instrument
from placewell.randomisation.ceremony import commitment, genesis
from placewell.randomisation.configuration import EMERGENCY, Configuration
from placewell.randomisation.entries import VERSION, Entry, seal
from placewell.randomisation.hashing import canon
from placewell_web.clients.models import Allocation, Consent, Episode, Person, Response
from placewell_web.clients.names import search_name
from placewell_web.intake.models import CriterionAnswer, Screening
from placewell_web.nhsuk.words import LONDON
from placewell_web.trial.models import ErrorReport, Handout, LedgerEntry, LedgerHead, Meeting, Notice, Participant
from placewell_web.trial.models import Withdrawal as WithdrawalRow

ARMS = ("ips", "control")
LOTS = ("dudley", "wolverhampton")
OPENED = datetime(2017, 9, 1, 9, tzinfo=LONDON)
ACTOR = "5f0e4a52-0000-4000-8000-000000000001"
CONFIGURATION = Configuration(
    trial="thrive_into_work",
    arms=ARMS,
    ratio=(1, 1),
    method="big_stick",
    strata=(*LOTS, EMERGENCY),
    planned=(2650, 2650, 40),
    opens_on="2017-10-01",
    closes_at="2019-03-31T23:59",
    verifier="0" * 64,
    imbalance=5,
)


def moment(day: date, hour: int = 10) -> datetime:
    return datetime.combine(day, time(hour), LONDON)


@dataclass
class Trial:
    """Builds the records one by one; the ledger is sealed entry by entry, as the allocator does."""

    world: World
    entries: list[Entry] = field(default_factory=list)
    numbers: Any = field(default_factory=count)
    places: dict[str, int] = field(default_factory=dict)
    latest: int = 0

    def open(self) -> Trial:
        commits = {role: commitment(role, CONFIGURATION.trial, role.encode() * 32) for role in "EP"}
        self._store(genesis(CONFIGURATION, commits, {}, utc_of(OPENED)))
        return self

    def person(self, first_name: str = "", surname: str = "", **fields: Any) -> Person:
        number = next(self.numbers)
        names = first_name or f"Given{number}", surname or f"Family{number}"
        given = {
            "number": f"TW-{20000 + number}",
            "birth_date": date(1984, 3, 3),
            "gender": ("1", "2")[number // 2 % 2],
            "nhs_number": f"9{number:09d}",
            "created_at": OPENED,
        } | fields
        return Person.unscoped.create(first_name=names[0], surname=names[1], search_name=search_name(*names), **given)

    def referred(self, on: date, lot: str = "dudley", person: Person | None = None, **fields: Any) -> Episode:
        """A referral of which no more is known."""
        given = {"referred_on": on, "accepted_on": None, "primary_condition": "anxiety_or_depression"} | fields
        return make_episode(self.world, lot, person or self.person(), **given)

    def met(self, episode: Episode, on: date, *, number: str = "", **fields: Any) -> Meeting:
        """A first meeting, and with it the trial number."""
        place = Participant.unscoped.count()
        participant, _ = Participant.unscoped.get_or_create(
            person=episode.person,
            defaults={
                "number": number or f"TIW {place:03d}-K{place % 100:02d}",
                "identity_token": f"{place:064x}",
                "created_at": moment(on),
            },
        )
        given = {"started_at": moment(on), "started_by": self.world.user("specialist", episode.lot_id)} | fields
        return Meeting.unscoped.create(episode=episode, participant=participant, **given)

    def excluded(self, episode: Episode, on: date, criterion: str, *, override: str = "") -> None:
        """A criterion that is not met; with `override`, set aside for this reason in words."""
        screening = Screening.objects.create(
            episode=episode,
            decided_on=on,
            decided_at=moment(on),
            decided_by=self.world.user("specialist", episode.lot_id),
            specification_version="1",
            specification_hash="0" * 64,
            overall="not_eligible",
            override_reason=override,
        )
        CriterionAnswer.objects.create(
            screening=screening, criterion=criterion, answer="not_met", reason="not met", clause="002 §10.1"
        )

    def randomised(
        self, on: date, arm: str, lot: str = "dudley", *, baseline: bool = True, listed: bool = False, **fields: Any
    ) -> Participant:
        """Referred, met, consented, baseline answered and randomised, all on one day but the referral.

        `listed`: told from the sealed list.
        """
        episode = self.referred(on - timedelta(days=9), lot, **fields)
        at = moment(on)
        meeting = self.met(
            episode,
            on,
            script_at=at,
            eligible_at=at,
            informed_at=at,
            consented_at=at,
            baseline_at=at,
            randomised_at=at,
            ended_at=at,
            ending="randomised",
        )
        for kind in ("trial", "share_data", "linkage"):
            Consent.unscoped.create(episode=episode, kind=kind, form_version="1.0", given_on=on)
        for which in ("swemwbs", "rand36") if baseline else ():
            self.answered(episode, which, "baseline", on)
        self._allocate(meeting.participant, episode, arm, EMERGENCY if listed else lot, at)
        return meeting.participant

    def answered(self, episode: Episode, which: str, occasion: str, on: date) -> None:
        """Every item of a questionnaire, by the first of the allowed answers."""
        form = uuid.uuid4()
        Response.unscoped.bulk_create(
            Response(
                episode=episode,
                form_id=form,
                instrument=which,
                occasion=occasion,
                completed_on=on,
                item=item,
                answer=answers.allowed[0],
                created_at=moment(on),
            )
            for answers in instrument(which).answers
            for item in answers.items
        )

    def handed(self, participant: Participant, on: date) -> None:
        for kind in ("booklet", "local_service"):
            Handout.unscoped.create(
                episode=episode_of(participant), kind=kind, on=on, given=True, recorded_at=moment(on)
            )

    def began(self, participant: Participant, on: date) -> None:
        make_contact(episode_of(participant), on)

    def withdrew(self, participant: Participant, scope: str, on: date, *, told: datetime | None = None) -> None:
        """From this scope, told to the evaluator at a moment (None: not yet)."""
        at = moment(on)
        seq = self._about("withdraw", participant, at, reason="withdrawn", scope=scope)
        WithdrawalRow.unscoped.create(
            participant=participant,
            scope=scope,
            on=on,
            recorded_at=at,
            recorded_by=self.world.user("specialist"),
            ledger_seq=seq,
        )
        self.notice("withdrawal", participant, at, told, f'{{"scopes":["{scope}"]}}')

    def notice(
        self, kind: str, participant: Participant, at: datetime, told: datetime | None, body: str = "{}"
    ) -> Notice:
        return Notice.objects.create(
            kind=kind,
            participant_number=participant.number,
            body=body,
            due_at=at + timedelta(hours=24),
            created_at=at,
            sent_at=told,
        )

    def voided(self, participant: Participant, reason: str, on: date, words: str = "") -> None:
        """Randomised in error, and a second person agreed."""
        seq = self._about("void", participant, moment(on), reason=reason, second="another")
        ErrorReport.unscoped.create(
            participant=participant,
            kind="randomised_in_error",
            reason=reason,
            words=words,
            reported_at=moment(on),
            reported_by=self.world.user("specialist"),
            decided_at=moment(on, 11),
            decided_by=self.world.user("team_leader"),
            decision="agreed",
            ledger_seq=seq,
        )

    def _allocate(self, participant: Participant, episode: Episode, arm: str, lot: str, at: datetime) -> None:
        place = self.places.get(lot, 0)
        self.places[lot] = place + 1
        body = {"stratum": lot, "n": place, "arm": arm, "eligibility": "a" * 64, "consent": "b" * 64}
        body["config_hash"] = CONFIGURATION.hash
        self._append("allocation", participant, at, body)
        Allocation.unscoped.create(episode=episode, arm=arm, allocated_on=at.date())

    def _about(self, kind: str, participant: Participant, at: datetime, **body: Any) -> int:
        return self._append(kind, participant, at, body)

    def _append(self, kind: str, participant: Participant, at: datetime, body: dict[str, Any]) -> int:
        last = self.entries[-1]
        self.latest = max(self.latest, utc_of(at))  # entries follow one another in time, whatever is made first
        whole = body | {
            "v": VERSION,
            "trial": CONFIGURATION.trial,
            "seq": last.seq + 1,
            "prev": last.hash,
            "kind": kind,
            "utc": self.latest,
            "person": participant.number.replace(" ", "-"),
            "actor": ACTOR,
        }
        self._store(seal(whole), participant.number)
        return last.seq + 1

    def _store(self, entry: Entry, person: str = "") -> None:
        self.entries.append(entry)
        LedgerEntry.objects.create(
            seq=entry.seq,
            kind=entry.kind,
            at=datetime.fromtimestamp(entry.utc / 1000, LONDON),
            person=person,
            stratum=entry.stratum,
            n=entry.n if entry.kind == "allocation" else None,
            arm=entry.arm,
            body=canon(dict(entry.body)).decode(),
            previous_hash=entry.prev,
            hash=entry.hash,
        )
        LedgerHead.objects.update_or_create(pk=1, defaults={"seq": entry.seq, "hash": entry.hash})


def utc_of(at: datetime) -> int:
    return int(at.timestamp() * 1000)


def episode_of(participant: Participant) -> Episode:
    return participant.meetings.get(randomised_at__isnull=False).episode


def small_trial(world: World) -> Trial:
    """Twelve randomised in two areas, three excluded, two never met; two withdrew, one was randomised in error."""
    trial = Trial(world).open()
    day = date(2018, 5, 1)
    people = []
    for number in range(12):
        arm = ARMS[number % 2]
        person = trial.randomised(day + timedelta(days=20 * number), arm, LOTS[number % 3 == 0])
        on = day + timedelta(days=20 * number + 7)
        if arm == "ips" and number != 4:
            trial.began(person, on)
        elif arm == "control" and number != 5:
            trial.handed(person, on)
        people.append(person)
    for number in (0, 1, 2):
        drawn = day + timedelta(days=20 * number)
        trial.answered(episode_of(people[number]), "swemwbs", "review", drawn + timedelta(days=184))
    told = moment(date(2019, 2, 2))
    trial.withdrew(people[6], "contact", date(2019, 2, 1), told=told)
    trial.withdrew(people[8], "intervention", date(2019, 2, 2), told=moment(date(2019, 2, 5)))
    trial.voided(people[10], "not_eligible", date(2019, 2, 3), words="Wrote that Mrs Secretword had a job")
    for number, criterion in enumerate(("adult", "adult", "out_of_work_four_weeks")):
        episode = trial.referred(date(2018, 7, 1 + number))
        trial.met(episode, date(2018, 7, 10), ended_at=moment(date(2018, 7, 10)), ending="not_eligible")
        trial.excluded(episode, date(2018, 7, 10), criterion)
    trial.referred(date(2018, 8, 1))
    trial.referred(date(2018, 8, 2), "wolverhampton")
    return trial
