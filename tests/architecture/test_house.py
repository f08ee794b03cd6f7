"""What the house promises of its files: sizes, opening sentences, locks without addresses, commands that exist."""

from __future__ import annotations

import ast
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SOURCES = [p for p in sorted((ROOT / "src").rglob("*.py")) if "migrations" not in p.parts]
BANNED_NAMES = {"utils", "helpers", "core", "common", "manager", "misc"}


def test_no_file_passes_the_ceiling() -> None:
    assert [f"{p.relative_to(ROOT)}" for p in SOURCES if p.read_text().count("\n") > 400] == []


def test_no_function_passes_the_ceiling() -> None:
    long = [
        f"{p.relative_to(ROOT)}:{node.lineno} {node.name}"
        for p in SOURCES
        for node in ast.walk(ast.parse(p.read_text()))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.end_lineno - node.lineno + 1 > 50
    ]
    assert long == []


def test_every_module_opens_with_a_sentence() -> None:
    assert [
        str(p.relative_to(ROOT))
        for p in SOURCES
        if p.read_text().strip() and not ast.get_docstring(ast.parse(p.read_text()))
    ] == []


def test_no_module_has_a_name_that_says_nothing() -> None:
    assert [
        str(p.relative_to(ROOT)) for p in SOURCES if BANNED_NAMES & set(p.relative_to(ROOT).with_suffix("").parts)
    ] == []


def test_no_mark_promises_work_or_hides_it() -> None:
    marks = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b|NotImplementedError|# *type: ignore(?!\[)|pragma: no cover")
    stray = [
        f"{p.relative_to(ROOT)}:{number}"
        for p in SOURCES
        for number, line in enumerate(p.read_text().splitlines(), 1)
        if marks.search(line)
    ]
    assert stray == []


@pytest.mark.parametrize(
    "lock", ["requirements/dev.lock", "requirements/runtime.lock", "requirements/node.lock", "requirements/venv.lock"]
)
def test_locks_carry_hashes_and_no_address(lock: str) -> None:
    text = (ROOT / lock).read_text()
    assert "://" not in text
    pinned = re.findall(r"^[a-z0-9._-]+(?:\[[^\]]*\])?==", text, flags=re.M | re.I)
    assert pinned
    assert text.count("--hash=sha256:") >= len(pinned)


def test_the_npm_lock_carries_no_address() -> None:
    text = (ROOT / "package-lock.json").read_text()
    assert '"integrity"' in text
    assert '"resolved"' not in text


def test_every_requirement_has_its_reason() -> None:
    for name in ("runtime", "dev", "node", "venv"):
        for line in (ROOT / f"requirements/{name}.in").read_text().splitlines():
            if line and not line.startswith(("#", "-r")):
                assert "#" in line, line


def test_the_make_file_has_at_most_twenty_commands_and_lists_them() -> None:
    done = subprocess.run(["make", "-s", "help"], cwd=ROOT, capture_output=True, text=True, timeout=30)
    commands = [line.split()[0] for line in done.stdout.splitlines()]
    assert {"run", "test", "setup", "check", "bench", "pictures"} <= set(commands)
    assert len(commands) <= 20
