"""The five ways to lose words while a contact is written, at the server: each time the text is there, once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
import time_machine
from django.test import Client
from tests.site.casework.factories import make_episode, make_person
from tests.site.casework.test_contact import sent
from tests.site.conftest import World

from placewell_web.accounts.models import User
from placewell_web.audit.models import Entry
from placewell_web.casework.models import Contact, ContactDraft
from placewell_web.clients.models import Episode

SignIn = Callable[[User | None], Client]


@pytest.fixture(autouse=True)
def _still(frozen: time_machine.Traveller) -> time_machine.Traveller:
    """Friday 14 June 2019, 12:04."""
    return frozen


@pytest.fixture
def episode(world: World) -> Episode:
    return make_episode(world, person=make_person(preferred_name="Jas"))


class Tab:
    """An open page: the fields it was given, and what is typed into it."""

    def __init__(self, client: Client, episode: Episode, query: str = "") -> None:
        self.client, self.address = client, f"/people/{episode.pk}/contact/"
        self.text = client.get(f"{self.address}{query}").content.decode()
        names = ("form_token", "draft_key", "page", "draft")
        self.hidden = {name: self.text.split(f'name="{name}" value="')[1].split('"')[0] for name in names}

    def writes(self, note: str, client: Client | None = None) -> Any:
        return (client or self.client).post(f"{self.address}draft/", {**self.hidden, "note": note})

    def saves(self, note: str, client: Client | None = None, **fields: Any) -> Any:
        return (client or self.client).post(self.address, sent() | self.hidden | {"note": note} | fields)

    @property
    def note(self) -> str:
        return self.text.split('name="note"')[1].split(">", 1)[1].split("</textarea>")[0]


@pytest.fixture
def client(world: World, client_for: SignIn) -> Client:
    return client_for(world.user("specialist"))


@pytest.fixture
def tab(client: Client, episode: Episode) -> Tab:
    return Tab(client, episode)


def notes() -> list[str]:
    return sorted(Contact.unscoped.values_list("note", flat=True))


def drafts() -> list[str]:
    return sorted(ContactDraft.unscoped.values_list("fields", flat=True))


def test_the_session_ends_in_the_middle_and_the_page_keeps_writing(
    tab: Tab, client_for: SignIn, world: World, episode: Episode
) -> None:
    nobody = Client()
    answer = tab.writes("Half of it", nobody)
    assert answer.json() == {"saved_at": "12:04", "signed_out": True}
    assert tab.saves("Half of it, and the rest.", nobody)["Location"].startswith("/accounts/login/")
    assert notes() == []
    again = Tab(client_for(world.user("specialist")), episode)
    assert again.note == "Half of it, and the rest."
    again.saves(again.note)
    assert (notes(), drafts()) == (["Half of it, and the rest."], [])


def test_a_draft_sent_without_a_session_or_a_key_is_not_kept(tab: Tab) -> None:
    tab.hidden["draft_key"] = "made-up"
    assert tab.writes("Spam", Client()).status_code == 302
    assert drafts() == []


def test_the_tab_is_closed_and_the_words_go_on_where_they_stopped(tab: Tab, client: Client, episode: Episode) -> None:
    tab.writes("She starts on Monday")
    later = Tab(client, episode)
    assert later.note == "She starts on Monday"
    later.writes("She starts on Monday, if the bus runs.")
    assert len(drafts()) == 1, "the page that goes on takes the draft over"
    later.saves("She starts on Monday, if the bus runs.")
    assert (notes(), drafts()) == (["She starts on Monday, if the bus runs."], [])


def test_two_pages_write_at_once_and_both_are_kept(tab: Tab, client: Client, episode: Episode) -> None:
    other = Tab(client, episode)
    tab.writes("From the office")
    other.writes("From the phone")
    tab.writes("From the office, more")
    assert len(drafts()) == 2
    page = Tab(client, episode)
    assert page.note == "From the office, more" or page.note == "From the phone"
    assert "Another draft is kept" in page.text
    for words in ("From the office, more", "From the phone"):
        assert words in page.text


@pytest.mark.parametrize("first", ["second device", "first device"])
def test_a_second_device_goes_on_while_the_first_stays_open(
    tab: Tab, client: Client, client_for: SignIn, world: World, episode: Episode, first: str
) -> None:
    tab.writes("Begun at the desk")
    phone = Tab(client_for(world.user("specialist")), episode)
    assert phone.note == "Begun at the desk"
    phone.writes("Begun at the desk, ended on the bus")
    tab.writes("Begun at the desk, ended at the desk")
    assert len(drafts()) == 2, "neither writes over the other"
    early, late = (phone, tab) if first == "second device" else (tab, phone)
    early.saves("The first save")
    answer = late.saves("The second save")
    assert answer.status_code == 409
    text = answer.content.decode()
    assert "This contact is already saved, with other words" in text
    assert "The first save" in text
    assert "The second save" in text
    assert notes() == ["The first save"], "one meeting is one contact"


@pytest.mark.parametrize(
    ("button", "kept"),
    [
        ("replace", ["Newer words"]),
        ("another", ["Newer words", "Older words"]),
        ("discard", ["Older words"]),
    ],
)
def test_which_of_two_versions_to_keep_is_asked_once(tab: Tab, button: str, kept: list[str]) -> None:
    tab.saves("Older words")
    answer = tab.saves("Newer words")
    token = answer.content.decode().split('name="other_token" value="')[1].split('"')[0]
    for _ in range(2):
        assert tab.saves("Newer words", other_token=token, **{button: "1"}).status_code == 302
    assert (notes(), drafts()) == (kept, [])


def test_the_answer_to_a_save_is_lost_and_it_is_sent_again(tab: Tab) -> None:
    """The connection broke after the POST arrived: the page still holds the text, and its writer presses again."""
    tab.writes("The whole story")
    assert [tab.saves("The whole story").status_code for _ in range(3)] == [302, 302, 302]
    assert (notes(), drafts()) == (["The whole story"], [])
    assert Entry.objects.filter(verb="record_contact").count() == 1


def test_a_draft_that_arrives_after_the_save_leaves_nothing_behind(tab: Tab) -> None:
    tab.saves("The whole story,\r\nto its end")
    for late in ("The whole", "The whole story,\nto its end", ""):
        tab.writes(late)
    assert drafts() == []
    tab.writes("The whole story, to its end. And a word more")
    assert len(drafts()) == 1, "what is new is never thrown away"


def test_the_text_is_far_too_long_and_still_all_there(tab: Tab, client: Client, episode: Episode) -> None:
    long = "Every word. " * 5_000
    answer = tab.saves(long)
    assert "Note must be 20,000 characters or fewer." in answer.content.decode()
    assert Tab(client, episode).note.strip() == long.strip()
    tab.writes(long + "One more.")
    assert Tab(client, episode).note.endswith("One more.")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("page", "not-a-uuid"),
        ("draft", "x:y"),
        ("draft", "1c2d8bb7-adca-4746-805f-4a1c7d68aec2:99999999999999"),
        ("draft", "\x00"),
        ("form_token", "'; drop table"),
    ],
)
def test_odd_fields_beside_the_words_lose_nothing(tab: Tab, name: str, value: str) -> None:
    tab.hidden[name] = value
    tab.writes("Kept")
    tab.writes("Kept, and more")
    assert "Kept, and more" in "".join(drafts())


def test_a_form_cannot_carry_the_token_of_another(tab: Tab, client: Client, world: World, episode: Episode) -> None:
    tab.saves("About Jas")
    other = Tab(client, make_episode(world, person=make_person("Kelvin", "Osei")))
    other.hidden["form_token"] = tab.hidden["form_token"]
    answer = other.saves("About Kelvin")
    assert answer.status_code == 403
    assert notes() == ["About Jas"]
    assert "Open the form again" in answer.content.decode()


def test_nobody_writes_in_the_draft_of_another(tab: Tab, client_for: SignIn, world: World, episode: Episode) -> None:
    tab.writes("Mine")
    leader = client_for(world.user("team_leader"))
    draft = ContactDraft.unscoped.get()
    theirs = Tab(leader, episode, f"?draft={draft.pk}")
    assert "Mine" not in theirs.text
    theirs.hidden |= {"page": tab.hidden["page"], "draft": f"{draft.pk}:{draft.version}"}
    theirs.writes("Theirs")
    assert {one.author.name: "Mine" in one.fields for one in ContactDraft.unscoped.all()} == {
        world.user("specialist").name: True,
        world.user("team_leader").name: False,
    }


def test_an_old_draft_says_how_old_it_is(
    tab: Tab, client_for: SignIn, world: World, episode: Episode, _still: time_machine.Traveller
) -> None:
    tab.writes("From last week")
    _still.shift(8 * 24 * 3600)
    later = client_for(world.user("specialist"))
    text = Tab(later, episode).text
    assert "This is a draft of 14 June 2019 at 12:04, 8 days ago." in text
    assert "Check the date before you save it." in text
    today = later.get("/today/").content.decode()
    assert "You were writing about" in today
    assert "From last week" in today
    assert "14 June 2019" in today


def test_discarding_takes_one_draft_of_two(tab: Tab, client: Client, episode: Episode) -> None:
    other = Tab(client, episode)
    tab.writes("First")
    other.writes("Second")
    newest = Tab(client, episode)
    client.post(newest.address, {**newest.hidden, "discard": "1"})
    assert len(drafts()) == 1
    assert newest.note not in drafts()[0]
