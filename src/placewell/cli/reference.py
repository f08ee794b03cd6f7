"""Writes docs/reference/command-line.md from the parsers themselves; `--check` fails when the file is stale."""

from __future__ import annotations

import os
import sys
from argparse import ArgumentParser, _SubParsersAction
from collections.abc import Iterator, Sequence
from pathlib import Path

from placewell.cli.main import COMMANDS, overview, parser_of

PAGE = Path(__file__).parents[3] / "docs" / "reference" / "command-line.md"
OPENING = """# The command line

Made by `python -m placewell.cli.reference` from the commands themselves: do not edit.

`placewell` works on folders and files alone, with no site and no database.
"""


def page() -> str:
    """The whole page: the overview, then each command's own help, and that of each of its actions where it has some."""
    parts = [OPENING, _block(overview().format_help())]
    for name in COMMANDS:
        parser = parser_of(name)
        parts.append(f"## placewell {name}\n\n{_block(parser.format_help())}")
        parts += [f"### {each.prog}\n\n{_block(each.format_help())}" for each in _actions_of(parser)]
    return "\n".join(parts)


def main(words: Sequence[str]) -> int:
    """Write the page, or with `--check` say whether it is stale (1)."""
    fresh = page()
    if "--check" in words:
        if PAGE.is_file() and PAGE.read_text(encoding="utf-8") == fresh:
            return 0
        where = os.path.relpath(PAGE)
        print(f"{where} is stale: run python -m placewell.cli.reference.", file=sys.stderr)
        return 1
    PAGE.parent.mkdir(parents=True, exist_ok=True)
    PAGE.write_text(fresh, encoding="utf-8")
    return 0


def _actions_of(parser: ArgumentParser) -> Iterator[ArgumentParser]:
    for each in parser._actions:
        if isinstance(each, _SubParsersAction):
            yield from each.choices.values()


def _block(text: str) -> str:
    return f"```text\n{text.rstrip()}\n```\n"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
