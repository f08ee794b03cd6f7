"""What was left out is said at the end in capitals, also when the tests ran on several cores."""

import gc
from pathlib import Path

import pytest


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The slow ones first: begun last, one of them would run alone while every other core waits for it."""
    items.sort(key=lambda item: item.get_closest_marker("slow") is None)


def pytest_collection_finish() -> None:
    """What has been imported stays: looking through it again and again for garbage took a tenth of the time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> None:
    """On SQLite the tests' database begins as a copy of one that is migrated (tests/site/migrated.py)."""
    from django.db import connection
    from tests.site import migrated

    if connection.vendor == "sqlite":
        migrated.begin_with(connection, migrated.kept())


@pytest.fixture(scope="session")
def migrated_copy(django_db_setup: None) -> Path:
    """A migrated SQLite database, for a test that starts a site of its own: copied with `migrated.copy_to`."""
    from tests.site import migrated

    return migrated.kept()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Tests that need a program which is not here are skipped with a reason like "WORKBOOKS NOT OPENED: why"."""
    skipped = (report.longrepr[2] for report in terminalreporter.stats.get("skipped", ()))
    reasons = {reason.removeprefix("Skipped: ") for reason in skipped}
    for reason in sorted(reasons):
        what, _, why = reason.partition(": ")
        if what.isupper():
            terminalreporter.section(what, sep="!", red=True, bold=True)
            terminalreporter.line(f"{why}.")
