"""`placewell-site verify_audit`: walk the audit chain and name the first link that does not hold."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from placewell_web.audit import chain, queries


class Command(BaseCommand):
    help = "Walks the audit chain from its first entry and says which link is the first that does not hold, if any."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--keeps",
            nargs=2,
            metavar=("NUMBER", "HASH"),
            help="also check that this entry, written down elsewhere earlier, is still there with this hash",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        head = queries.head()
        broken = chain.first_break(queries.in_order())
        if broken is not None:
            raise CommandError(f"The audit chain is broken: {broken.what}.")
        if options.get("keeps"):
            self._check_kept(*options["keeps"])
        if head is None:
            self.stdout.write("The audit chain is empty.")
            return
        self.stdout.write(f"The audit chain holds: {head.sequence} entries, head {head.hash}.")
        self.stdout.write("Keep that line outside this machine: it shows if the end of the chain is cut off later.")

    def _check_kept(self, number: str, kept: str) -> None:
        if not number.isdigit():
            raise CommandError("NUMBER is the number of an entry, as this command printed it.")
        found = queries.hash_of(int(number))
        if found is None:
            raise CommandError(f"The end of the chain was cut off: entry {number} is gone.")
        if found != kept:
            raise CommandError(f"The chain was written anew: entry {number} has another hash than the one kept.")
        self.stdout.write(f"Entry {number} is as it was.")
