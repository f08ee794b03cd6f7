"""Where the high-water mark of an allocator's folder lies: outside the folder, so that no restore brings it back."""

from __future__ import annotations

import hashlib
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import TYPE_CHECKING

from placewell.cli import system
from placewell.cli.trial_folder import SEAT

if TYPE_CHECKING:
    from placewell.randomisation.mark import MarkFile


def add_mark(parser: ArgumentParser, otherwise: str) -> None:
    """The option that names it."""
    parser.add_argument(
        "--mark",
        type=Path,
        metavar="FILE",
        help="the high-water mark: a file in memory (such as under /run) that only a restart of the machine takes "
        f"away; {otherwise}",
    )


def mark_for(folder: Path, named: Path | None) -> MarkFile | None:
    """The mark named, the one the folder was last used with, or one in the user's runtime folder.

    That last one goes when the user logs out, so its absence means nothing. None, with a warning, where there is none.
    """
    from placewell.randomisation.mark import MarkFile
    from placewell.randomisation.seat import mark_in

    if path := named or mark_in(folder / SEAT):
        return MarkFile(path)
    if runtime := system.runtime():
        return MarkFile(runtime / f"placewell-{_name(folder)}.mark", lasting=False)
    print(
        "warning: no runtime folder was found for a high-water mark, so an older witness written over this one may "
        "not be noticed: name one with --mark.",
        file=sys.stderr,
    )
    return None


def mark_to_renew(folder: Path, named: Path | None) -> MarkFile | None:
    """The mark named, or the one the folder was used with since the machine was started.

    None where there can be none yet, such as before a service has made its runtime folder: the next opening sets it.
    """
    from placewell.randomisation.mark import MarkFile
    from placewell.randomisation.seat import mark_in

    if named:
        return MarkFile(named) if named.parent.is_dir() else None
    if (kept := mark_in(folder / SEAT)) and kept.exists():
        return MarkFile(kept)
    runtime = system.runtime()
    own = runtime / f"placewell-{_name(folder)}.mark" if runtime else None
    return MarkFile(own, lasting=False) if own and own.exists() else None


def _name(folder: Path) -> str:
    return hashlib.sha256(str(folder.resolve()).encode()).hexdigest()[:16]
