"""A mistake is told by one person and decided by another; the result stands, and the ledger says what was wrong."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
import time_machine
from django.http import Http404
from django.test import Client
from django.urls import reverse
from tests.site.conftest import World, make_user
from tests.site.trial.people import AFTER, Drawn, one_of_each, page, press

from placewell_web.accounts.errors import Refused
from placewell_web.accounts.models import Role
from placewell_web.clients import actions as clients
from placewell_web.clients.models import Allocation, Person
from placewell_web.trial.actions.mistakes import decide_mistake, report_mistake
from placewell_web.trial.models import ErrorReport, LedgerEntry, Notice
from placewell_web.trial.queries.ledger import allocated
from placewell_web.trial.queries.twice import randomised_twice

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("open_trial")]
SignIn = Callable[..., Client]


@pytest.fixture
def drawn(world: World) -> dict[str, Drawn]:
    return one_of_each(world)


@pytest.fixture(autouse=True)
def _two_days_later() -> object:
    with time_machine.travel(AFTER, tick=False) as traveller:
        yield traveller


def tell(
    world: World, person: Drawn, reason: str = "not_eligible", role: str = Role.SPECIALIST, **more: str
) -> ErrorReport:
    return report_mistake(
        by=world.actor(role), at=AFTER, viewer=world.viewer(role), episode_id=person.episode.pk, reason=reason,
        words="She started a job last week.", **more,
    )  # fmt: skip


def decide(
    world: World, report: ErrorReport, role: str = Role.MANAGER, agree: bool = True, lot: str = "dudley"
) -> ErrorReport:
    return decide_mistake(
        by=world.actor(role, lot), at=AFTER, viewer=world.viewer(role, lot), report_id=report.pk, agree=agree
    )


ENTRIES = [  # the reason, what more is said, the entry it makes
    ("not_eligible", {}, "void"),
    ("consent_not_valid", {}, "void"),
    ("wrong_area", {"stratum": "wolverhampton"}, "stratum_note"),
    ("baseline_answer", {}, "note"),
]


@pytest.mark.parametrize(("reason", "more", "kind"), ENTRIES)
def test_two_people_make_an_entry_and_the_result_stands(
    world: World, drawn: dict[str, Drawn], reason: str, more: dict[str, str], kind: str
) -> None:
    person = drawn["ips"]
    before = allocated(world.viewer(Role.SPECIALIST), person.episode.pk)
    decided = decide(world, tell(world, person, reason, **more))
    row = LedgerEntry.objects.get(kind=kind)
    assert (decided.decision, decided.ledger_seq, row.person) == ("agreed", row.seq, person.number)
    body = json.loads(row.body)
    assert body["reason"] == reason
    assert "job last week" not in row.body
    assert allocated(world.viewer(Role.SPECIALIST), person.episode.pk) == before
    assert Allocation.unscoped.get(episode=person.episode).arm == "ips"
    told = Notice.objects.get(kind="void" if kind == "void" else "note")
    assert json.loads(told.body) == {"reason": reason, "seq": row.seq}
    assert (told.participant_number, told.sent_at) == (person.number, None)
    if kind == "void":
        people = (str(world.user(Role.SPECIALIST).pk), str(world.user(Role.MANAGER).pk))
        assert (body["actor"], body["second"]) == people


def test_not_agreed_keeps_the_report_and_writes_no_entry(world: World, drawn: dict[str, Drawn]) -> None:
    entries = LedgerEntry.objects.count()
    decided = decide(world, tell(world, drawn["ips"]), agree=False)
    assert (decided.decision, decided.ledger_seq, LedgerEntry.objects.count()) == ("refused", None, entries)
    assert not Notice.objects.exclude(kind="receipt").exists()
    with pytest.raises(Refused, match="already"):
        decide(world, decided, Role.TEAM_LEADER)


REFUSED = [  # who told it, who would decide it, what they are told
    (Role.SPECIALIST, Role.SPECIALIST, "Only a team leader or manager"),
    (Role.TEAM_LEADER, Role.SPECIALIST, "Only a team leader or manager"),
    (Role.TEAM_LEADER, Role.TEAM_LEADER, "a second person must decide"),
    (Role.MANAGER, Role.MANAGER, "a second person must decide"),
]


@pytest.mark.parametrize(("first", "second", "words"), REFUSED)
def test_never_by_one_person_or_a_specialist(
    world: World, drawn: dict[str, Drawn], first: str, second: str, words: str
) -> None:
    report = tell(world, drawn["ips"], role=first)
    with pytest.raises(Refused, match=words):
        decide(world, report, second)
    assert ErrorReport.unscoped.get().decided_at is None


def test_another_lot_s_manager_does_not_know_of_it(world: World, drawn: dict[str, Drawn]) -> None:
    report = tell(world, drawn["ips"])
    with pytest.raises(Http404):
        decide(world, report, lot="wolverhampton")


def test_what_is_told_twice_or_of_nobody_drawn_is_refused(world: World, drawn: dict[str, Drawn]) -> None:
    tell(world, drawn["ips"])
    with pytest.raises(Refused, match="waits for a second person"):
        tell(world, drawn["ips"], role=Role.TEAM_LEADER)
    with pytest.raises(Refused, match="is the area the person was randomised in"):
        tell(world, drawn["ips"], "wrong_area", stratum="dudley")
    with pytest.raises(Refused, match="Say which area"):
        tell(world, drawn["ips"], "wrong_area")
    with pytest.raises(Refused, match="Choose a reason"):
        tell(world, drawn["ips"], "bad_luck")


def test_the_pages_from_telling_to_agreeing(world: World, drawn: dict[str, Drawn], client_for: SignIn) -> None:
    specialist, manager = client_for(world.user(Role.SPECIALIST)), client_for(world.user(Role.MANAGER))
    episode = drawn["control"].episode
    assert "Choose what is wrong." in press(specialist, "mistake", episode, {})
    said = {"reason": "wrong_area", "words": "Lives there"}
    assert "Choose the area" in press(specialist, "mistake", episode, said)
    text = press(specialist, "mistake", episode, {**said, "stratum": "wolverhampton"})
    assert "Waits for a second person" in text
    assert "(should be Wolverhampton)" in text
    queue = reverse("trial:mistakes")
    assert specialist.get(queue).status_code == 403
    assert drawn["control"].number in manager.get(queue).content.decode()
    report = ErrorReport.unscoped.get()
    address = reverse("trial:decide_mistake", kwargs={"report": report.pk})
    assert "Choose whether you agree" in manager.post(address, {}, follow=True).content.decode()
    assert "Agreed: the entry is made" in manager.post(address, {"decision": "agree"}, follow=True).content.decode()
    assert "already" in manager.post(address, {"decision": "refuse"}, follow=True).content.decode()
    other = client_for(world.user(Role.MANAGER, "wolverhampton"))
    assert other.post(address, {"decision": "agree"}).status_code == 404
    assert drawn["control"].number not in other.get(queue).content.decode()


def test_two_records_that_were_both_drawn_are_shown_to_be_told(
    world: World, drawn: dict[str, Drawn], client_for: SignIn
) -> None:
    """Records joined after both were drawn: the earlier allocation holds, the later is a mistake to agree on."""
    first, second = sorted(drawn.values(), key=lambda one: LedgerEntry.objects.get(person=one.number).seq)
    viewer, by = world.viewer(Role.TEAM_LEADER), world.actor(Role.TEAM_LEADER)
    clients.merge(by=by, at=AFTER, viewer=viewer, kept_id=second.episode.person_id, gone_id=first.episode.person_id)
    pair = randomised_twice(world.viewer(Role.MANAGER))[0]
    assert (pair.number, pair.earlier) == (second.number, first.number)
    text = client_for(world.user(Role.MANAGER)).get(reverse("trial:mistakes")).content.decode()
    assert "Randomised under two records" in text
    assert first.number in text
    decide(world, tell(world, Drawn(second.meeting), "randomised_twice", Role.TEAM_LEADER))
    assert LedgerEntry.objects.get(kind="void").person == second.number
    assert randomised_twice(world.viewer(Role.MANAGER)) == []


def test_two_records_of_one_nhs_number_in_two_lots_too(world: World, drawn: dict[str, Drawn]) -> None:
    there = one_of_each(world, "wolverhampton", 50)["ips"]
    for one in (drawn["ips"], there):
        Person.unscoped.filter(pk=one.episode.person_id).update(nhs_number="9990000018")
    found = randomised_twice(world.viewer(Role.MANAGER, "wolverhampton"))
    assert [(one.number, one.earlier) for one in found] == [(there.number, drawn["ips"].number)]
    assert randomised_twice(world.viewer(Role.MANAGER)) == []


def test_a_leader_of_the_lot_and_a_second_leader_agree(world: World, drawn: dict[str, Drawn]) -> None:
    other = make_user("second@example.org", "Second Leader", Role.TEAM_LEADER, world.own, world.teams["dudley"])
    world.users["dudley", "second"] = other
    assert decide(world, tell(world, drawn["ips"], role=Role.TEAM_LEADER), "second").decided_by_id == other.pk


def test_a_specialist_sees_the_page_and_what_became_of_it(
    world: World, drawn: dict[str, Drawn], client_for: SignIn
) -> None:
    decide(world, tell(world, drawn["ips"]), agree=False)
    text = page(client_for(world.user(Role.SPECIALIST)), "mistake", drawn["ips"].episode)
    assert "Not agreed" in text
