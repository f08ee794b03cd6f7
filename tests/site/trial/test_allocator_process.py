"""The process of the allocator: what it does not start on, that no peer ends it, and how the site draws through it."""

from __future__ import annotations

import json
import socket
import stat
import subprocess
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from tests.site.conftest import World
from tests.site.trial.processes import HASH, command, environment, process, request, rewrite, set_up
from tests.site.trial.ready import DRAWN_AT, actor_of, ready_meetings, train
from tests.site.trial.test_randomise import press

from placewell.randomisation.request import Request
from placewell_web.trial.actions.ledger import DrawUnavailable, append_note, append_void, append_withdraw
from placewell_web.trial.allocator import configured, messages, serving
from placewell_web.trial.allocator.client import BehindSocket
from placewell_web.trial.allocator.draws import AgainstTheRules, Draws
from placewell_web.trial.allocator.folder import AllocatorFolder, Machine
from placewell_web.trial.allocator.keeping import Keeper
from placewell_web.trial.allocator.moments import utc_of
from placewell_web.trial.models import LedgerEntry

UTC = utc_of(DRAWN_AT)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    set_up(tmp_path / "t", custody=1)
    return tmp_path / "t"


@pytest.fixture
def behind(folder: Path, tmp_path: Path, settings: Any) -> Iterator[Path]:
    """A process that answers, and the site set up to ask it."""
    settings.TRIAL_CUSTODY, settings.ALLOCATOR_SOCKET = 1, str(tmp_path / "s")
    configured.forget()
    with process(folder, tmp_path / "s"):
        yield tmp_path / "s"


def hostile(path: Path, sent: bytes) -> bytes:
    with socket.socket(socket.AF_UNIX) as line:
        line.settimeout(10)
        line.connect(str(path))
        try:
            line.sendall(sent)
            line.shutdown(socket.SHUT_WR)
            return line.recv(1 << 16)
        except ConnectionError:
            return b""  # hung up on


def framed(text: object) -> bytes:
    written = text if isinstance(text, bytes) else json.dumps(text).encode()
    return len(written).to_bytes(4, "big") + written


HOSTILE: dict[str, bytes] = {
    "nothing": b"",
    "half a length": b"\0\0",
    "a length and nothing": b"\0\0\0\x10",
    "a length of nothing": b"\0\0\0\0",
    "a length beyond all": b"\xff\xff\xff\xff" + b"x" * 100,
    "a web request": b"GET / HTTP/1.1\r\n\r\n",
    "not json": framed(b"\xff\xfe{"),
    "deep json": framed(b"[" * 60_000),
    "not an object": framed([1, 2]),
    "a fraction": framed({"ask": "tail", "said": {"after_seq": 0.5, "head_hash": ""}}),
    "nothing null": framed({"ask": None}),
    "an unknown question": framed({"ask": "keys", "said": {}}),
    "the arm to come": framed({"ask": "next_arm", "said": {"stratum": "dudley"}}),
    "a word too many": framed({"ask": "genesis", "said": {}, "more": 1}),
    "allocate with nothing": framed({"ask": "allocate", "said": {}}),
    "allocate with free text": framed(
        {"ask": "allocate", "said": {**request().as_data(), "utc": UTC, "person": "Ada Lovelace of Dudley"}}
    ),
    "allocate with a word too many": framed(
        {"ask": "allocate", "said": {**request().as_data(), "utc": UTC, "arm": "x"}}
    ),
    "void alone": framed({"ask": "void", "said": {"utc": UTC, "person": "TIW-1"}}),
    "note with a number": framed(
        {"ask": "note", "said": {"utc": UTC, "person": "TIW-1", "reason": 3, "actor": "u", "stratum": ""}}
    ),
    "a tail before the first": framed({"ask": "tail", "said": {"after_seq": -5, "head_hash": "x"}}),
    "a tail beyond the last": framed({"ask": "tail", "said": {"after_seq": 10**9, "head_hash": "x"}}),
}  # fmt: skip


def test_no_peer_ends_it_and_none_is_given_more_than_words(behind: Path, folder: Path) -> None:
    keys = json.loads((folder / "keys.json").read_text()).values()
    for what, sent in HOSTILE.items():
        got = hostile(behind, sent)
        assert not any(key.encode() in got for key in keys), what
    silent = [socket.socket(socket.AF_UNIX) for _ in range(3)]
    for line in silent:
        line.connect(str(behind))  # says nothing, and is not waited for beyond its time
    assert BehindSocket(behind, 60).standing().seq == 0
    for line in silent:
        line.close()
    assert BehindSocket(behind).allocate(request(), UTC).seq == 1


def answers(draws: Draws | Exception, sent: bytes, now: int = UTC) -> dict[str, Any]:
    """One exchange without a process."""

    def give() -> Draws:
        if isinstance(draws, Exception):
            raise draws
        return draws

    here, there = socket.socketpair()
    with here, there:
        here.sendall(sent)
        here.shutdown(socket.SHUT_WR)
        serving.answer_one(there, give, lambda: now, lambda line: None)
        there.shutdown(socket.SHUT_WR)
        return messages.receive(here)


def test_a_fault_of_its_own_is_an_answer_and_its_words_stay_inside() -> None:
    got = answers(KeyError("the secret key is 12345"), framed({"ask": "genesis", "said": {}}))
    assert got["not_ready"] == "fault"
    assert "12345" not in json.dumps(got)


APART = 5 * 60 * 1000
WRITING: dict[str, dict[str, Any]] = {
    "allocate": request("TIW-2").as_data(),
    "note": {"person": "TIW-1", "reason": "baseline_answer", "actor": "u", "stratum": ""},
    "void": {"person": "TIW-1", "reason": "not_eligible", "actor": "u", "second": "v"},
    "withdraw": {"person": "TIW-1", "scope": "contact", "reason": "withdrawn", "actor": "u"},
}


@pytest.mark.parametrize("off", [APART + 1, -APART - 1, 366 * 86_400_000, 10**15])
@pytest.mark.parametrize("what", WRITING)
def test_a_moment_far_from_the_allocator_s_clock_is_refused_and_nothing_is_written(
    folder: Path, what: str, off: int
) -> None:
    keeper = Keeper(AllocatorFolder(folder, Machine.here()))
    keeper.draws().allocate(request(), UTC)
    got = answers(keeper.draws(), framed({"ask": what, "said": {**WRITING[what], "utc": UTC + off}}))
    assert got["not_ready"] == "clock"
    assert "Nothing was written. Set the clock" in got["problems"][0]
    assert keeper.allocator.head()[0] == 1


@pytest.mark.parametrize("off", [APART, -APART, 0])
@pytest.mark.parametrize("what", WRITING)
def test_up_to_five_minutes_apart_is_near_enough(folder: Path, what: str, off: int) -> None:
    keeper = Keeper(AllocatorFolder(folder, Machine.here()))
    keeper.draws().allocate(request(), UTC)
    got = answers(keeper.draws(), framed({"ask": what, "said": {**WRITING[what], "utc": UTC}}), UTC + off)
    assert "answer" in got, got
    assert keeper.allocator.head()[0] == 2


@pytest.mark.parametrize("what", ["an unknown question", "allocate with free text", "allocate with a word too many",
                                  "void alone", "note with a number"])  # fmt: skip
def test_what_is_not_understood_is_against_the_rules(folder: Path, what: str) -> None:
    keeper = Keeper(AllocatorFolder(folder, Machine.here()))
    assert set(answers(keeper.draws(), HOSTILE[what])) == {"refused"}
    assert keeper.allocator.head()[0] == 0


def test_the_socket_is_for_its_user_and_group_alone(tmp_path: Path) -> None:
    with serving.listen(tmp_path / "s"):
        assert stat.S_IMODE((tmp_path / "s").stat().st_mode) == 0o660
    with serving.listen(tmp_path / "s"):  # one left by a process that died is no hindrance
        pass


def refuses(*words: object) -> str:
    done = subprocess.run(command(*words), env=environment(), capture_output=True, text=True, timeout=120)
    assert done.returncode == 1, done.stderr
    return done.stderr


def _copied(folder: Path) -> None:
    """Restored from a backup: the same bytes in another file."""
    text = (folder / "witness.jsonl").read_bytes()
    (folder / "witness.jsonl").rename(folder / "old")
    (folder / "witness.jsonl").write_bytes(text)


def _seated(folder: Path, **changed: str) -> None:
    seat = json.loads((folder / "seat.json").read_text())
    (folder / "seat.json").write_text(json.dumps({**seat, **changed}))


SPOILT: dict[str, tuple[Callable[[Path], object], str]] = {
    "others read the keys": (lambda f: (f / "keys.json").chmod(0o440), "chmod 0400"),
    "everyone reads the keys": (lambda f: (f / "keys.json").chmod(0o404), "chmod 0400"),
    "a key is cut": (lambda f: rewrite(f / "keys.json", lambda keys: {**keys, "dudley": "ab"}), "32 bytes"),
    "a stratum lacks its key": (lambda f: rewrite(f / "keys.json", lambda k: {"dudley": HASH}), "every stratum"),
    "no first entry": (lambda f: (f / "genesis.json").unlink(), "There is no"),
    "another first entry": (lambda f: rewrite(f / "genesis.json", lambda e: {**e, "hash": HASH}), "hash does not fit"),
    "no witness": (lambda f: (f / "witness.jsonl").unlink(), "no witness file"),
    "a copied witness": (_copied, "another file than before"),
    "another machine": (lambda f: _seated(f, machine="other"), "another machine"),
    "started anew": (lambda f: _seated(f, boot="other"), "started anew"),
    "no seat": (lambda f: (f / "seat.json").unlink(), "no record says"),
    "an altered witness": (lambda f: (f / "witness.jsonl").write_bytes(b"{}\n"), "not an entry"),
}  # fmt: skip


@pytest.mark.parametrize("what", SPOILT)
def test_it_does_not_start_on(folder: Path, what: str, capsys: pytest.CaptureFixture[str]) -> None:
    from placewell_web.trial.allocator.__main__ import main

    spoil, sentence = SPOILT[what]
    spoil(folder)
    assert main(["serve", str(folder), "--socket", str(folder / "s")]) == 1
    assert sentence in capsys.readouterr().err
    assert not (folder / "s").exists()


def test_it_does_not_start_as_a_process_either(folder: Path) -> None:
    (folder / "keys.json").chmod(0o444)
    assert "chmod 0400" in refuses("serve", folder, "--socket", folder / "s")


# --- the site through it ---


@pytest.mark.django_db
def test_the_site_draws_and_appends_through_the_process(world: World, behind: Path, folder: Path) -> None:
    train(world)
    first, second, third = ready_meetings(world, 3)
    made = press(world, first)
    assert press(world, first) == made
    for each in (second, third):
        press(world, each)
    by = actor_of(world)
    append_note(by=by, at=DRAWN_AT, number=made.number, reason="baseline_answer")
    append_withdraw(by=by, at=DRAWN_AT, number=made.number, scope="contact")
    append_void(by=by, at=DRAWN_AT, number=made.number, reason="not_eligible", second=world.actor("manager"))
    hashes = [json.loads(line)["hash"] for line in (folder / "witness.jsonl").read_text().splitlines()]
    assert list(LedgerEntry.objects.order_by("seq").values_list("hash", flat=True)) == hashes
    assert len(hashes) == 7


@pytest.mark.django_db
def test_a_site_whose_clock_is_wrong_draws_nobody_and_says_so(
    world: World, folder: Path, tmp_path: Path, settings: Any
) -> None:
    settings.TRIAL_CUSTODY, settings.ALLOCATOR_SOCKET = 1, str(tmp_path / "s")
    train(world)
    (meeting,) = ready_meetings(world, 1)
    with process(folder, tmp_path / "s", at=DRAWN_AT + timedelta(minutes=6)):
        with pytest.raises(DrawUnavailable, match="nothing was drawn"):
            press(world, meeting)
        assert press(world, meeting, DRAWN_AT + timedelta(minutes=3)).number == meeting.participant.number
    assert LedgerEntry.objects.filter(kind="allocation").count() == 1
    assert "not ready (clock)" in (folder / "log").read_text()


@pytest.mark.django_db
def test_the_process_killed_and_started_again_goes_on(
    world: World, folder: Path, tmp_path: Path, settings: Any
) -> None:
    settings.TRIAL_CUSTODY, settings.ALLOCATOR_SOCKET = 1, str(tmp_path / "s")
    train(world)
    first, second = ready_meetings(world, 2)
    with process(folder, tmp_path / "s") as started:
        made = press(world, first)
        started.kill()
        started.wait()
        with pytest.raises(DrawUnavailable, match="nothing was drawn"):
            press(world, second)
    with process(folder, tmp_path / "s"):
        assert press(world, first) == made
        press(world, second)
    assert LedgerEntry.objects.count() == 3


REFUSALS = {
    "another stratum": ({"stratum": "atlantis"}, UTC, "no stratum"),
    "before it opens": ({}, utc_of(DRAWN_AT) - 500 * 86_400_000, "opens on"),
    "after it closed": ({}, utc_of(DRAWN_AT) + 200 * 86_400_000, "closed at"),
}


@pytest.mark.parametrize("what", REFUSALS)
def test_the_rules_hold_behind_the_socket_whatever_the_site_asks(folder: Path, what: str) -> None:
    changed, utc, sentence = REFUSALS[what]
    keeper = Keeper(AllocatorFolder(folder, Machine.here()))
    with pytest.raises(AgainstTheRules, match=sentence):
        keeper.draws().allocate(Request(**{**request().as_data(), **changed}), utc)
