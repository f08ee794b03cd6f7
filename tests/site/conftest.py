"""Fixtures of the site's tests: a small world of two providers, a still clock, signed-in clients."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine
from allauth.account.internal.userkit import user_id_to_str
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.auth.models import update_last_login
from django.contrib.sessions.backends.db import SessionStore
from django.core.cache import cache
from django.db import connection
from django.test import Client
from tests.site.writes import writes

from placewell_web.accounts.models import GpPractice, Lot, Organisation, Posting, Role, Team, User
from placewell_web.accounts.queries import viewer_of
from placewell_web.accounts.viewer import Viewer
from placewell_web.audit import triggers
from placewell_web.audit.actors import Actor
from placewell_web.evaluation import queries as evaluation
from placewell_web.reporting import queries as figures
from placewell_web.trial import triggers as ledger_triggers
from placewell_web.trial.allocator import configured

NOW = datetime(2019, 6, 14, 12, 4, tzinfo=ZoneInfo("Europe/London"))
PASSWORD = "a long password for tests"


SAME_ON_ANY_DATABASE = {
    "test_policy_matrix.py": "who may open what is decided in Python",
    "test_canaries.py": "what pages show follows from the scopes, whose own tests run on both",
    "test_views_are_recorded.py": "one entry a view; that entries hold is tested on both",
    "test_urls.py": "addresses",
    "test_role_matrix.py": "what pages and files tell is decided in Python; their scopes are tested on both",
    "test_hostile_input.py": "forms refuse it before any database",
    "test_demo_baseline_items.py": "the demo has a database of its own; its export is read on both",
    "test_demo_arrivals.py": "the demo's",
    "test_demo_caseloads.py": "the demo's",
    "test_demo_documents.py": "the demo's",
    "test_demo_employers.py": "the demo's",
    "test_demo_evaluator.py": "the demo's",
    "test_demo_follow_up.py": "the demo's",
    "test_demo_history.py": "the demo's witness",
    "test_demo_trial.py": "the demo's",
    "test_demo_trial_day.py": "the demo's",
    "test_demo_unsaved.py": "the demo's",
    "test_prepare_demo.py": "the demo's",
    "test_phase.py": "days are decided in Python",
    "test_coverage_claims.py": "addresses",
    "test_policy.py": "who may open what is decided in Python",
    "test_names.py": "how names are written and folded",
    "test_wrong_answers.py": "forms refuse it before any database",
    "test_tabs.py": "what a browser sends back",
    "test_quarter.py": "words and layout; figures are read in test_figure_tables.py, on both",
    "test_charts.py": "drawn from numbers",
    "test_contract_in_words.py": "words of the specification",
    "test_about.py": "forms and words",
    "test_evidence_files.py": "files are checked in Python",
    "test_scores.py": "drawn from numbers",
    "test_ribbon.py": "drawn from rows",
    "test_printed.py": "layout on paper",
    "test_job_saved.py": "words made from rows that test_jobs.py writes on both",
    "test_codes.py": "lists of the library",
    "test_wordings.py": "texts are read in Python",
    "test_plan_kinds.py": "the parts of a plan are the specification's",
    "test_meeting_baseline.py": "items and errors; answers are kept in test_meeting.py, on both",
    "test_meeting_consent.py": "statements and errors; consent is kept in test_meeting.py, on both",
    "config/": "settings, headers, error pages, the demo's own SQLite",
    "nhsuk/": "fields, words and rendering",
}
"""Test files that PostgreSQL has no say in, with why: a run on it leaves them out (`-m "not any_database"`)."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        name = item.path.relative_to(here).as_posix() if item.path.is_relative_to(here) else ""
        if any(name.startswith(part) or name.endswith(f"/{part}") or name == part for part in SAME_ON_ANY_DATABASE):
            item.add_marker(pytest.mark.any_database)


@dataclass
class World:
    """`own` and `other` are two lots of two providers; `users[lot, role]` works in that lot (and its first team)."""

    own: Lot
    other: Lot
    teams: dict[str, Team]
    users: dict[tuple[str, str], User]
    without_post: User
    organisations: dict[str, Organisation]
    practices: dict[str, GpPractice]
    extra: dict[str, object] = field(default_factory=dict)

    def user(self, role: str, lot: str = "dudley") -> User:
        return self.users[lot, str(role)]

    def viewer(self, role: str, lot: str = "dudley") -> Viewer:
        return viewer_of(self.user(role, lot), NOW.date())

    def actor(self, role: str, lot: str = "dudley") -> Actor:
        user = self.user(role, lot)
        return Actor.user(user.pk, user.name)


LOTS = (("dudley", "Dudley", "Black Country Work"), ("wolverhampton", "Wolverhampton", "Wolverhampton Into Work"))


def make_world() -> World:
    teams, users, posts, practices, organisations, lots = {}, {}, [], {}, {}, []
    for code, name, provider in LOTS:
        organisations[code] = Organisation.objects.create(name=provider, kind="provider")
        lot = Lot.objects.create(code=code, name=name, provider=organisations[code])
        lots.append(lot)
        teams[code] = Team.objects.create(name=f"{name} team", lot=lot)
        practices[code] = GpPractice.objects.create(code=f"M8{len(lots)}001", name=f"{name} Surgery", lot=lot)
        for role in Role:
            user = new_user(f"{role}.{code}@example.org", f"{role.label} {name}")
            users[code, str(role)] = user
            posts.append(new_post(user, role, lot, teams[code]))
    without_post = new_user("none@example.org", "Nobody Posted")
    User.objects.bulk_create([*users.values(), without_post])  # one by one they were half of what many a test cost
    Posting.objects.bulk_create(posts)
    return World(lots[0], lots[1], teams, users, without_post, organisations, practices)


def make_user(email: str, name: str, role: str, lot: Lot, team: Team | None) -> User:
    """A user with one post since 2018; only specialists and leaders belong to a team."""
    user = User.objects.create_user(email, name, PASSWORD)
    new_post(user, role, lot, team).save()
    return user


def new_user(email: str, name: str) -> User:
    """A user who is not saved yet."""
    user = User(email=email, name=name)
    user.set_password(PASSWORD)
    return user


def new_post(user: User, role: str, lot: Lot, team: Team | None) -> Posting:
    """The post of `make_user`, not saved yet."""
    in_team = team if role in (Role.SPECIALIST, Role.TEAM_LEADER) else None
    return Posting(user=user, role=role, organisation=lot.provider, lot=lot, team=in_team, from_on=date(2018, 1, 1))


def sign_in(client: Client, user: User) -> None:
    """Signed in by password a moment ago, so that no page asks for it again."""
    if settings.SESSION_COOKIE_NAME in client.cookies:
        client.force_login(user)  # what is right for the session that is there: kept, or ended where it is another's
        session = client.session
    else:
        session = SessionStore()
        session[SESSION_KEY], session[BACKEND_SESSION_KEY] = str(user.pk), settings.AUTHENTICATION_BACKENDS[0]
        session[HASH_SESSION_KEY] = user.get_session_auth_hash()
        update_last_login(User, user)
    session["account_authentication_methods"] = [{"method": "password", "at": time.time(), "reauthenticated": True}]
    session["account_authentication_methods_user"] = user_id_to_str(user)
    session.save()
    client.cookies[settings.SESSION_COOKIE_NAME] = session.session_key


@pytest.fixture
def world(db: None) -> World:
    return make_world()


@pytest.fixture
def client_for() -> Callable[[User | None], Client]:
    """A test client signed in as the user (None: nobody)."""

    def make(user: User | None = None) -> Client:
        client = Client()
        if user is not None:
            sign_in(client, user)
        return client

    return make


@pytest.fixture
def frozen() -> Iterator[time_machine.Traveller]:
    """Friday 14 June 2019, four minutes past noon; it ticks only when told."""
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def now() -> datetime:
    return NOW


@pytest.fixture(autouse=True)
def _fresh_cache() -> None:
    """Rate limits and computed figures of one test do not reach the next."""
    cache.clear()
    figures.forget()
    evaluation.forget()


@pytest.fixture(autouse=True)
def _every_change_is_recorded(monkeypatch: pytest.MonkeyPatch) -> None:
    """No request of any test changes a record but in one transaction with its audit entry."""
    send = Client.request

    def watched(self: Client, **request: object) -> object:
        with writes() as written:
            response = send(self, **request)
        alone = [] if response.status_code >= 500 else written.alone()
        assert alone == [], (
            f"{request['REQUEST_METHOD']} {request['PATH_INFO']} wrote to {', '.join(alone)} "
            "in a transaction without an audit entry."
        )
        return response

    monkeypatch.setattr(Client, "request", watched)


@pytest.fixture(autouse=True)
def _audit_can_be_flushed(request: pytest.FixtureRequest) -> Iterator[None]:
    """A transactional test ends by emptying every table: the triggers of audit and ledger go on before, off after."""
    transactional = {"transactional_db", "live_server"} & set(request.fixturenames)
    marker = request.node.get_closest_marker("django_db")
    if not transactional and not (marker and marker.kwargs.get("transaction")):
        yield
        return
    request.getfixturevalue("transactional_db")
    triggers.install(connection)
    ledger_triggers.install(connection)
    yield
    triggers.remove(connection)
    ledger_triggers.remove(connection)


@pytest.fixture
def open_trial(tmp_path: Path, settings: Any) -> Iterator[Path]:
    """A trial just opened in a folder of this test, under the public keys of custody level 0."""
    settings.TRIAL_FOLDER, settings.TRIAL_CUSTODY = tmp_path / "trial", 0
    configured.forget()
    yield settings.TRIAL_FOLDER
    configured.forget()
