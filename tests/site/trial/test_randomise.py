"""One press gives one arm, once for a person; every precondition is read at the press and refuses in words."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from django.http import Http404
from tests.site.conftest import World
from tests.site.trial.ready import DRAWN_AT, HASH, LONDON, actor_of, ready_meeting, ready_meetings, train

from placewell.randomisation.bundle import Bundle
from placewell.randomisation.ceremony import configuration_of
from placewell.randomisation.draw import arm
from placewell.randomisation.entries import check_code
from placewell.randomisation.verification import verify
from placewell_web.accounts import service
from placewell_web.accounts.errors import Refused
from placewell_web.audit.models import Entry as AuditEntry
from placewell_web.clients.models import Allocation, Consent, Episode, Person
from placewell_web.intake.models import PossibleDuplicate, Screening
from placewell_web.trial.actions import ledger
from placewell_web.trial.actions.allocation import randomise
from placewell_web.trial.allocator import configured
from placewell_web.trial.allocator.demo import PUBLIC_SHARES, demo_keys
from placewell_web.trial.models import LedgerEntry, LedgerHead, Meeting, Notice, SignedConsent, StatementAnswer
from placewell_web.trial.queries.ledger import Allocated, allocated

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("open_trial")]


def press(world: World, meeting: Meeting, at: datetime = DRAWN_AT, lot: str = "dudley") -> Allocated:
    viewer = world.viewer("specialist", lot)
    return randomise(by=actor_of(world, lot), at=at, viewer=viewer, meeting_id=meeting.pk)


@pytest.fixture
def meeting(world: World) -> Meeting:
    train(world)
    return ready_meeting(world)


def test_a_press_gives_the_arm_that_the_keys_say(world: World, meeting: Meeting) -> None:
    made = press(world, meeting)
    genesis = configured.draws(service.current()).genesis()
    drawn = arm(demo_keys(genesis), "dudley", 0, {}, configuration_of(genesis))
    row = LedgerEntry.objects.get(kind="allocation")
    assert made == Allocated(drawn, "TIW 000-000", check_code(row.hash), DRAWN_AT, world.user("specialist").name)
    assert (row.seq, row.stratum, row.n, row.arm, row.person) == (1, "dudley", 0, drawn, "TIW 000-000")


def test_everything_that_follows_is_written_with_it(world: World, meeting: Meeting) -> None:
    made = press(world, meeting)
    meeting.refresh_from_db()
    given = Allocation.unscoped.get()
    assert (given.episode_id, given.arm, given.allocated_on) == (meeting.episode_id, made.arm, DRAWN_AT.date())
    assert (meeting.randomised_at, meeting.ended_at, meeting.ending) == (DRAWN_AT, DRAWN_AT, "randomised")
    audited = AuditEntry.objects.get(verb="randomise")
    assert (audited.actor_id, audited.person_id) == (str(world.user("specialist").pk), str(meeting.episode.person_id))
    assert made.arm not in audited.detail
    assert LedgerHead.objects.get().seq == 1


def test_the_entry_holds_hashes_and_the_user_s_id_and_no_name(world: World, meeting: Meeting) -> None:
    press(world, meeting)
    body = json.loads(LedgerEntry.objects.get(kind="allocation").body)
    assert (body["actor"], body["consent"]) == (str(world.user("specialist").pk), HASH)
    assert len(body["eligibility"]) == 64
    assert world.user("specialist").name not in json.dumps(body)


def test_the_receipt_says_number_and_code_and_nothing_of_the_arm(world: World, meeting: Meeting) -> None:
    made = press(world, meeting)
    notice = Notice.objects.get()
    said = json.loads(notice.body)["receipt"]
    assert said == {"trial": "thrive_into_work", "person": "TIW-000-000", "code": made.check_code, "utc": said["utc"]}
    assert (notice.kind, notice.participant_number) == ("receipt", "TIW 000-000")
    assert (notice.due_at - DRAWN_AT, notice.sent_at) == (timedelta(hours=24), None)


def test_a_second_press_gives_the_same_and_writes_nothing(world: World, meeting: Meeting) -> None:
    first = press(world, meeting)
    counts = LedgerEntry.objects.count(), Notice.objects.count(), AuditEntry.objects.count()
    assert press(world, meeting, DRAWN_AT + timedelta(minutes=3)) == first
    assert (LedgerEntry.objects.count(), Notice.objects.count(), AuditEntry.objects.count()) == counts


def test_another_episode_in_another_lot_gets_the_same_arm(world: World, meeting: Meeting) -> None:
    first = press(world, meeting)
    again = ready_meeting(world, "wolverhampton", 5)
    Meeting.unscoped.filter(pk=again.pk).update(participant=meeting.participant)
    assert press(world, again, lot="wolverhampton") == first  # its presser need not even be trained: nothing is drawn
    assert (LedgerEntry.objects.filter(kind="allocation").count(), Allocation.unscoped.count()) == (1, 1)


def test_after_the_trial_has_closed_the_old_answer_still_comes(world: World, meeting: Meeting) -> None:
    first = press(world, meeting)
    assert press(world, meeting, datetime(2019, 5, 2, 9, 0, tzinfo=LONDON)) == first


def test_the_page_reads_what_was_given_and_only_for_whoever_may_see(world: World, meeting: Meeting) -> None:
    assert allocated(world.viewer("specialist"), meeting.episode_id) is None
    made = press(world, meeting)
    assert allocated(world.viewer("specialist"), meeting.episode_id) == made
    assert allocated(world.viewer("specialist", "wolverhampton"), meeting.episode_id) is None


def test_a_meeting_of_another_lot_does_not_exist(world: World, meeting: Meeting) -> None:
    train(world, "wolverhampton")
    with pytest.raises(Http404):
        press(world, meeting, lot="wolverhampton")
    assert LedgerEntry.objects.count() == 0


# --- the same person under another record (trust.md T12) ---

NHS = "9990000018"
ALIKE = {"first_name": "Kelly", "birth_date": date(1984, 3, 2), "postcode": "DY3 2NA"}


def _alike(meeting: Meeting, **facts: object) -> None:
    """Give the person of a meeting these particulars, as someone typed them after it had begun."""
    said = {**ALIKE, "surname": "Marsh", **facts}
    searched = f"{said['first_name']} {said['surname']}".lower()
    Person.unscoped.filter(pk=meeting.episode.person_id).update(**said, search_name=searched)


@pytest.mark.parametrize("lot", ["dudley", "wolverhampton"])
def test_who_was_drawn_under_another_record_has_that_arm_and_is_not_drawn(
    world: World, meeting: Meeting, lot: str
) -> None:
    other = ready_meeting(world, lot, 5)
    first = press(world, meeting)
    _alike(meeting, nhs_number=NHS)
    _alike(other, nhs_number=NHS, surname="Other")
    counts = LedgerEntry.objects.count(), Notice.objects.count(), Allocation.unscoped.count()
    assert press(world, other, lot=lot) == first
    assert (LedgerEntry.objects.count(), Notice.objects.count(), Allocation.unscoped.count()) == counts
    assert allocated(world.viewer("specialist", lot), other.episode_id) == first
    assert AuditEntry.objects.filter(verb="recognise_participant", target_id=str(other.pk)).count() == 1
    assert press(world, other, lot=lot) == first


def test_someone_of_another_area_who_may_be_this_person_stops_the_draw(world: World, meeting: Meeting) -> None:
    other = ready_meeting(world, "wolverhampton", 5)
    _alike(meeting)
    _alike(other, surname="Marhs")
    assert not PossibleDuplicate.objects.exists()  # nobody was asked: the likeness came with a correction
    with pytest.raises(Refused, match="in the trial in another area"):
        press(world, meeting)
    assert LedgerEntry.objects.count() == 0
    PossibleDuplicate.objects.create(
        episode=meeting.episode, other=other.episode.person, matched_on="name_birth_date",
        decision="different_people", decided_at=DRAWN_AT, decided_by=world.user("manager"),
    )  # fmt: skip
    assert press(world, meeting).number == meeting.participant.number


def test_a_group_taken_over_from_before_the_ledger_stops_the_draw(world: World, meeting: Meeting) -> None:
    other = ready_meeting(world, "wolverhampton", 5)
    Meeting.unscoped.filter(pk=other.pk).update(ended_at=DRAWN_AT, ending="stopped")
    Allocation.unscoped.create(episode=other.episode, arm="control", allocated_on=date(2018, 5, 3))
    for each in (meeting, other):
        _alike(each, nhs_number=NHS)
    with pytest.raises(Refused, match="in a group already: Existing services"):
        press(world, meeting)
    assert LedgerEntry.objects.count() == 0


def _set(**fields: object) -> Callable[[World, Meeting], None]:
    return lambda world, meeting: Meeting.unscoped.filter(pk=meeting.pk).update(**fields) and None


def _screened(**fields: object) -> Callable[[World, Meeting], None]:
    return lambda world, meeting: Screening.objects.filter(episode=meeting.episode).update(**fields) and None


def _duplicate(world: World, meeting: Meeting) -> None:
    other = Person.unscoped.create(number="TW-x", first_name="A", surname="B", search_name="a b", created_at=DRAWN_AT)
    PossibleDuplicate.objects.create(episode=meeting.episode, other=other, matched_on="nhs_number")


def _suspected_by_another(world: World, meeting: Meeting) -> None:
    other = ready_meeting(world, "wolverhampton", 7)
    PossibleDuplicate.objects.create(episode=other.episode, other=meeting.episode.person, matched_on="nhs_number")


WRONG: dict[str, tuple[Callable[[World, Meeting], object], str]] = {
    "no script": (_set(script_at=None, eligible_at=None, informed_at=None, consented_at=None, baseline_at=None),
                  "read the script first"),
    "no eligibility": (_set(eligible_at=None, informed_at=None, consented_at=None, baseline_at=None), "eligibility"),
    "no information": (_set(informed_at=None, consented_at=None, baseline_at=None), "give the information first"),
    "no consent step": (_set(consented_at=None, baseline_at=None), "take the consent first"),
    "no baseline": (_set(baseline_at=None), "complete the baseline first"),
    "ended": (_set(ended_at=DRAWN_AT, ending="stopped"), "has ended"),
    "not eligible": (_screened(overall="not_eligible"), "do not show that the person is eligible"),
    "not known": (_screened(overall="not_known"), "do not show that the person is eligible"),
    "set aside by nobody": (_screened(overall="not_eligible", override_reason="why"), "do not show"),
    "set aside by the same": (
        lambda w, m: _screened(overall="not_eligible", override_reason="why", override_by=w.user("specialist"))(w, m),
        "do not show",
    ),
    "never screened": (lambda w, m: (_set(screening=None)(w, m), m.episode.screenings.first().answers.all().delete(),
                                     m.episode.screenings.all().delete()), "Nobody has answered"),
    "not signed": (lambda w, m: (StatementAnswer.objects.all().delete(),
                                 SignedConsent.unscoped.filter(meeting=m).delete()), "has not been signed"),
    "a needed statement refused": (lambda w, m: StatementAnswer.objects.filter(statement="chance").update(agreed=False),
                                   "did not agree to every statement"),
    "a needed statement missing": (lambda w, m: StatementAnswer.objects.filter(statement="chance").delete(),
                                   "did not agree to every statement"),
    "consent withdrawn": (lambda w, m: Consent.unscoped.filter(kind="trial").update(withdrawn_on=date(2018, 11, 14)),
                          "has withdrawn a consent"),
    "data consent withdrawn": (
        lambda w, m: Consent.unscoped.filter(kind="share_data").update(withdrawn_on=date(2018, 11, 14)),
        "has withdrawn a consent",
    ),
    "may be known already": (_duplicate, "may be someone who is known already"),
    "another may be this person": (_suspected_by_another, "may be someone who is known already"),
    "closed": (lambda w, m: Episode.unscoped.filter(pk=m.episode_id).update(closed_on=date(2018, 11, 14)), "has ended"),
    "declined": (lambda w, m: Episode.unscoped.filter(pk=m.episode_id).update(declined_on=date(2018, 11, 14)),
                 "has ended"),
    "no area": (lambda w, m: Episode.unscoped.filter(pk=m.episode_id).update(lot=None), "has no area yet"),
    "never trained": (lambda w, m: w.user("specialist").training.all().delete(), "have not completed the training"),
    "trained in something else": (lambda w, m: w.user("specialist").training.update(course="first_aid"), "training"),
    "training expired today": (lambda w, m: w.user("specialist").training.update(expires_on=DRAWN_AT.date()),
                               "it has expired"),
    "trained tomorrow": (lambda w, m: w.user("specialist").training.update(completed_on=date(2018, 11, 15)),
                         "have not completed the training"),
}  # fmt: skip


@pytest.mark.parametrize("what", WRONG)
def test_refused_in_words_and_nothing_is_drawn(world: World, meeting: Meeting, what: str) -> None:
    spoil, sentence = WRONG[what]
    spoil(world, meeting)
    with pytest.raises(Refused, match=sentence):
        press(world, meeting)
    assert (LedgerEntry.objects.count(), Allocation.unscoped.count(), Notice.objects.count()) == (0, 0, 0)
    genesis_only = configured.draws(service.current()).standing().seq
    assert genesis_only == 0


def test_a_consent_without_a_proper_hash_is_refused_and_no_fault(world: World, meeting: Meeting) -> None:
    SignedConsent.unscoped.filter(meeting=meeting).update(hash="Ada")
    with pytest.raises(Refused, match="consent must be a SHA-256"):
        press(world, meeting)


def test_every_reason_is_said_at_once(world: World, meeting: Meeting) -> None:
    for what in ("no baseline", "never trained", "closed"):
        WRONG[what][0](world, meeting)
    with pytest.raises(Refused) as refused:
        press(world, meeting)
    assert len(refused.value.problems) == 3


STILL_FINE: dict[str, Callable[[World, Meeting], object]] = {
    "an optional statement refused": lambda w, m: StatementAnswer.objects.filter(statement="linkage").update(
        agreed=False
    ),
    "a duplicate decided": lambda w, m: (
        _duplicate(w, m),
        PossibleDuplicate.objects.update(
            decided_at=DRAWN_AT, decided_by=w.user("manager"), decision="different_people"
        ),
    ),
    "training without an end": lambda w, m: w.user("specialist").training.update(expires_on=None),
    "set aside by a second person": lambda w, m: Screening.objects.update(
        overall="not_eligible", override_reason="why", override_by=w.user("team_leader")
    ),
}


@pytest.mark.parametrize("what", STILL_FINE)
def test_not_refused(world: World, meeting: Meeting, what: str) -> None:
    STILL_FINE[what](world, meeting)
    assert press(world, meeting).arm in {"ips", "control"}


@pytest.mark.parametrize("role", ["team_leader", "manager"])
def test_only_a_specialist_presses(world: World, meeting: Meeting, role: str) -> None:
    with pytest.raises(Refused, match="Only an employment specialist"):
        randomise(by=world.actor(role), at=DRAWN_AT, viewer=world.viewer(role), meeting_id=meeting.pk)


WINDOW = {
    "the day before it opens": (datetime(2017, 9, 30, 23, 59, tzinfo=LONDON), "opens on 1 October 2017"),
    "the day it opens": (datetime(2017, 10, 1, 0, 0, tzinfo=LONDON), None),
    "the last minute": (datetime(2019, 3, 31, 23, 59, tzinfo=LONDON), None),
    "one second later": (datetime(2019, 3, 31, 23, 59, 1, tzinfo=LONDON), "closed on 31 March 2019 at 23:59"),
    "midnight": (datetime(2019, 4, 1, 0, 0, tzinfo=LONDON), "closed on 31 March 2019 at 23:59"),
    "the operational phase": (datetime(2019, 6, 14, 9, 0, tzinfo=LONDON), "closed on 31 March 2019"),
}


@pytest.mark.parametrize("when", WINDOW)
def test_the_window(world: World, meeting: Meeting, when: str) -> None:
    moment, sentence = WINDOW[when]
    world.user("specialist").training.update(completed_on=date(2017, 1, 1), expires_on=None)
    earlier = moment - timedelta(hours=1)
    steps = ("script_at", "eligible_at", "informed_at", "consented_at", "baseline_at", "started_at")
    Meeting.unscoped.filter(pk=meeting.pk).update(**dict.fromkeys(steps, earlier))
    if sentence is None:
        assert press(world, meeting, moment).at == moment
    else:
        with pytest.raises(Refused, match=sentence):
            press(world, meeting, moment)


def test_many_make_one_sound_chain_that_replays(world: World) -> None:
    train(world)
    train(world, "wolverhampton")
    for lot, start in (("dudley", 0), ("wolverhampton", 20)):
        for each in ready_meetings(world, 20, lot, start):
            press(world, each, lot=lot)
    entries = [ledger.entry_of(row) for row in LedgerEntry.objects.order_by("seq")]
    assert [each.stratum for each in entries[1:]] == ["dudley"] * 20 + ["wolverhampton"] * 20
    report = verify(Bundle.of(entries), PUBLIC_SHARES)
    assert report.faults == (), report.text()


def test_the_witness_holds_the_same(world: World, meeting: Meeting, open_trial: Path) -> None:
    press(world, meeting)
    lines = [json.loads(line) for line in (open_trial / "witness.jsonl").read_text().splitlines()]
    assert [each["hash"] for each in lines] == list(LedgerEntry.objects.order_by("seq").values_list("hash", flat=True))
