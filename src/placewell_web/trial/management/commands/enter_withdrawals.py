"""Writes withdrawals into the ledger that waited for it: `placewell-site enter_withdrawals`, once a night."""

from __future__ import annotations

from django.core.management import BaseCommand

from placewell_web.audit import clock
from placewell_web.audit.actors import Actor
from placewell_web.trial.actions.withdrawals import enter_all_waiting


class Command(BaseCommand):
    help = "Write every withdrawal that waits for the ledger into it; what still cannot be written goes on waiting."

    def handle(self, *args: object, **options: object) -> None:
        written = enter_all_waiting(by=Actor.system("withdrawals"), at=clock.now())
        self.stdout.write(f"{written} {'withdrawal' if written == 1 else 'withdrawals'} entered")
