"""Balance at baseline: shares by arm and standardised differences, against figures worked out by hand."""

from math import sqrt

import pytest
from tests.factories import a_person
from tests.library.evaluation.trial_facts import SPEC, dataset, date, ledger, randomised

from placewell.evaluation.ages import BANDS
from placewell.evaluation.balance import balance, band_in_words, standardised
from placewell.synthetic import make

DAY = date(2019, 6, 14)


def people(*rows):
    """Gender and arm of each person."""
    return dataset(
        fact
        for n, (gender, arm) in enumerate(rows)
        for fact in (
            a_person(f"p{n}", gender=gender, birth_date="1980-06-15"),
            *randomised(f"e{n}", arm, person_id=f"p{n}", primary_condition="diabetes"),
        )
    )


def item(tables, id, **asked):
    found = balance(tables, SPEC, ledger(tables), DAY, **asked)
    return next(one for one in found.items if one.id == id)


@pytest.mark.parametrize(
    ("first", "second", "difference"),
    [
        (0.5, 0.5, 0.0),
        (0.6, 0.5, 0.1 / sqrt((0.24 + 0.25) / 2)),
        (0.2, 0.4, -0.2 / sqrt((0.16 + 0.24) / 2)),
        (1.0, 0.0, None),
        (0.0, 0.0, None),
        (1.0, 1.0, None),
        (1.0, 0.5, 0.5 / sqrt(0.125)),
    ],
)
def test_a_standardised_difference(first, second, difference):
    found = standardised(first, second)
    assert found == difference if difference is None else found == pytest.approx(difference)


def test_shares_and_differences_by_arm():
    tables = people(("1", "ips"), ("2", "ips"), ("2", "ips"), ("2", "ips"), ("1", "control"), ("2", "control"))
    found = item(tables, "gender")
    assert [(line.label, line.counts, line.shares) for line in found.lines] == [
        ("Male", {"ips": 1, "control": 1}, {"ips": 0.25, "control": 0.5}),
        ("Female", {"ips": 3, "control": 1}, {"ips": 0.75, "control": 0.5}),
    ]
    expected = 0.25 / sqrt((0.1875 + 0.25) / 2)
    assert [line.difference for line in found.lines] == [pytest.approx(-expected), pytest.approx(expected)]
    assert found.greatest == pytest.approx(expected)
    assert [line.notable for line in found.lines] == [True, True]


def test_what_is_not_known_is_a_value_of_its_own():
    found = item(people((None, "ips"), ("1", "control")), "gender")
    assert [line.value for line in found.lines] == ["not_known", "1"]
    assert [line.difference for line in found.lines] == [None, None]


def test_an_arm_without_anyone_has_no_share():
    found = item(people(("1", "ips")), "gender")
    assert found.lines[0].shares == {"ips": 1.0, "control": None}
    assert found.greatest is None


def test_all_four_items_and_the_words():
    tables = people(*[("1", "ips"), ("1", "control")] * 3)
    found = balance(tables, SPEC, ledger(tables), DAY)
    assert [one.id for one in found.items] == ["lot", "age_band", "gender", "primary_condition"]
    assert found.arms == {"ips": 3, "control": 3}
    assert found.words.startswith("No value differs")
    uneven = people(("1", "ips"), ("2", "ips"), ("1", "control"), ("1", "control"))
    assert "Sex: Male; Sex: Female" in balance(uneven, SPEC, ledger(uneven), DAY).words


def test_the_counts_of_an_item_add_up_to_the_arms():
    tables = make(SPEC, 400, 3, DAY)
    found = balance(tables, SPEC, ledger(tables), DAY)
    for one in found.items:
        for arm, total in found.arms.items():
            assert sum(line.counts[arm] for line in one.lines) == total


@pytest.mark.parametrize(
    ("band", "words"),
    [("under_18", "Under 18"), ("18_24", "18 to 24"), ("65_and_over", "65 and over"), ("not_known", "Not known")],
)
def test_a_band_in_words(band, words):
    assert band in BANDS
    assert band_in_words(band) == words
