"""Profiles, plans and assessments keep themselves: what is typed survives tab, session and device; one document."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from tests.site.casework.factories import make_episode
from tests.site.conftest import World

from placewell.specification import load
from placewell_web.accounts import service
from placewell_web.accounts.models import User
from placewell_web.audit.models import Entry
from placewell_web.casework.forms.parsers import draft_key
from placewell_web.casework.models import Assessment, ContactDraft, Plan, Profile
from placewell_web.clients.models import Episode

SignIn = Callable[[User | None], Client]
LONG = "Words that took ten minutes"


@dataclass(frozen=True)
class Kind:
    """A document: where it is written, the box that is typed in, and what else its form needs to be saved."""

    page: str
    document: str
    box: str
    model: type[Any]
    needs: tuple[tuple[str, str], ...] = ()
    of: str = "thrive_into_work"

    def sent(self, text: str = LONG, **more: Any) -> dict[str, Any]:
        return {"edit_version": "1", **dict(self.needs), self.box: text, **more}


KINDS = {
    "profile": Kind("profile", "profile", "experience", Profile),
    "plan": Kind("plan", "vocational_action", "goal", Plan),
    "step of a plan": Kind("plan", "vocational_action", "step-1-text", Plan, (("goal", "Work"),)),
    "job search plan": Kind("plan/job_search", "job_search", "employers", Plan, (("goal", "Work"),)),
    "assessment": Kind("assessment", "assessment", "social_obstacles", Assessment, of="nottingham_health_employment"),
}


@pytest.fixture(autouse=True)
def _still(frozen: object) -> None:
    """Friday 14 June 2019, 12:04."""


@pytest.fixture(params=KINDS.values(), ids=KINDS)
def kind(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Kind:
    found: Kind = request.param
    spec = load(found.of)
    monkeypatch.setattr(service, "current", lambda: spec)
    return found


@pytest.fixture
def episode(world: World) -> Episode:
    return make_episode(world)


@pytest.fixture
def client(world: World, client_for: SignIn, kind: Kind, episode: Episode) -> Client:
    """A specialist who has begun the document."""
    found = client_for(world.user("specialist"))
    found.post(f"/people/{episode.pk}/{kind.page}/start/")
    return found


@pytest.fixture
def page(kind: Kind, episode: Episode) -> str:
    return f"/people/{episode.pk}/{kind.page}/"


@pytest.fixture
def keep_at(kind: Kind, episode: Episode) -> str:
    return f"/people/{episode.pk}/draft/{kind.document}/"


def hidden(text: str, name: str) -> str:
    found = re.search(rf'name="{name}"[^>]*value="([^"]*)"', text)
    assert found, name
    return found[1]


def opened(client: Client, page: str) -> dict[str, str]:
    """The hidden fields of the page as a browser sends them."""
    text = client.get(page).content.decode()
    return {name: hidden(text, name) for name in ("page", "draft", "draft_key", "edit_version")}


def test_the_form_says_where_it_keeps_itself(client: Client, page: str, keep_at: str, kind: Kind) -> None:
    text = client.get(page).content.decode()
    assert f'data-draft="{keep_at}"' in text
    assert "placewell/draft.js" in text
    assert "What you write is kept as a draft" in text
    assert "Discard what is not saved" not in text
    assert kind.box in text


def test_typed_text_is_there_after_a_closed_tab(client: Client, page: str, keep_at: str, kind: Kind) -> None:
    fields = opened(client, page)
    answer = client.post(keep_at, kind.sent(**fields))
    assert answer.json() == {"saved_at": "12:04"}
    client.post(keep_at, kind.sent(f"{LONG} & <b>more</b>", **fields))
    assert ContactDraft.unscoped.count() == 1, "one page writes in one draft"
    text = client.get(page).content.decode()
    assert f"{LONG} &amp; &lt;b&gt;more&lt;/b&gt;" in text
    assert "Draft of" in text
    assert "Discard what is not saved" in text
    assert Entry.objects.filter(verb="begin_document_draft").count() == 1


def test_saving_makes_one_document_and_leaves_no_draft(client: Client, page: str, keep_at: str, kind: Kind) -> None:
    fields = opened(client, page)
    client.post(keep_at, kind.sent(**fields))
    saved = client.post(page, kind.sent(**fields, save="1"), follow=True).content.decode()
    assert "saved as a draft." in saved
    assert LONG in saved
    assert (kind.model.unscoped.count(), ContactDraft.unscoped.count()) == (1, 0)
    late = client.post(keep_at, kind.sent(**fields))
    assert late.status_code == 200
    assert not ContactDraft.unscoped.exists(), "what arrives after the save and says nothing new is not kept"


def test_a_second_device_goes_on_with_it(
    client: Client, client_for: SignIn, world: World, page: str, keep_at: str, kind: Kind
) -> None:
    client.post(keep_at, kind.sent(**opened(client, page)))
    phone = client_for(world.user("specialist"))
    fields = opened(phone, page)
    assert LONG in phone.get(page).content.decode()
    phone.post(keep_at, kind.sent(f"{LONG}, and on the phone", **fields))
    assert ContactDraft.unscoped.count() == 1, "it took the draft over"
    phone.post(page, kind.sent(f"{LONG}, and on the phone", **fields, save="1"))
    assert (kind.model.unscoped.count(), ContactDraft.unscoped.count()) == (1, 0)


def test_two_open_pages_never_write_over_each_other(client: Client, page: str, keep_at: str, kind: Kind) -> None:
    first, second = opened(client, page), opened(client, page)
    client.post(keep_at, kind.sent("From the first", **first))
    client.post(keep_at, kind.sent("From the second", **second))
    text = client.get(page).content.decode()
    assert "Another draft is kept" in text
    client.post(page, kind.sent("From the first", **first, save="1"))
    conflict = client.post(page, kind.sent("From the second", **second, save="1"))
    assert conflict.status_code == 409
    text = conflict.content.decode()
    assert "From the first" in text
    assert "From the second" in text
    client.post(page, kind.sent("From the second", **second | {"edit_version": hidden(text, "edit_version")}, save="1"))
    assert "From the second" in client.get(page).content.decode()
    assert (kind.model.unscoped.count(), ContactDraft.unscoped.count()) == (1, 0)


@pytest.mark.parametrize("by_itself", [True, False])
def test_words_survive_a_session_that_ended(
    client: Client,
    client_for: SignIn,
    world: World,
    page: str,
    keep_at: str,
    kind: Kind,
    by_itself: bool,
) -> None:
    fields = opened(client, page)
    answer = Client().post(keep_at if by_itself else page, kind.sent(**fields))
    if by_itself:
        assert answer.json() == {"saved_at": "12:04", "signed_out": True}
    else:
        assert answer["Location"].startswith("/accounts/login/")
    assert kind.model.unscoped.get().edit_version == 1
    again = client_for(world.user("specialist"))
    assert LONG in again.get(page).content.decode()
    assert f"{page}?draft=" in again.get("/today/").content.decode().replace("plan/vocational_action/", "plan/")


@pytest.mark.parametrize("key", ["", "made-up"])
def test_nobody_keeps_words_without_a_key(client: Client, keep_at: str, kind: Kind, key: str) -> None:
    Client().post(keep_at, kind.sent(draft_key=key))
    assert not ContactDraft.unscoped.exists()


def test_what_is_kept_is_its_writers_alone(
    client: Client, client_for: SignIn, world: World, page: str, keep_at: str, kind: Kind, episode: Episode
) -> None:
    client.post(keep_at, kind.sent(**opened(client, page)))
    assert LONG not in client_for(world.user("team_leader")).get(page).content.decode()
    stranger = client_for(world.user("specialist", "wolverhampton"))
    assert stranger.post(keep_at, kind.sent(page=str(uuid4()))).status_code == 404
    foreign = draft_key(episode.pk, world.user("specialist", "wolverhampton").pk)
    Client().post(keep_at, kind.sent(draft_key=foreign))
    assert ContactDraft.unscoped.count() == 1


def test_a_discarded_draft_leaves_the_document_as_it_was(client: Client, page: str, keep_at: str, kind: Kind) -> None:
    fields = opened(client, page)
    client.post(keep_at, kind.sent(**fields))
    fields = opened(client, page)
    text = client.post(page, kind.sent(**fields, discard="1"), follow=True).content.decode()
    assert LONG not in text
    assert not ContactDraft.unscoped.exists()
    assert kind.model.unscoped.get().edit_version == 1


def test_an_emptied_box_stays_empty_and_put_back_is_no_draft(
    client: Client, page: str, keep_at: str, kind: Kind
) -> None:
    client.post(page, kind.sent(**opened(client, page), save="1"))
    fields = opened(client, page)
    client.post(keep_at, kind.sent("", **fields))
    assert LONG not in client.get(page).content.decode()
    client.post(keep_at, kind.sent(**fields))
    assert not ContactDraft.unscoped.exists()
    assert LONG in client.get(page).content.decode()


def test_a_refused_save_keeps_what_was_sent(client: Client, page: str, kind: Kind) -> None:
    fields = opened(client, page)
    done = {"complete": "1", "agree": "1", "preferences": "", "agreed_on-day": "31", "agreed_on-month": "2"}
    refused = client.post(page, kind.sent(**fields, **done))
    assert refused.status_code == 200
    assert "There is a problem" in refused.content.decode()
    assert LONG in client.get(page).content.decode()


def test_words_kept_for_a_version_that_is_closed_stand_beside_the_next(
    client: Client, client_for: SignIn, world: World, page: str, keep_at: str, kind: Kind, frozen: Any
) -> None:
    """A colleague finished the version meanwhile: nothing is lost, and nothing is written over unseen."""
    client.post(keep_at, kind.sent(**opened(client, page)))
    kind.model.unscoped.update(
        **({"agreed_on": "2019-06-14"} if kind.model is Plan else {"completed_on": "2019-06-14"})
    )
    text = client.get(page).content.decode()
    assert "What you wrote here is kept, and was not saved." in text
    frozen.shift(timedelta(minutes=5))
    client.post(f"{page}start/")
    text = client.get(page).content.decode()
    assert LONG in text
    fields = {name: hidden(text, name) for name in ("page", "draft", "draft_key", "edit_version")}
    assert client.post(page, kind.sent(**{**fields, "save": "1"})).status_code == 409


def test_only_fields_of_documents_are_kept(client: Client, page: str, keep_at: str, kind: Kind) -> None:
    fields = opened(client, page)
    client.post(keep_at, kind.sent(**fields, csrfmiddlewaretoken="x", password="y", step="z", **{"step-13-text": "n"}))
    kept = ContactDraft.unscoped.get()
    assert not re.search("csrf|password|step-13|draft_key", kept.fields)
    assert kept.form == {"profile": "profile", "assessment": "assessment"}.get(kind.document, f"plan:{kind.document}")


def test_there_is_no_document_of_any_name(world: World, client_for: SignIn, episode: Episode) -> None:
    client = client_for(world.user("specialist"))
    assert client.post(f"/people/{episode.pk}/draft/no-such-plan/", {"goal": "x"}).status_code == 404
    Client().post(
        f"/people/{episode.pk}/draft/{'x' * 90}/",
        {"goal": "x", "draft_key": draft_key(episode.pk, world.user("specialist").pk)},
    )
    assert all(len(one.form) <= 40 for one in ContactDraft.unscoped.all())
