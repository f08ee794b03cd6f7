"""Writes the whole site's data set as a folder: `placewell-site write_dataset FOLDER`."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path

from django.core.management import BaseCommand, CommandError

from placewell.errors import UserError
from placewell_web.audit import clock
from placewell_web.audit.actors import Actor
from placewell_web.exchange.actions import write_data_set


class Command(BaseCommand):
    help = "Write every record as the canonical data set: the folder that `placewell report` reads."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path, help="the folder to write; a data set that stands there is replaced")
        parser.add_argument("--file-type", choices=["parquet", "csv"], default="parquet")

    def handle(self, *args: object, **options: object) -> None:
        folder = Path(str(options["folder"]))
        try:
            dataset = write_data_set(
                folder,
                file_type="csv" if options["file_type"] == "csv" else "parquet",
                by=Actor.system("write_dataset"),
                at=clock.now(),
            )
        except UserError as error:
            raise CommandError(str(error)) from error
        rows = sum(frame.height for _, frame in dataset.items())
        self.stdout.write(f"{rows:,} rows written to {folder}")
