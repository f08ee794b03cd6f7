"""One contact for several people: each has their own, names nobody else, is saved once and taken back together."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.site.casework.factories import (
    ago,
    make_caseload,
    make_contact,
    make_episode,
    make_job,
    make_person,
    make_session,
)
from tests.site.casework.test_contact import DAY
from tests.site.conftest import World

from placewell_web.accounts.models import User
from placewell_web.audit.models import Entry
from placewell_web.casework.actions.covered import COVERED, TOGETHER
from placewell_web.casework.forms.occasion import KINDS
from placewell_web.casework.models import BenefitsAdvice, Contact, ContactDraft, Disclosure, GroupSession
from placewell_web.casework.presenters.several import together
from placewell_web.clients.models import Allocation, Episode

SignIn = Callable[[User | None], Client]
ADDRESS = "/contacts/several/"
THEM = {"with_whom": "client"}
GROUP = THEM | {"kind": "group", "attendance": "attended", "minutes": "60", "place": "community", "next": "week"}
TEXT = THEM | {"kind": "text", "attendance": "one_way", "next": "none"}
ADVICE = {"covered": ["benefits_advice"], "advice_about": "before_start"}


@pytest.fixture(autouse=True)
def _still(frozen: object) -> None:
    """Friday 14 June 2019, 12:04."""


@pytest.fixture
def people(world: World) -> list[Episode]:
    names = (("Jaswinder", "Sandhu"), ("Kelvin", "Osei"), ("Shabnam", "Akhtar"))
    return [make_episode(world, person=make_person(*name)) for name in names]


@pytest.fixture
def client(world: World, client_for: SignIn) -> Client:
    return client_for(world.user("specialist"))


def ids(people: list[Episode]) -> list[str]:
    return [str(one.pk) for one in people]


def sent(people: list[Episode], **fields: Any) -> dict[str, Any]:
    return {"form_token": str(uuid4()), "people": ids(people), **DAY, **GROUP, **fields}


def notes() -> dict[str, str]:
    return {one.episode.person.first_name: one.note for one in Contact.unscoped.select_related("episode__person")}


def told(client: Client) -> list[str]:
    """The lines of the notice on the page that follows."""
    page = client.get("/today/").content.decode()
    return html.unescape(page.split('role="status"><p>')[1].split("</p>")[0]).splitlines()


def test_each_gets_a_contact_with_the_note_for_all_and_their_own(client: Client, people: list[Episode]) -> None:
    jas, kelvin, shabnam = people
    own = {f"note_{jas.pk}": "Spoke up for the first time.", f"attendance_{shabnam.pk}": "did_not_attend"}
    answer = client.post(ADDRESS, sent(people, note="CV workshop.", **own))
    assert answer["Location"] == "/today/"
    assert notes() == {
        "Jaswinder": "CV workshop.\n\nSpoke up for the first time.",
        "Kelvin": "CV workshop.",
        "Shabnam": "CV workshop.",
    }
    came, absent = Contact.unscoped.get(episode=kelvin), Contact.unscoped.get(episode=shabnam)
    assert (came.attendance, came.minutes, came.place, came.next_on) == ("attended", 60, "community", ago(-7))
    assert (absent.attendance, absent.minutes) == ("did_not_attend", None)
    assert {one.session for one in Contact.unscoped.all()} == {GroupSession.unscoped.get()}
    entries = Entry.objects.filter(verb="record_contact")
    assert {entry.person_id for entry in entries} == {str(one.person_id) for one in people}


def test_a_text_to_all_takes_three_taps(client: Client, people: list[Episode]) -> None:
    client.post(ADDRESS, {"form_token": str(uuid4()), "people": ids(people), **DAY, **TEXT})
    assert set(Contact.unscoped.values_list("kind", "attendance", "place", "minutes")) == {
        ("text", "one_way", "remote", None)
    }
    page = client.get("/today/").content.decode()
    assert "Text for 3 people saved." in page
    assert "Jaswinder Sandhu, Kelvin Osei and Shabnam Akhtar" in page
    assert page.count("Undo<span") == 1, "what was logged in one go is one line"


def test_the_record_of_one_names_nobody_else(client: Client, people: list[Episode]) -> None:
    client.post(ADDRESS, sent(people, note="CV workshop.", **{f"note_{people[1].pk}": "Kelvin only"}))
    assert told(client), "the notice was read on Today"
    for page in ("", "contacts/", "history/"):
        text = client.get(f"/people/{people[0].pk}/{page}").content.decode()
        assert "Osei" not in text
        assert "Kelvin only" not in text
    entry = Entry.objects.get(verb="record_contact", person_id=str(people[0].person_id))
    assert str(people[1].pk) not in entry.detail


def test_what_it_did_is_said_of_each(client: Client, people: list[Episode]) -> None:
    _, kelvin, shabnam = people
    for days in (20, 10):
        make_contact(kelvin, ago(days))
    client.post(ADDRESS, sent(people, **{f"attendance_{shabnam.pk}": "did_not_attend"}))
    first, *lines = told(client)
    assert first == "Group for 3 people saved."
    assert lines[0].startswith("Jaswinder Sandhu: 1st appointment. Cleared: "), lines
    assert lines[1].startswith("Kelvin Osei: 3rd appointment: engaged."), lines
    assert lines[2] == "Shabnam Akhtar: nothing counted or cleared."


def test_what_it_cleared_is_what_was_due_before(client: Client, people: list[Episode]) -> None:
    page = client.get(f"/people/{people[0].pk}/contact/").content.decode()
    clears = re.findall(r"<strong>Clears</strong> ([^<]+)", page)
    assert clears
    client.post(ADDRESS, sent(people[:1], kind="appointment"))
    (line,) = told(client)[1:]
    assert line == f"Jaswinder Sandhu: 1st appointment. Cleared: {'; '.join(one.strip() for one in clears)}."


@pytest.mark.parametrize("fields", [TEXT, THEM | {"attendance": "cancelled_by_service"}, {"with_whom": "clinician"}])
def test_what_did_nothing_for_anyone_says_so_once(
    client: Client, people: list[Episode], fields: dict[str, str]
) -> None:
    client.post(ADDRESS, sent(people, **fields))
    assert told(client)[1:] == ["Nothing counted or cleared."]


def test_the_second_press_clears_nothing_anew(client: Client, people: list[Episode]) -> None:
    form = sent(people)
    client.post(ADDRESS, form)
    told(client)
    client.post(ADDRESS, form)
    assert told(client)[1:] == [
        f"{name}: 1st appointment." for name in ("Jaswinder Sandhu", "Kelvin Osei", "Shabnam Akhtar")
    ]


def test_benefits_advice_is_a_row_of_everyone_who_attended(client: Client, people: list[Episode]) -> None:
    jas, kelvin, shabnam = people
    form = sent(people, **ADVICE, **{f"attendance_{shabnam.pk}": "did_not_attend"})
    for _ in range(2):
        client.post(ADDRESS, form)
    rows = BenefitsAdvice.unscoped.all()
    assert {(row.episode_id, row.on, row.about) for row in rows} == {
        (one.pk, ago(0), "before_start") for one in (jas, kelvin)
    }
    assert rows.count() == 2
    covered = dict(Contact.unscoped.values_list("episode_id", "covered"))
    assert covered == {jas.pk: "benefits_advice", kelvin.pk: "benefits_advice", shabnam.pk: ""}
    assert Entry.objects.filter(verb="record_benefits_advice").count() == 2
    page = client.get(f"/people/{jas.pk}/contacts/").content.decode()
    assert "Benefits advice" in page
    client.post(f"{ADDRESS}{GroupSession.unscoped.get().pk}/undo/")
    assert not BenefitsAdvice.unscoped.exists(), "what was saved in one go is taken back in one go"


def test_advice_is_about_the_one_job_of_each(client: Client, people: list[Episode]) -> None:
    jobs = [make_job(one, ago(30)) for one in people[:2]]
    client.post(ADDRESS, sent(people, **ADVICE))
    found = dict(BenefitsAdvice.unscoped.values_list("episode_id", "job_id"))
    assert found == {people[0].pk: jobs[0].pk, people[1].pk: jobs[1].pk, people[2].pk: None}


def test_what_was_spoken_of_together_decides_nothing_for_anyone(client: Client, people: list[Episode]) -> None:
    client.post(ADDRESS, sent(people, covered=["adjustments", "disclosure"]))
    assert set(Contact.unscoped.values_list("covered", flat=True)) == {"disclosure,adjustments"}
    assert not Disclosure.unscoped.exists()


@pytest.mark.parametrize("code", [code for code, _ in COVERED if code not in TOGETHER])
def test_what_is_one_persons_own_cannot_be_said_of_all(client: Client, people: list[Episode], code: str) -> None:
    page = client.post(ADDRESS, sent(people, covered=[code])).content.decode()
    assert "Choose only answers in the list." in page
    assert not Contact.unscoped.exists()


def test_all_or_nothing(client: Client, people: list[Episode], monkeypatch: pytest.MonkeyPatch) -> None:
    """The last row cannot be written: none is."""
    written: list[object] = []

    def refuse_the_third(**facts: Any) -> None:
        written.append(facts)
        if len(written) == 3:
            raise IntegrityError

    monkeypatch.setattr("placewell_web.casework.actions.contacts.add_covered", refuse_the_third)
    with pytest.raises(IntegrityError):
        client.post(ADDRESS, sent(people, **ADVICE))
    assert not Contact.unscoped.exists()
    assert not GroupSession.unscoped.exists()
    assert not Entry.objects.filter(verb="record_contact").exists()


def test_a_clinician_spoken_with_about_several_is_no_contact_with_them(client: Client, people: list[Episode]) -> None:
    for days in (20, 10):
        make_contact(people[1], ago(days))
    client.post(ADDRESS, sent(people, with_whom="clinician", kind="appointment"))
    assert set(Contact.unscoped.filter(session__isnull=False).values_list("with_whom", flat=True)) == {"clinician"}
    assert "3rd appointment" not in client.get("/today/").content.decode()
    assert "with clinician" in client.get(f"/people/{people[0].pk}/contacts/").content.decode()


def test_what_several_are_met_by_most_stands_first(client: Client, people: list[Episode]) -> None:
    page = client.get(ADDRESS, {"people": ids(people)}).content.decode()
    offered = re.findall(r'name="kind" value="([a-z_]+)"', page)
    assert offered[:3] == ["group", "joint_with_clinician", "text"]
    assert set(offered) == {code for code, _ in KINDS}
    assert "Call, letter or outreach" in page


def test_the_page_says_what_is_recorded_person_by_person(client: Client, people: list[Episode]) -> None:
    page = client.get(ADDRESS, {"people": ids(people)}).content.decode()
    assert page.count(" checked") == 1
    assert 'value="client" checked' in page
    for words in ("a problem at work", "decided about disclosure", "a job application", "proof received"):
        assert words in page
    link = html.unescape(re.search(r'href="(/employers/contact/[^"]+)"', page)[1])  # type: ignore[index]
    assert client.get(link).content.decode().count(" checked") == 3, "the form about an employer has them ticked"


def test_a_form_sent_twice_saves_once(client: Client, people: list[Episode]) -> None:
    form = sent(people, note="Once")
    assert [client.post(ADDRESS, form).status_code for _ in range(3)] == [302, 302, 302]
    assert (Contact.unscoped.count(), GroupSession.unscoped.count()) == (3, 1)


def test_other_advice_in_the_same_form_is_not_lost(client: Client, people: list[Episode]) -> None:
    form = sent(people, **ADVICE)
    client.post(ADDRESS, form)
    other = form | {"advice_about": "change"}
    assert client.post(ADDRESS, other).status_code == 409
    assert client.post(ADDRESS, other | {"replace": "1"}).status_code == 302
    assert list(BenefitsAdvice.unscoped.values_list("about", flat=True)) == ["change"] * 3


@pytest.mark.parametrize(
    ("button", "left"),
    [("replace", {"Newer": 2}), ("another", {"Older": 3, "Newer": 2}), ("discard", {"Older": 3})],
)
def test_which_of_two_versions_to_keep_is_asked(
    client: Client, people: list[Episode], button: str, left: dict[str, int]
) -> None:
    form = sent(people, note="Older", page=str(uuid4()))
    client.post(ADDRESS, form)
    newer = form | {"note": "Newer", "people": ids(people[:2])}
    answer = client.post(ADDRESS, newer)
    assert answer.status_code == 409
    assert "Older" in answer.content.decode()
    token = answer.content.decode().split('name="other_token" value="')[1].split('"')[0]
    for _ in range(2):
        client.post(ADDRESS, newer | {"other_token": token, button: "1"})
    found = list(Contact.unscoped.values_list("note", flat=True))
    assert {note: found.count(note) for note in found} == left
    assert ContactDraft.unscoped.count() == 0


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"kind": ""}, "Choose how you were in contact."),
        ({"attendance": ""}, "Choose whether it happened."),
        ({"minutes": ""}, "Choose how many minutes it took."),
        ({"place": ""}, "Choose where you met."),
        ({"next": ""}, "Choose when you will be in contact next, or None."),
        ({"on-day": "15"}, "Date must be on or before 14 June 2019."),
        ({"kind": "text", "place": "", "minutes": ""}, "Choose how many minutes it took."),
        ({"with_whom": ""}, "Choose who the contact was with."),
        ({"with_whom": "<b>"}, "Choose one of the answers in the list."),
        ({"covered": ["benefits_advice"]}, "Choose what the benefits advice was about."),
        (ADVICE | {"advice_about": "x"}, "Choose one of the answers in the list."),
        (ADVICE | {"attendance": "did_not_attend"}, "Nobody attended, so nothing was covered."),
        (ADVICE | TEXT, "Nobody attended, so nothing was covered."),
    ],
)
def test_what_is_missing_is_said_and_all_notes_are_kept(
    client: Client, people: list[Episode], fields: dict[str, str], sentence: str
) -> None:
    own = {f"note_{people[2].pk}": "Hers alone"}
    page = client.post(ADDRESS, sent(people, note="For all", page=str(uuid4()), **own, **fields)).content.decode()
    assert sentence in page
    for words in ("For all", "Hers alone"):
        assert words in page
        assert words in ContactDraft.unscoped.get().fields
    assert Contact.unscoped.count() == 0


def test_one_who_came_is_enough_to_ask_for_minutes(client: Client, people: list[Episode]) -> None:
    form = sent(people, attendance="did_not_attend", minutes="", place="")
    page = client.post(ADDRESS, form | {f"attendance_{people[0].pk}": "attended"}).content.decode()
    assert "Choose how many minutes it took." in page
    assert client.post(ADDRESS, form).status_code == 302


def test_words_outlive_the_session_and_are_found_from_today(
    client: Client, client_for: SignIn, world: World, people: list[Episode]
) -> None:
    query = "&".join(f"people={id}" for id in ids(people))
    page = client.get(f"{ADDRESS}?{query}").content.decode()
    hidden = {name: page.split(f'name="{name}" value="')[1].split('"')[0] for name in ("draft_key", "page")}
    own = {f"note_{people[0].pk}": "Hers alone", f"attendance_{people[0].pk}": "did_not_attend"}
    own |= ADVICE | {"with_whom": "jobcentre"}
    nobody = Client()
    kept = nobody.post(f"{ADDRESS}draft/", sent(people, note="Half", **hidden, **own))
    assert kept.json() == {"saved_at": "12:04", "signed_out": True}
    assert nobody.post(ADDRESS, sent(people, note="Half of it", **hidden, **own)).status_code == 302
    again = client_for(world.user("specialist"))
    today = again.get("/today/").content.decode()
    link = re.search(r'href="(/contacts/several/\?draft=[^"]+)">Several people</a>: “Half of it”', today)
    assert link
    for address in (link.group(1), f"{ADDRESS}?{query}"):
        page = again.get(address).content.decode()
        assert "Half of it" in page
        assert "Hers alone" in page
        assert '<option value="did_not_attend" selected>' in page
        for code in ("jobcentre", "benefits_advice", "before_start"):
            assert f'value="{code}" checked' in page
        assert page.count('name="people"') == 3
    alone = again.get(f"{ADDRESS}?people={people[0].pk}").content.decode()
    assert "Another draft is kept" in alone
    assert "Half of it</textarea>" not in alone, "words about three are not put into the form for one"


def test_changing_who_it_is_for_keeps_what_was_typed(client: Client, world: World, people: list[Episode]) -> None:
    late = make_episode(world, person=make_person("Paul", "Dykes"))
    own = {f"note_{people[0].pk}": "Hers alone", f"note_{people[2].pk}": "Of who goes"}
    form = sent(people, note="CV workshop.", minutes="90", page=str(uuid4()), **ADVICE, **own)
    answer = client.post(ADDRESS, form | {"choose": "1"})
    assert not Contact.unscoped.exists()
    page = client.get(answer["Location"]).content.decode()
    assert page.count(" checked") == 3
    assert "Another draft is kept" not in page, "it is the one that is being written"
    draft = ContactDraft.unscoped.get()
    assert f'name="draft" value="{draft.pk}"' in page
    others = [*people[:2], late]
    page = client.get(ADDRESS, {"draft": str(draft.pk), "people": ids(others)}).content.decode()
    assert set(re.findall(r'name="people" value="([^"]+)"', page)) == set(ids(others))
    for words in (
        "CV workshop.</textarea>",
        "Hers alone</textarea>",
        'value="90" checked',
        'value="before_start" checked',
    ):
        assert words in page
    assert "Of who goes" not in page
    hidden = {name: page.split(f'name="{name}" value="')[1].split('"')[0] for name in ("draft", "page", "form_token")}
    client.post(ADDRESS, sent(others, note="CV workshop.", **hidden))
    assert {one.episode_id for one in Contact.unscoped.all()} == {one.pk for one in others}
    assert not ContactDraft.unscoped.exists()


@pytest.mark.parametrize(
    ("fields", "is_open"),
    [
        ({}, False),
        ({"with_whom": "clinician"}, True),
        ({"on-day": "13"}, True),
        ({"on-day": ""}, True),
    ],
)
def test_who_and_when_stand_open_where_they_are_not_the_usual(
    client: Client, people: list[Episode], fields: dict[str, str], is_open: bool
) -> None:
    page = client.post(ADDRESS, sent(people, kind="", page=str(uuid4())) | fields).content.decode()
    draft = client.get(ADDRESS, {"draft": str(ContactDraft.unscoped.get().pk)}).content.decode()
    for text in (page, draft):
        assert ('<details class="cw-when" open>' in text) is is_open
        assert ("With them, today, 14 June 2019" in text) is not is_open


@pytest.mark.parametrize("fields", [{}, {"people": []}, {"page": "x"}])
def test_changing_who_it_is_for_before_anything_was_typed(client: Client, fields: dict[str, Any]) -> None:
    answer = client.post(ADDRESS, {"choose": "1", **fields})
    assert "Who was it with?" in client.get(answer["Location"]).content.decode()


def test_the_draft_of_a_colleague_is_nobody_elses(
    client: Client, client_for: SignIn, world: World, people: list[Episode]
) -> None:
    client.post(ADDRESS, sent(people, note="Mine", page=str(uuid4()), choose="1"))
    draft = ContactDraft.unscoped.get()
    leader = client_for(world.user("team_leader"))
    page = leader.get(ADDRESS, {"draft": str(draft.pk), "people": ids(people)}).content.decode()
    assert "Mine" not in page


def test_undo_takes_back_all_of_them_and_one_alone_stays_possible(client: Client, people: list[Episode]) -> None:
    client.post(ADDRESS, sent(people))
    client.post(f"/contacts/{Contact.unscoped.first().pk}/undo/")
    assert Contact.unscoped.count() == 2
    session = GroupSession.unscoped.get()
    client.post(f"{ADDRESS}{session.pk}/undo/")
    assert (Contact.unscoped.count(), GroupSession.unscoped.count()) == (0, 0)
    assert Entry.objects.filter(verb="undo_contact").count() == 3


def test_the_last_one_taken_back_takes_the_session_with_it(client: Client, people: list[Episode]) -> None:
    client.post(ADDRESS, sent(people))
    for contact in Contact.unscoped.all():
        client.post(f"/contacts/{contact.pk}/undo/")
    assert GroupSession.unscoped.count() == 0


def test_undo_is_for_the_author_and_the_day(
    client: Client, client_for: SignIn, world: World, people: list[Episode]
) -> None:
    client.post(ADDRESS, sent(people))
    session = GroupSession.unscoped.get()
    assert client_for(world.user("team_leader")).post(f"{ADDRESS}{session.pk}/undo/").status_code == 403
    assert client_for(world.user("specialist", "wolverhampton")).post(f"{ADDRESS}{session.pk}/undo/").status_code == 404
    assert Contact.unscoped.count() == 3


def test_people_of_others_are_found_by_name_and_those_of_other_lots_are_not(
    client: Client, world: World, people: list[Episode]
) -> None:
    colleague = make_episode(world, person=make_person("Paul", "Dykes"), specialist=world.user("team_leader"))
    make_episode(world, "wolverhampton", person=make_person("Paula", "Dyke"))
    page = client.get(ADDRESS, {"q": "dykse", "choose": "1", "people": [str(people[0].pk)]}).content.decode()
    assert "Paul Dykes" in page
    assert "Paula" not in page
    assert re.search(rf'value="{people[0].pk}" checked', page), "who was ticked stays ticked"
    chosen = client.get(ADDRESS, {"people": [str(colleague.pk)], "choose": "1"}).content.decode()
    assert re.search(rf'value="{colleague.pk}" checked', chosen)


def test_who_cannot_be_supported_cannot_be_chosen(client: Client, world: World, people: list[Episode]) -> None:
    foreign = make_episode(world, "wolverhampton", person=make_person("Not", "Zoltan"))
    closed = make_episode(
        world, person=make_person("Closed", "Zimmermann"), closed_on=ago(3), closure_reason="moved_away"
    )
    control = make_episode(world, person=make_person("Control", "Zapata"))
    Allocation.unscoped.create(episode=control, arm="control", allocated_on=ago(30))
    waiting = make_episode(world, person=make_person("Not", "Zwingli"), accepted_on=None)
    for one in (foreign, closed, control, waiting):
        page = client.post(ADDRESS, sent([*people, one], note="Kept")).content.decode()
        assert "Someone you chose is no longer on an open caseload" in page
        assert one.person.surname not in page
    assert "Who was it with?" in client.post(ADDRESS, sent([foreign], note="Kept")).content.decode()
    assert Contact.unscoped.count() == 0
    client.post(ADDRESS, sent(people))
    assert Contact.unscoped.count() == 3


@pytest.mark.parametrize(
    "query",
    ["", "?people=", "?people=x&people=%00", "?people=" + "9" * 5_000, "?q=%27--&choose=1", "?draft=x", "?choose=1"],
)
def test_an_address_can_ask_for_anything(client: Client, people: list[Episode], query: str) -> None:
    page = client.get(f"{ADDRESS}{query}")
    assert page.status_code == 200
    assert "Who was it with?" in page.content.decode()


def test_hostile_words_are_shown_as_words(client: Client, people: list[Episode]) -> None:
    own = {f"note_{people[0].pk}": "<script>alert(2)</script>"}
    page = client.post(ADDRESS, sent(people, note="<b>{{ 7*7 }}</b> \x00", kind="", **own)).content.decode()
    assert "&lt;script&gt;alert(2)" in page
    assert "&lt;b&gt;{{ 7*7 }}" in page


def test_no_more_than_sixty_at_once_and_in_few_queries(client: Client, world: World) -> None:
    made = make_caseload(world, 70)
    form = {"form_token": str(uuid4()), "people": ids(made), **DAY, **TEXT}
    client.get("/caseload/")  # what is worked out once for a process
    with CaptureQueriesContext(connection) as queries:
        assert client.get(ADDRESS, {"people": ids(made)}).status_code == 200
    assert len(queries) <= 12, "\n".join(query["sql"][:120] for query in queries)
    before = Contact.unscoped.count()
    client.post(ADDRESS, form)
    assert Contact.unscoped.count() - before == 60


def test_the_caseload_offers_them_as_boxes(client: Client, people: list[Episode]) -> None:
    page = client.get("/caseload/").content.decode()
    assert page.count('name="people"') == 3
    assert "Log the same contact for these" in page
    assert "Choose Kelvin Osei" in page


def test_a_session_of_one_is_seen_by_whoever_sees_the_person(client: Client, people: list[Episode]) -> None:
    session = make_session(people[:1], ago(0))
    assert client.post(f"{ADDRESS}{session.pk}/undo/").status_code == 302


@pytest.mark.parametrize(
    ("names", "words"),
    [
        (["Jas"], "Jas"),
        (["Jas", "Kim"], "Jas and Kim"),
        (["Jas", "Kim", "Lee"], "Jas, Kim and Lee"),
        (["Jas", "Kim", "Lee", "Mo"], "Jas, Kim and 2 more"),
        (["Jas"] * 60, "Jas, Jas and 58 more"),
    ],
)
def test_many_names_in_a_line(names: list[str], words: str) -> None:
    assert together(names) == words
