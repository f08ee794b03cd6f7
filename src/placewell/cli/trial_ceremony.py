"""`placewell trial ceremony`: both secret shares become the trial's keys, their sealed copies and its genesis entry."""

from __future__ import annotations

import shutil
import tempfile
from argparse import ArgumentParser, Namespace
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from placewell.cli import system
from placewell.cli.inputs import specification
from placewell.cli.progress import step
from placewell.cli.trial_files import read_object, write, write_secret, write_secret_text
from placewell.cli.trial_folder import GENESIS, KEYS, PACKETS
from placewell.cli.trial_shares import share_in
from placewell.errors import UserError

if TYPE_CHECKING:
    from placewell.randomisation.configuration import Configuration
    from placewell.randomisation.entries import Entry

CONFIG, SEALED, EMERGENCY_LIST = "config.json", "sealed", "emergency-list.txt"
HOLDERS = ("evaluator", "central_team", "sponsor")
PACKETS_OF_EPOCHS, WHOLE_KEYS = 2, 1


def add_arguments(parser: ArgumentParser) -> None:
    """What the trial is, both shares with their commitments, and where to write."""
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument(
        "--service", metavar="S", help="a service whose trial.toml says how the trial is drawn, or a folder"
    )
    what.add_argument("--config", type=Path, metavar="FILE", help="a configuration instead, such as a set-up writes")
    for role, whose in (("e", "evaluator"), ("p", "central team")):
        said = f"the {whose}'s secret share, and what the {whose} published of it"
        parser.add_argument(f"--{role}", required=True, nargs=2, metavar=("FILE", "HEX"), help=said)
    parser.add_argument("--out", required=True, type=Path, metavar="DIR", help="the new folder for the set-up")
    parser.add_argument(
        "--custody",
        type=int,
        choices=(WHOLE_KEYS, PACKETS_OF_EPOCHS),
        default=PACKETS_OF_EPOCHS,
        help="1: a whole key for each stratum; 2: a file of packets for each epoch; default: 2",
    )
    parser.add_argument("--trial", metavar="ID", help="the trial's name; default: the service's id")
    parser.add_argument("--opens-on", metavar="D", help="another first day, for a rehearsal: 2026-11-01")
    parser.add_argument("--closes-at", metavar="T", help="another last minute, for a rehearsal: 2027-03-31T23:59")
    parser.add_argument("--identity-bound", action="store_true", help="the big stick's coin hangs on the person")
    parser.add_argument(
        "--accept-guess-rate", action="store_true", help="go on although a team would guess more than the budget allows"
    )


def run(arguments: Namespace) -> int:
    """Check the shares, simulate how often a team would guess, and write the set-up, whole or not at all."""
    from placewell.randomisation.ceremony import checked_master, genesis, packet_hashes, stratum_keys

    config, budget = _configuration(arguments)
    given = {"E": arguments.e, "P": arguments.p}
    commits = {role: published.strip().lower() for role, (_, published) in given.items()}
    shares = [share_in(Path(file), role, config.trial) for role, (file, _) in given.items()]
    master = checked_master(config, commits, *shares)
    guessed = _guessed(config, budget, arguments.accept_guess_rate)
    keys = stratum_keys(master, config)
    first = genesis(config, commits, packet_hashes(keys, config), system.moment())
    _write_set_up(arguments, config, first, keys, master)
    print(_told(arguments, config, first, guessed))
    return 0


def _configuration(arguments: Namespace) -> tuple[Configuration, float]:
    """The trial's configuration, and the share of arms a team may guess."""
    from placewell.randomisation.configuration import Configuration
    from placewell.randomisation.guessing import BUDGET
    from placewell.randomisation.verifier import program_hash

    if arguments.config:
        config, budget = Configuration.from_data(read_object(arguments.config)), BUDGET
    else:
        spec = specification(arguments.service)
        bound = int(arguments.identity_bound)  # known before the strata are: no list of such coins can be printed
        config = Configuration.of_specification(spec, None, program_hash(), identity_bound=bound)
        budget = float(spec.trial.guess_budget) if spec.trial else BUDGET
    given = {"trial": arguments.trial, "opens_on": arguments.opens_on, "closes_at": arguments.closes_at}
    changes: dict[str, str | int] = {name: value for name, value in given.items() if value}
    if arguments.identity_bound:
        changes["identity_bound"] = 1
    if arguments.custody == PACKETS_OF_EPOCHS and not config.epochs:
        raise UserError(
            "The configuration has no packets, which custody level 2 needs: give it epochs, or --custody 1."
        )
    return replace(config, **changes), budget  # type: ignore[arg-type]  # the configuration looks at every value


def _guessed(config: Configuration, budget: float, accepted: bool) -> str:
    """How often a team would guess, in words. Raises UserError over the budget, unless that is accepted."""
    from placewell.randomisation.guessing import predictability

    with step("Simulating how often a team would guess"):
        found = predictability(config, budget)
    if not found.within and not accepted:
        raise UserError(
            f"{found.sentence()} Nothing was written. Choose the big stick or a larger imbalance, or accept the figure "
            "with --accept-guess-rate."
        )
    return found.sentence()


def _write_set_up(
    arguments: Namespace, config: Configuration, first: Entry, keys: dict[str, bytes], master: bytes
) -> None:
    out: Path = arguments.out
    if out.exists():
        raise UserError(f"{out}: is there already, and a set-up is never overwritten. Name a new folder with --out.")
    try:
        unfinished = Path(tempfile.mkdtemp(dir=out.parent, prefix=f".{out.name}."))  # mode 0700
    except OSError as error:
        raise UserError(
            f"{out}: cannot be made ({error.strerror}). Choose a folder that is there and yours."
        ) from error
    try:
        write(unfinished / CONFIG, config.as_data())
        write(unfinished / GENESIS, first.as_data())
        _write_keys(unfinished, arguments.custody, config, keys)
        _write_sealed(unfinished, config.trial, master)
        _write_emergency_list(unfinished, config, first, keys)
        unfinished.replace(out)
    except BaseException:
        shutil.rmtree(unfinished)
        raise


def _write_keys(folder: Path, custody: int, config: Configuration, keys: dict[str, bytes]) -> None:
    from placewell.randomisation.ceremony import packet

    if custody == WHOLE_KEYS:
        write_secret(folder / KEYS, {stratum: key.hex() for stratum, key in keys.items()})
        return
    (folder / PACKETS).mkdir(mode=0o700)
    for epoch in range(config.epochs):
        packets = [
            {"stratum": stratum, "epoch": epoch, "key": packet(key, config, epoch).hex()}
            for stratum, key in keys.items()
        ]
        write_secret(folder / PACKETS / packet_file(epoch), {"trial": config.trial, "packets": packets})


def packet_file(epoch: int) -> str:
    """The name of the file with an epoch's packets."""
    return f"epoch-{epoch:04}.json"


def _write_sealed(folder: Path, trial: str, master: bytes) -> None:
    """The master key in three pieces, of which any two give it back. Source: trial.md §2.5."""
    from placewell.randomisation.sharing import split

    (folder / SEALED).mkdir(mode=0o700)
    for holder, piece in zip(HOLDERS, split(master, system.random_bytes(len(master))), strict=True):
        write_secret(folder / SEALED / f"{holder}.json", {"trial": trial, "holder": holder, "piece": piece.hex()})


def _write_emergency_list(folder: Path, config: Configuration, first: Entry, keys: dict[str, bytes]) -> None:
    """The arms of the stratum for a day out of reach of the draw, to be printed. Source: trial.md §5, Downtime."""
    from placewell.randomisation.emergency import emergency_list
    from placewell.randomisation.keys import WholeKeys

    arms = emergency_list(WholeKeys(keys, config), config)
    if not arms:
        return
    lines = [
        "Emergency list: to be printed, sealed, and destroyed here",
        f"trial          {config.trial}",
        f"genesis entry  {first.hash}",
        "",
        *(f"{place:>4}  {arm}" for place, arm in enumerate(arms, 1)),
    ]
    write_secret_text(folder / EMERGENCY_LIST, "\n".join(lines) + "\n")


def _told(arguments: Namespace, config: Configuration, first: Entry, guessed: str) -> str:
    from placewell.randomisation.emergency import places

    keys = f"{KEYS}" if arguments.custody == WHOLE_KEYS else f"{PACKETS}/ ({config.epochs} epochs, one file each)"
    return "\n".join(
        [
            f"trial          {config.trial}",
            f"configuration  {config.hash}",
            f"genesis entry  {first.hash}",
            "",
            "Sign the genesis entry's hash: evaluator, central team and sponsor. Register it with the protocol.",
            guessed,
            f"Custody level {arguments.custody}.",
            "",
            f"{arguments.out}: {CONFIG}, {GENESIS}, {keys},",
            f"  {SEALED}/ (three pieces of the trial's key, any two give it back: one to each holder).",
            *([f"  {EMERGENCY_LIST} (print it, seal it, destroy the file)."] if places(config) else []),
            "Carry each file to whoever keeps it, then destroy this folder.",
        ]
    )
