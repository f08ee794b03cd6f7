"""What a two-arm trial found: the difference in proportions and the odds ratio, by intention to treat."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from math import exp, log, sqrt
from statistics import NormalDist
from typing import Literal

from placewell.errors import UserError

Method = Literal["newcombe", "wald"]

METHODS: tuple[Method, ...] = ("newcombe", "wald")


class AnalysisError(UserError):
    """Counts, rates or sizes from which the figure asked for cannot be made."""


@dataclass(frozen=True)
class Proportion:
    """How many of the people of an arm reached the outcome. Raises AnalysisError for what is no part of a whole."""

    reached: int
    of: int

    def __post_init__(self) -> None:
        if self.of < 1 or not 0 <= self.reached <= self.of:
            raise AnalysisError(
                f"{self.reached} of {self.of} is no proportion: give an arm of at least one person, "
                f"and from 0 to all of them who reached the outcome."
            )

    @property
    def rate(self) -> float:
        """The share, from 0 to 1."""
        return self.reached / self.of


@dataclass(frozen=True)
class Estimate:
    """A figure with its confidence interval, by which method, and whether empty cells were filled up to get it."""

    value: float
    low: float
    high: float
    confidence: float
    method: str
    corrected: bool = False


def by_intention(allocations: Mapping[str, str], reached: Collection[str]) -> dict[str, Proportion]:
    """The proportion of each arm by intention to treat, from person -> arm and the people who reached the outcome.

    Rule: everybody counts in the arm that was drawn, whatever they took up; whoever is not known to have reached the
    outcome counts as not having reached it. Raises AnalysisError: somebody reached it who was never allocated.
    Source: Hollis & Campbell, BMJ 1999; 319: 670-674.
    """
    strangers = sorted(set(reached) - set(allocations))
    if strangers:
        raise AnalysisError(
            *(f"{one} reached the outcome and was never allocated: look the number up." for one in strangers)
        )
    happy = set(reached)
    members = {
        arm: [one for one, drawn in allocations.items() if drawn == arm] for arm in sorted(set(allocations.values()))
    }
    return {arm: Proportion(sum(one in happy for one in people), len(people)) for arm, people in members.items()}


def difference(
    treated: Proportion, control: Proportion, confidence: float = 0.95, method: Method = "newcombe"
) -> Estimate:
    """The difference treated minus control in proportions, from -1 to 1, with a two-sided confidence interval.

    `newcombe`: two Wilson score intervals combined, without continuity correction, which never leaves -1 to 1 and
    holds its level in small arms and near 0 and 1. Source: Newcombe, Statistics in Medicine 1998; 17: 873-890
    (method 10). `wald`: the textbook interval from the unpooled standard error (his method 1), for comparison with
    older reports. Raises AnalysisError: a confidence that is not between 0 and 1, an unknown method.
    """
    if method not in METHODS:
        raise AnalysisError(f'There is no interval "{method}": choose {" or ".join(METHODS)}.')
    value = treated.rate - control.rate
    z = quantile(confidence)
    below, above = _newcombe(treated, control, z) if method == "newcombe" else _wald(treated, control, z)
    return Estimate(value, value - below, value + above, confidence, method)


def wilson(part: Proportion, confidence: float = 0.95) -> tuple[float, float]:
    """The score interval of one proportion. Source: Wilson, JASA 1927; 22: 209-212. Raises as `difference`."""
    return _wilson(part, quantile(confidence))


def odds_ratio(treated: Proportion, control: Proportion, confidence: float = 0.95) -> Estimate:
    """The odds of the outcome in the treated arm over those of the control arm, with the logit interval.

    Source: Woolf, Annals of Human Genetics 1955; 19: 251-253. Where one of the four cells is empty a half is added
    to all four, and the answer says `corrected`. Source: Haldane 1956, Anscombe 1956. Raises AnalysisError where
    nobody, or everybody, of both arms reached the outcome: then there are no odds to compare.
    """
    z = quantile(confidence)
    cells = [treated.reached, treated.of - treated.reached, control.reached, control.of - control.reached]
    if cells[0] == cells[2] == 0 or cells[1] == cells[3] == 0:
        who = "Nobody" if cells[0] == 0 else "Everybody"
        raise AnalysisError(f"{who} in both arms reached the outcome: there is no odds ratio. Use the difference.")
    corrected = 0 in cells
    a, b, c, d = (cell + (0.5 if corrected else 0.0) for cell in cells)
    middle, width = log(a * d / (b * c)), z * sqrt(1 / a + 1 / b + 1 / c + 1 / d)
    return Estimate(exp(middle), exp(middle - width), exp(middle + width), confidence, "woolf", corrected)


def quantile(confidence: float) -> float:
    """The two-sided normal quantile: 1.96 for 0.95. Raises AnalysisError outside 0 to 1."""
    if not 0 < confidence < 1:
        raise AnalysisError(f"A confidence of {confidence} is none: give one between 0 and 1, such as 0.95.")
    return NormalDist().inv_cdf((1 + confidence) / 2)


def _newcombe(treated: Proportion, control: Proportion, z: float) -> tuple[float, float]:
    low_t, high_t = _wilson(treated, z)
    low_c, high_c = _wilson(control, z)
    below = sqrt((treated.rate - low_t) ** 2 + (high_c - control.rate) ** 2)
    above = sqrt((high_t - treated.rate) ** 2 + (control.rate - low_c) ** 2)
    return below, above


def _wald(treated: Proportion, control: Proportion, z: float) -> tuple[float, float]:
    width = z * sqrt(sum(one.rate * (1 - one.rate) / one.of for one in (treated, control)))
    return width, width


def _wilson(part: Proportion, z: float) -> tuple[float, float]:
    n, p = part.of, part.rate
    middle = (p + z * z / (2 * n)) / (1 + z * z / n)
    width = z * sqrt(p * (1 - p) / n + z * z / (4 * n * n)) / (1 + z * z / n)
    return max(0.0, middle - width), min(1.0, middle + width)
