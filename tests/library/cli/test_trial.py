"""`placewell trial`: from the two shares to the check by anyone, and every wrong input told in one line."""

from __future__ import annotations

import json
import re
import shutil
import stat
from contextlib import redirect_stderr, redirect_stdout
from io import StringIO

import pytest
from tests.library.cli.asking import asker
from tests.library.randomisation.bundles import other_arm, resealed
from tests.library.randomisation.nodes import VERIFIER, run
from tests.library.randomisation.trials import blocks, config

from placewell.cli import system, trial_files
from placewell.cli.main import main, parser_of
from placewell.cli.trial import ACTIONS
from placewell.errors import UserError
from placewell.randomisation import guessing
from placewell.randomisation.bundle import share_of
from placewell.randomisation.ceremony import commitment, master, packets_of, stratum_keys
from placewell.randomisation.configuration import Configuration
from placewell.randomisation.entries import Entry
from placewell.randomisation.hashing import canon
from placewell.randomisation.keys import packet, packet_hash
from placewell.randomisation.sharing import join

SERVICE = "thrive_into_work"
MOMENT = 1_510_000_000_000  # 6 November 2017
PAPERS = ("--eligibility", "ab" * 32, "--consent", "CD" * 32)


@pytest.fixture(autouse=True)
def clock(monkeypatch, tmp_path_factory):
    """A clock of the trial's time that goes a second at each look; a machine with an id; a hurried simulation."""
    runtime = tmp_path_factory.mktemp("run")
    monkeypatch.setattr(system, "runtime", lambda: runtime)
    looks = iter(range(10_000))
    monkeypatch.setattr(system, "moment", lambda: MOMENT + 1000 * next(looks))
    monkeypatch.setattr(system, "machine", lambda: ("machine", "boot"))
    monkeypatch.setattr(guessing, "DRAWS", 6000)


@pytest.fixture
def ask(capsysbinary):
    asked = asker(capsysbinary)
    return lambda *words: asked("trial", *words)


def committed(place, trial):
    """Both shares drawn in a folder: the arguments a ceremony takes."""
    given = []
    for role in "EP":
        out, file = StringIO(), place / f"share-{role}.json"
        with redirect_stdout(out), redirect_stderr(StringIO()):
            assert main(["trial", "commit", "--role", role, "--trial", trial, "--out", str(file)]) == 0
        given += [f"--{role.lower()}", str(file), out.getvalue().strip()]
    return given


def shares_in(place, trial=SERVICE):
    read = {role: json.loads((place / f"share-{role}.json").read_text()) for role in "EP"}
    assert {each["trial"] for each in read.values()} == {trial}
    return {role: share_of(each["share"], role) for role, each in read.items()}


@pytest.fixture
def shares(tmp_path):
    return committed(tmp_path, SERVICE)


@pytest.fixture
def made(ask, tmp_path):
    """A set-up of this configuration, opened in a folder."""

    def make(configuration: Configuration, custody=2):
        file = tmp_path / "given.json"
        file.write_text(json.dumps(configuration.as_data()), encoding="utf-8")
        words = ("--config", file, *committed(tmp_path, configuration.trial), "--custody", custody)
        status, _, told = ask("ceremony", *words, "--out", tmp_path / "set-up", "--accept-guess-rate")
        assert (status, told) == (0, "")
        assert ask("open", tmp_path / "set-up", tmp_path / "allocator")[0] == 0
        return tmp_path / "allocator"

    return make


@pytest.fixture
def give(ask):
    """Give one person an arm."""
    return lambda folder, person, stratum="lot_1", *more: ask(
        "allocate", folder, "--person", person, "--stratum", stratum, "--actor", "es1", *PAPERS, *more
    )


def mode(file):
    return stat.S_IMODE(file.stat().st_mode)


def told_in(out):
    """The lines `name  value` as a mapping."""
    return dict(re.split(r" {2,}", line, maxsplit=1) for line in out.splitlines() if "  " in line)


# --- The whole way ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("custody", [1, 2])
def test_a_trial_of_the_service_from_shares_to_the_check_by_anyone(ask, give, shares, tmp_path, custody):
    set_up, folder, file = tmp_path / "set-up", tmp_path / "allocator", tmp_path / "bundle.json"
    status, out, _ = ask("ceremony", "--service", SERVICE, *shares, "--custody", custody, "--out", set_up)
    assert status == 0
    first = told_in(out)["genesis entry"]
    status, out, _ = ask("open", set_up, folder, "--genesis", first.upper())
    assert (status, first in out) == (0, True)
    arms = {}
    for number in range(8):
        status, out, _ = give(folder, f"T{number}", ("dudley", "wolverhampton")[number % 2])
        assert status == 0
        arms[f"T{number}"] = told_in(out)["arm"]
    assert ask("export", folder, "--out", file, "--anchor", tmp_path / "anchor.json")[0] == 0
    both = [tmp_path / "share-E.json", tmp_path / "share-P.json"]
    status, out, told = ask("verify", file, "--shares", *both, "--anchor", tmp_path / "anchor.json")
    assert (status, told) == (0, "")
    assert re.search(r"^arms replayed +8  no fault$", out, flags=re.M)
    assert ask("export", folder, "--out", file, "--publish-shares", *both)[0] == 0
    status, out, _ = run(VERIFIER, file, "--anchors", tmp_path / "anchor.json")
    assert status == 0
    assert re.search(r"^arms replayed +8  no fault$", out, flags=re.M)
    assert "another edition" not in out
    entries = json.loads(file.read_text())["entries"][1:]
    assert {each["entry"]["person"]: each["entry"]["arm"] for each in entries} == arms


# --- commit -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("role", ["E", "P"])
def test_commit_keeps_the_share_and_prints_what_is_published(ask, tmp_path, role):
    file = tmp_path / "share.json"
    status, out, told = ask("commit", "--role", role, "--trial", "tiw", "--out", file)
    kept = json.loads(file.read_text())
    assert status == 0
    assert out == commitment(role, "tiw", bytes.fromhex(kept["share"])) + "\n"
    assert (kept["role"], kept["trial"], mode(file)) == (role, "tiw", 0o400)
    assert kept["share"] not in out + told
    assert "keep it secret" in told


def test_every_share_is_another(ask, tmp_path):
    told = {ask("commit", "--role", "E", "--trial", "tiw", "--out", tmp_path / str(n))[1] for n in range(8)}
    assert len(told) == 8


def test_a_share_is_never_overwritten(ask, tmp_path):
    file = tmp_path / "share.json"
    ask("commit", "--role", "E", "--trial", "tiw", "--out", file)
    before = file.read_bytes()
    status, out, told = ask("commit", "--role", "E", "--trial", "tiw", "--out", file)
    assert (status, out, file.read_bytes()) == (1, "", before)
    assert told == f"{file}: is there already and is not overwritten. Choose another name.\n"


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        (("--role", "X", "--trial", "t", "--out", "x"), 2, "invalid choice"),
        (("--role", "E", "--out", "x"), 2, "--trial"),
        (("--role", "E", "--trial", "a b", "--out", "x"), 2, "cannot be a trial's name"),
        (("--role", "E", "--trial", "t", "--out", "no/such/folder/x"), 1, "cannot be written (No such file"),
    ],
)
def test_a_commit_that_cannot_be(ask, words, status, said):
    found = ask("commit", *words)
    assert found[:2] == (status, "")
    assert said in found[2]


def test_a_full_disk_leaves_no_half_a_share(ask, tmp_path, monkeypatch):
    def full(handle):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(trial_files.os, "fsync", full)
    status, out, told = ask("commit", "--role", "E", "--trial", "tiw", "--out", tmp_path / "share.json")
    assert (status, out, "No space left on device" in told) == (1, "", True)
    assert list(tmp_path.iterdir()) == []


# --- ceremony ---------------------------------------------------------------------------------------------------


def test_the_ceremony_writes_what_the_shares_give(ask, shares, tmp_path):
    set_up = tmp_path / "set-up"
    status, out, told = ask("ceremony", "--service", SERVICE, *shares, "--out", set_up)
    assert (status, told) == (0, "")
    setup = Configuration.from_data(json.loads((set_up / "config.json").read_text()))
    first = Entry.from_data(json.loads((set_up / "genesis.json").read_text()))
    assert (setup.trial, setup.method, sum(setup.planned)) == (SERVICE, "big_stick", 5300 + 40)
    assert told_in(out)["configuration"] == setup.hash == first.body["config_hash"]
    assert first.body["commits"] == {"E": shares[2], "P": shares[5]}
    assert re.search(r"would guess 5\d\.\d% with 100% .* within the budget of 56%", out)
    key = master(setup, *shares_in(tmp_path).values())
    pieces = [bytes.fromhex(json.loads(file.read_text())["piece"]) for file in sorted((set_up / "sealed").iterdir())]
    assert [join(pair) for pair in (pieces[:2], pieces[1:], pieces[::2])] == [key] * 3
    keys = stratum_keys(key, setup)
    files = sorted((set_up / "packets").iterdir())
    assert len(files) == setup.epochs
    for epoch, file in enumerate(files):
        packets = json.loads(file.read_text())["packets"]
        assert {each["stratum"]: each["key"] for each in packets} == {
            name: packet(keys[name], setup, epoch).hex() for name in setup.strata
        }
        assert {each["epoch"] for each in packets} == {epoch}
        assert all(
            packet_hash(bytes.fromhex(one["key"])) == packets_of(first)[one["stratum"]][epoch] for one in packets
        )
    assert {mode(file) for file in (*files, *(set_up / "sealed").iterdir())} == {0o400}
    assert {mode(folder) for folder in (set_up, set_up / "packets", set_up / "sealed")} == {0o700}
    assert not [each for each in (key, *keys.values()) if each.hex() in out]


@pytest.mark.parametrize("custody", [1, 2])
def test_the_sealed_list_is_what_is_drawn_in_its_stratum(ask, give, shares, tmp_path, custody):
    set_up, folder = tmp_path / "set-up", tmp_path / "allocator"
    status, out, _ = ask("ceremony", "--service", SERVICE, *shares, "--custody", custody, "--out", set_up)
    assert (status, "emergency-list.txt (print it, seal it" in out) == (0, True)
    file = set_up / "emergency-list.txt"
    head, _, body = file.read_text().partition("\n\n")
    assert mode(file) == 0o400
    assert head.splitlines()[0] == "Emergency list: to be printed, sealed, and destroyed here"
    assert [line.split()[-1] for line in head.splitlines()[1:]] == [SERVICE, told_in(out)["genesis entry"]]
    listed = [line.split() for line in body.splitlines()]
    assert [int(place) for place, _ in listed] == list(range(1, 41))
    assert not re.search(r"\b(ips|control)\b", out)
    assert ask("open", set_up, folder)[0] == 0
    for place, arm in listed[:5]:
        status, out, _ = give(folder, f"T{place}", "emergency", "--told", place, arm)
        assert (status, told_in(out)["arm"]) == (0, arm)
    status, _, told = give(folder, "T9", "emergency", "--told", 7, listed[6][1])
    assert (status, "not the next of the sealed list" in told) == (1, True)
    status, _, told = give(folder, "T9", "emergency", "--told", "six", "ips")
    assert (status, "is no place of the list" in told) == (2, True)


def test_a_trial_without_a_list_prints_none(ask, shares, tmp_path):
    words = ("ceremony", "--service", SERVICE, *shares, "--identity-bound", "--out", tmp_path / "set-up")
    status, out, _ = ask(*words)
    assert (status, "emergency" in out, (tmp_path / "set-up" / "emergency-list.txt").exists()) == (0, False, False)


def test_custody_level_1_writes_whole_keys(ask, shares, tmp_path):
    set_up = tmp_path / "set-up"
    assert ask("ceremony", "--service", SERVICE, *shares, "--custody", 1, "--out", set_up)[0] == 0
    setup = Configuration.from_data(json.loads((set_up / "config.json").read_text()))
    keys = stratum_keys(master(setup, *shares_in(tmp_path).values()), setup)
    assert json.loads((set_up / "keys.json").read_text()) == {name: key.hex() for name, key in keys.items()}
    assert mode(set_up / "keys.json") == 0o400
    assert not (set_up / "packets").exists()


def test_a_rehearsal_has_its_own_dates_and_name(ask, tmp_path):
    given = committed(tmp_path, "rehearsal")
    dates = ("--opens-on", "2026-11-01", "--closes-at", "2027-01-31T23:59")
    words = ("--service", SERVICE, *given, "--trial", "rehearsal", *dates, "--identity-bound")
    assert ask("ceremony", *words, "--out", tmp_path / "s")[0] == 0
    written = json.loads((tmp_path / "s" / "config.json").read_text())
    assert [written[name] for name in ("trial", "opens_on", "closes_at", "identity_bound")] == [
        "rehearsal", "2026-11-01", "2027-01-31T23:59", 1,
    ]  # fmt: skip


def readable(place, given):
    (place / "share-E.json").chmod(0o444)
    return given


def spoilt(place, given):
    file = place / "share-P.json"
    text = file.read_text()
    file.unlink()
    file.write_text(text.replace('"share": "', '"share": "zz'))
    file.chmod(0o400)
    return given


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda place, given: [*given[:2], "00" * 32, *given[3:]], "share of E is not the one E committed to"),
        (lambda place, given: [*given[:5], given[2]], "share of P is not the one P committed to"),
        (
            lambda place, given: ["--e", given[4], given[2], "--p", given[1], given[5]],
            "is not the share of E for trial",
        ),
        (lambda place, given: [*given, "--trial", "other"], "is not the share of E for trial other"),
        (lambda place, given: ["--e", "no/file", *given[2:]], "no/file: cannot be read"),
        (readable, "can be read or written by others"),
        (spoilt, "share of P must be 64 hexadecimal signs"),
        (lambda place, given: [*given, "--opens-on", "soon"], "Write opens_on as 2017-10-01"),
        (lambda place, given: [*given, "--closes-at", "2017-01-01T00:00"], "before it opens"),
    ],
)
def test_a_ceremony_that_cannot_be_writes_nothing(ask, shares, tmp_path, change, said):
    given = change(tmp_path, shares)
    before = sorted(tmp_path.iterdir())
    status, out, told = ask("ceremony", "--service", SERVICE, *given, "--out", tmp_path / "set-up")
    assert (status, out) == (1, "")
    assert said in told
    assert told.count("\n") == 1
    assert sorted(tmp_path.iterdir()) == before
    assert not re.search(r"[0-9a-f]{64}", told)


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        (("--service", "no_such"), 2, "There is no service"),
        (("--service", "ips_grow"), 1, "has no trial"),
        (("--config", "no/such.json"), 1, "cannot be read"),
        (("--service", SERVICE, "--config", "x"), 2, "not allowed with"),
        ((), 2, "required"),
        (("--service", SERVICE, "--custody", "3"), 2, "invalid choice"),
    ],
)
def test_a_ceremony_of_no_trial(ask, shares, tmp_path, words, status, said):
    found = ask("ceremony", *words, *shares, "--out", tmp_path / "set-up")
    assert found[:2] == (status, "")
    assert said in found[2]


def test_a_set_up_is_never_overwritten_and_needs_a_place(ask, shares, tmp_path):
    (tmp_path / "there").mkdir()
    for out, said in (("there", "is there already"), ("no/such/place", "cannot be made")):
        status, _, told = ask("ceremony", "--service", SERVICE, *shares, "--out", tmp_path / out)
        assert (status, told.count("\n"), said in told) == (1, 1, True)


def test_a_ceremony_stopped_in_the_middle_leaves_nothing(ask, shares, tmp_path, monkeypatch):
    def stop(number):
        raise KeyboardInterrupt

    monkeypatch.setattr(system, "random_bytes", stop)
    before = sorted(tmp_path.iterdir())
    assert ask("ceremony", "--service", SERVICE, *shares, "--out", tmp_path / "set-up") == (
        130, "", "Stopped. Nothing was written.\n",
    )  # fmt: skip
    assert sorted(tmp_path.iterdir()) == before


def test_a_trial_that_is_guessed_too_often_needs_a_yes(ask, tmp_path):
    file = tmp_path / "config.json"
    file.write_text(json.dumps(blocks(4).as_data()), encoding="utf-8")
    words = ("ceremony", "--config", file, *committed(tmp_path, "tiw"), "--custody", 1, "--out", tmp_path / "s")
    status, out, told = ask(*words)
    assert (status, out) == (1, "")
    assert re.search(
        r"would guess 7\d\.\d% .* over the budget of 56%\. Nothing was written\..*--accept-guess-rate", told
    )
    assert not (tmp_path / "s").exists()
    status, out, _ = ask(*words, "--accept-guess-rate")
    assert (status, "over the budget of 56%" in out) == (0, True)


def test_packets_need_epochs(ask, tmp_path):
    file = tmp_path / "config.json"
    file.write_text(json.dumps(config().as_data()), encoding="utf-8")
    status, _, told = ask("ceremony", "--config", file, *committed(tmp_path, "tiw"), "--out", tmp_path / "s")
    assert (status, "which custody level 2 needs" in told) == (1, True)


# --- open -------------------------------------------------------------------------------------------------------

PACKED = config(epoch_size=5, epochs=3)


def test_open_makes_a_folder_for_its_owner_alone(made):
    folder = made(PACKED)
    assert sorted(file.name for file in folder.iterdir()) == [
        "genesis.json", "packets", "receipts", "seat.json", "witness.jsonl",
    ]  # fmt: skip
    assert [file.name for file in (folder / "packets").iterdir()] == ["epoch-0000.json"]
    assert (mode(folder), mode(folder / "packets" / "epoch-0000.json")) == (0o700, 0o400)
    assert (folder / "witness.jsonl").read_text().count("\n") == 1


def test_open_with_whole_keys(made, give):
    folder = made(config(), custody=1)
    assert mode(folder / "keys.json") == 0o400
    assert give(folder, "T1")[0] == 0


def test_a_trial_is_opened_once_and_as_signed(ask, made, tmp_path):
    folder = made(PACKED)
    for words, said in (
        ((tmp_path / "set-up", folder), "is there already. A trial is opened once"),
        ((tmp_path / "set-up", tmp_path / "b", "--genesis", "00" * 32), "is not the genesis entry that was signed"),
        ((tmp_path, tmp_path / "b"), "holds no trial"),
        ((tmp_path / "set-up", tmp_path / "no" / "b"), "cannot be made"),
    ):
        status, out, told = ask("open", *words)
        assert (status, out, told.count("\n"), said in told) == (1, "", 1, True)
    assert not (tmp_path / "b").exists()


def replaced(file, change):
    data = change(json.loads(file.read_text()))
    file.unlink()
    file.write_text(json.dumps(data), encoding="utf-8")
    file.chmod(0o400)


@pytest.mark.parametrize(
    ("custody", "name", "change", "said"),
    [
        (
            2,
            "packets/epoch-0000.json",
            lambda d: {"packets": [{**d["packets"][0], "key": "00" * 32}]},
            "not the one the",
        ),
        (2, "packets/epoch-0000.json", lambda d: {"packets": [{"stratum": "x"}]}, "is not a file of packets"),
        (2, "packets/epoch-0000.json", lambda d: [], "expected an object"),
        (1, "keys.json", lambda d: {"lot_1": d["lot_1"]}, "does not hold a key for every stratum"),
        (1, "keys.json", lambda d: {**d, "lot_1": "zz"}, "not a key of 32 bytes"),
        (1, "genesis.json", lambda d: {**d, "hash": "00" * 32}, "its hash does not fit"),
    ],
)
def test_a_spoilt_set_up_opens_nothing(ask, made, tmp_path, custody, name, change, said):
    made(PACKED, custody)
    replaced(tmp_path / "set-up" / name, change)
    before = sorted(tmp_path.iterdir())
    status, out, told = ask("open", tmp_path / "set-up", tmp_path / "again")
    assert (status, out) == (1, "")
    assert said in told
    assert sorted(tmp_path.iterdir()) == before


# --- allocate ---------------------------------------------------------------------------------------------------


def test_a_person_is_given_one_arm_once(made, give):
    folder = made(PACKED)
    once = give(folder, "T1")
    assert once[0] == 0
    assert list(told_in(once[1])) == ["person", "arm", "check code"]
    assert give(folder, "T1") == once
    status, out, told = give(folder, "T1", "lot_2")
    assert (status, out) == once[:2]
    assert "was allocated in another stratum before: that arm stays" in told
    assert (folder / "witness.jsonl").read_text().count("\n") == 2


def test_the_receipt_says_the_code_and_not_the_arm(made, give):
    folder = made(PACKED)
    _, out, _ = give(folder, "T1")
    file = folder / "receipts" / "T1.json"
    receipt = json.loads(file.read_text())
    assert receipt == {"trial": "tiw", "person": "T1", "code": told_in(out)["check code"], "utc": receipt["utc"]}
    file.write_text("{")  # as a kill in the middle might leave it
    give(folder, "T1")
    assert json.loads(file.read_text()) == receipt


def test_neither_place_nor_block_nor_count_is_told(made, give):
    _, out, told = give(made(blocks(epoch_size=2, epochs=3)), "T1")
    assert not re.search(r"block|slot|place|seq|\bn\b|count", out + told)


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (("--stratum", "lot_9"), 'has no stratum "lot_9"'),
        (("--person", "Ann Smith"), "The person must be a code"),
        (("--actor", "a b"), "The actor must be a code"),
        (("--eligibility", "yes"), "The eligibility must be a SHA-256"),
        (("--consent", "00"), "The consent must be a SHA-256"),
        (("--token", "ab" * 32), "exactly where the trial's coin is bound"),
        (("--token", "x"), "The token must be 64"),
    ],
)
def test_a_request_that_cannot_be(made, give, more, said):
    folder = made(PACKED)
    status, out, told = give(folder, "T1", "lot_1", *more)
    assert (status, out, told.count("\n")) == (1, "", 1)
    assert said in told
    assert (folder / "witness.jsonl").read_text().count("\n") == 1
    assert not list((folder / "receipts").iterdir())


@pytest.mark.parametrize(("at", "said"), [(1_500_000_000_000, "opens on 2017-10-01"), (1_560_000_000_000, "closed at")])
def test_outside_the_window_nobody_is_drawn(made, give, monkeypatch, at, said):
    folder = made(config(), custody=1)
    monkeypatch.setattr(system, "moment", lambda: at)
    status, out, told = give(folder, "T1")
    assert (status, out, said in told) == (1, "", True)


def test_a_coin_bound_to_identity_needs_a_token(made, give):
    folder = made(config(identity_bound=1), custody=1)
    assert give(folder, "T1")[0] == 1
    assert give(folder, "T1", "lot_1", "--token", "AB" * 32)[0] == 0


def test_without_the_next_packet_it_warns_and_then_fails_closed(made, give, tmp_path):
    folder = made(PACKED)
    told = [give(folder, f"T{n}")[2] for n in range(4)]
    assert ["packets are needed soon" in each for each in told] == [False, False, False, True]
    assert give(folder, "T4")[0] == 0
    status, out, said = give(folder, "T5")
    assert (status, out) == (1, "")
    assert "epoch 1, has not been loaded" in said
    shutil.copy2(tmp_path / "set-up" / "packets" / "epoch-0001.json", folder / "packets")
    assert give(folder, "T5")[0] == 0
    wrong = folder / "packets" / "epoch-0002.json"
    shutil.copy2(tmp_path / "set-up" / "packets" / "epoch-0002.json", wrong)
    replaced(wrong, lambda d: {"packets": [{**each, "epoch": 1} for each in d["packets"]]})
    status, _, said = give(folder, "T6")
    assert (status, "is not the one the trial was opened with" in said) == (1, True)


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda folder: (folder / "keys.json").chmod(0o440), "can be read or written by others"),
        (lambda folder: (folder / "witness.jsonl").unlink(), "There is no witness file"),
        (lambda folder: (folder / "genesis.json").unlink(), "holds no trial"),
        (lambda folder: (folder / "seat.json").unlink(), "no record says where the allocator sat"),
        (lambda folder: (folder / "witness.jsonl").write_text("{}\n"), "witness.jsonl"),
    ],
)
def test_a_spoilt_folder_gives_no_arm(made, give, spoil, said):
    folder = made(config(), custody=1)
    spoil(folder)
    status, out, told = give(folder, "T1")
    assert (status, out, told.count("\n")) == (1, "", 1)
    assert said in told


# --- export, verify ---------------------------------------------------------------------------------------------


@pytest.fixture
def run_trial(made, give, ask, tmp_path):
    """Twelve people drawn, exported with an anchor."""
    folder = made(config(epoch_size=20, epochs=2))
    for n in range(12):
        assert give(folder, f"T{n:02}", f"lot_{n % 2 + 1}")[0] == 0
    assert ask("export", folder, "--out", tmp_path / "bundle.json", "--anchor", tmp_path / "anchor.json")[0] == 0
    return folder


def both(place):
    return ("--shares", place / "share-E.json", place / "share-P.json")


@pytest.mark.parametrize("custody", [1, 2])
def test_no_key_is_in_a_bundle_a_receipt_or_the_witness(made, give, ask, tmp_path, custody):
    setup = config(epoch_size=20, epochs=2)
    folder = made(setup, custody)
    give(folder, "T1")
    _, out, _ = ask("export", folder)
    shares = shares_in(tmp_path, "tiw")
    key = master(setup, *shares.values())
    keys = stratum_keys(key, setup)
    packets = [packet(each, setup, epoch) for each in keys.values() for epoch in range(2)]
    told = out + "".join(file.read_text() for file in (folder / "witness.jsonl", folder / "receipts" / "T1.json"))
    for secret in (*shares.values(), key, *keys.values(), *packets):
        assert secret.hex() not in told.lower()
    kept = "".join(file.read_text() for file in folder.rglob("*.json"))
    assert [secret.hex() in kept for secret in (*shares.values(), key)] == [False] * 3
    assert [each.hex() in kept for each in packets] == [False] * 4 if custody == 1 else [True, False] * 2


def test_export_prints_or_writes_the_same(run_trial, ask, tmp_path):
    _, out, _ = ask("export", run_trial)
    assert out == (tmp_path / "bundle.json").read_text()
    last = json.loads(out)["entries"][-1]
    assert json.loads((tmp_path / "anchor.json").read_text()) == {"seq": 12, "hash": last["hash"]}
    assert len(json.loads(out)["receipts"]) == 12


def test_only_the_true_shares_are_published(run_trial, ask, tmp_path):
    other = tmp_path / "other"
    other.mkdir()
    committed(other, "tiw")
    status, out, told = ask("export", run_trial, "--publish-shares", other / "share-E.json", tmp_path / "share-P.json")
    assert (status, out) == (1, "")
    assert "share of E is not the one E committed to" in told


def test_verify_as_json(run_trial, ask, tmp_path):
    status, out, told = ask("verify", tmp_path / "bundle.json", *both(tmp_path), "--format", "json")
    found = json.loads(out)
    assert (status, told) == (0, "")
    assert (found["trial"], found["entries"], found["sound"], found["arms_replayed"]) == ("tiw", 13, True, True)
    assert {each["name"]: each["count"] for each in found["checks"]}["receipts"] == 12


def test_published_shares_in_one_file(run_trial, ask, tmp_path):
    file = tmp_path / "shares.json"
    file.write_text(json.dumps({role: share.hex() for role, share in shares_in(tmp_path, "tiw").items()}))
    status, out, _ = ask("verify", tmp_path / "bundle.json", "--shares", file)
    assert (status, "arms replayed                12  no fault" in out) == (0, True)
    assert run(VERIFIER, tmp_path / "bundle.json", "--shares", file)[0] == 0


def test_every_fault_is_a_line_and_the_report_is_there(run_trial, ask, tmp_path):
    file = tmp_path / "bundle.json"
    data = json.loads(file.read_text())
    for place in (3, 7):
        data["entries"][place]["entry"]["actor"] = "somebody_else"
    file.write_text(json.dumps(data))
    status, out, told = ask("verify", file, *both(tmp_path), "--anchor", tmp_path / "anchor.json")
    assert status == 1
    assert told == (
        "Entry 3: its content is not what its hash was made from.\n"
        "Entry 7: its content is not what its hash was made from.\n"
    )
    assert "chain                        13  2 faults" in out


def test_a_cut_tail_is_found_by_anchor_and_by_receipt(run_trial, ask, tmp_path):
    file = tmp_path / "bundle.json"
    data = json.loads(file.read_text())
    receipts, data["receipts"] = data["receipts"], []
    data["entries"].pop()
    file.write_text(json.dumps(data))
    assert ask("verify", file)[0] == 0
    (tmp_path / "receipts.json").write_text(json.dumps(receipts))
    assert ask("verify", file, "--anchors", tmp_path / "anchor.json")[0] == 1
    status, _, told = ask("verify", file, "--receipts", tmp_path / "receipts.json")
    assert (status, told) == (1, "T11 holds a receipt and has no allocation on the chain.\n")


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        (("no.json",), 1, "no.json: cannot be read"),
        (("anchor.json",), 1, "anchor.json: This is not a trial's bundle"),
        (("share-E.json", "--format", "pdf"), 2, "--format pdf"),
        (("bundle.json", "--shares", "a", "b", "c"), 1, "takes one file with both shares, or the two"),
        (("bundle.json", "--shares", "share-E.json", "share-E.json"), 1, "one file must be the share of E, the other"),
        (("bundle.json", "--shares", "share-E.json"), 1, "Shares are written as"),
        (("bundle.json", "--anchor", "no.json"), 1, "no.json: cannot be read"),
    ],
)
def test_a_check_that_cannot_be(run_trial, ask, tmp_path, monkeypatch, words, status, said):
    monkeypatch.chdir(tmp_path)
    found = ask("verify", *words)
    assert found[:2] == (status, "")
    assert said in found[2]
    assert found[2].count("\n") == 1


@pytest.mark.parametrize("action", ["export", "reconcile", "allocate"])
def test_a_folder_that_holds_no_trial(ask, give, tmp_path, action):
    anchor = tmp_path / "anchor.json"
    anchor.write_text("{}")
    more = {"reconcile": ("--anchor", anchor)}.get(action, ())
    found = give(tmp_path, "T1") if action == "allocate" else ask(action, tmp_path, *more)
    assert found[:2] == (1, "")
    assert "holds no trial, for there is no genesis.json" in found[2]


# --- reconcile --------------------------------------------------------------------------------------------------


@pytest.fixture
def restored(run_trial, monkeypatch):
    """The folder on another machine."""
    monkeypatch.setattr(system, "machine", lambda: ("another", "boot"))
    return run_trial


def test_a_restored_allocator_is_locked_until_reconciled(restored, give, ask, tmp_path):
    before = (restored / "witness.jsonl").read_bytes()
    status, out, told = give(restored, "T99")
    assert (status, out) == (1, "")
    assert "The allocator is locked: this is another machine" in told
    assert (restored / "witness.jsonl").read_bytes() == before
    status, out, told = ask("reconcile", restored, "--anchor", tmp_path / "anchor.json")
    assert (status, told) == (0, "")
    assert "everything kept outside (1) is on the chain" in out
    assert "entry 12; nothing outside vouches for the 0 after it" in out
    assert give(restored, "T99")[0] == 0


def test_receipts_unlock_it_too(restored, give, ask, tmp_path):
    receipts = sorted((restored / "receipts").glob("*.json"))[:3]
    status, out, _ = ask("reconcile", restored, "--receipts", *receipts)
    assert (status, "entry 3; nothing outside vouches for the 9 after it" in out) == (0, True)
    assert give(restored, "T99")[0] == 0


def test_a_chain_that_lost_its_end_stays_locked(restored, give, ask, tmp_path):
    witness = restored / "witness.jsonl"
    lines = witness.read_text().splitlines(keepends=True)
    witness.write_text("".join(lines[:-2]))
    status, out, told = ask("reconcile", restored, "--anchor", tmp_path / "anchor.json")
    assert (status, out) == (1, "")
    assert "An anchor vouches for entry 12, and the chain ends at entry 10" in told
    assert give(restored, "T99")[0] == 1


def older(folder, lines):
    """The witness written over with an older copy, as `cp` does: its file, disk and machine stay the same."""
    witness = folder / "witness.jsonl"
    kept = witness.read_text().splitlines(keepends=True)[:lines]
    witness.write_text("".join(kept))
    return witness


def test_a_witness_written_over_with_an_older_copy_draws_nobody_again(run_trial, give):
    """The receipts beside it tell where no mark does: whoever drew has logged out since."""
    [mark] = system.runtime().iterdir()
    mark.unlink()
    before = older(run_trial, 9).read_bytes()
    for person in ("T11", "T99"):
        status, out, told = give(run_trial, person)
        assert (status, out) == (1, "")
        assert re.search(r"holds \d+ receipts and its witness 8 entries: entries were lost", told)
    assert (run_trial / "witness.jsonl").read_bytes() == before


@pytest.mark.parametrize("lines", [None, 1, 9])
def test_what_the_witness_lost_is_put_back_from_a_bundle(run_trial, give, ask, tmp_path, lines):
    true = (run_trial / "witness.jsonl").read_bytes()
    bundle, anchor = tmp_path / "newest.json", tmp_path / "anchor.json"
    assert ask("export", run_trial, "--out", bundle)[0] == 0
    if lines is None:
        (run_trial / "witness.jsonl").unlink()
    else:
        older(run_trial, lines)
    status, out, told = ask("reconcile", run_trial, "--anchor", anchor, "--bundle", bundle)
    assert (status, told) == (0, "")
    assert f"{13 - (lines or 0)} entries were put back" in out
    assert (run_trial / "witness.jsonl").read_bytes() == true
    assert give(run_trial, "T99")[0] == 0


def test_a_bundle_that_lacks_what_is_known_outside_puts_nothing_back(run_trial, ask, tmp_path):
    bundle = tmp_path / "old.json"
    older(run_trial, 9)
    assert ask("export", run_trial, "--out", bundle)[0] == 0
    before = older(run_trial, 3).read_bytes()
    status, out, told = ask("reconcile", run_trial, "--anchor", tmp_path / "anchor.json", "--bundle", bundle)
    assert (status, out) == (1, "")
    assert "the chain ends at entry 8: entries were lost" in told
    assert (run_trial / "witness.jsonl").read_bytes() == before


def test_a_bundle_of_another_trial_puts_nothing_back(run_trial, ask, tmp_path):
    bundle = tmp_path / "other.json"
    assert ask("export", run_trial, "--out", bundle)[0] == 0
    data = json.loads(bundle.read_text())
    data["entries"] = data["entries"][1:]
    bundle.write_text(json.dumps(data))
    found = ask("reconcile", run_trial, "--anchor", tmp_path / "anchor.json", "--bundle", bundle)
    assert found[:2] == (1, "")
    assert "does not begin with this trial's genesis entry" in found[2]


def test_a_forged_witness_is_not_unlocked(ask, made, give, monkeypatch, tmp_path):
    """Every hash made anew after one arm was changed, and an anchor to fit: the keys at hand still tell."""
    folder = made(config(epoch_size=20, epochs=2))
    for n in range(4):
        give(folder, f"T{n}")
    witness = folder / "witness.jsonl"
    entries = [Entry.from_data(json.loads(line)) for line in witness.read_text().splitlines()]
    forged = resealed(entries, other_arm(2))
    (tmp_path / "anchor.json").write_text(json.dumps({"seq": 4, "hash": forged[4].hash}))
    with witness.open("r+b") as file:
        file.write(b"".join(canon(each.as_data()) + b"\n" for each in forged))
        file.truncate()
    monkeypatch.setattr(system, "machine", lambda: ("another", "boot"))
    status, out, told = ask("reconcile", folder, "--anchor", tmp_path / "anchor.json")
    assert (status, out) == (1, "")
    assert "The witness was forged. Entry 2" in told


@pytest.mark.parametrize(
    ("content", "said"), [('{"seq": "x"}', "An anchor is written as"), ("[1]", "expected a list"), ("{", "as JSON")]
)
def test_an_anchor_that_is_none(restored, ask, tmp_path, content, said):
    file = tmp_path / "spoilt.json"
    file.write_text(content)
    status, out, told = ask("reconcile", restored, "--anchor", file)
    assert (status, out, said in told) == (1, "", True)


def test_reconcile_needs_something_from_outside(restored, ask):
    status, _, told = ask("reconcile", restored)
    assert (status, told) == (
        2, "Give --anchor FILE or --receipts FILE: something that was kept outside this machine.\n",
    )  # fmt: skip


# --- The command itself -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("action", ACTIONS)
def test_every_action_explains_each_of_its_arguments(action, ask):
    parser = parser_of("trial")._subparsers._group_actions[0].choices[action]
    assert all(each.help for each in parser._actions)
    status, out, _ = ask(action, "--help")
    assert (status, ACTIONS[action][1:40] in out.replace("\n", " ")) == (0, True)
    assert ask(action, "--no-such-thing")[0] == 2


@pytest.mark.parametrize("words", [(), ("nonsense",)])
def test_an_action_is_needed(words, ask):
    status, out, told = ask(*words)
    assert (status, out, "ACTION" in told) == (2, "", True)


def test_the_system_says_when_and_where(monkeypatch, tmp_path):
    monkeypatch.undo()
    assert abs(system.moment() - MOMENT) > 10**9
    assert len(system.random_bytes(32)) == 32
    assert system.random_bytes(32) != system.random_bytes(32)
    for name, text in (("MACHINE", "m1\n"), ("BOOT", "b1\n")):
        (tmp_path / name).write_text(text)
        monkeypatch.setattr(system, name, tmp_path / name)
    assert system.machine() == ("m1", "b1")
    for spoil in (lambda file: file.write_text(""), lambda file: file.write_bytes(b"\xff"), lambda file: file.unlink()):
        spoil(tmp_path / "BOOT")
        with pytest.raises(UserError, match="BOOT does not say which machine this is"):
            system.machine()
