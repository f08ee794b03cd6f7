"""Made-up names: the communities of the West Midlands, each with names, ethnic categories and beliefs (names.toml)."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True)
class Community:
    """A way of being named, how common it is (in a thousand), and the codes that go with it, by weight."""

    share: int
    women: tuple[str, ...]
    men: tuple[str, ...]
    surnames: tuple[str, ...]
    ethnicity: Mapping[str, int]
    religion: Mapping[str, int]


@cache
def communities() -> tuple[Community, ...]:
    """Every community, in the order of the file."""
    content = tomllib.loads((files(__package__) / "names.toml").read_text(encoding="utf-8"))
    return tuple(
        Community(
            share=entry["share"],
            women=tuple(entry["women"].split()),
            men=tuple(entry["men"].split()),
            surnames=tuple(entry["surnames"].split()),
            ethnicity=entry["ethnicity"],
            religion=entry["religion"],
        )
        for entry in content.values()
    )
