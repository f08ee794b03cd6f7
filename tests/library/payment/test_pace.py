"""How long until so many more events come: the middle, the range, and how often the range holds in random histories."""

import random

import pytest

from placewell.payment.pace import Wait, wait_for


@pytest.mark.parametrize(
    ("more", "seen", "window", "middle"),
    [(1, 182, 182, 1), (10, 10, 182, 182), (100, 50, 182, 364), (7, 30, 91, 22), (906, 300, 182, 550)],
)
def test_the_middle_is_the_pace_carried_on_in_whole_days(more, seen, window, middle):
    assert wait_for(more, seen, window, 80).middle == middle


def test_an_answer_in_full():
    assert wait_for(100, 50, 182, 80) == Wait(middle=364, shortest=294, longest=458)


@pytest.mark.parametrize(("more", "seen"), [(100, 50), (1, 10), (800, 10), (30, 200)])
def test_the_ends_are_those_of_drawn_waiting_times(more, seen):
    """Quantiles of 20,000 drawn ratios of gamma waiting times, within a twentieth."""
    dice, middle = random.Random(3), more * 182 / seen
    drawn = sorted(
        middle * (dice.gammavariate(more, 1) / more) / (dice.gammavariate(seen, 1) / seen) for _ in range(20_000)
    )
    wait = wait_for(more, seen, 182, 80)
    assert wait.shortest == pytest.approx(drawn[2_000], rel=0.05, abs=1)
    assert wait.longest == pytest.approx(drawn[18_000], rel=0.05, abs=1)


@pytest.mark.parametrize("seen", [10, 30, 100, 400])
@pytest.mark.parametrize("more", [1, 5, 50, 800])
def test_the_range_holds_the_middle(more, seen):
    wait = wait_for(more, seen, 182, 80)
    assert 1 <= wait.shortest <= wait.middle
    assert wait.longest >= wait.middle


def test_more_seen_means_a_narrower_range_and_more_asked_for_a_wider_one():
    def width(wait):
        return (wait.longest - wait.shortest) / wait.middle

    assert width(wait_for(100, 400, 182, 80)) < width(wait_for(100, 20, 182, 80))
    assert width(wait_for(100, 100, 182, 95)) > width(wait_for(100, 100, 182, 80))


@pytest.mark.parametrize(("per_day", "more"), [(0.2, 20), (1.0, 60), (3.0, 400)])
@pytest.mark.parametrize("range_per_cent", [80, 95])
def test_the_range_holds_the_day_as_often_as_it_says(per_day, more, range_per_cent):
    """1,000 random histories of a steady pace: the day of the last event lies within the range that often."""
    dice, window, tries, held = random.Random(7), 182, 0, 0
    while tries < 1000:
        seen, day = 0, dice.expovariate(per_day)
        while day < window:
            seen, day = seen + 1, day + dice.expovariate(per_day)
        if seen < 10:
            continue
        truth = day - window + dice.gammavariate(more - 1, 1 / per_day) if more > 1 else day - window
        wait = wait_for(more, seen, window, range_per_cent)
        held += wait.shortest - 1 < truth <= wait.longest
        tries += 1
    assert abs(held / tries * 100 - range_per_cent) < 3
