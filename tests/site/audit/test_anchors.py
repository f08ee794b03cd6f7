"""Heads kept elsewhere: a cut tail and a chain computed anew are found every time, and nothing else is accused."""

from __future__ import annotations

import random
import subprocess
import sys
from dataclasses import replace
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from tests.site.audit.test_chain import Link, links
from tests.site.audit.test_record import write
from tests.site.migrated import copy_to

from placewell_web.audit import anchors, chain, triggers
from placewell_web.audit.anchors import Anchor
from placewell_web.audit.models import Entry


def recomputed(whole: list[Link], place: int) -> list[Link]:
    """One entry edited and every hash from there on made anew: the chain holds by itself."""
    changed = whole[:place]
    for link in whole[place:]:
        made = replace(link, previous_hash=changed[-1].hash if changed else chain.GENESIS)
        made.lot = "sandwell" if link is whole[place] else made.lot
        made.hash = chain.link_hash(made)
        changed.append(made)
    return changed


def hash_in(entries: list[Link]) -> object:
    return {link.sequence: link.hash for link in entries}.get


@pytest.mark.parametrize("seed", range(300))
def test_what_the_chain_alone_cannot_show(seed: int) -> None:
    dice = random.Random(seed)
    whole = links(20)
    kept = [Anchor(link.sequence, link.hash) for link in (whole[4], whole[-1])]
    assert anchors.first_departure(kept, hash_in(whole)) is None
    place = dice.randrange(1, 20)
    for tampered, words in ((whole[:place], "cut off"), (recomputed(whole, place), "written anew")):
        assert chain.first_break(tampered) is None
        assert words in str(anchors.first_departure(kept, hash_in(tampered)))


def test_what_is_newer_than_the_last_anchor_is_not_protected() -> None:
    """Said in the documents: therefore the anchor of every day."""
    whole = links(20)
    kept = [Anchor(10, whole[9].hash)]
    assert anchors.first_departure(kept, hash_in(whole[:10])) is None


@pytest.mark.django_db
def test_every_run_checks_the_heads_kept_and_adds_one(tmp_path: Path) -> None:
    file = tmp_path / "anchors.txt"
    for target in ("c1", "c2"):
        entry = write(target)
        for _ in range(2):  # the same head is kept once
            call_command("verify_audit", "--anchors", str(file), stdout=StringIO())
    lines = file.read_text().splitlines()
    assert lines[-1] == f"{entry.sequence} {entry.hash}"
    assert len(lines) == 2


@pytest.mark.django_db
@pytest.mark.parametrize("statement", ["DELETE FROM audit_entry WHERE sequence = 3", "DELETE FROM audit_entry"])
def test_a_cut_tail_in_the_database_is_found(tmp_path: Path, statement: str) -> None:
    file = tmp_path / "anchors.txt"
    for target in ("c1", "c2", "c3"):
        write(target)
    call_command("verify_audit", "--anchors", str(file), stdout=StringIO())
    triggers.remove(connection)
    connection.cursor().execute(statement)
    before = file.read_text()
    with pytest.raises(CommandError, match="cut off: entry 3 is gone"):
        call_command("verify_audit", "--anchors", str(file))
    assert file.read_text() == before


@pytest.mark.django_db
def test_a_chain_computed_anew_in_the_database_is_found(tmp_path: Path) -> None:
    file = tmp_path / "anchors.txt"
    for target in ("c1", "c2", "c3"):
        write(target)
    call_command("verify_audit", "--anchors", str(file), stdout=StringIO())
    triggers.remove(connection)
    previous = chain.GENESIS
    for entry in Entry.objects.order_by("sequence"):
        entry.lot, entry.previous_hash = "forged", previous
        entry.hash = previous = chain.link_hash(entry)
        entry.save(force_update=True)
    call_command("verify_audit", stdout=StringIO())
    with pytest.raises(CommandError, match="written anew: entry 3"):
        call_command("verify_audit", "--anchors", str(file))


@pytest.mark.django_db
@pytest.mark.parametrize(
    "text", ["3", "x y\n", "3 abc\n", f"0 {'a' * 64}\n", f"3 {'a' * 64} more\n", "\n", f"-1 {'a' * 64}\n", "é"]
)
def test_a_file_that_holds_no_anchors_is_named(tmp_path: Path, text: str) -> None:
    file = tmp_path / "anchors.txt"
    file.write_text(text)
    with pytest.raises(CommandError, match="line 1: an anchor is"):
        call_command("verify_audit", "--anchors", str(file))


@pytest.mark.django_db
def test_a_head_that_cannot_be_kept_is_an_error(tmp_path: Path) -> None:
    write("c1")
    with pytest.raises(CommandError, match="could not be kept"):
        call_command("verify_audit", "--anchors", str(tmp_path / "no such folder" / "anchors.txt"), stdout=StringIO())


STATUSES = """
import sys
from placewell_web.config.manage import main
main(["migrate", "--verbosity", "0"])
from django.db import connection, transaction
from placewell_web.audit import triggers
from placewell_web.audit.actions import record
from placewell_web.audit.actors import Actor
from placewell_web.audit.clock import now
with transaction.atomic():
    for number in "12":
        record(by=Actor.system("test"), at=now(), verb="v", target_kind="t", target_id=number)
if sys.argv[1] == "tampered":
    triggers.remove(connection)
    connection.cursor().execute("UPDATE audit_entry SET lot = 'x' WHERE sequence = 1")
main(["verify_audit", *sys.argv[2:]])
"""


@pytest.mark.parametrize(
    ("words", "status", "says"),
    [
        (("whole",), 0, "holds: 2 entries"),
        (("tampered",), 1, "The audit chain is broken: entry 1 was changed after it was written."),
        (("whole", "--keeps", "9", "f" * 64), 1, "cut off: entry 9 is gone"),
        (("whole", "--wrong"), 2, "unrecognized arguments: --wrong"),
    ],
)
def test_the_exit_status_tells_a_timer(
    tmp_path: Path, migrated_copy: Path, words: tuple[str, ...], status: int, says: str
) -> None:
    copy_to(tmp_path / "demo" / "placewell.sqlite3", migrated_copy)
    environment = {"PLACEWELL_DEMO": "1", "PLACEWELL_VAR": str(tmp_path), "PATH": "/usr/bin:/bin"}
    done = subprocess.run(
        [sys.executable, "-c", STATUSES, *words], env=environment, capture_output=True, text=True, check=False
    )
    assert (done.returncode, says in done.stdout + done.stderr) == (status, True), done.stderr
    assert "Traceback" not in done.stderr
