"""The demo's trial: its ledger verifies and says what the records say; on a day of the trial people wait for it."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import transaction
from tests.site.conftest import NOW
from tests.site.exchange.bundles import bundle_now

from placewell.randomisation.verification import verify
from placewell.randomisation.witness import Witness
from placewell_web.accounts import queries as staff
from placewell_web.accounts.errors import Refused
from placewell_web.accounts.models import Role, Training
from placewell_web.accounts.service import current
from placewell_web.audit.actors import Actor
from placewell_web.audit.clock import LONDON
from placewell_web.casework.models import OnwardReferral
from placewell_web.clients.models import Allocation, Consent, Episode
from placewell_web.exchange.demo import load as demo
from placewell_web.intake.models import Screening
from placewell_web.trial.actions import ledger
from placewell_web.trial.actions.allocation import eligibility_hash
from placewell_web.trial.actions.records_checked import departures_of_records
from placewell_web.trial.allocator import demo_history
from placewell_web.trial.allocator.demo import PUBLIC_SHARES
from placewell_web.trial.models import (
    ErrorReport,
    Handout,
    LedgerEntry,
    LedgerHead,
    Meeting,
    MeetingDraft,
    Notice,
    SignedConsent,
    Withdrawal,
)  # fmt: skip

TRIAL_DAY = datetime(2018, 11, 14, 12, 4, tzinfo=LONDON)
BY = Actor.system("test")


@pytest.fixture(scope="module", params=[TRIAL_DAY, NOW], ids=["during the trial", "after it"])
def loaded(request: Any, django_db_setup: None, django_db_blocker: Any) -> Iterator[datetime]:
    """150 made-up people, once for each of the two days."""
    with django_db_blocker.unblock(), pytest.MonkeyPatch.context() as patch, transaction.atomic():
        patch.setattr(demo, "PEOPLE", 150)
        demo.load(current(), request.param)
        yield request.param
        transaction.set_rollback(True)


@pytest.fixture
def at(loaded: datetime, db: None) -> datetime:
    """The day of the loaded demo, in a test's own transaction."""
    return loaded


def test_the_ledger_verifies_arm_by_arm_with_the_public_shares(at: datetime) -> None:
    report = verify(bundle_now(), shares=PUBLIC_SHARES)
    assert (report.faults, report.replayed) == ((), True)
    assert LedgerEntry.objects.filter(kind="allocation").count() > 50


def test_witness_and_database_hold_the_same(at: datetime) -> None:
    written = Witness(Path(settings.TRIAL_FOLDER) / "witness.jsonl").read()
    assert [entry.hash for entry in written] == list(LedgerEntry.objects.order_by("seq").values_list("hash", flat=True))
    head = LedgerHead.objects.get()
    assert (head.seq, head.hash) == (written[-1].seq, written[-1].hash)
    assert ledger.synchronise(by=BY, at=at) == 0


def test_the_ledger_says_what_the_records_say(at: datetime) -> None:
    drawn = {row.person: row for row in LedgerEntry.objects.filter(kind="allocation")}
    held = Allocation.unscoped.select_related("episode__trial_meeting__participant")
    assert held.count() == len(drawn)
    for row in held:
        entry = drawn[row.episode.trial_meeting.participant.number]
        assert (entry.arm, entry.stratum) == (row.arm, row.episode.lot_id)
        assert entry.at.astimezone(LONDON).date() == row.allocated_on
        assert entry.at == row.episode.trial_meeting.randomised_at
    assert departures_of_records() == ()


def test_each_entry_names_what_was_answered_and_signed(at: datetime) -> None:
    signed = {one.meeting_id: one.hash for one in SignedConsent.unscoped.all()}
    bodies = {row.person: json.loads(row.body) for row in LedgerEntry.objects.filter(kind="allocation")}
    meetings = Meeting.unscoped.filter(ending="randomised").select_related("participant", "episode")
    for meeting in meetings:
        body = bodies[meeting.participant.number]
        assert body["consent"] == signed[meeting.pk]
        assert body["eligibility"] == eligibility_hash(meeting)
        assert body["actor"] == str(meeting.started_by_id)


def test_a_day_s_arms_stand_in_the_order_of_time_in_each_area(at: datetime) -> None:
    rows = list(LedgerEntry.objects.filter(kind="allocation").order_by("seq").values_list("stratum", "n", "at"))
    assert [row[2] for row in rows] == sorted(row[2] for row in rows)
    for lot in {row[0] for row in rows}:
        assert [n for stratum, n, _ in rows if stratum == lot] == list(range(sum(row[0] == lot for row in rows)))


def test_nothing_of_the_trial_is_dated_after_the_demos_moment(at: datetime) -> None:
    for model, names in {
        LedgerEntry: ["at"],
        Meeting: ["started_at", "consented_at", "baseline_at", "randomised_at", "ended_at"],
        SignedConsent: ["signed_at"],
        Handout: ["recorded_at"],
        Withdrawal: ["recorded_at"],
        ErrorReport: ["reported_at", "decided_at"],
        Notice: ["created_at"],
        MeetingDraft: ["saved_at"],
        Screening: ["decided_at"],
    }.items():
        for name in names:
            assert not model._base_manager.filter(**{f"{name}__gt": at}).exists(), (model, name)


def test_everyone_drawn_had_agreed_and_was_met_by_someone_trained(at: datetime) -> None:
    trial = current().trial
    needed = {statement.id for statement in trial.consent_form.statements if statement.needed}
    for signed in SignedConsent.unscoped.prefetch_related("statements").select_related("meeting__episode"):
        said = {one.statement: one.agreed for one in signed.statements.all()}
        assert needed <= {name for name, agreed in said.items() if agreed}
        kinds = set(Consent.unscoped.filter(episode=signed.meeting.episode).values_list("kind", flat=True))
        assert {"trial", "share_data"} <= kinds
        assert ("linkage" in kinds) is said["linkage"]
        briefed = Training.objects.filter(user=signed.taken_by, course="trial_briefing")
        assert briefed.filter(completed_on__lte=signed.signed_at.date()).exists()


def test_who_said_no_has_a_meeting_that_ended_without_a_draw(at: datetime) -> None:
    refused = Meeting.unscoped.filter(ending="did_not_consent")
    assert refused.exists()
    assert not refused.filter(consented_at__isnull=False).exists()
    numbers = set(refused.values_list("participant__number", flat=True))
    assert (
        not LedgerEntry.objects.filter(person__in=numbers)
        .exclude(person__in=Meeting.unscoped.filter(ending="randomised").values("participant__number"))
        .exists()
    )


def test_what_followed_is_on_the_ledger_and_told(at: datetime) -> None:
    agreed = ErrorReport.unscoped.filter(decision="agreed")
    assert Counter(agreed.values_list("kind", flat=True)) == {
        "randomised_in_error": 1, "wrong_stratum": 1, "baseline_corrected": 1
    }  # fmt: skip
    assert ErrorReport.unscoped.filter(decision="").count() == 1
    for report in agreed.select_related("participant"):
        assert report.decided_by_id != report.reported_by_id
        assert LedgerEntry.objects.get(seq=report.ledger_seq).person == report.participant.number
    for row in Withdrawal.unscoped.select_related("participant"):
        entry = LedgerEntry.objects.get(seq=row.ledger_seq)
        assert (entry.kind, json.loads(entry.body)["scope"]) == ("withdraw", row.scope)
    assert Withdrawal.unscoped.exists()
    kinds = Counter(Notice.objects.values_list("kind", flat=True))
    assert kinds["receipt"] == LedgerEntry.objects.filter(kind="allocation").count()
    assert kinds["withdrawal"] == Withdrawal.unscoped.count()
    assert not Notice.objects.filter(sent_at__isnull=True).exists()


def test_nearly_everyone_of_the_comparison_group_has_the_booklet_and_a_service(at: datetime) -> None:
    control = set(Allocation.unscoped.filter(arm="control").values_list("episode_id", flat=True))
    given: dict[str, set[Any]] = {"booklet": set(), "local_service": set()}
    for kind, episode in Handout.unscoped.exclude(kind="letter").filter(given=True).values_list("kind", "episode_id"):
        given[kind].add(episode)
    assert given["booklet"] | given["local_service"] <= control
    both = given["booklet"] & given["local_service"]
    assert 0.85 * len(control) < len(both) < len(control)
    not_wanted = set(Handout.unscoped.filter(kind="booklet", given=False).values_list("episode_id", flat=True))
    assert not_wanted
    assert not not_wanted & given["booklet"]


def test_the_services_told_of_are_of_the_directory_and_as_the_records_say(at: datetime) -> None:
    trial = current().trial
    named = {one.kind: one.id for one in trial.local_services}
    told = set(Handout.unscoped.filter(kind="local_service").values_list("episode_id", "code"))
    assert {code for _, code in told} <= set(named.values())
    control = Allocation.unscoped.filter(arm="control").values("episode_id")
    recorded = OnwardReferral.unscoped.filter(episode__in=control, to__in=named).values_list("episode_id", "to")
    assert recorded
    assert {(episode, named[to]) for episode, to in recorded} <= told


def test_one_left_the_support_alone_and_the_episode_was_closed_with_it(at: datetime) -> None:
    left = Withdrawal.unscoped.get(scope="intervention")
    episode = Episode.unscoped.get(person=left.participant.person, allocation__arm="ips")
    assert (episode.closed_on, episode.closure_reason) == (left.on, "other")
    assert not Consent.unscoped.filter(episode=episode, withdrawn_on__isnull=False).exists()
    assert json.loads(LedgerEntry.objects.get(seq=left.ledger_seq).body)["scope"] == "intervention"
    told = Notice.objects.get(kind="withdrawal", participant_number=left.participant.number)
    assert json.loads(told.body)["scopes"] == ["intervention"]


def test_some_screenings_were_set_aside_by_a_second_person(at: datetime) -> None:
    aside = Screening.objects.exclude(override_reason="")
    assert aside.count() == 3
    for one in aside:
        assert one.override_by_id not in (None, one.decided_by_id)
        assert one.overall == "not_known"


def test_the_statistician_who_sees_arms_signs_in(at: datetime) -> None:
    people = {person.role: person for person in staff.demo_people(at.date())}
    assert set(people) == {role.label for role in Role}
    assert people["Unblinded trial statistician"].name == "Tomas Berg"


def test_a_demo_whose_witness_was_lost_is_refused_in_words(at: datetime) -> None:
    witness = Path(settings.TRIAL_FOLDER) / "witness.jsonl"
    kept = witness.read_bytes()
    witness.unlink()
    demo_history.forget()
    try:
        with pytest.raises(Refused, match="not ready"):
            ledger.synchronise(by=BY, at=at)
    finally:
        demo_history.DemoHistory(Path(settings.TRIAL_FOLDER), current())
        witness.write_bytes(kept)
        demo_history.forget()


def test_an_episode_of_the_demo_has_one_meeting_at_most(at: datetime) -> None:
    assert Episode.unscoped.filter(trial_meeting__isnull=False).count() == Meeting.unscoped.count()
