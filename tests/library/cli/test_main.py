"""The entry point: commands, exit codes, and one line per mistake on standard error."""

import pytest

from placewell.cli import main as entry
from placewell.cli.main import COMMANDS, command_of, main, overview, parser_of
from placewell.cli.usage import UsageError
from placewell.errors import UserError


def test_help_lists_every_command_with_its_summary(capsys):
    assert main(["--help"]) == 0
    shown = capsys.readouterr().out
    for name, summary in COMMANDS.items():
        assert f"  {name}" in shown
        assert summary in shown


def test_without_a_command_the_help_goes_to_standard_error(capsys):
    assert main([]) == 2
    shown = capsys.readouterr()
    assert shown.out == ""
    assert "Commands:" in shown.err


def test_version(capsys):
    assert main(["--version"]) == 0
    assert capsys.readouterr().out.startswith("placewell ")


@pytest.mark.parametrize(
    ("given", "hint"),
    [
        ("servcies", "did you mean services?"),
        ("reprot", "did you mean report?"),
        ("xyzzy", "the commands are services, check"),
    ],
)
def test_an_unknown_command_is_a_usage_error_with_a_hint(capsys, given, hint):
    assert main([given]) == 2
    shown = capsys.readouterr()
    assert shown.out == ""
    assert f'placewell has no command "{given}": {hint}' in shown.err


@pytest.mark.parametrize("later", ["disclosure"])
def test_commands_that_do_not_exist_yet_are_not_listed(later):
    assert later not in COMMANDS
    assert later not in overview().format_help()


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_shows_examples_that_its_own_parser_takes(name):
    examples = [line.split() for line in command_of(name).EXAMPLES.strip().splitlines()]
    assert examples
    for program, command, *words in examples:
        assert (program, command) == ("placewell", name)
        parser_of(name).parse_args(words)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_explains_each_of_its_arguments(name, capsys):
    assert main([name, "--help"]) == 0
    assert "Examples:" in capsys.readouterr().out
    assert all(action.help for action in parser_of(name)._actions)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_refuses_an_argument_it_does_not_know(name, capsys):
    assert main([name, "--no-such-thing"]) == 2
    assert capsys.readouterr().out == ""


class Mistaken:
    """A command that fails the way it is told to."""

    EXAMPLES = "  placewell services"

    def __init__(self, error):
        self.error = error

    def add_arguments(self, parser):
        """None."""

    def run(self, arguments):
        raise self.error


@pytest.mark.parametrize(
    ("error", "status", "said"),
    [
        (
            UserError("jobs.csv, row 3: first.", "jobs.csv, row 9: second."),
            1,
            "jobs.csv, row 3: first.\njobs.csv, row 9: second.\n",
        ),
        (UsageError("There is no such lot."), 2, "There is no such lot.\n"),
        (KeyboardInterrupt(), 130, "Stopped. Nothing was written.\n"),
        (SystemExit("no"), 2, ""),
    ],
)
def test_mistakes_become_lines_and_exit_codes(capsys, monkeypatch, error, status, said):
    monkeypatch.setattr(entry, "command_of", lambda name: Mistaken(error))
    assert main(["services"]) == status
    shown = capsys.readouterr()
    assert (shown.out, shown.err) == ("", said)


def test_a_reader_that_has_enough_is_no_failure(monkeypatch, capsys):
    closed = []
    monkeypatch.setattr(entry, "command_of", lambda name: Mistaken(BrokenPipeError()))
    monkeypatch.setattr(entry.sys, "stderr", type("Stream", (), {"close": lambda self: closed.append(True)})())
    assert main(["services"]) == 0
    assert closed == [True]


@pytest.mark.parametrize("words", [["--"], ["-x"], ["--version", "report"]])
def test_options_that_do_not_exist_are_no_command(words, capsys):
    assert main(words) == 2
    assert "unrecognized arguments" in capsys.readouterr().err


@pytest.mark.parametrize("words", [["services"], ["servcies"]])
def test_the_installed_command_leaves_with_the_exit_status_and_all_that_was_said(words, capsys, monkeypatch):
    left = []
    monkeypatch.setattr(entry.sys, "argv", ["placewell", *words])
    monkeypatch.setattr(entry, "os", type("System", (), {"_exit": staticmethod(left.append)}))
    monkeypatch.setattr(entry, "gc", type("Memory", (), {"disable": staticmethod(lambda: None)}))
    entry.run()
    shown = capsys.readouterr()
    assert left == [0 if shown.out else 2]
    assert bool(shown.out) != bool(shown.err)
