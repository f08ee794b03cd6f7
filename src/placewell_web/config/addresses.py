"""Every address of the site as a flat list, read from the URL resolver: for the matrix test and the reference page."""

from __future__ import annotations

import re
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

    @property
    def policy(self) -> Any:
        """What `accounts.policy` declared for the view, or nothing."""
        return getattr(self.callback, "policy", None)

    @property
    def shown(self) -> str:
        """The route as people write it: `/people/<uuid:episode>/`, also where the pattern is a regular expression."""
        return "/" + re.sub(r"\(\?P(<\w+>)(?:\[[^]]*\]|[^)])*\)", r"\1", self.route).replace("^", "").replace("$", "")


def all_views() -> list[Address]:
    return list(_walk(get_resolver().url_patterns, "", "", ()))


def bare_views() -> list[Address]:
    """Those that do not declare who may open them: there may be none, or the site does not start."""
    return [address for address in all_views() if address.policy is None]


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
