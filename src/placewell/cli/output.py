"""Where answers go: standard output, or a file that appears whole or not at all."""

from __future__ import annotations

import os
import sys
import tempfile
from argparse import ArgumentParser
from collections.abc import Sequence
from pathlib import Path

from placewell.cli.usage import UsageError
from placewell.errors import UserError


def add_output(
    parser: ArgumentParser, formats: Sequence[str], later: Sequence[str] = (), default: str | None = None
) -> None:
    """Declare `--format` and `--out`; `later` names formats that are promised but not there yet."""
    to_come = f" ({', '.join(later)}: not available yet)" if later else ""
    standard = default or formats[0]
    parser.add_argument(
        "--format", default=standard, metavar="F", help=f"{', '.join(formats)}; default: {standard}{to_come}"
    )
    parser.add_argument("--out", type=Path, metavar="FILE", help="write to this file, whole or not at all")


def chosen_format(given: str, formats: Sequence[str], later: Sequence[str] = ()) -> str:
    """The format asked for. Raises UsageError for one that is not available, naming those that are."""
    if given in formats:
        return given
    state = "is not available yet" if given in later else "is not a format of this command"
    raise UsageError(f"--format {given} {state}; available: {', '.join(formats)}.")


def refuse_on_a_screen(form: str, out: Path | None) -> None:
    """Keep what is no text off a terminal; a file or a pipe may have it. Raises UsageError."""
    if out is None and sys.stdout.isatty():
        raise UsageError(f"--format {form} is not text to read on a screen: name a file with --out FILE.")


def deliver(content: str | bytes, out: Path | None) -> None:
    """Print the content, or write it to `out` in one step, replacing what was there. Raises UserError."""
    data = content.encode() if isinstance(content, str) else content
    if out is None:
        sys.stdout.flush()
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
        return
    try:
        _replace(out, data)
    except OSError as error:
        raise UserError(
            f"{out}: cannot be written ({error.strerror}). Choose a folder that is there and yours."
        ) from error


def _replace(out: Path, data: bytes) -> None:
    if out.is_dir():
        raise UserError(f"{out}: is a folder; name a file.")
    handle, name = tempfile.mkstemp(dir=out.parent, prefix=f".{out.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        mask = os.umask(0)
        os.umask(mask)
        Path(name).chmod(0o666 & ~mask)  # mkstemp makes it 0600; a report is an ordinary file
        Path(name).replace(out)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def same_place() -> bool:
    """Whether standard output and standard error go to the same terminal, pipe or file."""
    try:
        answers, errors = os.fstat(sys.stdout.fileno()), os.fstat(sys.stderr.fileno())
    except (OSError, ValueError):
        return False
    return (answers.st_dev, answers.st_ino) == (errors.st_dev, errors.st_ino)
