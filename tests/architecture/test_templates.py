"""The template check finds each thing it forbids, and the templates hold none of them."""

from __future__ import annotations

import runpy
from pathlib import Path

import pytest

SCRIPT = Path(__file__).parents[2] / "scripts" / "check_templates.py"


@pytest.mark.parametrize(
    "line",
    [
        '<p style="color: red">',
        "<style>p {}</style>",
        "{{ note | safe }}",
        '<a onclick="go()">',
        "<script>go()</script>",
        '<img src="https://example.org/x.png">',
        '<link rel="stylesheet" href="//example.org/x.css">',
        '<a href="https://example.org/">',
        "{% autoescape false %}",
    ],
)
def test_each_forbidden_thing_is_found(line: str) -> None:
    rules = runpy.run_path(str(SCRIPT))["RULES"]
    assert [sentence for rule, sentence in rules if rule.search(line)]


@pytest.mark.parametrize(
    "line",
    [
        '<script src="/static/a.js" defer>',
        '<script nonce="{{ n }}">',
        '<a href="/caseload/">',
        '<a rel="external" href="https://example.org/">',
        "<p>One safe place</p>",
    ],
)
def test_what_is_allowed_passes(line: str) -> None:
    rules = runpy.run_path(str(SCRIPT))["RULES"]
    assert [sentence for rule, sentence in rules if rule.search(line)] == []


def test_no_template_holds_a_forbidden_thing() -> None:
    assert runpy.run_path(str(SCRIPT))["main"]() == 0
