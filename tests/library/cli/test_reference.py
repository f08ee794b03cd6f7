"""The page of the command line is made from the commands and never stale."""

import pytest

from placewell.cli import reference
from placewell.cli.main import COMMANDS
from placewell.cli.trial import ACTIONS


def test_the_page_in_the_docs_is_fresh():
    assert reference.PAGE.read_text(encoding="utf-8") == reference.page(), "run python -m placewell.cli.reference"


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_its_part(name):
    assert f"\n## placewell {name}\n\n```text\nusage: placewell {name}" in reference.page()


@pytest.mark.parametrize("action", ACTIONS)
def test_every_action_of_a_trial_has_its_part(action):
    assert f"\n### placewell trial {action}\n\n```text\nusage: placewell trial {action}" in reference.page()


def test_a_stale_page_is_told_and_then_written(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(reference, "PAGE", tmp_path / "docs" / "page.md")
    assert reference.main(["--check"]) == 1
    assert "is stale: run python -m placewell.cli.reference." in capsys.readouterr().err
    assert reference.main([]) == 0
    assert reference.main(["--check"]) == 0
    reference.PAGE.write_text("old")
    assert reference.main(["--check"]) == 1
