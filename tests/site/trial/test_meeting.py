"""The meeting step by step: its order is the data's, its answers are kept, and the press decides once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone
from tests.site.conftest import World
from tests.site.trial.ready import train
from tests.site.trial.walking import DAY, ELIGIBLE, LONDON, STEPS, address, fields_of, kelly, press, send, text_of, walk

from placewell_web.accounts.models import Training, User
from placewell_web.audit.models import Entry
from placewell_web.clients.models import Allocation, Consent, Episode
from placewell_web.intake.models import Screening
from placewell_web.trial.models import LedgerEntry, Meeting, SignedConsent
from placewell_web.trial.steps import MOMENTS

pytestmark = pytest.mark.django_db
Clients = Callable[[User | None], Client]
PAGES = ("script", "eligibility", "information", "consent", "person_items", "wellbeing", "review")


def allocations() -> int:
    return LedgerEntry.objects.filter(kind="allocation").count()


def test_a_whole_meeting_ends_in_an_arm(specialist: Client, kel: Episode, open_trial: object) -> None:
    walk(specialist, kel)
    review = text_of(specialist.get(address(kel, "review")))
    for words in ("17 of 17 answered; 2 were", "Complete, 36 of 36", "You are trained to do this", "The draw is ready"):
        assert words in review
    response = press(specialist, kel)
    assert (response.status_code, response["Location"]) == (303, address(kel, "result"))
    arm = Allocation.unscoped.get(episode=kel).arm
    said = text_of(specialist.get(address(kel, "result")))
    assert {"ips": "IPS employment support", "control": "Advice booklet and local services"}[arm] in said
    meeting = Meeting.unscoped.get()
    assert (meeting.ending, meeting.randomised_at) == ("randomised", timezone.localtime(DAY))
    assert meeting.participant.number in said and "Pressed by Employment specialist Dudley" in said
    for hidden in ("stratum", "slot", "block", "#1"):
        assert hidden not in said.lower()


@pytest.mark.parametrize("done", range(len(STEPS) - 1))
def test_a_later_page_leads_back_to_the_first_open_step(specialist: Client, kel: Episode, done: int) -> None:
    walk(specialist, kel, STEPS[done])
    open_page = STEPS[done + 1]
    after = PAGES[PAGES.index(open_page) + 1 :] if open_page in PAGES else ("review",)
    for page in after:
        if page in ("wellbeing", "health") and open_page == "person_items":
            continue  # parts of one step, in any order
        for response in (specialist.get(address(kel, page)), send(specialist, kel, page)):
            assert response.status_code == 303
            wanted = "baseline" if open_page in ("person_items", "wellbeing", "health") else open_page
            assert response["Location"] == address(kel, wanted)
        assert "comes first" in text_of(specialist.get(address(kel, open_page)))


def test_the_database_refuses_a_step_before_the_one_before_it(specialist: Client, kel: Episode) -> None:
    meeting = walk(specialist, kel, "meeting")
    moments = list(MOMENTS.values())
    for later in moments[1:]:
        with pytest.raises(IntegrityError), transaction.atomic():
            Meeting.unscoped.filter(pk=meeting.pk).update(**{later: DAY})


def test_nothing_begins_without_the_meeting(specialist: Client, kel: Episode) -> None:
    for page in (*PAGES, "stop"):
        assert specialist.get(address(kel, page))["Location"] == address(kel, "meeting")
    assert specialist.get(address(kel, "result"))["Location"] == address(kel, "meeting")


def test_beginning_twice_is_one_meeting(specialist: Client, kel: Episode) -> None:
    for _ in range(2):
        assert send(specialist, kel, "meeting").status_code == 303
    assert Meeting.unscoped.count() == 1
    assert Meeting.unscoped.get().place == "Feldon Lane Surgery"


# --- Eligibility: filled in from what is known, kept, and answered anew with the earlier answers kept. ---


def test_what_is_known_is_filled_in(specialist: Client, kel: Episode) -> None:
    walk(specialist, kel, "script")
    assert fields_of(specialist.get(address(kel, "eligibility"))) == {"gp_registered_in_area": "yes"}
    send(specialist, kel, "eligibility")
    assert fields_of(specialist.get(address(kel, "eligibility"))) == ELIGIBLE


@pytest.mark.parametrize(
    ("fact", "said", "sentence"),
    [
        ("in_work", "yes", "In work (also when off sick)"),
        ("weeks_out_of_work", "3", "out of work for less than 4 weeks"),
        ("gp_registered_in_area", "no", "Not registered with a GP practice"),
        ("has_job_offer", "yes", "Has a job offer already"),
        ("wants_paid_work", "no", "Does not want to find paid work"),
        ("on_state_programme", "yes", "On a state-funded employment programme now"),
        ("excluded_condition", "dementia", "The trial protocol excludes this condition"),
        ("condition_stops_work", "no", "Is not out of work with a health condition"),
    ],
)
def test_who_is_not_eligible_goes_no_further(
    specialist: Client, kel: Episode, fact: str, said: str, sentence: str
) -> None:
    walk(specialist, kel, "script")
    response = send(specialist, kel, "eligibility", **{fact: said})
    assert response["Location"] == address(kel, "eligibility")
    page = text_of(specialist.get(response["Location"]))
    assert "Kel cannot take part" in page and sentence in page
    assert specialist.get(address(kel, "consent"))["Location"] == address(kel, "eligibility")
    assert Meeting.unscoped.get().eligible_at is None


def test_what_is_not_known_is_asked(specialist: Client, kel: Episode) -> None:
    walk(specialist, kel, "script")
    send(specialist, kel, "eligibility", has_job_offer="not_known")
    page = text_of(specialist.get(address(kel, "eligibility")))
    assert "Something is still to be asked" in page and "whether they have a job offer" in page


def test_an_answer_changed_later_keeps_the_earlier_and_closes_the_way(specialist: Client, kel: Episode) -> None:
    walk(specialist, kel)
    send(specialist, kel, "eligibility", in_work="yes")
    assert [one.overall for one in Screening.objects.order_by("decided_at", "pk")].count("eligible") == 1
    assert Screening.objects.count() == 2
    assert specialist.get(address(kel, "review"))["Location"] == address(kel, "eligibility")
    send(specialist, kel, "eligibility")
    assert specialist.get(address(kel, "review")).status_code == 200
    assert Screening.objects.count() == 3


def test_set_aside_by_a_second_person_it_goes_on(
    specialist: Client,
    kel: Episode,
    world: World,
    client_for: Clients,
    open_trial: object,
    meeting_day: time_machine.Traveller,
) -> None:
    walk(specialist, kel, "script")
    send(specialist, kel, "eligibility", has_job_offer="yes")
    meeting_day.shift(60)  # of two screenings of one moment neither is the last
    leader = client_for(world.user("team_leader"))
    leader.post(f"/referrals/{kel.pk}/override/", {"reason": "The offer was withdrawn this morning."})
    assert "The offer was withdrawn this morning." in text_of(specialist.get(address(kel, "eligibility")))
    assert specialist.post(address(kel, "eligibility"), {"set_aside": "1"})["Location"] == address(kel, "information")
    for step in STEPS[3:]:
        send(specialist, kel, step)
    assert "Set aside by Team leader Dudley" in text_of(specialist.get(address(kel, "review")))
    assert press(specialist, kel).status_code == 303 and allocations() == 1


def test_nobody_sets_it_aside_for_themselves(specialist: Client, kel: Episode) -> None:
    walk(specialist, kel, "script")
    send(specialist, kel, "eligibility", has_job_offer="yes")
    assert specialist.post(address(kel, "eligibility"), {"set_aside": "1"}).status_code == 403
    assert Meeting.unscoped.get().eligible_at is None


# --- The press: a password, once, by who may. ---


@pytest.mark.parametrize("password", ["", "wrong", "a long password for tests "])
def test_a_wrong_password_decides_nothing(specialist: Client, kel: Episode, open_trial: object, password: str) -> None:
    walk(specialist, kel)
    response = press(specialist, kel, password)
    assert response.status_code == 200
    assert 'id="id_password-error"' in response.content.decode()
    assert allocations() == 0 and Entry.objects.filter(verb="refuse_randomisation").count() == 1


def test_guessing_the_password_is_slowed_down(specialist: Client, kel: Episode, open_trial: object) -> None:
    walk(specialist, kel)
    for _ in range(12):
        last = press(specialist, kel, "wrong")
    assert "tried too often" in text_of(last)
    assert "tried too often" in text_of(press(specialist, kel))
    assert allocations() == 0


def test_pressed_twice_it_is_the_same_arm(
    specialist: Client, kel: Episode, open_trial: object, world: World, client_for: Clients
) -> None:
    walk(specialist, kel)
    second = client_for(world.user("specialist"))
    assert second.get(address(kel, "review")).status_code == 200
    first = [press(specialist, kel), press(second, kel), press(specialist, kel, "wrong")]
    assert {(one.status_code, one["Location"]) for one in first} == {(303, address(kel, "result"))}
    assert allocations() == Allocation.unscoped.count() == 1
    assert text_of(specialist.get(address(kel, "result"))) == text_of(second.get(address(kel, "result")))


def test_the_result_only_reads(specialist: Client, kel: Episode, open_trial: object) -> None:
    walk(specialist, kel)
    press(specialist, kel)
    before = list(LedgerEntry.objects.values_list("hash", flat=True))
    for _ in range(3):
        assert specialist.get(address(kel, "result")).status_code == 200
    assert list(LedgerEntry.objects.values_list("hash", flat=True)) == before
    for page in (*PAGES, "stop", "meeting"):
        for response in (specialist.get(address(kel, page)), send(specialist, kel, page)):
            assert (response.status_code, response["Location"]) == (303, address(kel, "result"))


def test_without_the_briefing_there_is_no_button(
    world: World, client_for: Clients, meeting_day: object, open_trial: object
) -> None:
    episode, client = kelly(world), client_for(world.user("specialist"))
    walk(client, episode)
    page = client.get(address(episode, "review"))
    assert "Trial briefing not recorded: ask your team leader" in text_of(page)
    assert 'type="password"' not in page.content.decode()
    refused = press(client, episode)
    assert "briefing not recorded" in text_of(refused) and allocations() == 0
    train(world, expires_on=DAY.date())
    assert "not recorded" in text_of(client.get(address(episode, "review")))
    Training.objects.all().delete()
    train(world)
    assert press(client, episode).status_code == 303


def test_a_leader_prepares_but_does_not_press(
    world: World, kel: Episode, client_for: Clients, open_trial: object
) -> None:
    leader = client_for(world.user("team_leader"))
    walk(leader, kel)
    assert "Only an employment specialist randomises" in text_of(leader.get(address(kel, "review")))
    assert press(leader, kel).status_code == 200 and allocations() == 0


def test_a_likeness_must_be_settled_first(specialist: Client, kel: Episode, world: World, open_trial: object) -> None:
    from placewell_web.intake.models import PossibleDuplicate

    walk(specialist, kel)
    other = kelly(world)
    PossibleDuplicate.objects.create(episode=kel, other=other.person, matched_on="name, birth_date, phone")
    assert "a team leader compares the two records" in text_of(specialist.get(address(kel, "review")))
    assert press(specialist, kel).status_code == 200 and allocations() == 0


@pytest.mark.parametrize("kind", ["trial", "share_data"])
def test_a_consent_taken_back_stops_the_press(specialist: Client, kel: Episode, open_trial: object, kind: str) -> None:
    walk(specialist, kel)
    Consent.unscoped.filter(episode=kel, kind=kind).update(withdrawn_on=DAY.date())
    assert "Consent is not signed, or was taken back" in text_of(specialist.get(address(kel, "review")))
    assert press(specialist, kel).status_code == 200 and allocations() == 0


# --- The end of the trial. ---


@pytest.mark.parametrize(
    ("at", "open_"),
    [
        (datetime(2019, 3, 31, 23, 59, tzinfo=LONDON), True),
        (datetime(2019, 3, 31, 23, 59, 1, tzinfo=LONDON), False),
        (datetime(2019, 4, 1, 9, 0, tzinfo=LONDON), False),
    ],
)
def test_nobody_is_randomised_after_the_last_minute(
    world: World,
    client_for: Clients,
    meeting_day: time_machine.Traveller,
    open_trial: object,
    at: datetime,
    open_: bool,
) -> None:
    meeting_day.move_to(datetime(2019, 3, 31, 22, 50, tzinfo=LONDON))
    train(world)
    episode, client = kelly(world), client_for(world.user("specialist"))
    walk(client, episode)
    meeting_day.move_to(at)
    client = client_for(world.user("specialist"))
    response = press(client, episode)
    assert (response.status_code == 303, allocations()) == (open_, int(open_))
    if not open_:
        assert "The trial ended on 31 March 2019 at 23:59" in text_of(response)
        for page in ("meeting", *PAGES, "result"):
            assert "helped in the ordinary way" in text_of(client.get(address(episode, page)))


def test_a_result_stays_readable_after_the_trial(
    specialist: Client,
    kel: Episode,
    world: World,
    meeting_day: time_machine.Traveller,
    open_trial: object,
    client_for: Clients,
) -> None:
    walk(specialist, kel)
    press(specialist, kel)
    meeting_day.move_to(datetime(2019, 6, 14, 12, 0, tzinfo=LONDON))
    specialist = client_for(world.user("specialist"))
    said = text_of(specialist.get(address(kel, "result")))
    assert "decided 14 November 2018 at 10:02" in said
    assert specialist.get(address(kel, "review"))["Location"] == address(kel, "result")


# --- Who may. ---


@pytest.mark.parametrize(
    ("role", "lot", "status"),
    [("specialist", "dudley", 200), ("team_leader", "dudley", 200), ("manager", "dudley", 200),
     ("specialist", "wolverhampton", 404), ("team_leader", "wolverhampton", 404), ("manager", "wolverhampton", 404),
     ("administrator", "dudley", 403), ("evaluator", "dudley", 403), ("commissioner", "dudley", 403)],
)  # fmt: skip
def test_who_may_open_it(world: World, kel: Episode, client_for: Clients, role: str, lot: str, status: int) -> None:
    assert client_for(world.user(role, lot)).get(address(kel, "meeting")).status_code == status


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"accepted_on": None}, "has not been accepted yet"),
        ({"closed_on": DAY.date()}, "This episode has ended"),
        ({"specialist": None}, "Only the specialist named for this person"),
    ],
)
def test_who_is_met(
    world: World, specialist: Client, meeting_day: object, fields: dict[str, object], sentence: str
) -> None:
    episode = kelly(world, **fields)
    for response in (specialist.get(address(episode, "meeting")), send(specialist, episode, "meeting")):
        assert response.status_code == 403 and sentence in text_of(response)
    assert Meeting.unscoped.count() == SignedConsent.unscoped.count() == 0
