"""`placewell trial`: the high-water mark, where it lies, and what it stops."""

from __future__ import annotations

import json

import pytest
from tests.library.cli.test_trial import ask, clock, give, made  # noqa: F401  fixtures
from tests.library.randomisation.trials import config

from placewell.cli import system


@pytest.fixture
def folder(made):  # noqa: F811
    """A folder in which nobody was allocated."""
    return made(config(epoch_size=20, epochs=2))


@pytest.fixture
def anchored(ask, tmp_path):  # noqa: F811
    """The anchor of what a folder holds now."""

    def write(folder):
        file = tmp_path / "anchor.json"
        assert ask("export", folder, "--out", tmp_path / "bundle.json", "--anchor", file)[0] == 0
        return file

    return write


def saved(folder):
    return {file: file.read_bytes() for file in folder.rglob("*") if file.is_file() and "packets" not in file.parts}


def written_over(folder, before):
    """The whole folder as it was, receipts too, in place: the files are the same."""
    for file in saved(folder):
        if file in before:
            file.write_bytes(before[file])
        else:
            file.unlink()


@pytest.fixture(params=["named", "in the runtime folder"])
def more(request, tmp_path):
    (tmp_path / "shm").mkdir()
    return ("--mark", tmp_path / "shm" / "m") if request.param == "named" else ()


def test_a_folder_written_over_in_place_is_locked_until_reconciled(folder, give, ask, anchored, more, tmp_path):  # noqa: F811
    assert give(folder, "T1", "lot_1", *more)[0] == 0
    before = saved(folder)
    for person in ("T2", "T3"):
        assert give(folder, person, "lot_1", *more)[0] == 0
    anchor = anchored(folder)
    true = saved(folder)
    written_over(folder, before)
    for person in ("T2", "T9"):
        status, out, told = give(folder, person, "lot_1", *more)
        assert (status, out) == (1, "")
        assert "The allocator is locked: the witness lost entry 3, which the high-water mark" in told
    assert "entries were lost" in ask("reconcile", folder, "--anchor", anchor)[2]
    assert saved(folder) == before
    assert ask("reconcile", folder, "--anchor", anchor, "--bundle", tmp_path / "bundle.json")[0] == 0
    assert (folder / "witness.jsonl").read_bytes() == true[folder / "witness.jsonl"]
    assert give(folder, "T9", "lot_1", *more)[0] == 0


def test_the_named_mark_is_used_from_then_on(folder, give, ask, anchored, tmp_path):  # noqa: F811
    mark = tmp_path / "m"
    assert give(folder, "T1", "lot_1", "--mark", mark)[0] == 0
    assert give(folder, "T2")[0] == 0
    assert json.loads(mark.read_bytes())["seq"] == 2
    assert not list(system.runtime().iterdir())
    mark.unlink()
    status, _, told = give(folder, "T3")
    assert (status, "is gone, or another was named" in told) == (1, True)
    assert ask("reconcile", folder, "--anchor", anchored(folder))[0] == 0
    assert give(folder, "T3", "lot_1", "--mark", mark)[0] == 0


@pytest.mark.parametrize("named", [True, False])
def test_reconciling_sets_anew_the_mark_named_or_known(folder, give, ask, anchored, tmp_path, named):  # noqa: F811
    mark = tmp_path / "m"
    assert give(folder, "T1", "lot_1", "--mark", mark)[0] == 0
    anchor = anchored(folder)
    mark.write_text(mark.read_text().replace('"seq":1', '"seq":7'))
    assert give(folder, "T2")[0] == 1
    if named:
        (folder / "seat.json").unlink()
    status, _, told = ask("reconcile", folder, "--anchor", anchor, *(("--mark", mark) if named else ()))
    assert (status, told) == (0, "")
    assert json.loads(mark.read_bytes())["seq"] == 1
    assert give(folder, "T2")[0] == 0


def test_reconciling_before_the_runtime_folder_is_made(folder, give, ask, anchored, tmp_path, monkeypatch):  # noqa: F811
    mark = tmp_path / "later" / "m"
    assert give(folder, "T1")[0] == 0
    monkeypatch.setattr(system, "machine", lambda: ("machine", "next boot"))
    assert ask("reconcile", folder, "--anchor", anchored(folder), "--mark", mark)[0] == 0
    assert "could not be written" in give(folder, "T2", "lot_1", "--mark", mark)[2]
    mark.parent.mkdir()
    assert give(folder, "T2", "lot_1", "--mark", mark)[0] == 0


def test_a_mark_in_the_runtime_folder_may_go_when_the_user_does(folder, give):  # noqa: F811
    assert give(folder, "T1")[0] == 0
    [mark] = system.runtime().iterdir()
    mark.unlink()
    assert give(folder, "T2")[0] == 0
    assert mark.exists()


def test_without_a_place_for_one_it_is_said_once(folder, give, monkeypatch):  # noqa: F811
    monkeypatch.setattr(system, "runtime", lambda: None)
    status, _, told = give(folder, "T1")
    assert (status, told.count("high-water mark"), told.count("\n")) == (0, 1, 1)


def test_it_may_not_lie_in_the_folder(folder, give):  # noqa: F811
    status, out, told = give(folder, "T1", "lot_1", "--mark", folder / "m")
    assert (status, out, "name a place outside it" in told) == (1, "", True)
    assert not (folder / "m").exists()


@pytest.mark.parametrize("named", ["here", "none", ""])
def test_the_runtime_folder_is_the_one_the_system_names_if_it_is_there(monkeypatch, tmp_path, named):
    monkeypatch.undo()
    (tmp_path / "here").mkdir()
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path / named) if named else "")
    monkeypatch.setattr("os.getuid", lambda: 4_000_000_000)  # nobody's number
    assert system.runtime() == (tmp_path / "here" if named == "here" else None)
