"""Writes docs/reference/command-line.md from the parsers themselves; `--check` fails when the file is stale."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path

from placewell.cli.main import COMMANDS, overview, parser_of

PAGE = Path(__file__).parents[3] / "docs" / "reference" / "command-line.md"
OPENING = """# The command line

Made by `python -m placewell.cli.reference` from the commands themselves: do not edit.

`placewell` works on folders and files alone, with no site and no database.
"""


def page() -> str:
    """The whole page: the overview, then each command's own help."""
    parts = [OPENING, _block(overview().format_help())]
    parts += [f"## placewell {name}\n\n{_block(parser_of(name).format_help())}" for name in COMMANDS]
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


def _block(text: str) -> str:
    return f"```text\n{text.rstrip()}\n```\n"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
