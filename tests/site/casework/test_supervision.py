"""Supervision: prepared from today's records, kept and signed by both, what was agreed is done and told."""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.site.casework.factories import (
    TODAY,
    ago,
    make_caseload,
    make_contact,
    make_employer,
    make_episode,
    make_job,
    make_person,
)
from tests.site.conftest import NOW, World, make_user

from placewell_web.accounts.errors import Refused
from placewell_web.accounts.models import Posting, User
from placewell_web.audit.models import Entry
from placewell_web.casework.actions.supervision import Agreed, hold_group, keep_supervision, sign_supervision
from placewell_web.casework.dataset_rows import read_all, read_episodes
from placewell_web.casework.models import EmployerContact, GroupSupervision, Supervision, SupervisionAction
from placewell_web.casework.presenters import sheet
from placewell_web.casework.presenters.sheet import Line, Section, from_text, to_text
from placewell_web.casework.queries import supervisions
from placewell_web.clients.models import Episode
from placewell_web.nhsuk.words import day

SignIn = Callable[[User | None], Client]


@pytest.fixture(autouse=True)
def _still(frozen: object) -> None:
    """Friday 14 June 2019."""


def keep(world: World, role: str = "team_leader", **more: Any) -> Supervision:
    given: dict[str, Any] = {
        "viewer": world.viewer(role),
        "by": world.actor(role),
        "at": NOW,
        "token": uuid.uuid4(),
        "specialist_id": world.user("specialist").pk,
        "lot": "dudley",
        "sheet": to_text([Section("caseload", "Caseload", (Line("Open cases", ("7",)),))]),
        "notes": "Went well.",
    }
    return keep_supervision(**given | more)


def address(world: World) -> str:
    return f"/team/{world.user('specialist').pk}/supervision/"


def filled(world: World, **more: Any) -> dict[str, Any]:
    rows: dict[str, Any] = {f"what-{n}": "" for n in range(1, 6)}
    rows |= {f"who-{n}": world.user("specialist").pk for n in range(1, 6)} | {f"when-{n}": "4" for n in range(1, 6)}
    return (
        rows
        | {"notes": "Went well.", "token": uuid.uuid4()}
        | {name.replace("_", "-"): said for name, said in more.items()}
    )


def test_the_sheet_shows_the_load_the_outcomes_and_what_stands_still(world: World, client_for: SignIn) -> None:
    works = make_episode(world, person=make_person("Works", "Here"))
    make_job(works, ago(50))
    make_contact(works, ago(3))
    make_contact(works, ago(4), attendance="did_not_attend")
    make_contact(works, ago(29))
    stuck = make_episode(world, person=make_person("Stands", "Still"), accepted_on=ago(70), referred_on=ago(75))
    make_contact(stuck, ago(60))
    held = {"specialist": world.user("specialist"), "purpose": "job_lead", "created_at": NOW}
    shop, bakery = make_employer(), make_employer(name="Bakery")
    EmployerContact.unscoped.create(employer=shop, episode=works, on=ago(2), face_to_face=True, **held)
    EmployerContact.unscoped.create(employer=shop, on=ago(5), **held)
    EmployerContact.unscoped.create(employer=bakery, on=ago(40), **held)
    page = client_for(world.user("team_leader")).get(address(world)).content.decode()
    for label, value in (
        ("Two-way contacts", "1"),
        ("People spoken with", "1"),
        ("Attempts and missed meetings", "1"),
        ("Contacts with employers", "2"),
        ("Of these face to face", "1"),
        ("Different employers", "1"),
        ('Open cases against the limit <span class="cw-grey cw-sheet__note">Room for 33.</span>', "2 of 35"),
        ("Active cases", "0"),
        ("In work", "1"),
    ):
        assert f'<th scope="row">{label}</th><td class="pw-number">{value}</td>' in page, label
    assert "Stands Still" in page.split("Stuck")[1]
    assert "Quarter from 1 April 2019" in page
    people = page.split("People who started a job, any hours")[1].split("</tr>")[0]
    assert people.count('<td class="pw-number">1</td>') == 2, "this quarter and this year"


def test_the_sheet_says_which_meetings_of_a_job_were_held(world: World, client_for: SignIn) -> None:
    """A start 17 days ago: one before (earlier), one after, two weeks; somebody else's meetings are not among them."""
    works = make_episode(world, person=make_person("Works", "Here"))
    make_job(works, ago(17))
    make_contact(works, ago(16))
    make_contact(works, ago(9), kind="call")
    other = make_user("priya@example.org", "Priya Nair", "specialist", world.own, world.teams["dudley"])
    make_job(make_episode(world, person=make_person("Else", "Where"), specialist=other), ago(17))
    page = client_for(world.user("team_leader")).get(address(world)).content.decode()
    part = page.split("Meetings that jobs asked for in the last 28 days")[-1].split("</section>")[0]
    rows = dict(re.findall(r'<th scope="row">([^<]*?)(?: <span.*?</span>)?</th><td class="pw-number">(.*?)</td>', part))
    assert rows == {
        "All together": "2 of 4 (50%)",
        "Meet before the job starts": "0 of 1 (0%)",
        "Meet after the job has started": "1 of 1 (100%)",
        "Weekly in-work contact": "1 of 2 (50%)",
    }
    assert "Not held: Works Here by 27 May 2019." in part
    assert "Else Where" not in part


def test_where_no_job_asked_for_a_meeting_the_sheet_says_so(world: World, client_for: SignIn) -> None:
    make_contact(make_episode(world), ago(3))
    page = client_for(world.user("team_leader")).get(address(world)).content.decode()
    assert "No job asked for a meeting by then." in page


@pytest.mark.parametrize(("missed", "said"), [(4, "by 4 June 2019."), (6, "by 4 June 2019, and 2 more.")])
def test_of_many_missed_meetings_the_first_are_named(missed: int, said: str) -> None:
    rows = [{"episode_id": "e", "what": "Meet", "held_on": None, "due_on": date(2019, 6, 1 + n)} for n in range(missed)]
    [line] = sheet._meetings(rows, {"e": "Ana"}).lines
    assert line.values == (f"0 of {missed} (0%)",)
    assert line.note.startswith("Not held: Ana by 1 June 2019; ")
    assert line.note.endswith(said)


def test_the_outcomes_of_others_and_of_another_lot_are_not_counted(world: World) -> None:
    person = make_person()
    other = make_user("priya@example.org", "Priya Nair", "specialist", world.own, world.teams["dudley"])
    make_job(make_episode(world, person=person, specialist=other), ago(30))
    make_episode(world, person=person, referred_on=ago(20), accepted_on=ago(19))
    spec = supervisions.service.current()
    periods = [supervisions.Period("Q", date(2019, 4, 1), date(2019, 7, 1))]
    found = {
        who.pk: {
            name: values
            for name, _, values in supervisions.outcomes_of(world.viewer("team_leader"), who.pk, spec, periods, TODAY)
        }
        for who in (other, world.user("specialist"))
    }
    assert found[other.pk]["Job starts"] == ("1",)
    assert found[world.user("specialist").pk]["Job starts"] == ("0",)


def test_kept_signed_read_and_done(world: World, client_for: SignIn) -> None:
    leader, own = client_for(world.user("team_leader")), client_for(world.user("specialist"))
    sent = leader.post(address(world), filled(world, what_1="Ring the bakery", when_1="1"), follow=True)
    assert "Employment specialist Dudley has not signed yet." in sent.content.decode()
    kept = Supervision.unscoped.get()
    assert (kept.kind, kept.on, kept.supervisor, kept.accepted_at) == (
        "individual",
        TODAY,
        world.user("team_leader"),
        None,
    )
    today = own.get("/today/").content.decode()
    assert "Ring the bakery" in today
    assert "By 21 June 2019" in today
    assert f"/supervision/{kept.pk}/" in today
    assert "Sign</button>" in own.get(f"/supervision/{kept.pk}/").content.decode()
    own.post(f"/supervision/{kept.pk}/sign/")
    own.post(f"/supervision/{kept.pk}/sign/")
    assert Entry.objects.filter(verb="sign_supervision").count() == 1
    own.post(f"/supervision/actions/{SupervisionAction.unscoped.get().pk}/done/")
    assert "Ring the bakery" not in own.get("/today/").content.decode()
    again = leader.get(address(world)).content.decode()
    assert "Done on 14 June 2019" in again, "it stands on the next sheet"


def test_the_kept_sheet_stays_as_it_was(world: World, client_for: SignIn) -> None:
    make_episode(world, person=make_person("First", "Person"))
    client = client_for(world.user("team_leader"))
    client.post(address(world), filled(world))
    kept = Supervision.unscoped.get()
    before = client.get(f"/supervision/{kept.pk}/").content.decode()
    for n in range(3):
        make_episode(world, person=make_person(f"More{n}"))
    after = client.get(f"/supervision/{kept.pk}/").content.decode()
    assert 'Room for 34.</span></th><td class="pw-number">1 of 35</td>' in before
    assert 'Room for 34.</span></th><td class="pw-number">1 of 35</td>' in after
    assert 'Room for 31.</span></th><td class="pw-number">4 of 35</td>' in client.get(address(world)).content.decode()


def test_a_sheet_comes_back_from_its_text_as_it_was() -> None:
    whole = [
        Section("late", "Late", (Line("Ana O’Neil <b>", (), "First application", "e1"),), more=3, wide=True),
        Section("outcomes", "Outcomes", (Line("Job starts", ("1", "2"), "17.9 vii"),), ("Quarter", "Year"), note="x"),
        Section("empty", "Empty", (), empty="Nobody."),
    ]
    assert from_text(to_text(whole)) == whole
    assert from_text("") == []


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"notes": ""}, "Write a note or agree an action"),
        ({"notes": "x" * 10_001}, "must be 10,000 characters or fewer"),
        ({"what_1": "x" * 301}, "must be 300 characters or fewer"),
        ({"what_1": "Call", "who_1": "nobody"}, "There is a problem"),
        ({"token": ""}, "There is a problem"),
    ],
)
def test_a_mistake_is_told_and_what_was_written_stays(
    world: World, client_for: SignIn, change: dict[str, str], said: str
) -> None:
    sent = client_for(world.user("team_leader")).post(
        address(world),
        filled(world, what_2="Kept words", **change) | ({"what-2": ""} if change.get("notes") == "" else {}),
    )
    assert sent.status_code == 200
    assert said in sent.content.decode()
    assert Supervision.unscoped.count() == 0


def test_one_form_is_kept_once(world: World) -> None:
    token = uuid.uuid4()
    agreed = [Agreed("Call", world.user("specialist").pk)]
    assert keep(world, token=token, agreed=agreed) == keep(world, token=token, agreed=agreed)
    assert SupervisionAction.unscoped.count() == 1


@pytest.mark.parametrize(
    ("role", "more", "said"),
    [
        ("specialist", {}, "Only a team leader or manager"),
        ("administrator", {}, "Only a team leader or manager"),
        ("team_leader", {"lot": "wolverhampton"}, "another area's"),
        ("team_leader", {"own": True}, "Nobody supervises themselves"),
        ("team_leader", {"who": True}, "one of the two who meet"),
    ],
)
def test_who_keeps_what(world: World, role: str, more: dict[str, Any], said: str) -> None:
    if more.pop("own", False):
        more = {"specialist_id": world.user("team_leader").pk}
    if more.pop("who", False):
        more = {"agreed": [Agreed("Call", world.user("manager").pk)]}
    with pytest.raises(Refused, match=said):
        keep(world, role, **more)


def test_only_the_specialist_signs_and_only_who_agreed_ticks(world: World, client_for: SignIn) -> None:
    kept = keep(world, agreed=[Agreed("Look at the lease", world.user("team_leader").pk)])
    with pytest.raises(Refused, match="Only the specialist"):
        sign_supervision(viewer=world.viewer("manager"), by=world.actor("manager"), at=NOW, supervision=kept)
    action = SupervisionAction.unscoped.get()
    client_for(world.user("specialist")).post(f"/supervision/actions/{action.pk}/done/")
    action.refresh_from_db()
    assert action.done_on is None
    leader = client_for(world.user("team_leader"))
    assert "Look at the lease" in leader.get("/team/").content.decode()
    leader.post(f"/supervision/actions/{action.pk}/done/")
    action.refresh_from_db()
    assert action.done_on == TODAY


def test_what_was_done_since_is_ticked_on_the_next_sheet(world: World, client_for: SignIn) -> None:
    keep(world, agreed=[Agreed("Old action", world.user("specialist").pk, ago(2))])
    action = SupervisionAction.unscoped.get()
    client = client_for(world.user("team_leader"))
    assert "2 days late" in client.get(address(world)).content.decode()
    client.post(address(world), filled(world) | {f"done-{action.pk}": "on"})
    action.refresh_from_db()
    assert action.done_on == TODAY


@pytest.mark.parametrize(
    ("role", "lot", "status"),
    [
        ("specialist", "dudley", 200),
        ("team_leader", "dudley", 200),
        ("manager", "dudley", 200),
        ("specialist", "wolverhampton", 404),
        ("team_leader", "wolverhampton", 404),
        ("manager", "wolverhampton", 404),
        ("administrator", "dudley", 403),
    ],
)
def test_who_reads_what_was_kept(world: World, client_for: SignIn, role: str, lot: str, status: int) -> None:
    kept = keep(world)
    assert client_for(world.user(role, lot)).get(f"/supervision/{kept.pk}/").status_code == status


def test_a_colleague_of_the_team_reads_nobody_elses(world: World, client_for: SignIn) -> None:
    kept = keep(world)
    colleague = make_user("priya@example.org", "Priya Nair", "specialist", world.own, world.teams["dudley"])
    assert client_for(colleague).get(f"/supervision/{kept.pk}/").status_code == 404
    assert "None has been kept yet." in client_for(colleague).get("/supervision/").content.decode()


def test_the_board_says_when_supervision_is_due(world: World, client_for: SignIn) -> None:
    client = client_for(world.user("team_leader"))
    Posting.objects.filter(user=world.user("specialist")).update(from_on=TODAY)
    page = client.get("/team/").content.decode()
    assert "Group: in 6 days" in page
    assert "Individual: in 27 days" in page
    keep(world)
    assert "Individual: in 28 days" in client.get("/team/").content.decode()
    with time_machine.travel(NOW + timedelta(days=30), tick=False):
        assert "Individual: 2 days late" in client_for(world.user("team_leader")).get("/team/").content.decode()


@pytest.mark.parametrize(
    ("in_post", "held", "words"),
    [
        (0, None, "Individual: in 27 days"),
        (27, None, "Individual: today"),
        (28, None, "Individual: none recorded, due since 13 June 2019"),
        (500, None, f"Individual: none recorded, due since {day(ago(500 - 27))}"),
        (500, 29, "Individual: 1 day late"),
        (500, 56, "Individual: 28 days late"),
        (500, 57, f"Individual: last on {day(ago(57))}, due since {day(ago(29))}"),
    ],
)
def test_a_supervision_never_held_is_not_counted_in_days(
    world: World, client_for: SignIn, in_post: int, held: int | None, words: str
) -> None:
    Posting.objects.filter(user=world.user("specialist")).update(from_on=ago(in_post))
    if held is not None:
        keep(world)
        Supervision.unscoped.update(on=ago(held))
    page = client_for(world.user("team_leader")).get("/team/").content.decode()
    assert f">{words}<" in page
    assert page.index(">Group: ") < page.index(">Individual: ")
    own = client_for(world.user("specialist")).get("/supervision/").content.decode()
    assert f"{words}." in own


@pytest.mark.parametrize(("number", "folded"), [(0, None), (12, None), (13, 1), (40, 28)])
def test_a_specialists_older_supervisions_are_folded(
    world: World, client_for: SignIn, number: int, folded: int | None
) -> None:
    made = keep(world)
    rows = [{"on": ago(days), "specialist": made.specialist, "supervisor": made.supervisor} for days in range(number)]
    Supervision.unscoped.all().delete()
    Supervision.unscoped.bulk_create(
        Supervision(lot=made.lot, kind="group", created_at=NOW, signed_at=NOW, **row) for row in rows
    )
    page = client_for(world.user("specialist")).get("/supervision/").content.decode()
    assert page.count('class="cw-held"') == number
    found = re.search(r'Earlier <span class="cw-group__count">(\d+)<', page)
    assert (int(found[1]) if found else None) == folded


def test_the_group_is_kept_in_one_press_with_everyone_ticked(world: World, client_for: SignIn) -> None:
    second = make_user("priya@example.org", "Priya Nair", "specialist", world.own, world.teams["dudley"])
    client = client_for(world.user("team_leader"))
    page = client.get("/team/group-supervision/").content.decode()
    assert page.count(" checked") == 2
    data = {
        "on-day": "13",
        "on-month": "6",
        "on-year": "2019",
        "came": [str(second.pk), str(world.user("specialist").pk)],
        "leads": "Bakery in Netherton takes on two",
        "token": uuid.uuid4(),
    }
    sent = client.post("/team/group-supervision/", data, follow=True)
    client.post("/team/group-supervision/", data)
    assert "Bakery in Netherton takes on two" in sent.content.decode()
    assert "2 specialists came" in sent.content.decode()
    assert GroupSupervision.unscoped.count() == 1
    rows = read_all(["supervisions"])["supervisions"].to_dicts()
    assert {row["specialist_id"] for row in rows} == {str(second.pk), str(world.user("specialist").pk)}
    assert {(row["kind"], row["on"], row["supervisor_id"]) for row in rows} == {
        ("group", ago(1), str(world.user("team_leader").pk))
    }


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"came": []}, "Tick who came."),
        ({"came": ["somebody else"]}, "Choose only answers in the list."),
        ({"on-day": "15"}, "must be on or before 14 June 2019"),
    ],
)
def test_a_group_that_cannot_be(world: World, client_for: SignIn, change: dict[str, Any], said: str) -> None:
    data: dict[str, Any] = {"on-day": "13", "on-month": "6", "on-year": "2019", "token": uuid.uuid4()}
    data |= {"came": [str(world.user("specialist").pk)]} | change
    sent = client_for(world.user("team_leader")).post("/team/group-supervision/", data)
    assert sent.status_code == 200
    assert said in sent.content.decode()


def test_who_came_reads_the_group_and_others_do_not(world: World, client_for: SignIn) -> None:
    held = hold_group(
        viewer=world.viewer("team_leader"),
        by=world.actor("team_leader"),
        at=NOW,
        token=uuid.uuid4(),
        on=TODAY,
        came={world.user("specialist").pk: "dudley"},
    )
    where = f"/team/group-supervision/{held.pk}/"
    absent = make_user("priya@example.org", "Priya Nair", "specialist", world.own, world.teams["dudley"])
    assert client_for(world.user("specialist")).get(where).status_code == 200
    assert client_for(absent).get(where).status_code == 404
    assert client_for(world.user("team_leader", "wolverhampton")).get(where).status_code == 404


def test_a_lots_supervision_is_in_its_own_data_and_no_others(world: World) -> None:
    keep(world)
    for lot, number in (("dudley", 1), ("wolverhampton", 0)):
        data = read_episodes(Episode.unscoped.none(), ["supervisions"], [lot])
        assert data["supervisions"].height == number


def test_as_many_queries_for_thirty_as_for_three(world: World, client_for: SignIn) -> None:
    make_caseload(world, 3)
    client = client_for(world.user("team_leader"))
    client.get(address(world))
    with CaptureQueriesContext(connection) as few:
        client.get(address(world))
    for n in range(27):
        make_episode(world, person=make_person(f"More{n}"))
    with CaptureQueriesContext(connection) as many:
        client.get(address(world))
    assert len(few) == len(many)


@pytest.mark.parametrize("where", ["group-supervision/", "{}/cover/"])
def test_lists_of_forms_are_drawn_as_on_the_board(world: World, client_for: SignIn, where: str) -> None:
    page = client_for(world.user("team_leader")).get("/team/" + where.format(world.user("specialist").pk))
    assert "casework/team.css" in page.content.decode()
