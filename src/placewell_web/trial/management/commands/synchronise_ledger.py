"""`placewell-site synchronise_ledger`: after a restore, what the witness has and the database lacks."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from placewell_web.accounts.errors import Refused
from placewell_web.audit import clock
from placewell_web.audit.actors import Actor
from placewell_web.trial.actions.finishing import without_record
from placewell_web.trial.actions.ledger import synchronise


class Command(BaseCommand):
    """Exit status 0: the database follows the witness. 1: it cannot, with the reason."""

    help = (
        "Takes into the database what the witness has beyond it, and finishes what a crash left undone. It draws "
        "nothing. Run it after a restore; every press does the same."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            count = synchronise(by=Actor.system("ledger"), at=clock.now())
        except Refused as fault:
            raise CommandError(str(fault)) from fault
        self.stdout.write(f"{count} entries taken in.")
        for number in without_record():
            self.stdout.write(f"{number} has an allocation and no record here: enter the person again.")
