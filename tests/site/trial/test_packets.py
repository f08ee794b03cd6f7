"""Packets of keys, custody level 2: warned at four fifths, refused when used up, and none but the right one kept."""

from __future__ import annotations

import json
import stat
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.site.trial.processes import HASH, request, rewrite, set_up, write_packets
from tests.site.trial.ready import DRAWN_AT

from placewell_web.trial.allocator.__main__ import main
from placewell_web.trial.allocator.draws import DrawNotReady
from placewell_web.trial.allocator.folder import AllocatorFolder, Machine
from placewell_web.trial.allocator.keeping import Keeper
from placewell_web.trial.allocator.loading import load
from placewell_web.trial.allocator.moments import utc_of

UTC = utc_of(DRAWN_AT)


@pytest.fixture
def packets(tmp_path: Path) -> Path:
    set_up(tmp_path / "p", custody=2)
    return tmp_path / "p"


def test_packets_warn_at_four_fifths_refuse_when_used_and_go_on_when_loaded(packets: Path) -> None:
    place = AllocatorFolder(packets, Machine.here())
    keeper = Keeper(place)
    size = keeper.allocator.config.epoch_size
    for at in range(size):
        assert keeper.draws().standing().packets_needed == (("dudley",) if at >= size * 4 / 5 else ())
        keeper.draws().allocate(request(f"TIW-{at}"), UTC)
    with pytest.raises(DrawNotReady) as used_up:
        keeper.draws().allocate(request("TIW-late"), UTC)
    assert used_up.value.reason == "PacketMissing"
    assert keeper.allocator.head()[0] == size
    assert load(place, write_packets(place.genesis(), 1, packets.parent / "epoch-0001.json"))[0][1] == 1
    assert keeper.draws().allocate(request("TIW-late"), UTC).n == size
    assert keeper.draws().standing().packets_needed == ()


def test_the_server_with_one_packet_cannot_make_the_next(packets: Path) -> None:
    held = b"".join(file.read_bytes() for file in packets.rglob("*") if file.is_file())
    genesis = AllocatorFolder(packets, Machine.here()).genesis()
    later = json.loads(write_packets(genesis, 1, packets.parent / "later.json").read_text())["packets"]
    assert not any(each["key"].encode() in held for each in later)


WRONG_PACKETS: dict[str, tuple[Callable[[Path], object], str]] = {
    "readable by others": (lambda f: f.chmod(0o444), "chmod 0400"),
    "another key": (lambda f: rewrite(f, lambda d: {"packets": [{**d["packets"][0], "key": HASH}]}), "not the one"),
    "another epoch": (lambda f: rewrite(f, lambda d: {"packets": [{**d["packets"][0], "epoch": 2}]}), "not the one"),
    "not packets": (lambda f: rewrite(f, lambda d: {"packets": [{"key": 1}]}), "not a file of packets"),
    "nothing in it": (lambda f: rewrite(f, lambda d: {}), "not a file of packets"),
}  # fmt: skip


@pytest.mark.parametrize("what", WRONG_PACKETS)
def test_a_wrong_file_of_packets_is_not_kept(packets: Path, what: str, capsys: pytest.CaptureFixture[str]) -> None:
    genesis = AllocatorFolder(packets, Machine.here()).genesis()
    file = write_packets(genesis, 1, packets.parent / "epoch-0001.json")
    spoil, sentence = WRONG_PACKETS[what]
    spoil(file)
    assert main(["load", str(packets), str(file)]) == 1
    assert sentence in capsys.readouterr().err
    assert [each.name for each in (packets / "packets").iterdir()] == ["epoch-0000.json"]


def test_packets_are_kept_for_the_owner_alone_and_loaded_once(packets: Path) -> None:
    genesis = AllocatorFolder(packets, Machine.here()).genesis()
    file = write_packets(genesis, 1, packets.parent / "epoch-0001.json")
    assert [main(["load", str(packets), str(file)]) for _ in range(2)] == [0, 1]
    assert stat.S_IMODE((packets / "packets" / "epoch-0001.json").stat().st_mode) == 0o400
