"""Writes docs/reference/data-dictionary.md; with --check says whether it is stale, and fails when it is."""

import sys
from pathlib import Path

from placewell.dataset.dictionary import dictionary

FILE = Path(__file__).parent.parent / "docs" / "reference" / "data-dictionary.md"


def main(arguments: list[str]) -> int:
    """Write the document, or compare it with what the tables say now."""
    now = dictionary()
    if arguments == ["--check"]:
        if FILE.is_file() and FILE.read_text(encoding="utf-8") == now:
            return 0
        print(f"{FILE.relative_to(FILE.parents[2])} is stale: run `make docs`.", file=sys.stderr)
        return 1
    FILE.parent.mkdir(parents=True, exist_ok=True)
    FILE.write_text(now, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
