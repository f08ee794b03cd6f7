"""Several processes write the audit at once: one chain, without a gap, whatever the database."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from django.db import connection

from placewell_web.audit import chain, queries
from placewell_web.audit.models import Entry

PROCESSES, ENTRIES = 4, 20
WRITE = """
import sys, django
django.setup()
from django.db import transaction
from placewell_web.audit.actions import record, record_view
from placewell_web.audit.actors import Actor
from placewell_web.audit.clock import now
by = Actor.system(sys.argv[1])
for number in range(int(sys.argv[2])):
    given = dict(by=by, at=now(), verb="v", target_kind="t", target_id=number)
    if number % 2:
        record_view(**given)
    else:
        try:
            with transaction.atomic():
                record(**given)
                if number % 4:
                    raise KeyError("undone")
        except KeyError:
            pass
"""


def address() -> str:
    """The test database as another process names it."""
    made = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{made['NAME']}"
    return f"postgres://{made['USER']}:{made['PASSWORD']}@{made['HOST']}:{made['PORT']}/{made['NAME']}"


@pytest.mark.django_db(transaction=True)
def test_processes_make_one_chain() -> None:
    environment = os.environ | {"DATABASE_URL": address(), "DJANGO_SETTINGS_MODULE": "tests.site.settings"}
    environment["PYTHONPATH"] = os.pathsep.join(filter(None, sys.path))
    started = [
        subprocess.Popen([sys.executable, "-c", WRITE, f"writer-{number}", str(ENTRIES)], env=environment)
        for number in range(PROCESSES)
    ]
    assert [one.wait() for one in started] == [0] * PROCESSES
    kept_by_each = ENTRIES // 2 + ENTRIES // 4
    assert [entry.sequence for entry in queries.in_order()] == list(range(1, PROCESSES * kept_by_each + 1))
    assert chain.first_break(queries.in_order()) is None
    assert Entry.objects.filter(is_view=True).count() == PROCESSES * ENTRIES // 2
