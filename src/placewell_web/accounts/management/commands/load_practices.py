"""`placewell-site load_practices FILE`: many GP practices at once from a CSV file, all of them or none."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from placewell.errors import UserError
from placewell_web.accounts.models import Lot
from placewell_web.accounts.practice_files import read_practices
from placewell_web.accounts.practices import load_practices
from placewell_web.audit import clock
from placewell_web.audit.actors import Actor
from placewell_web.nhsuk.words import count


class Command(BaseCommand):
    help = (
        "Loads GP practices from a CSV file with the columns code, name and lot: new ones are added, a name that "
        "differs is changed, and a practice that is not in the file stays as it is. One wrong row, and nothing is "
        "loaded. Example: placewell-site load_practices practices.csv"
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="the CSV file, in UTF-8")

    def handle(self, *args: Any, **options: Any) -> None:
        lots = dict(Lot.objects.values_list("code", "name"))
        if not lots:
            raise CommandError("There is no lot yet: begin with placewell-site add_administrator.")
        try:
            rows = read_practices(options["file"], lots)
        except UserError as error:
            raise CommandError("\n".join((*error.problems, "Nothing was loaded."))) from error
        added, renamed = load_practices(rows=rows, by=Actor.system("load-practices"), at=clock.now())
        same = len(rows) - added - renamed
        self.stdout.write(f"{count(added, 'practice')} added, {renamed} renamed, {same} as before.")
