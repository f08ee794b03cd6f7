"""Keys at hand: whole ones for every epoch, packets for one each, checked against the genesis, never printed."""

from collections.abc import Callable

import pytest
from tests.library.randomisation.trials import config, keys_of, packets, whole

from placewell.randomisation.ceremony import packet, packet_hashes
from placewell.randomisation.keys import PacketMissing, Packets, WrongPacket

MADE = config(epoch_size=10, epochs=3)
KEYS = keys_of(MADE)
HASHES = packet_hashes(KEYS, MADE)


def test_whole_keys_serve_every_epoch() -> None:
    keys = whole(MADE)
    assert keys.key_for("lot_1", 2) == packet(KEYS["lot_1"], MADE, 2)
    assert keys.has("lot_1", 2)
    assert not keys.has("lot_9", 0)


def test_whole_keys_of_a_trial_without_packets() -> None:
    made = config()
    assert whole(made).key_for("lot_1", 0) == keys_of(made)["lot_1"]


def test_packets_serve_what_was_loaded() -> None:
    keys = packets(MADE, 0, 1)
    assert keys.key_for("lot_2", 1) == packet(KEYS["lot_2"], MADE, 1)
    assert [keys.has("lot_2", epoch) for epoch in range(4)] == [True, True, False, False]
    with pytest.raises(PacketMissing, match="stratum lot_2, epoch 2"):
        keys.key_for("lot_2", 2)


@pytest.mark.parametrize(
    ("place", "key"),
    [
        (("lot_1", 0), packet(KEYS["lot_1"], MADE, 1)),
        (("lot_1", 0), packet(KEYS["lot_2"], MADE, 0)),
        (("lot_1", 0), KEYS["lot_1"]),
        (("lot_1", 0), b""),
        (("lot_1", 3), packet(KEYS["lot_1"], MADE, 3)),
        (("lot_1", -1), packet(KEYS["lot_1"], MADE, 2)),
        (("lot_9", 0), packet(KEYS["lot_1"], MADE, 0)),
    ],
)
def test_a_packet_the_genesis_does_not_name(place: tuple[str, int], key: bytes) -> None:
    with pytest.raises(WrongPacket, match=f"stratum {place[0]}, epoch {place[1]}"):
        Packets({place: key}, HASHES)


@pytest.mark.parametrize("shown", [repr, str, lambda keys: f"{keys}"])
@pytest.mark.parametrize("keys", [whole(MADE), packets(MADE, 0)])
def test_keys_are_never_printed(keys: object, shown: Callable[[object], str]) -> None:
    assert shown(keys) in {"WholeKeys(2 strata)", "Packets(2 loaded)"}
