"""What the torture plays on: a scratch database, people at the last step, and an opened trial in a folder."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

MODES = ("in-process", "process")


@dataclass
class Stage:
    """One run's world; `meetings` by person, who presses, and where the trial lies."""

    kind: str
    mode: str
    folder: Path
    socket: Path
    meetings: list[UUID]
    numbers: list[str]
    episodes: list[UUID]
    viewer: Any
    by: Any


@contextmanager
def database(scratch: Path) -> Iterator[str]:
    """A database of this run alone, on the server of DATABASE_URL or in a file; answers what kind it is."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.site.settings"
    import django
    from django.conf import settings

    made = settings.DATABASES["default"]
    made.get("OPTIONS", {}).pop("pool", None)  # a pool's threads do not survive a fork
    sqlite = made["ENGINE"].endswith("sqlite3")
    made["TEST"] = {"NAME": str(scratch / "torture.sqlite3") if sqlite else f"torture_{os.getpid()}"}
    django.setup()
    logging.disable(logging.CRITICAL)
    from django.db import connection, connections
    from tests.site import migrated

    if sqlite:
        migrated.begin_with(connection, migrated.kept())
    before = connection.settings_dict["NAME"]
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    try:
        yield connection.vendor
    finally:
        connections.close_all()
        connection.creation.destroy_test_db(before, verbosity=0)


def new_world() -> Any:
    """Two lots, their people, and a trained specialist in each."""
    from tests.site.conftest import make_world
    from tests.site.trial.ready import train

    world = make_world()
    for lot in ("dudley", "wolverhampton"):
        train(world, lot)
    return world


def stage(world: Any, kind: str, mode: str, folder: Path, people: int, start: int) -> Stage:
    """As many people at the last step before the draw, and a trial opened in the folder for this mode."""
    from tests.site.trial.ready import ready_meetings
    from tests.torture import pressing

    pressing.place_points()
    meetings = ready_meetings(world, people, "dudley", start)
    _open(mode, folder)
    return Stage(
        kind,
        mode,
        folder,
        folder / "a.sock",
        [each.pk for each in meetings],
        [each.participant.number for each in meetings],
        [each.episode_id for each in meetings],
        world.viewer("specialist"),
        world.actor("specialist"),
    )


def _open(mode: str, folder: Path) -> None:
    from django.conf import settings

    from placewell_web.trial.allocator import configured

    settings.TRIAL_FOLDER = folder
    settings.TRIAL_CUSTODY = 0 if mode == MODES[0] else 1
    settings.ALLOCATOR_SOCKET = str(folder / "a.sock")
    configured.forget()
    if mode == MODES[0]:
        from placewell_web.accounts import service

        configured.draws(service.current())
        return
    from tests.site.trial.processes import set_up

    set_up(folder, custody=1)


def clear_ledger() -> None:
    """Empty the ledger for the next mode: only here are the triggers taken off."""
    from django.db import connection

    from placewell_web.trial import triggers
    from placewell_web.trial.models import LedgerEntry, LedgerHead

    triggers.remove(connection)
    LedgerEntry.objects.all().delete()
    LedgerHead.objects.all().delete()
    triggers.install(connection)
