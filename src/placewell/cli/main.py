"""Entry point of `placewell`: finds the command, loads only what it needs, and turns mistakes into exit codes."""

from __future__ import annotations

import gc
import os
import sys
from argparse import ArgumentParser, Namespace, RawDescriptionHelpFormatter
from collections.abc import Sequence
from contextlib import suppress
from functools import partial
from importlib import import_module
from typing import NoReturn, Protocol

from placewell.cli.usage import UsageError
from placewell.errors import UserError

DONE, BAD_INPUT, BAD_USAGE, INTERRUPTED = 0, 1, 2, 130

COMMANDS = {
    "services": "the catalogue: one line per service",
    "check": "read a specification, report every problem, run its worked examples",
    "coverage": "which requirement each rule, screen or register serves, and what is not covered",
    "synth": "made-up people with plausible histories",
    "validate": "check a data folder against the data dictionary",
    "report": "the service's own return",
    "members": "who is in a figure, who is not, and why",
    "claims": "the payment ledger: payable, paid, over the cap, clawed back",
    "fidelity": "a fidelity scale item by item, from records and reviews",
    "compare": "the definition lab: the same period under other definitions, in people and pounds",
    "targets": "what a contract's money can buy, quarter by quarter",
    "spc": "an XmR chart of a column of numbers",
    "score": "a file of answered questionnaires, scored",
    "trial": "a randomised trial: set up, drawn and checked from files alone",
}
"""Every command with its summary; the command `x` is the module `placewell.cli.x`. What is not here does not exist."""

ENDING = """Exit status: 0 done; 1 bad input (one line per problem on standard error, nothing written); 2 wrong usage.
`placewell COMMAND --help` shows what a command takes, with examples."""


class Command(Protocol):
    """What each command's module offers."""

    EXAMPLES: str

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the command's arguments."""

    def run(self, arguments: Namespace) -> int:
        """Do the work; the exit status."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and answer its exit status; mistakes a person can put right are said on standard error."""
    words = list(sys.argv[1:] if argv is None else argv)
    try:
        if not words or words[0] not in COMMANDS:
            return _without_command(words)
        arguments = parser_of(words[0]).parse_args(words[1:])
        return command_of(words[0]).run(arguments)
    except UserError as error:
        _say(error.problems)
        return BAD_USAGE if isinstance(error, UsageError) else BAD_INPUT
    except SystemExit as leaving:  # argparse leaves this way, after its own message
        return leaving.code if isinstance(leaving.code, int) else BAD_USAGE
    except BrokenPipeError:  # the reader (`| head`) has enough
        sys.stderr.close()
        return DONE
    except KeyboardInterrupt:
        _say(["Stopped. Nothing was written."])
        return INTERRUPTED


def run() -> NoReturn:
    """What the installed command runs: `main`, without tidying memory up that the system takes back at once."""
    gc.disable()
    status = main()
    with suppress(BrokenPipeError, ValueError):
        sys.stdout.flush()
        sys.stderr.flush()
    os._exit(status)


def command_of(name: str) -> Command:
    """The module of a command, imported only now."""
    module: Command = import_module(f"placewell.cli.{name}")
    return module


def parser_of(name: str) -> ArgumentParser:
    """The argument parser of one command, with its examples at the end of its help."""
    command = command_of(name)
    summary = COMMANDS[name]
    parser = ArgumentParser(
        prog=f"placewell {name}",
        description=f"{summary[0].upper()}{summary[1:]}.",
        epilog=f"Examples:\n{command.EXAMPLES.rstrip()}",
        formatter_class=partial(RawDescriptionHelpFormatter, width=100, max_help_position=28),
        allow_abbrev=False,
    )
    command.add_arguments(parser)
    return parser


def overview() -> ArgumentParser:
    """The parser of `placewell` without a command: its help lists them all."""
    listed = "\n".join(f"  {name:<10}{summary}" for name, summary in COMMANDS.items())
    parser = ArgumentParser(
        prog="placewell",
        usage="placewell COMMAND [arguments]",
        description=f"What a supported-employment service did, from files alone.\n\nCommands:\n{listed}",
        epilog=ENDING,
        formatter_class=partial(RawDescriptionHelpFormatter, width=100),
    )
    parser.add_argument("--version", action="store_true", help="show the version and leave")
    return parser


def _without_command(words: Sequence[str]) -> int:
    parser = overview()
    if not words:
        parser.print_help(sys.stderr)
        return BAD_USAGE
    if not words[0].startswith("-"):
        from difflib import get_close_matches

        near = get_close_matches(words[0], COMMANDS, n=1)
        hint = f"did you mean {near[0]}?" if near else f"the commands are {', '.join(COMMANDS)}."
        raise UsageError(f'placewell has no command "{words[0]}": {hint}')
    parser.parse_args(words)  # shows the help or refuses, and leaves; only --version comes back
    from importlib.metadata import version

    print(f"placewell {version('placewell')}")
    return DONE


def _say(problems: Sequence[str]) -> None:
    for problem in problems:
        print(problem, file=sys.stderr)
