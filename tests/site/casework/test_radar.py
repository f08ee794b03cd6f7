"""The evidence radar: the right milestones in the order they break, in agreement with Today and with the quarter."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.site.casework.factories import (
    TODAY,
    ago,
    day,
    make_caseload,
    make_employer,
    make_episode,
    make_evidence,
    make_job,
    make_person,
)
from tests.site.conftest import NOW, World

from placewell.periods import quarter_of
from placewell_web.accounts.models import User
from placewell_web.accounts.service import current
from placewell_web.audit.models import Entry
from placewell_web.casework.actions import links
from placewell_web.casework.models import Evidence, PersonalLink
from placewell_web.casework.presenters import radar as told
from placewell_web.casework.presenters.cases import cases
from placewell_web.casework.queries import caseload, episodes, radar
from placewell_web.clients.models import Allocation, Consent, Episode
from placewell_web.reporting import queries as reporting

ROLES = ("specialist", "team_leader", "manager")
SignIn = Callable[[User | None], Client]


@pytest.fixture(autouse=True)
def _still(frozen: object) -> None:
    """Friday 14 June 2019."""


def rows_of(world: World, role: str = "specialist", lot: str = "dudley") -> list[told.RadarRow]:
    viewer = world.viewer(role, lot)
    loaded = caseload.load(radar.looked_at(viewer), TODAY)
    agreed = radar.may_ask_employers(viewer, loaded.episode_ids, TODAY)
    return told.radar(loaded, radar.links_asking(viewer, loaded.episode_ids), agreed, NOW)


def in_work(world: World, since: int, name: str = "Jaswinder", **fields: Any) -> Episode:
    """Someone entered, in the same job since so many days."""
    dates = {"referred_on": day("2018-10-01"), "accepted_on": day("2018-10-02")} if since > 60 else {}
    episode = make_episode(world, person=make_person(name), **dates, **fields)
    if dates:  # the trial phase: only who was drawn into the service has entered
        Allocation.unscoped.create(episode=episode, arm=current().outcomes.entry.arm, allocated_on=day("2018-10-05"))
    make_job(episode, ago(since), employer=make_employer())
    return episode


def facts(row: told.RadarRow) -> tuple[str, bool, date]:
    return row.outcome, row.reached, row.due_on


@pytest.mark.parametrize(
    ("since", "rows"),
    [
        (1, [("job_start", True, ago(1 - 14)), ("six_weeks", False, ago(1 - 41 - 14))]),
        (30, [("job_start", True, ago(30 - 14)), ("six_weeks", False, ago(30 - 41 - 14))]),
        (50, [("job_start", True, ago(50 - 14)), ("six_weeks", True, ago(50 - 41 - 14))]),
        (-3, []),
    ],
)
def test_a_milestone_is_shown_once_it_is_reached_or_comes_soon(
    world: World, since: int, rows: list[tuple[str, bool, date]]
) -> None:
    in_work(world, since)
    found = [facts(row) for row in rows_of(world)]
    assert found[: len(rows)] == rows
    assert bool(found) is bool(rows)


@pytest.mark.parametrize(
    ("document", "here", "waits"),
    [
        (None, "No evidence is held: needs a contract of employment, a letter from the employer", False),
        ({"about_on": ago(40)}, "vouches for 5 May 2019, before the first day worked, 15 May 2019.", False),
        ({"kind": "qualitative_note"}, "is not accepted: needs", False),
        ({"about_on": None}, "does not say for which day it vouches.", False),
        ({}, "The payslip of 14 June 2019 waits to be verified.", True),
        ({"status": "rejected", "decided_on": ago(2)}, "was rejected on 12 June 2019.", False),
    ],
)
def test_what_is_here_and_why_it_does_not_do(
    world: World, document: dict[str, Any] | None, here: str, waits: bool
) -> None:
    episode = in_work(world, 30)
    if document is not None:
        make_evidence(episode, episode.jobs.get(), **document)
    row = next(row for row in rows_of(world) if row.outcome == "job_start")
    assert here in row.here
    assert row.waits is (waits or bool(document and document.get("status", "received") == "received"))


def test_a_proved_milestone_is_gone(world: World) -> None:
    episode = in_work(world, 30)
    manager = world.user("manager")
    make_evidence(
        episode, episode.jobs.get(), status="verified", decided_on=TODAY, decided_by=manager, verified_on=TODAY
    )
    assert [row.outcome for row in rows_of(world)] == ["six_weeks"]


def test_what_breaks_first_is_on_top(world: World) -> None:
    for name, since in (("Cara", 10), ("Ada", 30), ("Ben", 20)):
        in_work(world, since, name)
    reached = [row.called for row in rows_of(world) if row.reached]
    assert reached == ["Ada", "Ben", "Cara"]
    days = [row.due_on for row in rows_of(world)]
    assert days == sorted(days)
    grouped = {group.id: [row.called for row in group.rows if row.reached] for group in told.groups(rows_of(world))}
    assert (grouped["late"], grouped["week"]) == (["Ada", "Ben"], ["Cara"])


@pytest.mark.parametrize(
    ("on", "words"),
    [
        (day("2019-05-15"), "46 days left for the return for the quarter to 30 June 2019, due on 30 July 2019."),
        (
            day("2019-03-31"),
            "Too late for the return for the quarter to 31 March 2019, which was due on 30 April 2019.",
        ),
        (day("2010-01-01"), ""),
    ],
)
def test_how_long_is_left_until_the_return(on: date, words: str) -> None:
    assert told._left(current(), on, TODAY) == words


def test_links_asked_are_told_the_newest_for_each(world: World) -> None:
    episode = in_work(world, 30)
    job = episode.jobs.get()
    for at, to, purpose in ((NOW - timedelta(days=3), "client", "proof"), (NOW, "client", "proof")):
        asked = {"purpose": purpose, "given_to": to, "about": job.pk, "outcome": "job_start"}
        links.give_link(by=world.actor("specialist"), at=at, episode=episode, **asked)
    row = next(row for row in rows_of(world) if row.outcome == "job_start")
    said = "Jaswinder was given a link, which works until 28 June 2019."
    assert [(one.whom, one.said) for one in row.asked] == [("client", said)]
    assert next(row for row in rows_of(world) if row.outcome == "six_weeks").asked == ()


@pytest.mark.parametrize(
    ("became", "said"),
    [
        ({"sent_at": NOW}, "Jaswinder was emailed a link, which works until 28 June 2019."),
        ({"opened_at": NOW}, "Jaswinder opened the link on 14 June 2019 at 12:04. It works until 28 June 2019."),
        ({"answered_at": NOW}, "Jaswinder answered on 14 June 2019 at 12:04."),
        ({"revoked_at": NOW}, "The link for Jaswinder was taken back on 14 June 2019."),
        (
            {"created_at": NOW - timedelta(days=9), "expires_at": NOW},
            "The link for Jaswinder ran out on 14 June 2019 without an answer.",
        ),
    ],
)
def test_what_became_of_a_link_and_asking_again(
    world: World, client_for: SignIn, became: dict[str, Any], said: str
) -> None:
    episode = in_work(world, 30)
    asked = {"purpose": "proof", "given_to": "client", "about": episode.jobs.get().pk, "outcome": "job_start"}
    links.give_link(by=world.actor("specialist"), at=NOW, episode=episode, **asked)
    PersonalLink.unscoped.update(**became)
    page = client_for(world.user("specialist")).get("/evidence/radar/?outcome=job_start").content.decode()
    assert said in page
    assert "Ask Jaswinder again<" in page


@pytest.mark.parametrize(
    ("document", "asks"),
    [
        (None, True),
        ({}, False),
        ({"kind": "client_declaration"}, False),
        ({"about_on": ago(40)}, True),
        ({"about_on": None}, True),
        ({"kind": "qualitative_note"}, True),
        ({"outcome": "six_weeks"}, True),
        ({"status": "rejected", "decided_on": ago(2)}, True),
    ],
)
def test_nobody_is_asked_for_more_while_what_would_do_waits(
    world: World, client_for: SignIn, document: dict[str, Any] | None, asks: bool
) -> None:
    episode = in_work(world, 30)
    Consent.unscoped.create(episode=episode, kind="contact_employer", given_on=ago(20))
    if document is not None:
        make_evidence(episode, episode.jobs.get(), **document)
    page = client_for(world.user("specialist")).get("/evidence/radar/?outcome=job_start").content.decode()
    assert ("Ask Jaswinder<" in page, "Ask the employer<" in page) == (asks, asks)


@pytest.mark.parametrize(
    ("consent", "may"),
    [(None, False), ({}, True), ({"withdrawn_on": TODAY}, False), ({"given_on": ago(-1)}, False)],
)
def test_an_employer_can_be_asked_only_with_consent(
    world: World, client_for: SignIn, consent: dict[str, Any] | None, may: bool
) -> None:
    episode = in_work(world, 30)
    if consent is not None:
        Consent.unscoped.create(episode=episode, **({"kind": "contact_employer", "given_on": ago(20)} | consent))
    assert {row.may_ask_employer for row in rows_of(world)} == {may}
    page = client_for(world.user("specialist")).get("/evidence/radar/").content.decode()
    assert ("/link/employment/" in page) is may
    assert ("No consent to ask the employer" in page) is not may


# --- whose ---


@pytest.mark.parametrize(
    ("role", "lot", "seen"),
    [
        ("specialist", "dudley", {"Own"}),
        ("team_leader", "dudley", {"Own", "Colleague’s", "Closed"}),
        ("manager", "dudley", {"Own", "Colleague’s", "Closed"}),
        ("specialist", "wolverhampton", {"Foreign"}),
        ("manager", "wolverhampton", {"Foreign"}),
    ],
)
def test_a_specialist_sees_their_own_and_a_leader_the_lot(world: World, role: str, lot: str, seen: set[str]) -> None:
    in_work(world, 30, "Own")
    in_work(world, 30, "Colleague’s", specialist=world.user("team_leader"))
    in_work(world, 30, "Closed", closed_on=ago(2), closure_reason="in_work")
    in_work(world, 30, "Foreign", lot="wolverhampton")
    control = in_work(world, 30, "Control")
    Allocation.unscoped.create(episode=control, arm="control", allocated_on=ago(50))
    assert {row.called for row in rows_of(world, role, lot)} == seen


def test_a_leader_reads_whose_client_it_is(world: World, client_for: SignIn) -> None:
    in_work(world, 30)
    told_to = {role: client_for(world.user(role)).get("/evidence/radar/").content.decode() for role in ROLES}
    name = "Employment specialist Dudley. 46 days left"
    assert [name in told_to[role] for role in ROLES] == [False, True, True]


@pytest.mark.parametrize("role", ["programme", "commissioner", "evaluator", "administrator"])
def test_nobody_else_opens_it(world: World, client_for: SignIn, role: str) -> None:
    assert client_for(world.user(role)).get("/evidence/radar/").status_code == 403


# --- it agrees ---


@pytest.fixture
def mixed(world: World) -> list[Episode]:
    """People at every stage, with all kinds of documents."""
    made = [in_work(world, since, f"P{since}") for since in (2, 10, 20, 30, 43, 50, 60, 100, 220)]
    for number, episode in enumerate(made[1:4]):
        fields = ({"about_on": ago(200)}, {"status": "rejected", "decided_on": ago(1)}, {})[number]
        make_evidence(episode, episode.jobs.get(), **fields)
    make_evidence(made[5], made[5].jobs.get(), status="verified", decided_on=TODAY, verified_on=TODAY, kind="contract")
    return made


def test_it_agrees_with_the_clocks_of_today(world: World, mixed: list[Episode]) -> None:
    viewer = world.viewer("specialist")
    listed = cases(caseload.load(episodes.caseload_of(viewer, viewer.user_id), TODAY))
    clocks = [(due.episode_id, due.on) for case in listed for due in case.dues if due.action == "upload_evidence"]
    rows = [(row.episode_id, row.due_on) for row in rows_of(world) if row.reached]
    assert sorted(rows) == sorted(clocks)
    assert len(rows) >= 8


@pytest.mark.parametrize("back", [0, 1])
def test_it_agrees_with_what_is_still_missing_of_the_quarter(world: World, mixed: list[Episode], back: int) -> None:
    """The people whom each outcome of the return leaves out for want of proof are those the radar names."""
    spec = current()
    quarter = quarter_of(TODAY - timedelta(days=91 * back), spec.service.first_quarter_starts)
    scope = reporting.Scope("dudley", "Dudley", quarter, TODAY)
    missing = reporting.lacking(world.viewer("manager"), scope)
    mine: dict[str, set[str]] = {}
    for row in rows_of(world, "manager"):
        if row.reached and row.on in quarter:
            mine.setdefault(row.outcome, set()).add(row.episode_id)
    asked = {rule.outcome for rule in spec.outcomes.evidence}
    theirs = dict.fromkeys(asked, 0)
    for one in missing:
        if one.lacks in reporting.PROOF and one.outcome in asked:
            theirs[one.outcome] += one.people
    assert theirs == {outcome: len(mine.get(outcome, ())) for outcome in asked}
    assert sum(theirs.values()) > 0


def test_the_page_says_the_number_and_filters_by_milestone(
    world: World, client_for: SignIn, mixed: list[Episode]
) -> None:
    client = client_for(world.user("specialist"))
    rows = rows_of(world)
    page = html.unescape(client.get("/evidence/radar/").content.decode())
    assert f"{told.waiting(rows)} milestones are reached without proof." in page
    only = client.get("/evidence/radar/?outcome=six_weeks").content.decode()
    assert len(re.findall("Upload proof<", only)) == sum(row.outcome == "six_weeks" for row in rows)
    assert "No milestone waits" in client.get("/evidence/radar/?outcome=%00x").content.decode()


@pytest.mark.parametrize("size", [12, 600])
def test_the_same_few_queries_whatever_the_number(world: World, client_for: SignIn, size: int) -> None:
    make_caseload(world, size)
    client = client_for(world.user("manager"))
    client.get("/evidence/radar/?outcome=none")  # what is worked out once for a process
    with CaptureQueriesContext(connection) as queries:
        page = client.get("/evidence/radar/")
    shown = page.content.decode().count("Upload proof<")
    assert shown == min(told.MOST_ROWS, shown)
    assert len(queries) == 11 + (connection.vendor == "postgresql")
    entry = Entry.objects.filter(verb="view_evidence_radar").latest("at")
    assert json.loads(entry.detail)["count"] <= told.MOST_ROWS


# --- what was sent back ---


@pytest.mark.parametrize(
    ("later", "told_of"),
    [(None, 1), ({"received_on": TODAY}, 0), ({"received_on": TODAY, "outcome": "six_weeks"}, 1)],
)
def test_a_rejection_is_told_until_something_replaces_it(
    world: World, later: dict[str, Any] | None, told_of: int
) -> None:
    episode = in_work(world, 30)
    rejected = {"status": "rejected", "decided_on": ago(2), "received_on": ago(3), "decision_reason": "Too dark"}
    make_evidence(episode, **rejected)
    if later:
        make_evidence(episode, **later)
    assert len(radar.sent_back(world.viewer("specialist"), TODAY)) == told_of
    assert radar.sent_back(world.viewer("specialist", "wolverhampton"), TODAY) == []
    assert radar.sent_back(world.viewer("specialist"), TODAY + timedelta(days=90)) == []
    assert Evidence.unscoped.count() == 1 + bool(later)
