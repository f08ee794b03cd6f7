"""Whether the public form's answer takes longer for a person who is known (trust.md T2: under 5 ms apart).

Run with `python -m benchmarks.receipts`: pairs of a new and a known person, sent in turn; medians in milliseconds.
"""

from __future__ import annotations

import argparse
import time
from statistics import median
from typing import Any

from benchmarks.scratch import scratch_database


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pairs", type=int, default=500)
    pairs = parser.parse_args().pairs
    with scratch_database() as kind:
        took = _measure(pairs)
    new, known = (median(took[which]) * 1000 for which in ("new", "known"))
    print(f"\nSending the public form on {kind}, {pairs} pairs; processor milliseconds, median")
    for what, value in (("a new person", new), ("a person who is known", known), ("apart", abs(new - known))):
        print(f"{what:32}{value:10.2f}")


def _measure(pairs: int) -> dict[str, list[float]]:
    from django.test import Client
    from tests.site.conftest import make_world
    from tests.site.intake.conftest import SELF

    from placewell_web.clients.models import Person
    from placewell_web.intake.actions import rates

    rates.PAGES = rates.SENDS = rates.ALL_SENDS = rates.Rate(1e9, 1.0)
    make_world()
    took: dict[str, list[float]] = {"new": [], "known": []}
    for at in range(pairs):
        for which, changes in (("new", _someone(at)), ("known", {})):
            client: Any = Client()
            client.post("/refer/who/", {"who": "self"})
            for page, answers in SELF.items():
                client.post(f"/refer/question/{page}/", {**answers, **changes.get(page, {})})
            began = time.process_time()
            client.post("/refer/check/")
            took[which].append(time.process_time() - began)
        first = Person.unscoped.filter(search_name="samina rehman").order_by("created_at", "pk").first()
        again = Person.unscoped.filter(search_name="samina rehman").exclude(pk=first.pk if first else None)
        again.update(birth_date=None, phone="", postcode="", search_name="gone")  # known once, each time
    return {which: seconds[1:] for which, seconds in took.items()}


def _someone(at: int) -> dict[str, dict[str, str]]:
    return {
        "name": {"first_name": f"New{at}x", "surname": "Other"},
        "contact": {"phone": f"0770090{at:04}", "postcode": f"WV{at % 9 + 1} {at % 9}AB"},
        "birth_date": {"birth_date-year": str(1940 + at % 50), "birth_date-day": str(at % 27 + 1)},
    }


if __name__ == "__main__":
    main()
