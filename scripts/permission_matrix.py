"""Writes docs/reference/who-may-open-what.md: every address of the site and the policy its view declares."""

import os
import sys

import django
from publishing import publish

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "placewell_web.config.settings")
os.environ.setdefault("PLACEWELL_DEMO", "1")
django.setup()

from django.urls import URLPattern, URLResolver, get_resolver  # noqa: E402

from placewell_web.accounts.models import Role  # noqa: E402

OPENING = """# Who may open what

Made by `make docs` from the addresses and the policy each view declares: do not edit.
A view without a policy fails the build. Beyond the role, records about people are those of the viewer's own teams or
lots; any other answers 404.

"""


def rows(resolver: URLResolver, prefix: str = "", space: str = "") -> list[tuple[str, str, object]]:
    """Every address with its name and view."""
    found: list[tuple[str, str, object]] = []
    for entry in resolver.url_patterns:
        route = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            found += rows(entry, route, ":".join(filter(None, [space, entry.namespace])))
        elif isinstance(entry, URLPattern):
            found.append((route, f"{space}:{entry.name}" if space else str(entry.name), entry.callback))
    return found


def matrix() -> str:
    """The table: an address, its name, and a mark for each role."""
    heads = " | ".join(role.label for role in Role)
    lines = [f"| address | name | anyone | {heads} |", f"|---|---|---|{'---|' * len(Role)}"]
    for route, name, view in sorted(rows(get_resolver()), key=lambda row: row[0]):
        policy = getattr(view, "policy", None)
        kind = policy.kind if policy else "none"
        if kind == "closed":
            continue
        roles = policy.roles if policy else frozenset()
        marks = ["yes" if kind == "public" else ""]
        marks += ["yes" if kind in ("public", "signed_in") or str(role) in roles else "" for role in Role.values]
        lines.append(f"| `/{route}` | {name} | {' | '.join(marks)} |")
    return OPENING + "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.exit(publish("who-may-open-what.md", matrix(), sys.argv[1:]))
