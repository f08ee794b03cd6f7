"""Whoever holds the database, its backups, the logs and the site's environment holds no key (trust.md, promise 5)."""

from __future__ import annotations

import base64
import json
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from tests.site.audit.test_processes import address
from tests.site.conftest import World
from tests.site.trial.processes import SHARES, process, set_up
from tests.site.trial.ready import ready_meetings, train
from tests.site.trial.test_randomise import press

from placewell.randomisation.ceremony import configuration_of, master, packet
from placewell.randomisation.entries import Entry
from placewell_web.trial.actions.ledger import DrawUnavailable
from placewell_web.trial.allocator import configured
from placewell_web.trial.allocator.demo import _keys

DRAWS = 50


def secrets_of(genesis: Entry) -> Iterator[bytes]:
    """Both shares, the master key, every stratum's key, and every packet."""
    config = configuration_of(genesis)
    yield from SHARES.values()
    yield master(config, SHARES["E"], SHARES["P"])
    for key in _keys(config).values():
        yield key
        yield from (packet(key, config, epoch) for epoch in range(config.epochs))


def found_in(places: dict[str, bytes], secrets: list[bytes]) -> list[str]:
    """The places that hold a secret: raw, in hexadecimal of either case, or in base64 at any of its three offsets."""
    hits = []
    for place, content in places.items():
        lower = content.lower()
        for secret in secrets:
            base = [base64.b64encode(b"\0" * at + secret)[4 if at else 0 : 40] for at in range(3)]
            url = [each.replace(b"+", b"-").replace(b"/", b"_") for each in base]
            if secret in content or secret.hex().encode() in lower or any(each in content for each in base + url):
                hits.append(place)
                break
    return hits


def read_apart(file: Path) -> bytes:
    """By another process: to close a file of an open SQLite database takes this process's locks on it away.

    The next process to leave the database would then take itself for the last one, and take the write-ahead log along.
    """
    return subprocess.run(["cat", file], capture_output=True, check=True).stdout


def dumped(folder: Path) -> dict[str, bytes]:
    """The database as a backup holds it, and as its files lie there."""
    made = connection.settings_dict
    if connection.vendor == "sqlite":
        name = Path(str(made["NAME"]))
        with sqlite3.connect(name) as source, sqlite3.connect(folder / "backup.sqlite3") as copy:
            source.backup(copy)
        beside = [name, name.with_name(f"{name.name}-wal"), folder / "backup.sqlite3"]
        return {each.name: read_apart(each) for each in beside if each.exists()}
    if shutil.which("pg_dump") is None:
        pytest.fail("pg_dump is needed beside a PostgreSQL to look into its backup")
    done = subprocess.run(["pg_dump", address()], capture_output=True, check=True, timeout=120)
    return {"pg_dump": done.stdout}


def environment_of_web() -> bytes:
    """What a process of the site is given, with the settings as it reads them."""
    program = (
        "import os, django; django.setup(); from django.conf import settings\n"
        "print(dict(os.environ), {n: getattr(settings, n) for n in dir(settings) if n.isupper()})"
    )
    given = os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    return subprocess.run([sys.executable, "-c", program], env=given, capture_output=True, check=True).stdout


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("custody", [1, 2])
def test_no_key_is_found(
    world: World, tmp_path: Path, custody: int, settings: Any, capfd: pytest.CaptureFixture[str], client: Client
) -> None:
    genesis = set_up(tmp_path / "t", custody)
    settings.TRIAL_CUSTODY, settings.ALLOCATOR_SOCKET = custody, str(tmp_path / "s")
    configured.forget()
    train(world)
    meetings = ready_meetings(world, DRAWS + 1)
    pages = []
    with process(tmp_path / "t", tmp_path / "s", tmp_path / "allocator.log") as started:
        for meeting in meetings[:DRAWS]:
            press(world, meeting)
        started.kill()  # the crash
        started.wait()
        with pytest.raises(DrawUnavailable) as refused:
            press(world, meetings[-1])
        pages.append(" ".join(refused.value.problems).encode())
    pages.append(client.get("/no/such/page/").content)
    places = {**dumped(tmp_path), "environment": environment_of_web()}
    places["allocator.log"] = (tmp_path / "allocator.log").read_bytes()
    places["site.log"] = "".join(capfd.readouterr()).encode()
    places["pages"] = b"".join(pages)
    places["witness"] = (tmp_path / "t" / "witness.jsonl").read_bytes()
    secrets = list(secrets_of(genesis))
    config = configuration_of(genesis)
    assert len(set(secrets)) == 2 + 1 + len(config.strata) * (1 + config.epochs)
    assert all(len(content) > 20 for name, content in places.items() if name not in {"site.log"}), list(places)
    assert found_in(places, secrets) == []


SECRET = bytes(range(100, 132))
WRITTEN = {
    "raw": SECRET,
    "hex": SECRET.hex().encode(),
    "HEX": SECRET.hex().upper().encode(),
    "base64": base64.b64encode(SECRET),
    "base64 after one byte": base64.b64encode(b"x" + SECRET),
    "base64 after two": base64.b64encode(b"xy" + SECRET),
    "base64 for addresses": base64.urlsafe_b64encode(b"\xfb" + SECRET),
    "in JSON": json.dumps({"key": SECRET.hex()}).encode(),
}


@pytest.mark.parametrize("how", WRITTEN)
def test_a_key_would_be_seen(how: str) -> None:
    assert found_in({"there": b"before " + WRITTEN[how] + b" after", "not there": b"nothing"}, [SECRET]) == ["there"]
