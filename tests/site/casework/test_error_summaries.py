"""Every link of an error summary leads to the box that is wrong: each form of casework and employers is sent empty."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse
from tests.site.casework.factories import make_episode
from tests.site.conftest import NOW, World, sign_in
from tests.site.matrix_samples import ADDRESSES, Made, url_of

from placewell_web.accounts.models import Role
from placewell_web.casework.actions import plans
from placewell_web.config.addresses import Address

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]
APPS = ("casework", "employers")
SUMMARY = re.compile(r'<div class="nhsuk-error-summary".*?</ul>', re.DOTALL)


@dataclass
class Form:
    """A form of a page that posts: where to, what it holds unseen, and its buttons."""

    action: str
    hidden: dict[str, str] = field(default_factory=dict)
    buttons: list[dict[str, str]] = field(default_factory=list)

    @property
    def sent(self) -> list[dict[str, str]]:
        """What is sent where nothing is filled in, by each button."""
        return [self.hidden | button for button in self.buttons or [{}]]


class Forms(HTMLParser):
    """The forms of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[Form] = []
        self.now: Form | None = None
        self.feed(page)

    def handle_starttag(self, tag: str, pairs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in pairs}
        if tag == "form":
            self.now = Form(said.get("action", "")) if said.get("method") == "post" else None
            self.found += [self.now] if self.now else []
        elif self.now and tag == "input" and said.get("type") == "hidden":
            self.now.hidden[said["name"]] = said.get("value", "")
        elif self.now and tag == "button":
            self.now.buttons.append({said["name"]: said.get("value", "")} if said.get("name") else {})

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.now = None


def summary_of(page: str) -> list[str] | None:
    """Where the links of the summary lead; nothing where there is no summary."""
    found = SUMMARY.search(page)
    return re.findall(r'href="#([^"]*)"', found[0]) if found else None


def astray(page: str) -> list[str]:
    """The links of the summary that do not lead to exactly one element."""
    return [target for target in summary_of(page) or [] if len(re.findall(rf'\sid="{re.escape(target)}"', page)) != 1]


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ('<a href="#id_goal">x</a></ul><input id="id_goal">', []),
        ('<a href="#id_goal">x</a></ul><input id="id_goal-day">', ["id_goal"]),
        ('<a href="#a">x</a></ul><input id="a"><input id="a">', ["a"]),
        ('</ul><a href="#elsewhere">x</a>', []),
    ],
)
def test_the_check_itself(body: str, found: list[str]) -> None:
    assert astray(f'<div class="nhsuk-error-summary"><ul>{body}') == found


def refused(client: Client, path: str) -> dict[str, str]:
    """The pages that answer each form of a page where nothing is filled in: those with a summary of errors."""
    answer = client.get(path)
    page = answer.content.decode() if "html" in answer.get("Content-Type", "") else ""
    found = {}
    for form in Forms(page).found:
        for sent in form.sent:
            with transaction.atomic():
                again = client.post(form.action.split("#")[0] or path, sent).content.decode(errors="replace")
                transaction.set_rollback(True)
            if summary_of(again) is not None:
                found[f"{path} {sent}"] = again
    return found


def opened_by(role: Role) -> Iterator[Address]:
    """What a specialist may open, or what only a team leader may."""
    for one in ADDRESSES.values():
        roles = one.policy.roles or {role}
        is_first = role == Role.SPECIALIST or Role.SPECIALIST not in roles
        if one.name.split(":")[0] in APPS and role in roles and is_first:
            yield one


@pytest.mark.parametrize(("role", "least"), [(Role.SPECIALIST, 45), (Role.TEAM_LEADER, 2)])
def test_every_form_sent_empty_says_where(client: Client, world: World, role: Role, least: int) -> None:
    sign_in(client, world.user(role))
    made = Made(world, world.own.code)
    pages = {words: page for one in opened_by(role) for words, page in refused(client, url_of(one, made)).items()}
    assert {words: astray(page) for words, page in pages.items() if astray(page)} == {}
    assert len(pages) >= least


@pytest.mark.parametrize("kind", ["vocational_action", "job_search"])
@pytest.mark.parametrize(
    ("sent", "targets"),
    [
        ({"agree": "1"}, ["id_goal", "id_agreed_on-day", "id_step-1-text"]),
        ({"agree": "1", "goal": "Shop work", "agreed_on-day": "14", "agreed_on-month": "6"}, ["id_agreed_on-year"]),
        ({"save": "1", "step-3-due_on-day": "40", "step-3-due_on-month": "1"}, ["id_goal", "id_step-3-due_on-year"]),
        ({"save": "1", "goal": "Shop work", "step-2-by_whom": "client"}, ["id_step-2-text"]),
    ],
)
def test_a_plan_and_its_steps_say_where(
    client: Client, world: World, kind: str, sent: dict[str, str], targets: list[str]
) -> None:
    episode = make_episode(world)
    plans.start_plan(by=world.actor("specialist"), at=NOW, episode=episode, kind=kind)
    sign_in(client, world.user("specialist"))
    path = reverse("casework:plan_of_kind", args=[episode.pk, kind])
    page = client.post(path, {"edit_version": "1"} | sent).content.decode()
    found = summary_of(page) or []
    assert [target for target in found if target in targets] == targets
    assert astray(page) == []
