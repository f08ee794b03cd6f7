"""Code lists as data: every code with its label in plain words, where the list comes from, and its clause."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any


@dataclass(frozen=True)
class Code:
    """One code: its label, and where the data gives them the NHS code and the group it is reported under."""

    code: str
    label: str
    nhs: str | None = None
    group: str | None = None
    divisions: tuple[int, int] | None = None


@dataclass(frozen=True)
class CodeList:
    """A list of codes in the order people should see them.

    `closed`: no service may add a code, so one outside the list is an error of `validate`; else it is a warning.
    """

    name: str
    title: str
    source: str
    clause: str
    closed: bool
    codes: Mapping[str, Code] = field(repr=False)

    @property
    def labels(self) -> dict[str, str]:
        """Code to label, in order: what a form offers."""
        return {code: entry.label for code, entry in self.codes.items()}


@cache
def code_lists() -> Mapping[str, CodeList]:
    """Every code list by name."""
    found: dict[str, CodeList] = {}
    for file in sorted((files(__package__) / "lists").iterdir(), key=lambda entry: entry.name):
        for name, entry in tomllib.loads(file.read_text(encoding="utf-8")).items():
            codes = MappingProxyType({code: _code(code, given) for code, given in entry["codes"].items()})
            closed = entry.get("closed", False)
            found[name] = CodeList(name, entry["title"], entry["source"], entry["clause"], closed, codes)
    return MappingProxyType(found)


def code_list(name: str) -> CodeList:
    """The list of that name; KeyError where there is none."""
    return code_lists()[name]


def _code(code: str, given: str | Mapping[str, Any]) -> Code:
    if isinstance(given, str):
        return Code(code, given)
    divisions = given.get("divisions")
    return Code(code, given["label"], given.get("nhs"), given.get("group"), tuple(divisions) if divisions else None)
