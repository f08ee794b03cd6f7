"""Difference and odds ratio: by hand, from Newcombe's own table, and as statsmodels has them."""

import math

import pytest
from statsmodels.stats.contingency_tables import Table2x2
from statsmodels.stats.proportion import confint_proportions_2indep, proportion_confint

from placewell.evaluation.analysis import (
    METHODS,
    AnalysisError,
    Proportion,
    by_intention,
    difference,
    odds_ratio,
    quantile,
    wilson,
)

TABLES = [
    (56, 70, 48, 80),
    (9, 10, 3, 10),
    (6, 7, 2, 7),
    (5, 56, 0, 29),
    (0, 10, 0, 20),
    (0, 10, 0, 10),
    (10, 10, 0, 20),
    (10, 10, 0, 10),
]
"""Newcombe's eight contrasts (1998, table II)."""
NEWCOMBE = [
    (0.0524, 0.3339),
    (0.1705, 0.8090),
    (0.0582, 0.8062),
    (-0.0381, 0.1926),
    (-0.1611, 0.2775),
    (-0.2775, 0.2775),
    (0.6791, 1.0),
    (0.6075, 1.0),
]
"""His method 10 at 95 %."""
MORE = [(1, 2, 1, 3), (530, 2650, 614, 2650), (1, 2650, 2649, 2650), (3, 900, 7, 31), (250, 500, 251, 500)]


def arms(one):
    return Proportion(one[0], one[1]), Proportion(one[2], one[3])


@pytest.mark.parametrize(("counts", "printed"), list(zip(TABLES, NEWCOMBE, strict=True)))
def test_the_score_interval_is_the_one_newcombe_printed(counts, printed):
    found = difference(*arms(counts))
    assert (found.low, found.high) == pytest.approx(printed, abs=0.00005)
    assert (found.method, found.confidence, found.corrected) == ("newcombe", 0.95, False)


@pytest.mark.parametrize("counts", TABLES + MORE)
@pytest.mark.parametrize("confidence", [0.8, 0.95, 0.99])
@pytest.mark.parametrize(("method", "theirs"), [("newcombe", "newcomb"), ("wald", "wald")])
def test_both_intervals_are_those_of_the_reference(counts, confidence, method, theirs):
    found = difference(*arms(counts), confidence, method)
    expected = confint_proportions_2indep(*counts, method=theirs, compare="diff", alpha=1 - confidence)
    assert (found.low, found.high) == pytest.approx(expected, abs=1e-12)
    assert found.value == pytest.approx(counts[0] / counts[1] - counts[2] / counts[3])


@pytest.mark.parametrize("counts", TABLES + MORE)
def test_one_proportion_has_wilsons_interval(counts):
    expected = proportion_confint(counts[0], counts[1], method="wilson")
    assert wilson(Proportion(*counts[:2])) == pytest.approx(expected, abs=1e-12)


@pytest.mark.parametrize(
    ("counts", "low", "high"),
    [
        ((50, 100, 40, 100), 0.1 - 1.959964 * 0.07, 0.1 + 1.959964 * 0.07),  # sqrt(.25/100 + .24/100) = 0.07
        ((20, 100, 20, 100), -1.959964 * math.sqrt(0.0032), 1.959964 * math.sqrt(0.0032)),
        ((0, 5, 0, 5), 0, 0),  # why wald is not the default
    ],
)
def test_walds_interval_by_hand(counts, low, high):
    found = difference(*arms(counts), method="wald")
    assert (found.low, found.high) == pytest.approx((low, high), abs=1e-6)


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("counts", TABLES + MORE)
def test_swapping_the_arms_mirrors_the_interval(counts, method):
    one, other = arms(counts)
    there, back = difference(one, other, method=method), difference(other, one, method=method)
    assert (there.value, there.low, there.high) == pytest.approx((-back.value, -back.high, -back.low))


@pytest.mark.parametrize("counts", [(56, 70, 48, 80), (5, 56, 0, 29), (10, 10, 0, 20), (1, 10, 3, 3), *MORE])
@pytest.mark.parametrize("confidence", [0.9, 0.95])
def test_the_odds_ratio_is_that_of_the_reference(counts, confidence):
    a, n, c, m = counts
    add = 0.5 if 0 in (a, n - a, c, m - c) else 0  # theirs fills the empty cell alone up
    reference = Table2x2([[a + add, n - a + add], [c + add, m - c + add]])
    found = odds_ratio(*arms(counts), confidence)
    assert found.value == pytest.approx(reference.oddsratio)
    assert (found.low, found.high) == pytest.approx(reference.oddsratio_confint(1 - confidence))
    assert found.corrected == (0 in (a, n - a, c, m - c))


@pytest.mark.parametrize(
    ("counts", "value", "low", "high"),
    [
        ((20, 40, 10, 40), 3.0, 3 / math.exp(1.959964 * math.sqrt(7 / 30)), 3 * math.exp(1.959964 * math.sqrt(7 / 30))),
        ((1, 2, 1, 2), 1.0, math.exp(-1.959964 * 2), math.exp(1.959964 * 2)),
        ((0, 4, 2, 4), (0.5 * 2.5) / (4.5 * 2.5), None, None),  # a half in every cell
    ],
)
def test_the_odds_ratio_by_hand(counts, value, low, high):
    found = odds_ratio(*arms(counts))
    assert found.value == pytest.approx(value)
    if low is not None:
        assert (found.low, found.high) == pytest.approx((low, high), rel=1e-6)


@pytest.mark.parametrize(("counts", "who"), [((0, 9, 0, 4), "Nobody"), ((9, 9, 4, 4), "Everybody")])
def test_no_odds_no_ratio(counts, who):
    with pytest.raises(AnalysisError, match=f"{who} in both arms .* Use the difference"):
        odds_ratio(*arms(counts))


@pytest.mark.parametrize(("confidence", "z"), [(0.95, 1.959964), (0.99, 2.575829), (0.6826895, 1.0)])
def test_quantiles(confidence, z):
    assert quantile(confidence) == pytest.approx(z, abs=1e-6)


def test_by_intention_everybody_counts_where_drawn():
    drawn = {"T1": "ips", "T2": "ips", "T3": "ips", "T4": "control", "T5": "control"}
    assert by_intention(drawn, {"T1", "T4", "T5"}) == {"ips": Proportion(1, 3), "control": Proportion(2, 2)}
    assert by_intention(drawn, ["T1", "T1"]) == {"ips": Proportion(1, 3), "control": Proportion(0, 2)}
    assert by_intention({}, ()) == {}


@pytest.mark.parametrize(
    ("mistake", "said"),
    [
        (lambda: Proportion(3, 2), "3 of 2 is no proportion"),
        (lambda: Proportion(-1, 2), "-1 of 2 is no proportion"),
        (lambda: Proportion(0, 0), "0 of 0 is no proportion"),
        (lambda: difference(Proportion(1, 2), Proportion(1, 2), 95), "confidence of 95 is none"),
        (lambda: wilson(Proportion(1, 2), 1), "confidence of 1 is none"),
        (lambda: difference(Proportion(1, 2), Proportion(1, 2), method="exact"), "newcombe or wald"),
        (lambda: by_intention({"T1": "ips"}, {"T1", "T9"}), "T9 reached the outcome and was never allocated"),
    ],
)
def test_what_is_no_figure_is_refused_in_words(mistake, said):
    with pytest.raises(AnalysisError, match=said):
        mistake()
