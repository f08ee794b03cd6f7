"""Checks every page template for what the security policy and the house rules forbid, and says where."""

from __future__ import annotations

import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
RULES = [
    (re.compile(r"\sstyle\s*="), "a style attribute: the Content-Security-Policy refuses it; use a class"),
    (re.compile(r"<style[\s>]"), "a style element: put it into a stylesheet"),
    (re.compile(r"\|\s*safe\b"), "|safe: templates escape everything"),
    (re.compile(r"\son[a-z]+\s*=\s*[\"']"), "an event attribute: use a module in static/"),
    (re.compile(r"<script(?![^>]*\b(src|nonce)=)"), "a script without src or nonce"),
    (
        re.compile(r"""(?:src=|<(?:link|use|image)\b[^>]*?href=)["'](?:https?:)?//"""),
        "something loaded from another host",
    ),
    (
        re.compile(r"""<a\b(?![^>]*rel="external")[^>]*href=["']https?://"""),
        'a link to another host without rel="external"',
    ),
    (re.compile(r"autoescape\s+false"), "autoescape switched off"),
]


def problems(path: Path) -> list[str]:
    text = path.read_text()
    return [
        f"{path.relative_to(ROOT)}:{number}: {sentence}"
        for number, line in enumerate(text.splitlines(), 1)
        for rule, sentence in RULES
        if rule.search(line)
    ]


def main() -> int:
    templates = sorted((ROOT / "src" / "placewell_web").glob("*/templates/**/*.html"))
    templates += sorted((ROOT / "src" / "placewell" / "spc" / "templates").glob("**/*.*"))
    found = [problem for path in templates for problem in problems(path)]
    print("\n".join(found) or f"{len(templates)} templates")
    return 1 if found or not templates else 0


if __name__ == "__main__":
    sys.exit(main())
