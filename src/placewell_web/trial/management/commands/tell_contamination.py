"""Tells the evaluator's outbox what may blur the comparison: `placewell-site tell_contamination`, once a night."""

from __future__ import annotations

from django.core.management import BaseCommand

from placewell_web.audit import clock
from placewell_web.audit.actors import Actor
from placewell_web.trial.actions.contamination import tell_contamination


class Command(BaseCommand):
    help = "Find support for the comparison group and one household in both groups, and tell the evaluator once each."

    def handle(self, *args: object, **options: object) -> None:
        told = tell_contamination(by=Actor.system("contamination"), at=clock.now())
        self.stdout.write(f"{told} {'notice' if told == 1 else 'notices'} put into the outbox")
