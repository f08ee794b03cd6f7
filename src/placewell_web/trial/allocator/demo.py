"""The demo's own ledger, custody level 0: its two shares stand below, so it keeps nothing secret and proves nothing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from placewell.randomisation.ceremony import (
    commitment,
    configuration_of,
    genesis,
    master,
    packet_hashes,
    stratum_keys,
)
from placewell.randomisation.configuration import Configuration
from placewell.randomisation.entries import Entry
from placewell.randomisation.keys import WholeKeys
from placewell.randomisation.witness import Pause, no_pause
from placewell_web.trial.allocator.folder import AllocatorFolder, Machine
from placewell_web.trial.allocator.in_process import InProcess

PUBLIC_SHARES = {"E": bytes(range(32)), "P": bytes(range(32, 64))}
ANYWHERE = Machine("demo", "demo")  # the demo is thrown away, not restored


def demo_draws(folder: Path, config: Callable[[], Configuration], pause: Pause = no_pause) -> InProcess:
    """The demo's allocator in this folder; the trial is opened there where it was not yet."""
    place = AllocatorFolder(folder, ANYWHERE, pause)
    if not place.is_open:
        place.open(demo_genesis(config()))
    return InProcess(place.allocator(demo_keys(place.genesis())), place.genesis())


def demo_genesis(config: Configuration) -> Entry:
    """The first entry of a trial under the public shares, on the day it opens."""
    commits = {role: commitment(role, config.trial, share) for role, share in PUBLIC_SHARES.items()}
    opened = datetime.fromisoformat(config.opens_on).replace(tzinfo=UTC)
    return genesis(config, commits, packet_hashes(_keys(config), config), int(opened.timestamp() * 1000))


def demo_keys(first: Entry) -> WholeKeys:
    """The whole keys of that trial."""
    config = configuration_of(first)
    return WholeKeys(_keys(config), config)


def _keys(config: Configuration) -> dict[str, bytes]:
    return stratum_keys(master(config, PUBLIC_SHARES["E"], PUBLIC_SHARES["P"]), config)
