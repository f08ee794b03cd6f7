"""Writes a generated document, or with --check says whether it is stale, and fails when it is."""

import sys
from pathlib import Path

REFERENCE = Path(__file__).parent.parent / "docs" / "reference"


def publish(name: str, text: str, arguments: list[str]) -> int:
    """Write docs/reference/`name`, or compare it with what the code says now."""
    file = REFERENCE / name
    if arguments == ["--check"]:
        if file.is_file() and file.read_text(encoding="utf-8") == text:
            return 0
        print(f"docs/reference/{name} is stale: run `make docs`.", file=sys.stderr)
        return 1
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return 0
