"""How often a team that pools what it has seen would guess the next arm: simulated on the real configuration."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from placewell.errors import UserError
from placewell.randomisation.configuration import EMERGENCY, Configuration
from placewell.randomisation.draw import Sequence
from placewell.randomisation.hashing import digest
from placewell.randomisation.keys import WholeKeys
from placewell.randomisation.stream import WORDS, below, words

BUDGET = 0.56
"""The largest share of arms a team may guess with everything pooled. Source: trust.md, T8 and promise 6."""
SHARES_SEEN = (1.0, 0.5, 0.1)
"""How much of a stratum the guessing team has seen. Source: trial.md §9."""
SEED = 2017
DRAWS = 90_000
"""Draws in one simulation: the rate then stands to about a sixth of a percentage point."""
UNPLANNED = 600
"""The size simulated for a stratum whose size was left open."""


class Guessable(UserError):
    """A configuration whose arms could be guessed more often than the budget allows."""


@dataclass(frozen=True)
class Predictability:
    """The simulated share of right guesses by share seen, and the budget it is held against."""

    rates: Mapping[float, float]
    budget: float

    @property
    def pooled(self) -> float:
        """The share of right guesses with everything seen: the one the budget is about."""
        return self.rates[1.0]

    @property
    def within(self) -> bool:
        """Whether the budget holds."""
        return self.pooled <= self.budget

    def sentence(self) -> str:
        """The figures in words."""
        seen = "; ".join(f"{rate:.1%} with {share:.0%} of a stratum seen" for share, rate in self.rates.items())
        verdict = "within" if self.within else "over"
        return f"A team would guess {seen}: {verdict} the budget of {self.budget:.0%}."


def guess_rate(config: Configuration, per_stratum: int, seed: int, runs: int, seen: float = 1.0) -> float:
    """The share of arms (0 to 1) guessed right in a stratum of `per_stratum` people, over `runs` sequences.

    Rule: the sequences are drawn by the trial's own method under keys made from the seed; the team sees each arm with
    the chance `seen` and always guesses the arm furthest behind its share of what it saw; ties fall by coin, among
    the largest shares. The same seed gives the same rate. Raises ValueError: nothing to simulate, or no share.
    Source: Blackwell & Hodges, Annals of Mathematical Statistics 1957; 28: 449-460; trial.md §9.
    """
    return _rates(config, per_stratum, seed, runs, (seen,))[0]


def predictability(
    config: Configuration, budget: float = BUDGET, seed: int = SEED, draws: int | None = None
) -> Predictability:
    """The rates of this configuration with its strata at their planned sizes, for each share seen; by default of
    `DRAWS` draws. The emergency list is none of them: it is sealed until a place is used."""
    drawn = [size for stratum, size in zip(config.strata, config.planned, strict=True) if stratum != EMERGENCY]
    sizes = Counter(size or UNPLANNED for size in drawn or config.planned)
    people = sum(size * number for size, number in sizes.items())
    right = [0.0] * len(SHARES_SEEN)
    for size, number in sizes.items():
        runs = max(1, round((draws or DRAWS) * number / people))
        rates = _rates(config, size, seed, runs, SHARES_SEEN)
        right = [so_far + rate * size * number for so_far, rate in zip(right, rates, strict=True)]
    rates_by_share = {seen: of / people for seen, of in zip(SHARES_SEEN, right, strict=True)}
    return Predictability(rates_by_share, budget)


def budget_check(config: Configuration, budget: float = BUDGET) -> Predictability:
    """The predictability of a configuration that keeps to the budget. Raises Guessable with the figures."""
    found = predictability(config, budget)
    if not found.within:
        raise Guessable(f"{found.sentence()} Choose the big stick with a larger imbalance, or accept the figure.")
    return found


def _rates(config: Configuration, people: int, seed: int, runs: int, shares: tuple[float, ...]) -> list[float]:
    if people < 1 or runs < 1 or not all(0 <= seen <= 1 for seen in shares):
        raise ValueError("give at least one person, one run, and a share seen from 0 to 1")
    plain = replace(config, epoch_size=0, epochs=0)  # packets change whose key it is, not how the arms fall
    right = [0] * len(shares)
    for run in range(runs):
        key = digest("guess", str(seed), str(run))
        arms = _drawn(plain, people, key)
        for place, seen in enumerate(shares):
            right[place] += _guessed_right(plain, arms, seen, words(key, "guess", place))
    return [of / (people * runs) for of in right]


def _drawn(config: Configuration, people: int, key: bytes) -> list[str]:
    stratum = config.strata[0]
    sequence, counts, arms = Sequence(WholeKeys({stratum: key}, config), config), Counter[str](), []
    for n in range(people):
        arms.append(sequence.arm(stratum, n, counts, f"person {n}" if config.identity_bound else None))
        counts[arms[-1]] += 1
    return arms


def _guessed_right(config: Configuration, arms: list[str], seen: float, chance: Iterator[int]) -> int:
    tally = dict.fromkeys(config.arms, 0)
    best, right = _furthest_behind(tally, config), 0
    for arm in arms:
        guess = best[0] if len(best) == 1 else best[below(chance, len(best))]
        right += guess == arm
        if seen == 1 or next(chance) < seen * WORDS:
            tally[arm] += 1
            best = _furthest_behind(tally, config)
    return right


def _furthest_behind(tally: Mapping[str, int], config: Configuration) -> list[str]:
    """The arm or arms furthest behind their share of what was seen, and of these the largest."""
    total, whole = sum(tally.values()), sum(config.ratio)
    behind = [(total * share - whole * tally[arm], share) for arm, share in zip(config.arms, config.ratio, strict=True)]
    furthest = max(behind)
    return [arm for arm, place in zip(config.arms, behind, strict=True) if place == furthest]
