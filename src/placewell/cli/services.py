"""`placewell services`: the catalogue, one line per service, its id first."""

from __future__ import annotations

import tomllib
from argparse import ArgumentParser, Namespace
from pathlib import Path

CATALOGUE = Path(__file__).parent.parent / "catalogue"

EXAMPLES = """
  placewell services
"""


def add_arguments(parser: ArgumentParser) -> None:
    """Nothing to choose."""


def run(arguments: Namespace) -> int:
    """Print id, name, commissioner and contract of every service, tab-separated, without a header.

    Only service.toml is read, and not the typed model, so that the answer is there at once.
    """
    for file in sorted(CATALOGUE.glob("*/service.toml")):
        print("\t".join(described(file)))
    return 0


def described(file: Path) -> tuple[str, ...]:
    """The words of a service's line, from its service.toml."""
    service = tomllib.loads(file.read_text(encoding="utf-8"))
    return (
        service["id"],
        service["name"],
        service["commissioner"],
        f"{service['contract_start']} to {service['contract_end']}",
    )
