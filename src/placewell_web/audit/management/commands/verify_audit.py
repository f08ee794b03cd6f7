"""`placewell-site verify_audit`: walk the audit chain and name the first link that does not hold."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from placewell_web.audit import chain, queries


class Command(BaseCommand):
    help = "Walks the audit chain from its first entry and says which link is the first that does not hold, if any."

    def handle(self, *args: Any, **options: Any) -> None:
        head = queries.head()
        broken = chain.first_break(queries.in_order())
        if broken is not None:
            raise CommandError(f"The audit chain is broken: {broken.what}.")
        if head is None:
            self.stdout.write("The audit chain is empty.")
            return
        self.stdout.write(f"The audit chain holds: {head.sequence} entries, head {head.hash}.")
        self.stdout.write("Keep that line outside this machine: it shows if the end of the chain is cut off later.")
