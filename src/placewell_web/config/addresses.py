"""Every address of the site as a flat list, read from the URL resolver: for the matrix test and the reference page."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver


@dataclass(frozen=True)
class Address:
    """One address: its full name (`casework:person`), its route and the arguments it needs."""

    name: str
    route: str
    arguments: tuple[str, ...]
    callback: Callable[..., Any]


def all_views() -> list[Address]:
    return list(_walk(get_resolver().url_patterns, "", "", ()))


def _walk(
    patterns: list[URLPattern | URLResolver], namespace: str, route: str, arguments: tuple[str, ...]
) -> Iterator[Address]:
    for pattern in patterns:
        here = route + str(pattern.pattern)
        wanted = (*arguments, *pattern.pattern.regex.groupindex)
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from _walk(pattern.url_patterns, inner, here, wanted)
        else:
            yield Address(f"{namespace}{pattern.name}", here, wanted, pattern.callback)
