"""How often a pooling team guesses: the figures of trial.md §9, closed forms, and the budget."""

import pytest
from tests.library.randomisation.trials import blocks, config, simple

from placewell.randomisation.guessing import (
    BUDGET,
    Guessable,
    Predictability,
    budget_check,
    guess_rate,
    predictability,
)


@pytest.mark.parametrize(
    ("made", "published"),
    [
        (simple(), 50.1),
        (blocks(4), 70.9),
        (blocks(2, 4, 6), 70.2),
        (blocks(4, 6, 8), 68.1),
        (blocks(6, 8, 10, 12), 65.8),
        (config(imbalance=3), 58.3),
        (config(imbalance=5), 55.0),
        (config(imbalance=8), 53.0),
    ],
)
def test_the_figures_of_the_specification_with_everything_seen(made, published):
    """600 per stratum; 24,000 draws stand to three quarters of a percentage point (two standard errors)."""
    assert 100 * guess_rate(made, 600, seed=1, runs=40) == pytest.approx(published, abs=0.8)


@pytest.mark.parametrize(
    ("made", "half", "tenth"),
    [
        (simple(), 49.9, 49.9),
        (blocks(4, 6, 8), 51.6, 50.3),
        (config(imbalance=3), 51.4, 50.6),
        (config(imbalance=5), 51.5, 50.5),
    ],
)
def test_the_figures_of_the_specification_with_less_seen(made, half, tenth):
    assert 100 * guess_rate(made, 600, 1, 30, seen=0.5) == pytest.approx(half, abs=0.9)
    assert 100 * guess_rate(made, 600, 1, 30, seen=0.1) == pytest.approx(tenth, abs=0.9)


@pytest.mark.parametrize("limit", [1, 2, 3, 4, 6])
def test_the_big_stick_by_its_closed_form(limit):
    """The imbalance walks between two walls; at a wall, one step in 2b, the team is sure: 1/2 + 1/(4b)."""
    assert guess_rate(config(imbalance=limit), 2000, 3, 15) == pytest.approx(0.5 + 1 / (4 * limit), abs=0.012)


@pytest.mark.parametrize(
    ("made", "people", "rate"),
    [
        (blocks(2), 600, 0.75),  # one coin, then sure
        (blocks(4), 600, 17 / 24),  # Blackwell and Hodges: 1/2, then by the six orders
        (blocks(3, ratio=(2, 1)), 600, 7 / 9),
        (blocks(3, arms=("a", "b", "c"), ratio=(1, 1, 1)), 600, (1 / 3 + 1 / 2 + 1) / 3),
        (simple(arms=("a", "b", "c"), ratio=(1, 1, 1)), 600, 1 / 3),
    ],
)
def test_other_designs_by_their_closed_forms(made, people, rate):
    assert guess_rate(made, people, 5, 30) == pytest.approx(rate, abs=0.012)


@pytest.mark.parametrize("made", [config(identity_bound=1), config(epoch_size=40, epochs=80)])
def test_neither_tokens_nor_packets_change_the_figure(made):
    assert guess_rate(made, 600, 1, 66) == pytest.approx(0.55, abs=0.007)


def test_the_same_seed_gives_the_same_rate():
    assert guess_rate(config(), 100, 7, 5) == guess_rate(config(), 100, 7, 5)
    assert len({guess_rate(config(), 100, seed, 5) for seed in range(6)}) > 1


def test_a_team_that_sees_nothing_throws_a_coin():
    assert guess_rate(blocks(2), 600, 1, 40, seen=0.0) == pytest.approx(0.5, abs=0.012)


@pytest.mark.parametrize(("people", "runs", "seen"), [(0, 1, 1.0), (1, 0, 1.0), (1, 1, 1.1), (1, 1, -0.1)])
def test_nothing_to_simulate(people, runs, seen):
    with pytest.raises(ValueError, match="at least one person"):
        guess_rate(config(), people, 1, runs, seen)


def test_the_default_design_keeps_to_the_budget():
    found = budget_check(config())
    assert BUDGET == 0.56
    assert found.within
    assert 0.54 < found.pooled < 0.56
    assert list(found.rates) == [1.0, 0.5, 0.1]
    assert found.pooled > found.rates[0.5] > found.rates[0.1] > 0.5


def test_a_design_over_the_budget_is_refused_with_its_figures():
    with pytest.raises(Guessable, match=r"would guess 6\d\.\d% with 100% .* over the budget of 56%.*larger imbalance"):
        budget_check(blocks())


def test_strata_count_by_their_planned_sizes():
    """A stratum of two under blocks of two: one coin, one certainty. The large one is almost all of the trial."""
    small = predictability(blocks(2, strata=("a",), planned=(2,)), draws=4000)
    assert small.pooled == pytest.approx(0.75, abs=0.02)
    first = predictability(simple(strata=("a", "b"), planned=(1, 0)), draws=4000)
    assert first.pooled == pytest.approx(0.5, abs=0.03)


def test_the_emergency_list_is_none_of_what_a_team_sees():
    whole = predictability(config(strata=("a",), planned=(600,)), draws=4000)
    assert predictability(config(strata=("a", "emergency"), planned=(600, 40)), draws=4000) == whole


@pytest.mark.parametrize(("rate", "verdict"), [(0.56, "within"), (0.5601, "over")])
def test_the_figures_in_words(rate, verdict):
    found = Predictability({1.0: rate, 0.5: 0.5}, 0.56)
    assert found.sentence() == (
        f"A team would guess 56.0% with 100% of a stratum seen; 50.0% with 50% of a stratum seen: "
        f"{verdict} the budget of 56%."
    )
