"""The draw by all three methods: balance, limits, shares, packets, and the same arms for everyone with the keys."""

import hmac
from collections import Counter
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.library.randomisation.trials import blocks, config, keys_of, packets, simple, whole

from placewell.randomisation.configuration import Configuration
from placewell.randomisation.draw import Sequence, arm, block
from placewell.randomisation.keys import PacketMissing, WholeKeys

THREE = {"arms": ("a", "b", "c"), "ratio": (1, 1, 1)}
TWO_TO_ONE = {"ratio": (2, 1)}


def drawn(
    made: Configuration, number: int, stratum: str = "lot_1", keys: Any = None, tokens: bool = False
) -> list[str]:
    """The first arms of a stratum, drawn one after another as people come."""
    sequence, counts, arms = Sequence(keys or whole(made), made), Counter[str](), []
    for n in range(number):
        arms.append(sequence.arm(stratum, n, counts, f"t{n}" if tokens else None))
        counts[arms[-1]] += 1
    return arms


@pytest.mark.parametrize(
    "made",
    [config(), config(imbalance=1), blocks(), blocks(3, 6, **TWO_TO_ONE), blocks(3, 9, **THREE), simple(**THREE)],
)
def test_each_slot_alone_gives_the_arm_the_whole_sequence_has(made: Configuration) -> None:
    arms = drawn(made, 60)
    for n, each in enumerate(arms):
        assert arm(whole(made), "lot_1", n, Counter(arms[:n]), made) == each


def test_a_coin_by_hand() -> None:
    """The lowest bit of the last byte of PRF(key, "coin", n): 0 is the first arm, 1 the second."""
    made = config()
    key = keys_of(made)["lot_1"]
    for n in range(40):
        bit = hmac.digest(key, b"coin" + n.to_bytes(8, "big"), "sha256")[-1] % 2
        assert arm(whole(made), "lot_1", n, {}, made) == ("ips", "control")[bit]
    bound = config(identity_bound=1)
    bit = hmac.digest(keys_of(bound)["lot_1"], b"coin" + b"t1", "sha256")[-1] % 2
    assert arm(whole(bound), "lot_1", 7, {}, bound, "t1") == ("ips", "control")[bit]


@pytest.mark.parametrize(
    ("counts", "answer"),
    [({"ips": 5}, "control"), ({"control": 5}, "ips"), ({"ips": 9, "control": 4}, "control"), ({"ips": 99}, "control")],
)
def test_a_big_stick_at_its_limit_leaves_nothing_to_chance(counts: dict[str, int], answer: str) -> None:
    assert {arm(whole(config()), "lot_1", n, counts, config()) for n in range(30)} == {answer}


def test_a_block_by_hand() -> None:
    """The words of "size" and "perm" read one after another, none large enough to be passed over."""
    made = blocks(4, 6, 8)
    key = keys_of(made)["lot_1"]

    def drawn_words(label: bytes) -> list[int]:
        data = b"".join(hmac.digest(key, label + bytes(8) + i.to_bytes(8, "big"), "sha256") for i in range(2))
        return [int.from_bytes(data[at : at + 4], "big") for at in range(0, 64, 4)]

    size = (4, 6, 8)[drawn_words(b"size")[0] % 3]
    arms = ["ips", "control"] * (size // 2)
    for turn, last in enumerate(range(size - 1, 0, -1)):
        other = drawn_words(b"perm")[turn] % (last + 1)
        arms[last], arms[other] = arms[other], arms[last]
    assert block(key, 0, made) == tuple(arms)


@given(st.integers(1, 12), st.binary(min_size=32, max_size=32))
@settings(max_examples=30, deadline=None)
def test_the_big_stick_is_never_more_than_its_limit_out_of_balance(limit: int, share: bytes) -> None:
    made = config(imbalance=limit)
    ahead, furthest = 0, 0
    for each in drawn(made, 150, keys=WholeKeys(keys_of(made, share), made)):
        ahead += 1 if each == "ips" else -1
        furthest = max(furthest, abs(ahead))
    assert furthest <= limit


def test_a_big_stick_of_one_alternates_in_pairs() -> None:
    arms = drawn(config(imbalance=1), 200)
    assert all({arms[n], arms[n + 1]} == {"ips", "control"} for n in range(0, 200, 2))


@pytest.mark.parametrize(
    ("made", "shares"),
    [
        (blocks(4), {"ips": 2, "control": 2}),
        (blocks(6, **TWO_TO_ONE), {"ips": 4, "control": 2}),
        (blocks(6, **THREE), {"a": 2, "b": 2, "c": 2}),
    ],
)
def test_every_block_holds_the_arms_in_their_shares(made: Configuration, shares: dict[str, int]) -> None:
    key = keys_of(made)["lot_1"]
    for number in range(50):
        assert Counter(block(key, number, made)) == shares


def test_blocks_stand_one_after_another() -> None:
    made = blocks(4, 6, 8)
    key = keys_of(made)["lot_1"]
    joined = [each for number in range(10) for each in block(key, number, made)]
    assert drawn(made, len(joined)) == joined


def test_the_simple_method_keeps_to_the_shares_in_the_long_run() -> None:
    counts = Counter(drawn(simple(**TWO_TO_ONE), 3000))
    assert 1900 < counts["ips"] < 2100


def test_strata_do_not_follow_one_another() -> None:
    assert drawn(config(), 60) != drawn(config(), 60, "lot_2")


def test_another_configuration_draws_other_arms_from_the_same_shares() -> None:
    assert drawn(config(), 60) != drawn(config(planned=(2651, 2650)), 60)


def test_a_coin_bound_to_identity_is_the_same_wherever_the_person_stands() -> None:
    made = config(identity_bound=1)
    for token in ("a", "b", "c", "d", "e"):
        assert len({arm(whole(made), "lot_1", n, {}, made, token) for n in range(20)}) == 1
    assert len({arm(whole(made), "lot_1", 0, {}, made, f"t{n}") for n in range(20)}) == 2


@pytest.mark.parametrize(("made", "token"), [(config(), "x"), (config(identity_bound=1), None)])
def test_a_token_where_none_belongs_or_none_where_one_does(made: Configuration, token: str | None) -> None:
    with pytest.raises(ValueError, match="token"):
        arm(whole(made), "lot_1", 0, {}, made, token)


@pytest.mark.parametrize(
    "made",
    [config(epoch_size=20, epochs=4), simple(epoch_size=20, epochs=4), blocks(epoch_size=3, epochs=20)],
)
def test_packets_draw_what_the_whole_keys_draw(made: Configuration) -> None:
    assert drawn(made, 70, keys=packets(made, *range(made.epochs))) == drawn(made, 70)


def test_without_the_next_packet_nothing_is_drawn() -> None:
    made = config(epoch_size=20, epochs=3)
    assert len(drawn(made, 40, keys=packets(made, 0, 1))) == 40
    with pytest.raises(PacketMissing, match=r"stratum lot_1, epoch 2"):
        drawn(made, 41, keys=packets(made, 0, 1))


def test_a_thousand_strata() -> None:
    names = tuple(f"s{n}" for n in range(1000))
    made = config(strata=names, planned=(5,) * 1000)
    sequence = Sequence(whole(made), made)
    firsts = Counter(sequence.arm(name, 0, {}) for name in names)
    assert 430 < firsts["ips"] < 570
