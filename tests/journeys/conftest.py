"""Browser journeys: sentences of given, when and then in a real Chromium, with a check of every page on the way.

How to write one (see test_person_refers_herself.py):

    from tests.journeys.steps import given, then, when

    pytestmark = pytest.mark.browser

    def test_a_leader_accepts(journey, world):
        given.signed_in(journey, world.user("team_leader"))     # or journey.visit("/refer/") as anyone
        when.follows(journey, "Referrals")                      # a link or button by its words
        when.fills(journey, {"Surname": "Osei", "How": "Phone"})
        when.presses(journey, "Accept")
        then.sees(journey, "Accepted")

`journey` runs the test once for each of SCREENS: wide and 320 px, with and without JavaScript. After every page that is
opened it checks: status 200 (or the one announced by `journey.expects(403)`), axe without a violation, one h1, a title,
no sideways scroll, nothing in the console. `world` is the small world of tests/site/conftest.py, in a database that the
live server shares; the clock stands at NOW. The whole meeting of the trial
walks on all four screens; the others on two that differ in both, so that all four are met within a role:
`@pytest.mark.screens("wide", "phone-no-script")` or `("phone", "wide-no-script")`.
By keyboard alone a page is walked with `keys` (steps/keys.py), which looks at every stop of the focus; pages that
another journey checks are opened there with `journey.opens`. Windows are kept from journey to journey, emptied: one
that was changed beyond that is `journey.spoilt`.
`journey.picture("name")` keeps a full-page picture in var/pictures/ when PLACEWELL_PICTURES=1.
Where Chromium is missing the journeys are skipped and the summary says so loudly (tests/conftest.py).
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
import time_machine
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.db import connection
from django.test import testcases
from tests.journeys.steps.checker import AXE, Checker
from tests.journeys.steps.journey import Journey
from tests.journeys.steps.windows import Screen, Windows
from tests.site.conftest import (  # noqa: F401  fixtures used here
    NOW,
    _audit_can_be_flushed,
    _fresh_cache,
    client_for,
    make_world,
    open_trial,
)

from placewell_web.audit import triggers
from placewell_web.trial import triggers as ledger_triggers

os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # playwright runs an event loop in the tests' thread
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
SCREENS = {
    "wide": Screen(1280, 900, True),
    "phone": Screen(320, 640, True),
    "wide-no-script": Screen(1280, 900, False),
    "phone-no-script": Screen(320, 640, False),
}
NAMED_SCREENS = SCREENS | {"handheld": Screen(390, 844, True), "handheld-no-script": Screen(390, 844, False)}
"""Those a journey may name beside the four that all walk on."""
MISSING = (
    "" if CHROMIUM and AXE.exists() else "Chromium is missing" if not CHROMIUM else f"{AXE} is missing: make setup"
)


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "screens(*names): run a journey on these screens only")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if MISSING and item.get_closest_marker("browser"):
            item.add_marker(pytest.mark.skip(reason=f"BROWSER JOURNEYS NOT RUN: {MISSING}"))


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "journey" in metafunc.fixturenames:
        marker = metafunc.definition.get_closest_marker("screens")
        names = marker.args if marker else tuple(SCREENS)
        metafunc.parametrize("journey", names, indirect=True)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """The journeys that were timed, against journeys.md."""
    written = written_down(terminalreporter, "journey")
    if written:
        terminalreporter.section("journeys, with the clock in hand")
        terminalreporter.line(f"{'':58}{'taps':>5}{'goal':>6}{'keys':>6}{'person s':>10}{'machine s':>11}{'goal s':>8}")
    for name, size, taps, most, keys, person, machine, goal in written:
        terminalreporter.line(f"{name + ', ' + size:58}{taps:5}{most:6}{keys:6}{person:10}{machine:11}{goal:8g}")
    written = written_down(terminalreporter, "keys")
    if written:
        terminalreporter.section("journeys, by keyboard alone")
        terminalreporter.line(f"{'':68}{'stops':>6}{'keys':>6}{'most':>6}{'person s':>10}")
    for name, size, stops, keys, most, person in written:
        terminalreporter.line(f"{name + ', ' + size:68}{stops:6}{keys:6}{most:6}{person:10}")


def written_down(terminalreporter: pytest.TerminalReporter, kind: str) -> list[tuple[object, ...]]:
    """What the journeys that ran have recorded under this name, in order."""
    reports = [one for outcome in ("passed", "failed") for one in terminalreporter.stats.get(outcome, ())]
    properties = [found for one in reports if one.when == "call" for found in one.user_properties]
    return sorted(tuple(value) for name, value in properties if name == kind)


@pytest.fixture(scope="session")
def chromium() -> Iterator[object]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def windows(chromium: object) -> Windows:
    return Windows(chromium)


@pytest.fixture(scope="session")
def checker(chromium: object) -> Checker:
    return Checker(chromium)


@pytest.fixture(scope="session")
def live_server(live_server: object) -> object:
    """The live server, whose style sheets a browser asks for once: its clock stands years behind the browser's."""
    serve = StaticFilesHandler.serve

    def kept(self: StaticFilesHandler, request: object) -> object:
        response = serve(self, request)
        response["Cache-Control"] = "max-age=999999999"
        return response

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(StaticFilesHandler, "serve", kept)
        yield live_server


@pytest.fixture(scope="session", autouse=True)
def _emptied_soon() -> Iterator[None]:
    """Tables are emptied after a journey without what Django writes anew each time: rights that nobody here reads.

    What the site itself does after a migration is done: the triggers of audit and ledger are there for the next test.
    """
    call = testcases.call_command

    def emptied(*named: str, **options: object) -> None:
        call(*named, **options | {"inhibit_post_migrate": True})
        triggers.install(connection)
        ledger_triggers.install(connection)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(testcases, "call_command", emptied)
        yield


@pytest.fixture
def world(transactional_db: None):
    return make_world()


@pytest.fixture
def journey(
    request: pytest.FixtureRequest, windows: Windows, checker: Checker, live_server: object
) -> Iterator[Journey]:
    """A visitor with an empty browser on one of the screens."""
    with time_machine.travel(NOW, tick=True):
        walked = Journey(windows, checker, live_server.url, NAMED_SCREENS[request.param])
        yield walked
        walked.close()


def pictures() -> Path:
    return Path(__file__).resolve().parents[2] / "var" / "pictures"
