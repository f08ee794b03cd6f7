"""`placewell trial`: a trial set up, run and checked from files alone, one action a word."""

from __future__ import annotations

from argparse import ArgumentParser, HelpFormatter, Namespace
from functools import partial
from importlib import import_module
from typing import Protocol, cast

ACTIONS = {
    "commit": "draw a secret share on your own machine and print what you publish of it",
    "ceremony": "both shares become the trial's keys and its genesis entry, on a machine without a network",
    "open": "make the allocator's folder and trust it on this machine",
    "allocate": "give one person an arm, once; asked again, the same arm",
    "export": "the chain as a bundle that anyone can check; no key is in it",
    "verify": "check a bundle, and with both shares draw every arm again",
    "reconcile": "after a restore: hold the chain against what others hold of it, and unlock the allocator",
}
"""Every action with its summary; the action `x` is the module `placewell.cli.trial_x`."""

EXAMPLES = """
  placewell trial commit --role E --trial thrive_into_work --out share-E.json
  placewell trial ceremony --service thrive_into_work --e share-E.json 1f0c --p share-P.json 9a7d --out set-up
  placewell trial open set-up allocator --genesis 77ab
  placewell trial allocate allocator --person T1 --stratum dudley --actor es1 --eligibility 5e1f --consent c02d
  placewell trial export allocator --out bundle.json --anchor anchor.json
  placewell trial verify bundle.json --shares share-E.json share-P.json --anchors anchor.json
  placewell trial reconcile allocator --anchor anchor.json
"""


class Action(Protocol):
    """What each action's module offers."""

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the action's arguments."""

    def run(self, arguments: Namespace) -> int:
        """Do the work; the exit status."""


def add_arguments(parser: ArgumentParser) -> None:
    """ACTION, and what it takes."""
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True, help="one of these:")
    for name, summary in ACTIONS.items():
        of_action = actions.add_parser(
            name,
            help=summary,
            description=f"{summary[0].upper()}{summary[1:]}.",
            formatter_class=partial(HelpFormatter, width=100, max_help_position=28),
            allow_abbrev=False,
        )
        _module_of(name).add_arguments(of_action)


def run(arguments: Namespace) -> int:
    """Do what the action does."""
    return _module_of(arguments.action).run(arguments)


def _module_of(name: str) -> Action:
    return cast("Action", import_module(f"placewell.cli.trial_{name}"))
