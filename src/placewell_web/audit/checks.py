"""Start-up check: the triggers that guard the audit chain are there."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.checks import CheckMessage, Error, Tags, register
from django.db import connections

from placewell_web.audit import triggers


@register(Tags.database)
def triggers_in_place(databases: Sequence[str] | None = None, **_: Any) -> list[CheckMessage]:
    """An error for every database in which the audit table stands without one of its triggers."""
    found: list[CheckMessage] = []
    for alias in databases or ():
        connection = connections[alias]
        if triggers.TABLE not in connection.introspection.table_names():
            continue
        if missing := triggers.missing(connection):
            found.append(
                Error(
                    f"The audit table has lost its guard: {', '.join(sorted(missing))}.",
                    hint="Run `placewell-site migrate`: it puts the triggers back. Then `placewell-site verify_audit`.",
                    id="placewell.audit.E001",
                )
            )
    return found
