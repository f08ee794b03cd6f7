"""`placewell-site verify_audit`: walk the audit chain and name the first link that does not hold."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from placewell_web.audit import anchors, chain, queries
from placewell_web.audit.anchors import Anchor


class Command(BaseCommand):
    """Exit status 0: the chain holds. 1: it does not, and the first fault is named. 2: a wrong use of the command."""

    help = (
        "Walks the audit chain from its first entry and says which link is the first that does not hold, if any. "
        "Every day: placewell-site verify_audit --anchors /mnt/elsewhere/placewell-anchors.txt"
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--anchors",
            type=Path,
            metavar="FILE",
            help="a file on another machine: checks that every head in it is still there, then adds today's",
        )
        parser.add_argument(
            "--keeps",
            nargs=2,
            metavar=("NUMBER", "HASH"),
            help="checks that this entry, written down elsewhere earlier, is still there with this hash",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        kept = self._anchors(options)
        head = queries.head()
        broken = chain.first_break(queries.in_order())
        if broken is not None:
            raise CommandError(f"The audit chain is broken: {broken.what}.")
        if departure := anchors.first_departure(kept, queries.hash_of):
            raise CommandError(departure)
        if head is None:
            self.stdout.write("The audit chain is empty.")
            return
        self.stdout.write(f"The audit chain holds: {head.sequence} entries, head {head.hash}.")
        for anchor in kept[-1:]:
            self.stdout.write(f"Entry {anchor.sequence} is as it was.")
        self._keep(options.get("anchors"), kept, Anchor(head.sequence, head.hash))

    def _anchors(self, options: dict[str, Any]) -> list[Anchor]:
        kept: list[Anchor] = []
        if options.get("keeps"):
            number, found = options["keeps"]
            if not number.isdigit():
                raise CommandError("NUMBER is the number of an entry, as this command printed it.")
            kept.append(Anchor(int(number), found))
        if file := options.get("anchors"):
            try:
                kept += anchors.read(file)
            except (anchors.Unreadable, OSError) as error:
                raise CommandError(str(error)) from error
        return kept

    def _keep(self, file: Path | None, kept: list[Anchor], head: Anchor) -> None:
        if file is None:
            self.stdout.write("Keep that line outside this machine: it shows if the end of the chain is cut off later.")
        elif head not in kept:
            try:
                anchors.keep(file, head)
            except OSError as error:
                raise CommandError(f"The chain holds, and its head could not be kept: {error}") from error
            self.stdout.write(f"Kept in {file}.")
