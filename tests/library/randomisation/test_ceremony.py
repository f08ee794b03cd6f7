"""The set-up: commitments bind, one honest share is enough, keys stand apart, the genesis holds it all."""

from typing import Any

import pytest
from tests.library.randomisation.trials import COMMITS, OPENED, SHARE_E, SHARE_P, config, first, keys_of

from placewell.randomisation.ceremony import (
    CeremonyError,
    checked_master,
    commitment,
    configuration_of,
    genesis,
    master,
    packet,
    packet_hash,
    packet_hashes,
    packets_of,
    stratum_key,
)
from placewell.randomisation.entries import START, hash_of, seal
from placewell.randomisation.hashing import hexdigest, kdf

MADE = config(epoch_size=10, epochs=3)
OTHER_SHARE = bytes(32)


def test_a_commitment_by_hand() -> None:
    assert commitment("E", "tiw", SHARE_E) == hexdigest("commit", "E", "tiw", SHARE_E)


@pytest.mark.parametrize(
    "other", [commitment("P", "tiw", SHARE_E), commitment("E", "tiv", SHARE_E), commitment("E", "tiw", SHARE_P)]
)
def test_a_commitment_binds_role_trial_and_share(other: str) -> None:
    assert other != commitment("E", "tiw", SHARE_E)


@pytest.mark.parametrize(("role", "share"), [("A", SHARE_E), ("e", SHARE_E), ("E", b""), ("E", SHARE_E + b"x")])
def test_what_cannot_be_committed_to(role: str, share: bytes) -> None:
    with pytest.raises(CeremonyError):
        commitment(role, "tiw", share)


@pytest.mark.parametrize(("shares", "role"), [((OTHER_SHARE, SHARE_P), "E"), ((SHARE_E, OTHER_SHARE), "P")])
def test_a_share_that_was_not_committed_to_is_refused_by_name(shares: tuple[bytes, bytes], role: str) -> None:
    with pytest.raises(CeremonyError, match=f"share of {role} is not the one {role} committed to"):
        checked_master(MADE, COMMITS, *shares)


def test_swapped_shares_are_refused() -> None:
    with pytest.raises(CeremonyError, match="share of E"):
        checked_master(MADE, COMMITS, SHARE_P, SHARE_E)


def test_the_keys_by_hand() -> None:
    salt = bytes.fromhex(MADE.hash)
    whole = kdf(salt, SHARE_E + SHARE_P, "master")
    assert checked_master(MADE, COMMITS, SHARE_E, SHARE_P) == whole == master(MADE, SHARE_E, SHARE_P)
    assert stratum_key(whole, MADE, "lot_1") == kdf(salt, whole, "stratum/lot_1")
    assert packet(kdf(salt, whole, "stratum/lot_1"), MADE, 2) == kdf(salt, kdf(salt, whole, "stratum/lot_1"), "epoch/2")


def test_every_key_hangs_on_both_shares_and_on_every_setting() -> None:
    masters = {
        master(MADE, SHARE_E, SHARE_P),
        master(MADE, OTHER_SHARE, SHARE_P),
        master(MADE, SHARE_E, OTHER_SHARE),
        master(config(epoch_size=11, epochs=3), SHARE_E, SHARE_P),
    }
    assert len(masters) == 4


def test_no_two_keys_are_alike() -> None:
    keys = keys_of(MADE)
    made = [*keys.values(), *(packet(key, MADE, epoch) for key in keys.values() for epoch in range(3))]
    assert len(set(made)) == 8


def test_packets_up_to_now_do_not_give_the_next() -> None:
    """What a server with packets 0 to e could try: none is the next packet, nor gives it as the stratum's key would."""
    keys = keys_of(config(epoch_size=10, epochs=40))
    made = config(epoch_size=10, epochs=40)
    packets = [packet(keys["lot_1"], made, epoch) for epoch in range(40)]
    for epoch in range(39):
        tried = {kdf(made.salt, held, f"epoch/{at}") for held in packets[: epoch + 1] for at in (0, epoch, epoch + 1)}
        assert packets[epoch + 1] not in tried | set(packets[: epoch + 1])


def test_the_genesis_holds_the_whole_set_up() -> None:
    entry = first(MADE)
    assert (entry.kind, entry.seq, entry.prev, entry.utc, entry.hash) == (
        "genesis",
        0,
        START,
        OPENED,
        hash_of(entry.body),
    )
    assert entry.body["commits"] == COMMITS
    assert configuration_of(entry) == MADE
    named = packets_of(entry)
    assert named == {name: [packet_hash(packet(key, MADE, e)) for e in range(3)] for name, key in keys_of(MADE).items()}


def test_a_genesis_holds_no_key() -> None:
    written = str(first(MADE).body)
    keys = keys_of(MADE)
    secret = [SHARE_E, SHARE_P, master(MADE, SHARE_E, SHARE_P), *keys.values(), packet(keys["lot_1"], MADE, 0)]
    assert [each for each in secret if each.hex() in written or repr(each) in written] == []


def test_a_trial_without_packets_names_none() -> None:
    assert packets_of(first(config())) == {}


@pytest.mark.parametrize("commits", [{}, {"E": COMMITS["E"]}, {**COMMITS, "S": "x"}])
def test_a_genesis_needs_both_commitments(commits: dict[str, str]) -> None:
    with pytest.raises(CeremonyError, match="commitments of E and of P"):
        genesis(MADE, commits, packet_hashes(keys_of(MADE), MADE), OPENED)


@pytest.mark.parametrize("packets", [{}, {"lot_1": ["a", "b", "c"]}, {"lot_1": ["a"] * 3, "lot_2": ["a"] * 2}])
def test_a_genesis_names_every_packet(packets: dict[str, list[str]]) -> None:
    with pytest.raises(CeremonyError, match="every packet"):
        genesis(MADE, COMMITS, packets, OPENED)


@pytest.mark.parametrize("body", [{"kind": "note"}, {"kind": "genesis"}, {"kind": "genesis", "config": []}])
def test_a_first_entry_that_holds_no_configuration(body: dict[str, Any]) -> None:
    with pytest.raises(CeremonyError, match="does not begin"):
        configuration_of(seal(body))
    assert packets_of(seal(body)) == {}
