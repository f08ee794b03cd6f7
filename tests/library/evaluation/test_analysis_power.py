"""Power, detectable difference and size: the trial's own figure, closed forms, and as statsmodels has them."""

import math

import pytest
from statsmodels.stats.proportion import power_proportions_2indep, samplesize_proportions_2indep_onetail

from placewell.evaluation.analysis import AnalysisError
from placewell.evaluation.analysis_power import detectable_difference, power, sample_size

RATES = [(0.25, 0.2), (0.2317, 0.2), (0.1, 0.3), (0.55, 0.5), (0.02, 0.01), (0.9, 0.95)]


def test_five_thousand_three_hundred_people_find_3_17_points():
    """002 §11.1: 5,300 in two equal arms; a control rate of 20 %, 80 % power, two-sided 5 %."""
    found = detectable_difference(0.2, 2650)
    assert round(100 * found, 2) == 3.17
    assert power(0.2 + found, 0.2, 2650, 2650) == pytest.approx(0.8)
    assert power(0.2 + found - 0.0005, 0.2, 2650, 2650) < 0.8


def test_the_detectable_difference_solves_the_stated_formula():
    """z(a/2) sqrt(2 p q / n) + z(b) sqrt(p1 q1 / n + p2 q2 / n) = p1 - p2, by hand at the answer."""
    rise, n = detectable_difference(0.2, 2650), 2650
    one, mean = 0.2 + rise, 0.2 + rise / 2
    null, other = math.sqrt(2 * mean * (1 - mean) / n), math.sqrt((one * (1 - one) + 0.16) / n)
    assert 1.959964 * null + 0.841621 * other == pytest.approx(rise, abs=1e-7)


@pytest.mark.parametrize("rates", RATES)
@pytest.mark.parametrize(("n", "m"), [(2650, 2650), (100, 100), (30, 300), (900, 450)])
@pytest.mark.parametrize("alpha", [0.05, 0.01])
def test_power_is_that_of_the_reference(rates, n, m, alpha):
    one, other = rates
    expected = power_proportions_2indep(one - other, other, n, ratio=m / n, alpha=alpha).power
    assert power(one, other, n, m, alpha) == pytest.approx(expected, abs=1e-9)


@pytest.mark.parametrize("rates", RATES)
@pytest.mark.parametrize("wanted", [0.8, 0.9])
def test_the_size_is_that_of_the_reference(rates, wanted):
    one, other = rates
    expected = samplesize_proportions_2indep_onetail(one - other, other, wanted, alpha=0.05, alternative="two-sided")
    assert sample_size(one, other, wanted) == math.ceil(expected)


@pytest.mark.parametrize(
    ("one", "other", "wanted", "alpha", "per_arm"),
    [
        (0.6, 0.5, 0.8, 0.05, 388),  # (1.959964 sqrt(.495) + .841621 sqrt(.49))^2 / .01 = 387.3
        (0.25, 0.2, 0.8, 0.05, 1094),
        (0.231657, 0.2, 0.8, 0.05, 2650),
        (0.5, 0.6, 0.9, 0.01, 735),  # (2.575829 sqrt(.495) + 1.281552 sqrt(.49))^2 / .01 = 734.1
        (1.0, 0.0, 0.8, 0.05, 2),
    ],
)
def test_the_size_by_hand(one, other, wanted, alpha, per_arm):
    assert sample_size(one, other, wanted, alpha) == per_arm
    assert sample_size(other, one, wanted, alpha) == per_arm


@pytest.mark.parametrize("rates", RATES)
def test_the_size_is_the_smallest_that_does(rates):
    enough = sample_size(*rates)
    assert power(*rates, enough, enough) >= 0.8 - 1e-6
    assert power(*rates, enough - 1, enough - 1) < 0.8


@pytest.mark.parametrize("alpha", [0.01, 0.05, 0.2])
@pytest.mark.parametrize("rate", [0.01, 0.2, 0.5])
def test_without_a_difference_the_power_is_alpha(rate, alpha):
    assert power(rate, rate, 80, 40, alpha) == pytest.approx(alpha)


@pytest.mark.parametrize(
    ("one", "other", "n", "sure"), [(1, 0, 50, 1), (0, 1, 50, 1), (1, 0, 1, 0), (0, 0, 50, 0), (1, 1, 50, 0)]
)
def test_rates_of_none_and_all(one, other, n, sure):
    assert power(one, other, n, n) == sure


def test_more_people_find_smaller_differences():
    found = [detectable_difference(0.2, n) for n in (50, 200, 800, 2650)]
    assert found == sorted(found, reverse=True)
    assert found[0] > 4 * found[3]


@pytest.mark.parametrize(
    ("mistake", "said"),
    [
        (lambda: power(1.2, 0.2, 9, 9), r"rate of 1\.2 \(treated\) is none"),
        (lambda: power(0.2, -0.1, 9, 9), r"rate of -0\.1 \(control\) is none"),
        (lambda: power(0.2, 0.1, 0, 9), "arm of 0 people is none"),
        (lambda: power(0.2, 0.1, 9, 9, 5), "alpha of 5 is none"),
        (lambda: detectable_difference(0.2, 2), "2 people per arm find no rise over 0.2"),
        (lambda: detectable_difference(1.0, 2650), "find no rise over 1"),
        (lambda: detectable_difference(0.2, 2650, 80), "power of 80 is none"),
        (lambda: detectable_difference(0.2, 2650, 0.04), "power of 0.04 is none"),
        (lambda: detectable_difference(-0.2, 2650), "rate of -0.2"),
        (lambda: sample_size(0.2, 0.2), "too near each other"),
        (lambda: sample_size(0.2, 2), r"rate of 2 \(control\)"),
    ],
)
def test_what_is_no_plan_is_refused_in_words(mistake, said):
    with pytest.raises(AnalysisError, match=said):
        mistake()
