"""How large a difference a trial of a given size can find: power, detectable difference, size."""

from __future__ import annotations

from math import ceil, sqrt
from statistics import NormalDist

from placewell.evaluation.analysis import AnalysisError

LARGEST = 10**9
"""People per arm beyond which no trial is planned: the search for a size ends there."""


def power(treated: float, control: float, in_treated: int, in_control: int, alpha: float = 0.05) -> float:
    """The chance that a two-sided test at `alpha` finds the difference between two true rates, from 0 to 1.

    Rule: the normal approximation without continuity correction; the critical value from the pooled standard error
    under no difference, the spread from the unpooled one; both tails counted, so that no difference gives `alpha`.
    Source: Fleiss, Levin & Paik, Statistical Methods for Rates and Proportions, 3rd ed. 2003, §4.2-4.3.
    Raises AnalysisError: a rate, an alpha or a size that is none.
    """
    _check(alpha, in_treated, in_control, treated=treated, control=control)
    pooled = (in_treated * treated + in_control * control) / (in_treated + in_control)
    under_none = sqrt(pooled * (1 - pooled) * (1 / in_treated + 1 / in_control))
    under_both = sqrt(treated * (1 - treated) / in_treated + control * (1 - control) / in_control)
    critical = NormalDist().inv_cdf(1 - alpha / 2) * under_none
    apart = abs(treated - control)
    if under_both == 0:  # rates of 0 and 1: the arms cannot look alike, or cannot differ
        return float(apart > critical)
    normal = NormalDist()
    return normal.cdf((apart - critical) / under_both) + normal.cdf((-apart - critical) / under_both)


def detectable_difference(control: float, per_arm: int, wanted: float = 0.8, alpha: float = 0.05) -> float:
    """The smallest rise over the control rate that two equal arms find with the power wanted, as a share (0.0317).

    Rule: the root of `power`, by bisection. Two arms of 2,650 (002 §11.1) and a control rate of 0.2 give 0.0317.
    Raises AnalysisError: no rise up to a rate of 1 would be found by so few; or as `power`.
    """
    _check_wanted(wanted, alpha)
    low, high = 0.0, 1.0 - control
    if power(1.0, control, per_arm, per_arm, alpha) < wanted:
        raise AnalysisError(
            f"{per_arm} people per arm find no rise over {control:g} with a power of {wanted:g}: plan more people."
        )
    for _ in range(60):
        middle = (low + high) / 2
        if power(control + middle, control, per_arm, per_arm, alpha) < wanted:
            low = middle
        else:
            high = middle
    return high


def sample_size(treated: float, control: float, wanted: float = 0.8, alpha: float = 0.05) -> int:
    """How many people per arm, of two equal arms, find the difference between two rates with the power wanted.

    Rule: the smallest whole number at which the nearer tail of `power` reaches it, in closed form:
    n = (z(a/2) sqrt(2 p q) + z(b) sqrt(p1 q1 + p2 q2))^2 / (p1 - p2)^2 with p the mean of both rates, rounded up.
    Source: Fleiss, Levin & Paik 2003, (4.14). Raises AnalysisError: equal rates; or as `power`.
    """
    _check_wanted(wanted, alpha)
    _check(alpha, 1, 1, treated=treated, control=control)
    normal = NormalDist()
    mean = (treated + control) / 2
    null = normal.inv_cdf(1 - alpha / 2) * sqrt(2 * mean * (1 - mean))
    other = normal.inv_cdf(wanted) * sqrt(treated * (1 - treated) + control * (1 - control))
    apart = abs(treated - control)
    if apart * sqrt(LARGEST) < null + other:
        raise AnalysisError(
            f"Rates of {treated:g} and {control:g} are too near each other for any trial to tell apart."
        )
    return max(1, ceil(((null + other) / apart) ** 2))


def _check(alpha: float, *sizes: int, **rates: float) -> None:
    wrong = [
        f"A rate of {rate:g} ({arm}) is none: give one from 0 to 1."
        for arm, rate in rates.items()
        if not 0 <= rate <= 1
    ]
    wrong += [f"An arm of {size} people is none: give at least 1." for size in sizes if size < 1]
    if not 0 < alpha < 1:
        wrong.append(f"An alpha of {alpha:g} is none: give one between 0 and 1, such as 0.05.")
    if wrong:
        raise AnalysisError(*dict.fromkeys(wrong))


def _check_wanted(wanted: float, alpha: float) -> None:
    if not alpha < wanted < 1:
        raise AnalysisError(f"A power of {wanted:g} is none: give one between alpha ({alpha:g}) and 1, such as 0.8.")
