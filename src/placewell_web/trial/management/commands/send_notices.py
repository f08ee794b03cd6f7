"""`placewell-site send_notices`: what the evaluator is to be told, into a folder and by e-mail."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from placewell_web.accounts.errors import Refused
from placewell_web.audit import clock
from placewell_web.audit.actors import Actor
from placewell_web.trial.actions.sending import send


class Command(BaseCommand):
    """Exit status 0: all is sent. 1: nothing counts as sent, with the reason."""

    help = (
        "Sends every notice that waits for the evaluator: receipts, withdrawals, mistakes; trial numbers, no names. "
        "Every hour: placewell-site send_notices --folder /mnt/evaluator"
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--folder", type=Path, help="a folder or stick that the evaluator takes away")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            count = send(by=Actor.system("notices"), at=clock.now(), folder=options["folder"])
        except (Refused, OSError) as fault:
            raise CommandError(str(fault)) from fault
        self.stdout.write(f"{count} notices sent.")
