"""Makes the demo ready: the database, its made-up people, and a word on where to go and who to sign in as."""

from __future__ import annotations

from argparse import ArgumentParser
from datetime import date
from pathlib import Path

from django.conf import settings
from django.core.management import BaseCommand, CommandError, call_command

from placewell_web.accounts.errors import Refused
from placewell_web.accounts.queries import demo_people
from placewell_web.accounts.service import current
from placewell_web.audit import clock
from placewell_web.audit.actors import Actor
from placewell_web.audit.models import Entry
from placewell_web.exchange.demo import load as demo
from placewell_web.exchange.demo.evaluator import keep_key_pair
from placewell_web.trial.actions import ledger
from placewell_web.trial.models import LedgerEntry


class Command(BaseCommand):
    """`placewell-site prepare_demo`; a second run finds everything there and keeps what was entered."""

    help = "Prepare the demo database with made-up people, or find it prepared. Refuses outside demo mode."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--port", type=int, default=8000, help="the port the site will answer on")

    def handle(self, *args: object, **options: object) -> None:
        if not settings.DEMO:
            raise CommandError("This is not the demo: set PLACEWELL_DEMO=1, on a machine that holds no real people.")
        begins = current().service.contract_start
        if begins > settings.DEMO_DAY:
            raise CommandError(f"DEMO_DAY lies before the contract begins, on {begins:%-d %B %Y}. Choose a later day.")
        call_command("migrate", verbosity=0, interactive=False)
        if current().trial is not None:
            keep_key_pair()
        if not demo.is_loaded():
            self.stdout.write("Making the demo's people (once, a few seconds) ...")
            demo.load(current(), clock.now())
        elif (service := _made_of()) not in (None, current().id):
            raise CommandError(
                f"The demo in {settings.VAR} was made of {service}. For {current().id} name another folder with "
                "PLACEWELL_VAR, or remove that one."
            )
        elif (day := _made_for()) not in (None, settings.DEMO_DAY):
            raise CommandError(
                f"The demo in {settings.VAR} was made for {day:%-d %B %Y}. For another DEMO_DAY remove that folder, "
                "or name another with PLACEWELL_VAR."
            )
        else:
            _ledger_agrees()
        port = options["port"]
        self.stdout.write(f"\nPlacewell demo, {clock.now():%-d %B %Y}: http://127.0.0.1:{port}/")
        self.stdout.write(f"  Refer someone   http://127.0.0.1:{port}/refer/")
        self.stdout.write(
            f"  Sign in         http://127.0.0.1:{port}/accounts/login/   password: {settings.DEMO_PASSWORD}\n"
        )
        for person in demo_people(clock.now().date()):
            self.stdout.write(f"  {person.role:<29} {person.email:<34} {person.name}")
        kept = _near(settings.VAR)
        self.stdout.write(f"\nAll people are made up. Ctrl-C stops it; what you enter is kept in {kept}.\n")


def _made_for() -> date | None:
    """The day the loaded demo was made for, as its entry in the audit says."""
    at = Entry.objects.filter(verb="load_demo").values_list("at", flat=True).first()
    return at.astimezone(clock.LONDON).date() if at else None


def _made_of() -> str | None:
    """The service the loaded demo was made of, as its entry in the audit says."""
    return Entry.objects.filter(verb="load_demo").values_list("target_id", flat=True).first()


def _ledger_agrees() -> None:
    """The witness file and the database hold the same trial, or it is said what to do before anything is served."""
    if current().trial is None:
        return
    remedy = f"Remove {settings.VAR}, or name another folder with PLACEWELL_VAR: the demo is then made anew."
    if not LedgerEntry.objects.exists():
        raise CommandError(f"The demo in {settings.VAR} is of an older version, without its trial. {remedy}")
    try:
        ledger.synchronise(by=Actor.system("demo"), at=clock.now())
    except Refused as stopped:
        raise CommandError(f"{stopped.problems[0]} Its files in {settings.TRIAL_FOLDER} do not fit. {remedy}") from None


def _near(folder: Path) -> str:
    """A folder as one would type it here."""
    return f"{folder.relative_to(Path.cwd())}/" if folder.is_relative_to(Path.cwd()) else str(folder)
