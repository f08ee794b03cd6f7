"""Which tables a piece of work writes to, seen at the connection: the matrix and the rule "all is audited" ask it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection

STATEMENT = re.compile(r'\s*(?:INSERT(?: OR \w+)? INTO|REPLACE INTO|UPDATE|DELETE FROM|TRUNCATE)\s+"?(\w+)"?', re.I)
AUDIT = "audit_entry"
KEPT_APART = {  # what is no record of the service, and why
    "django_session": "who is signed in",
    "django_migrations": "the database's own",
    "placewell_cache": "counts of the rate limits",
    "intake_ratebucket": "counts of the rate limits",
    "intake_referraldraft": "what someone types before they send it; nobody reads it, and it goes by itself",
    "casework_contactdraft": "a contact while its author types it; theirs alone until they save it",
    "account_emailaddress": "the sign-in library's copy of a user's address, made when a link is first asked for",
}


@contextmanager
def writes() -> Iterator[list[str]]:
    """The tables written to while it is open, one name a statement, also where the transaction is undone later."""
    found: list[str] = []

    def look(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        match = STATEMENT.match(sql)
        if match and match[1] not in KEPT_APART:
            found.append(match[1])
        return execute(sql, params, many, context)

    with connection.execute_wrapper(look):
        yield found
