"""The draw by the figures of a fair one, under fixed seeds; and generators with a flaw, which the same figures find.

`PLACEWELL_DRAW_SEED=anything` tries other keys, as a nightly run may, at the level of one in a million.
"""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import groupby
from math import sqrt
from statistics import NormalDist

import pytest
from scipy.stats import chisquare
from tests.library.randomisation.trials import blocks, config, simple

from placewell.randomisation.configuration import Configuration
from placewell.randomisation.draw import Sequence, block
from placewell.randomisation.draw import simple as simple_arm
from placewell.randomisation.hashing import digest
from placewell.randomisation.keys import WholeKeys
from placewell.randomisation.stream import below, words

SEED = os.environ.get("PLACEWELL_DRAW_SEED", "")
FAIR, FLAWED = 1e-6 if SEED else 0.001, 1e-5
"""A fair draw passes the one under these seeds; every flawed stand-in stays under the other."""

TWO_TO_ONE = {"arms": ("ips", "control"), "ratio": (2, 1)}
THREE = {"arms": ("a", "b", "c"), "ratio": (1, 1, 1)}

Dealer = Callable[[bytes, int, Configuration], tuple[str, ...]]


def key(seed: object) -> bytes:
    return digest("statistics", str(seed), SEED) if SEED else digest("statistics", str(seed))


@pytest.fixture
def fixed(monkeypatch):
    """The fixed seeds: how plainly a flaw shows depends on them."""
    monkeypatch.setattr(sys.modules[__name__], "SEED", "")


def even(found: Counter, kinds: int) -> float:
    """The chance that even frequencies of so many kinds lie so far apart."""
    counts = list(found.values()) + [0] * (kinds - len(found))
    return float(chisquare(counts).pvalue)


def two_sided(z: float) -> float:
    return 2 * NormalDist().cdf(-abs(z))


# --- Blocks -----------------------------------------------------------------------------------------------------


def sizes(dealer: Dealer) -> float:
    return even(Counter(len(dealer(key(n % 50), n, blocks(4, 6, 8))) for n in range(9000)), 3)


def arrangements(dealer: Dealer, made: Configuration, kinds: int) -> float:
    return even(Counter(dealer(key(n % 50), n, made) for n in range(6000)), kinds)


ORDERS = [
    (blocks(2), 2),
    (blocks(4), 6),
    (blocks(6), 20),
    (blocks(3, **TWO_TO_ONE), 3),
    (blocks(6, **TWO_TO_ONE), 15),
    (blocks(3, **THREE), 6),
    (blocks(6, **THREE), 90),
]


def test_block_sizes_are_even():
    assert sizes(block) > FAIR


@pytest.mark.parametrize(("made", "kinds"), ORDERS)
def test_every_order_of_a_block_is_as_likely(made, kinds):
    assert arrangements(block, made, kinds) > FAIR


def lazy_sizes(key: bytes, number: int, made: Configuration) -> tuple[str, ...]:
    """A word's lowest byte by remainder of four, the fourth falling to the first."""
    size = made.block_sizes[next(words(key, "size", number)) % 4 % 3]
    return made.arms * (size // 2)


def naive_shuffle(key: bytes, number: int, made: Configuration) -> tuple[str, ...]:
    """Each place changed with any other: a well-known mistake."""
    arms = [arm for arm, share in zip(made.arms, made.ratio, strict=True) for _ in range(share)]
    arms *= made.block_sizes[0] // len(arms)
    numbers = words(key, "perm", number)
    for place in range(len(arms)):
        other = below(numbers, len(arms))
        arms[place], arms[other] = arms[other], arms[place]
    return tuple(arms)


def one_short(key: bytes, number: int, made: Configuration) -> tuple[str, ...]:
    """Fisher and Yates that never leaves an arm in its place (Sattolo's)."""
    arms = [arm for arm, share in zip(made.arms, made.ratio, strict=True) for _ in range(share)]
    arms *= made.block_sizes[0] // len(arms)
    numbers = words(key, "perm", number)
    for place in range(len(arms) - 1, 0, -1):
        other = below(numbers, place)
        arms[place], arms[other] = arms[other], arms[place]
    return tuple(arms)


@pytest.mark.usefixtures("fixed")
def test_lazy_sizes_are_found():
    assert sizes(lazy_sizes) < FLAWED


@pytest.mark.usefixtures("fixed")
@pytest.mark.parametrize("flawed", [naive_shuffle, one_short])
@pytest.mark.parametrize(("made", "kinds"), ORDERS[3:6])
def test_a_flawed_shuffle_is_found(flawed, made, kinds):
    assert arrangements(flawed, made, kinds) < FLAWED


# --- Coins and whole numbers ------------------------------------------------------------------------------------

Coins = Callable[[int], list[int]]


def first_arms(made: Configuration, coins: int = 3000) -> list[int]:
    """Whether the first arm comes first, under many keys."""
    return [
        int(Sequence(WholeKeys({"lot_1": key(n)}, made), made).arm("lot_1", 0, {}) == made.arms[0])
        for n in range(coins)
    ]


def free_coins(number: int) -> list[int]:
    """Coins of a big stick whose limit is never reached: what leaves it is the coin itself."""
    made = config(imbalance=10**6)
    sequence = Sequence(WholeKeys({"lot_1": key("coins")}, made), made)
    return [int(sequence.arm("lot_1", n, {}) == "ips") for n in range(number)]


def simple_coins(number: int) -> list[int]:
    made = simple()
    return [int(simple_arm(key("simple"), n, made) == "ips") for n in range(number)]


def fair(coins: list[int]) -> float:
    """The chance that a fair coin falls so unevenly."""
    return two_sided((sum(coins) - len(coins) / 2) / sqrt(len(coins) / 4))


def runs(coins: list[int]) -> float:
    """Wald and Wolfowitz: the chance of so many, or so few, runs."""
    n, ones = len(coins), sum(coins)
    expected = 1 + 2 * ones * (n - ones) / n
    spread = sqrt((expected - 1) * (expected - 2) / (n - 1))
    return two_sided((sum(1 for _ in groupby(coins)) - expected) / spread)


def alike(one: list[int], other: list[int]) -> float:
    """The chance that two independent fair sequences agree so often, or so seldom."""
    return fair([int(a == b) for a, b in zip(one, other, strict=True)])


@pytest.mark.parametrize("made", [config(), blocks(), simple()])
def test_the_first_arm_is_even(made):
    assert fair(first_arms(made)) > FAIR


@pytest.mark.parametrize("coins", [free_coins, simple_coins])
def test_coins_are_fair_and_keep_no_memory(coins):
    fallen = coins(8000)
    assert fair(fallen) > FAIR
    assert runs(fallen) > FAIR
    for lag in (1, 2, 3, 8):
        assert alike(fallen[lag:], fallen[:-lag]) > FAIR


@pytest.mark.parametrize(("shares", "arms"), [((3, 2, 1), ("a", "b", "c")), ((2, 1), ("ips", "control"))])
def test_the_simple_method_keeps_its_shares(shares, arms):
    made = simple(arms=arms, ratio=shares)
    found = Counter(simple_arm(key("shares"), n, made) for n in range(6000))
    expected = [6000 * share / sum(shares) for share in shares]
    assert chisquare([found[arm] for arm in arms], expected).pvalue > FAIR
    assert chisquare([found[arm] for arm in reversed(arms)], expected).pvalue < FLAWED


def biased(number: int) -> list[int]:
    """A coin that falls on one side in 54 of 100."""
    numbers = words(key("biased"), "coin", 0)
    return [int(below(numbers, 100) < 54) for _ in range(number)]


def sticky(number: int) -> list[int]:
    """A coin that is fair and repeats itself once in ten."""
    numbers, fallen = words(key("sticky"), "coin", 0), [0]
    for _ in range(number - 1):
        fallen.append(fallen[-1] if below(numbers, 10) == 0 else below(numbers, 2))
    return fallen


def alternating(number: int) -> list[int]:
    return [n % 2 for n in range(number)]


@pytest.mark.usefixtures("fixed")
@pytest.mark.parametrize(
    ("flawed", "figure"), [(biased, fair), (sticky, runs), (alternating, runs), (lambda n: [1] * n, fair)]
)
def test_a_flawed_coin_is_found(flawed, figure):
    assert figure(flawed(8000)) < FLAWED


@pytest.mark.parametrize("limit", [2, 3, 5, 6, 7, 10, 64])
def test_whole_numbers_are_even(limit):
    numbers = words(key(limit), "below", 0)
    assert even(Counter(below(numbers, limit) for _ in range(12_000)), limit) > FAIR


def by_remainder(numbers: Iterator[int], limit: int) -> int:
    return next(numbers) % limit


@pytest.mark.parametrize(("draw", "passes"), [(below, True), (by_remainder, False)])
def test_words_that_would_favour_some_are_passed_over(draw, passes):
    """Below three quarters of all words a remainder would favour the first third twofold."""
    limit = 3 * 2**30
    numbers = words(key("remainder"), "below", 0)
    chance = even(Counter(3 * draw(numbers, limit) // limit for _ in range(6000)), 3)
    assert chance > FAIR if passes else chance < FLAWED


# --- Strata -----------------------------------------------------------------------------------------------------


def arms_of(stratum_key: bytes, made: Configuration, number: int) -> list[int]:
    sequence, counts, found = Sequence(WholeKeys({"lot_1": stratum_key}, made), made), Counter[str](), []
    for n in range(number):
        arm = sequence.arm("lot_1", n, counts)
        counts[arm] += 1
        found.append(int(arm == made.arms[0]))
    return found


def one_beside_another(made: Configuration, second: Callable[[int], bytes]) -> float:
    """How alike the first arms of two strata are, under 150 pairs of keys."""
    pairs = [(arms_of(key(n), made, 20), arms_of(second(n), made, 20)) for n in range(150)]
    each = [sum(a == b for a, b in zip(*pair, strict=True)) - 10 for pair in pairs]
    spread = sqrt(sum(one * one for one in each))
    return two_sided(sum(each) / spread)


@pytest.mark.parametrize("made", [config(), blocks(), simple()])
def test_strata_do_not_follow_one_another(made):
    assert one_beside_another(made, lambda n: key(f"other {n}")) > FAIR


@pytest.mark.usefixtures("fixed")
@pytest.mark.parametrize("made", [config(), blocks(), simple()])
def test_strata_of_one_key_would_be_found(made):
    assert one_beside_another(made, key) < FLAWED


@pytest.mark.parametrize("strata", [1, 1000])
def test_one_stratum_and_a_thousand(strata):
    names = tuple(f"s{n}" for n in range(strata))
    made = config(strata=names, planned=(5,) * strata)
    sequence = Sequence(WholeKeys({name: key(name) for name in names}, made), made)
    arms = [sequence.arm(name, n, {}) for name in names for n in range(5 if strata > 1 else 3000)]
    assert fair([int(arm == "ips") for arm in arms]) > FAIR


@pytest.mark.parametrize("made", [config(imbalance=5), blocks(4, 6, 8)])
def test_the_arms_never_drift_apart(made):
    limit = 5 if made.method == "big_stick" else 4
    for n in range(40):
        ahead = 0
        for arm in arms_of(key(n), made, 100):
            ahead += 1 if arm else -1
            assert abs(ahead) <= limit


def test_another_place_in_the_sequence_or_another_key_is_another_coin():
    fallen = {tuple(arms_of(key(n), config(), 64)) for n in range(200)}
    assert len(fallen) == 200
