"""docs/how-to/set-up-a-trial.md, carried out from top to bottom: each command run, each answer as printed there."""

import re
import shlex
from pathlib import Path

from tests.library.cli.asking import asker
from tests.library.randomisation.nodes import run

from placewell.cli import system

GUIDE = Path(__file__).parents[3] / "docs" / "how-to" / "set-up-a-trial.md"
STEPS = re.findall(r"^```console\n\$ (.+)\n((?:.*\n)*?)```$", GUIDE.read_text(encoding="utf-8"), flags=re.M)
NOVEMBER_2017 = 1_510_000_000_000


def words_of(command):
    """A command's words and the file its answer goes to; `$(cat FILE)` stands for what the file holds."""
    command, _, into = command.partition(" > ")
    filled = re.sub(r"\$\(cat (\S+)\)", lambda found: Path(found[1]).read_text().strip(), command)
    return shlex.split(filled), into


def fits(printed, found):
    """Whether an answer is as printed, where … stands for anything on a line."""
    return re.fullmatch(".+?".join(map(re.escape, printed.split("…"))), found)


def test_the_guide_does_what_it_says(capsysbinary, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    monkeypatch.setattr(system, "moment", lambda: NOVEMBER_2017)
    monkeypatch.setattr(system, "machine", lambda: ("machine", "boot"))
    ask = asker(capsysbinary)
    assert len(STEPS) == 8
    for command, printed in STEPS:
        (program, *words), into = words_of(command)
        assert program == "placewell"
        status, out, told = ask(*words)
        assert status == 0, told
        if into:
            Path(into).write_text(out)
            out = ""
        assert fits(printed, out + told), (command, out + told)
    status, out, _ = run("verify.mjs", "bundle.json", "--anchors", "anchor.json")
    assert (status, "2  no fault" in out) == (0, True)


def test_every_action_and_file_of_the_guide_is_there():
    text = GUIDE.read_text(encoding="utf-8")
    used = {shlex.split(command)[2] for command, _ in STEPS}
    assert used == {"commit", "ceremony", "open", "allocate", "export", "verify", "reconcile"}
    for name in ("evaluator.json", "central_team.json", "sponsor.json", "epoch-0001.json", "keys.json"):
        assert name in text
