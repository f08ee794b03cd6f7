"""An allocator's folder: the first entry, the witness, the seat, and the keys, which nobody else may read."""

from __future__ import annotations

import json
import stat
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from placewell.errors import UserError
from placewell.randomisation.allocator import Allocator
from placewell.randomisation.ceremony import configuration_of, packets_of
from placewell.randomisation.configuration import Configuration
from placewell.randomisation.entries import Entry, hash_of
from placewell.randomisation.hashing import KEY_BYTES
from placewell.randomisation.keys import Keys, Packets, WholeKeys
from placewell.randomisation.mark import MarkFile
from placewell.randomisation.opening import open_trial
from placewell.randomisation.seat import Seat, SeatRecord
from placewell.randomisation.witness import Pause, Witness, no_pause

OTHERS = stat.S_IRWXG | stat.S_IRWXO
KEYS, PACKETS = "keys.json", "packets"


class FolderUnfit(UserError):
    """A folder that no allocator may start on: a file is missing, damaged, or readable by others."""


@dataclass(frozen=True)
class Machine:
    """What tells this machine, and its last start, from another."""

    id: str
    boot: str

    @classmethod
    def here(cls) -> Machine:
        """As Linux names them. Raises FolderUnfit where it does not."""
        return cls(*(_line_of(Path(name)) for name in ("/etc/machine-id", "/proc/sys/kernel/random/boot_id")))


def _line_of(file: Path) -> str:
    try:
        if found := file.read_text(encoding="ascii").strip():
            return found
    except OSError:
        pass
    raise FolderUnfit(f"{file} does not say which machine this is, so a restored copy could not be told from it.")


class AllocatorFolder:
    """The files of one trial's allocator, and its high-water mark elsewhere. Its keys are read once, at the start."""

    def __init__(self, path: Path, machine: Machine, pause: Pause = no_pause, mark: Path | None = None) -> None:
        self.path = path
        self.machine = machine
        self._mark = mark
        self.witness = Witness(path / "witness.jsonl", pause)

    def open(self, genesis: Entry) -> None:
        """Begins the trial here, once. Raises the library's Refused where it was begun already."""
        self.path.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not self.is_open:
            (self.path / "genesis.json").write_text(json.dumps(genesis.as_data(), sort_keys=True), encoding="utf-8")
        open_trial(genesis, self.witness, self._seat, self.machine.id, self.machine.boot)

    @property
    def is_open(self) -> bool:
        """Whether the trial was begun here, to the end."""
        return self._seat.exists()

    def genesis(self) -> Entry:
        """The first entry, as signed at the set-up. Raises FolderUnfit."""
        file = self.path / "genesis.json"
        found = Entry.from_data(_json_of(file))
        if found.hash != hash_of(found.body):
            raise FolderUnfit(f"{file} is not the first entry that was signed: its hash does not fit.")
        return found

    def allocator(self, keys: Keys) -> Allocator:
        """An allocator on this folder; locked where the folder does not lie where it was last trusted."""
        genesis = self.genesis()
        now = Seat.of(self.witness.path, self.machine.id, self.machine.boot)
        seat = SeatRecord(self._seat, now, MarkFile(self._mark) if self._mark else None)
        return Allocator(configuration_of(genesis), genesis, keys, self.witness, seat)

    def keys(self, custody: int) -> Keys:
        """Whole keys (level 1) or the packets there are (level 2). Raises FolderUnfit, WrongPacket."""
        genesis = self.genesis()
        config = configuration_of(genesis)
        if custody == 1:
            return WholeKeys(self._whole(config), config)
        return Packets(dict(self._packets()), packets_of(genesis))

    def _whole(self, config: Configuration) -> dict[str, bytes]:
        file = self.path / KEYS
        found = _json_of(file, secret=True)
        if set(found) != set(config.strata):
            raise FolderUnfit(f"{file} does not hold a key for every stratum and no other.")
        return {stratum: _key(file, text) for stratum, text in found.items()}

    def _packets(self) -> Iterator[tuple[tuple[str, int], bytes]]:
        for file in sorted((self.path / PACKETS).glob("*.json")):
            yield from packets_in(file).items()

    @property
    def _seat(self) -> Path:
        return self.path / "seat.json"


def packets_in(file: Path) -> dict[tuple[str, int], bytes]:
    """The packets of one file: [{"stratum", "epoch", "key"}…]. Raises FolderUnfit."""
    found = _json_of(file, secret=True).get("packets")
    try:
        return {(str(each["stratum"]), int(each["epoch"])): _key(file, each["key"]) for each in found}  # type: ignore[attr-defined]
    except (KeyError, TypeError, ValueError) as fault:
        raise FolderUnfit(f"{file} is not a file of packets as the evaluator prepares it.") from fault


def _key(file: Path, text: object) -> bytes:
    try:
        key = bytes.fromhex(str(text))
    except ValueError:
        key = b""
    if len(key) != KEY_BYTES:
        raise FolderUnfit(f"{file} holds something that is not a key of {KEY_BYTES} bytes.")
    return key


def _json_of(file: Path, secret: bool = False) -> Mapping[str, object]:
    try:
        if secret and stat.S_IMODE(file.stat().st_mode) & OTHERS:
            raise FolderUnfit(f"{file} can be read or written by others. Do: chmod 0400 {file}")
        found = json.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError as missing:
        raise FolderUnfit(f"There is no {file}.") from missing
    except ValueError as fault:
        raise FolderUnfit(f"{file} cannot be read as JSON.") from fault
    if not isinstance(found, dict):
        raise FolderUnfit(f"{file} does not hold what it should.")
    return found
