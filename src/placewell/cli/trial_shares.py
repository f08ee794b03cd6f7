"""Secret shares as files: one for each role, or both in one once they are published."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from placewell.cli.trial_files import read_object
from placewell.errors import UserError


def share_in(file: Path, role: str, trial: str) -> bytes:
    """The share in a file that `placewell trial commit` wrote. Raises UserError: another role's, or trial's."""
    from placewell.randomisation.bundle import share_of

    found = read_object(file, secret=True)
    if (found.get("role"), found.get("trial")) != (role, trial):
        raise UserError(f"{file}: is not the share of {role} for trial {trial}.")
    return share_of(found.get("share"), role)


def both_shares(files: Sequence[Path], trial: str) -> dict[str, bytes]:
    """Both shares, from the two files of `commit` or from one file {"E": …, "P": …}. Raises UserError."""
    from placewell.randomisation.bundle import shares_of

    if len(files) == 1:
        return shares_of(read_object(files[0]))
    if len(files) != len(("E", "P")):
        raise UserError(
            "--shares takes one file with both shares, or the two files that `placewell trial commit` wrote."
        )
    found = {str(read_object(file).get("role")): file for file in files}
    if set(found) != {"E", "P"}:
        raise UserError("--shares: one file must be the share of E, the other that of P.")
    return {role: share_in(file, role, trial) for role, file in sorted(found.items())}
