"""What a confidential survey shows: nothing of few, nothing exact, nothing where all agree."""

from itertools import product

import pytest

from placewell.questionnaires.confidential import shown


@pytest.mark.parametrize(
    ("counts", "answered", "wanted", "good", "share"),
    [
        ({"good": 3, "poor": 2}, 5, {"good": None, "poor": None}, None, None),
        ({"good": 6, "poor": 1}, 5, {"good": 5, "poor": None}, 5, 100),
        ({"good": 20, "poor": 7}, 25, {"good": 20, "poor": 5}, 20, 80),
        ({"good": 10, "poor": 0}, 10, {"good": 10, "poor": None}, 10, 100),
        ({"good": 0, "poor": 12}, 10, {"good": None, "poor": 10}, None, None),
        ({"good": 3, "excellent": 4, "poor": 8}, 15, {"good": None, "excellent": None, "poor": 10}, 5, 33),
    ],
)
def test_counts_are_rounded_each_from_its_own(counts, answered, wanted, good, share):
    found = shown(counts, good=("good", "excellent"))
    assert found is not None
    assert (found.answered, found.counts, found.good, found.share) == (answered, wanted, good, share)


@pytest.mark.parametrize(
    "counts", [{}, {"good": 0}, {"good": 4}, {"good": 2, "poor": 2}, {"good": 5, "poor": 0}, {"poor": 9}]
)
def test_too_few_or_all_alike_and_nothing_is_shown(counts):
    assert shown(counts, good=("good",)) is None


def test_whatever_the_counts_no_number_is_exact_or_small():
    for counts in product(range(0, 14, 1), repeat=3):
        found = shown(dict(zip(("good", "fair", "poor"), counts, strict=True)), good=("good",))
        if found is None:
            continue
        numbers = [found.answered, *(number for number in found.counts.values() if number is not None)]
        assert all(number >= 5 and number % 5 == 0 for number in numbers)
        assert found.share is None or (found.good is not None and 0 < found.share <= 100)


def test_one_more_answer_does_not_show_what_it_was():
    """Between two answers that could have come, what is shown is the same somewhere for each of them."""
    before = {"good": 11, "poor": 11}
    assert shown(before | {"good": 12}, good=("good",)) == shown(before | {"poor": 12}, good=("good",))
