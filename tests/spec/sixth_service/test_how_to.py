"""docs/how-to/add-a-service.md, carried out from top to bottom: each file written, each command run."""

import re
import shlex
import subprocess
from pathlib import Path

import pytest

from placewell.cli.main import main

GUIDE = Path(__file__).parents[3] / "docs" / "how-to" / "add-a-service.md"
TEXT = GUIDE.read_text(encoding="utf-8")
SAME = Path(__file__).parent / "northshire"
STEPS = re.compile(
    r"`northshire/(?P<file>[a-z/]+\.toml)`\n```toml\n(?P<text>.*?)```|```console\n(?P<console>.*?)```", re.S
)
FILES = {found["file"]: found["text"] for found in STEPS.finditer(TEXT) if found["file"]}
ANYTHING = "..."
PROGRESS = re.compile(r"^.* \.\.\.\n|^.*: \d+ s\n", re.M)
"""What a command says while it works, on a slow machine only."""


def commands(console):
    """Each command of a console with what it answers: [(command, answer)]."""
    parts = re.split(r"^\$ ", console, flags=re.M)
    assert parts[0] == "", "a console begins with a command"
    return [tuple(part.split("\n", 1)) for part in parts[1:]]


def told(expected):
    """The answer as a pattern: "..." stands for anything."""
    return re.compile(".*".join(re.escape(piece) for piece in expected.split(ANYTHING)), re.S)


@pytest.fixture
def run(capsysbinary):
    def answer_of(command):
        """What a command answers on a terminal: problems, which `check` prints in both places, once."""
        words = shlex.split(command)
        if words[0] != "placewell":
            return 0, subprocess.run(words, check=True, capture_output=True, text=True).stdout
        status = main(words[1:])
        seen = capsysbinary.readouterr()
        return status, PROGRESS.sub("", (seen.out or seen.err).decode())

    return answer_of


def test_carried_out_from_an_empty_folder(tmp_path, monkeypatch, run):
    monkeypatch.chdir(tmp_path)
    ran = []
    for step in STEPS.finditer(TEXT):
        if step["file"]:
            (tmp_path / "northshire" / step["file"]).write_text(step["text"], encoding="utf-8")
            continue
        for command, expected in commands(step["console"]):
            status, answer = run(command)
            assert told(expected).fullmatch(answer), f"{command}\n{answer}"
            assert status == (1 if "problem" in expected and "no problems" not in expected else 0), command
            ran.append(command.split()[:2])
    assert [words[1] for words in ran if words[0] == "placewell"] == [
        "check", "check", "check", "check", "synth", "validate", "report", "report", "members", "claims", "report",
    ]  # fmt: skip
    for file in ("return.html", "return.csv", "members.csv", "claims.csv", "common.csv"):
        assert (tmp_path / file).stat().st_size > 500, file


def test_every_command_of_the_guide_stands_in_a_console():
    outside = STEPS.sub("", TEXT)
    assert "```" not in outside
    assert re.findall(r"^\$ ", outside, flags=re.M) == []


@pytest.mark.parametrize("file", sorted(path.relative_to(SAME).as_posix() for path in SAME.rglob("*.toml")))
def test_the_files_are_those_that_the_other_tests_use(file):
    assert FILES[file] == (SAME / file).read_text(encoding="utf-8")


def test_it_shows_no_other_file():
    assert len(FILES) == sum(1 for _ in SAME.rglob("*.toml"))


@pytest.mark.parametrize("link", re.findall(r"\]\(([^)#]+)\)", TEXT))
def test_its_links_lead_somewhere(link):
    assert (GUIDE.parent / link).exists()


@pytest.mark.parametrize("path", re.findall(r"`((?:src|tests)/[^`]+)`", TEXT))
def test_the_places_it_names_are_there(path):
    assert (GUIDE.parents[2] / path).exists()


@pytest.mark.parametrize(
    ("expected", "answer", "fits"),
    [("a\n", "a\n", True), ("a\n...\nb\n", "a\nx\ny\nb\n", True), ("a\n", "a\nb\n", False), ("(1)\n", "(1)\n", True)],
)
def test_how_an_answer_is_compared(expected, answer, fits):
    assert bool(told(expected).fullmatch(answer)) == fits
