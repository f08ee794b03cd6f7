"""The site's quarter page over the demo's people: first after a change of the records, and again with figures at hand.

Run with `python -m benchmarks.pages`; it makes a demo of its own in a temporary folder.
"""

from __future__ import annotations

import logging
import os
import tempfile
import time
import warnings
from collections.abc import Callable
from statistics import median
from typing import Any

REPETITIONS = 9


def main() -> None:
    """Make the demo, open the pages, print."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {
            "PLACEWELL_DEMO": "1",
            "PLACEWELL_VAR": folder,
            "DJANGO_SETTINGS_MODULE": "placewell_web.config.settings",
        }
        import django
        import structlog

        warnings.simplefilter("ignore")  # there is no collected static folder here, and none is asked for
        django.setup()
        structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
        _measure()


def _measure() -> None:
    from django.core.management import call_command
    from django.db import connection
    from django.test import Client

    from placewell_web.accounts.models import Posting, Role
    from placewell_web.clients.models import Person
    from placewell_web.reporting import queries

    call_command("prepare_demo", stdout=open(os.devnull, "w"))  # noqa: SIM115
    client = Client()
    client.force_login(Posting.objects.filter(role=Role.MANAGER).order_by("user__name").first().user)  # type: ignore[union-attr]
    _open(client, "/quarter/?lot=dudley")
    print(
        f"The demo's {Person.unscoped.count()} people in {connection.vendor}, as the manager of Dudley; milliseconds\n"
    )
    print(f"{'':60}{'wall min':>10}{'median':>9}")
    for name, address in (("this quarter", "/quarter/"), ("one figure", "/figures/job_start_16_and_over/")):
        _show(f"{name}, first after a change", lambda a=address: (queries.forget(), _open(client, f"{a}?lot=dudley")))
        _show(f"{name}, figures at hand", lambda a=address: _open(client, f"{a}?lot=dudley"))
    connection.close()


def _open(client: Any, address: str) -> None:
    response = client.get(address)
    if response.status_code != 200:
        raise SystemExit(f"{address} answered {response.status_code}")


def _show(name: str, work: Callable[[], object]) -> None:
    took = []
    for _ in range(REPETITIONS):
        start = time.perf_counter()
        work()
        took.append(1000 * (time.perf_counter() - start))
    print(f"{name:60}{min(took):10.0f}{median(took):9.0f}")


if __name__ == "__main__":
    main()
