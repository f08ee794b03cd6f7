"""Which tables a piece of work writes to, seen at the connection: the matrix and the rule "all is audited" ask it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
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
    "trial_meetingdraft": "a step of the trial meeting while it is typed; an answer only once it is kept",
    "casework_contactdraft": "a contact while its author types it; theirs alone until they save it",
    "casework_questionnairedraft": "answers of a questionnaire as they are given; kept only once it is finished",
    "casework_surveycode": "an entry would say when somebody answered the confidential survey (ADR 15)",
    "casework_surveycount": "as above",
    "casework_surveyremark": "as above",
    "casework_surveyround": "as above, of how many forms came back; that it was started has its entry",
    "account_emailaddress": "the sign-in library's copy of a user's address, made when a link is first asked for",
}


@dataclass
class Writes:
    """What was written while it was open, also where it was undone later: the table and the transaction of each."""

    depth: int
    tables: list[str] = field(default_factory=list)
    transactions: list[object] = field(default_factory=list)

    def alone(self) -> list[str]:
        """The tables written to in a transaction that holds no audit entry, or in none at all.

        A test's own transaction lies around everything, so a transaction of the site is the outermost savepoint in it.
        """
        audited = {where for table, where in zip(self.tables, self.transactions, strict=True) if table == AUDIT}
        found = zip(self.tables, self.transactions, strict=True)
        return sorted({table for table, where in found if table != AUDIT and (where is None or where not in audited)})


@contextmanager
def writes() -> Iterator[Writes]:
    """The statements that change a record of the service while it is open."""
    found = Writes(depth=_depth())

    def look(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        match = STATEMENT.match(sql)
        if match and match[1] not in KEPT_APART:
            found.tables.append(match[1])
            found.transactions.append(_transaction(found.depth))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(look):
        yield found


def _depth() -> int:
    """How many transactions are open: a test's own is the first."""
    return len(connection.savepoint_ids) + connection.in_atomic_block


def _transaction(depth: int) -> object:
    """What names the outermost transaction opened since there were `depth`; nothing where there is none."""
    if _depth() <= depth:
        return None
    return "the only one" if depth == 0 else connection.savepoint_ids[depth - 1]
