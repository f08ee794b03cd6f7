"""Breakdown tables: every code in words, bands of age too, and what a line without anybody says."""

from dataclasses import replace

import pytest

from placewell.dataset import Dataset
from placewell.reports import report_object
from placewell.reports.breakdowns import breakdown_tables, code_words
from placewell.specification.indicators import Breakdown

AGES = Breakdown(
    id="age", name="Age", table="people", column="birth_date", ages=(18, 25, 65), clause="001 §8", in_contract=False
)
BORN = {"p1": "2002-01-01", "p2": "1999-01-01", "p3": "1994-04-02", "p4": "1954-04-02", "p5": None}


@pytest.fixture(scope="module")
def with_ages(spec):
    return replace(spec, indicators=spec.indicators.model_copy(update={"breakdowns": (AGES,)}))


@pytest.fixture(scope="module")
def referrals(with_ages, period):
    """Five people of known ages, referred on 1 and accepted on 2 April 2019."""
    episodes = [
        {"episode_id": f"e{id}", "person_id": id, "service_id": "thrive_into_work", "referred_on": "2019-04-01",
         "accepted_on": "2019-04-02"}
        for id in BORN
    ]  # fmt: skip
    people = [{"person_id": id, "birth_date": born} for id, born in BORN.items()]
    report = report_object(
        with_ages, Dataset.from_rows({"people": people, "episodes": episodes}), period, period.last_day
    )
    return next(figure for figure in report["indicators"] if figure["id"] == "referrals")


def test_bands_of_age_have_words_and_all_are_shown(with_ages, referrals):
    [table] = breakdown_tables(with_ages, AGES, [referrals], {"referrals": ("2.1", "Referrals")})
    assert [(row.label, row.cells[0][0]) for row in table.rows] == [
        ("Under 18", "1"),
        ("18 to 24", "1"),
        ("25 to 64", "1"),
        ("65 and over", "1"),
        ("Not known", "1"),
    ]
    assert table.note == ""


def test_the_words_are_those_of_the_codes_that_figures_have(with_ages, referrals):
    codes = {cell["key"] for cell in referrals["breakdowns"]["age"]}
    assert codes - {"unknown"} == set(code_words(with_ages, AGES))


EMPTY = [
    # denominator of the whole figure, unit, what is said, what it rests on as numbers
    (None, "people", "0", ()),
    (4, "proportion", "–", (("counted", 0), ("of", 0))),
    (4, "days", "–", (("from", 0),)),
]


@pytest.mark.parametrize(("denominator", "unit", "said", "beside"), EMPTY)
def test_a_line_without_anybody_says_so_and_its_noughts_are_numbers(spec, denominator, unit, said, beside):
    breakdown = next(one for one in spec.indicators.breakdowns if one.id == "lot")
    figure = {"id": "x", "denominator": denominator, "unit": unit, "breakdowns": {"lot": ()}}
    [table] = breakdown_tables(spec, breakdown, [figure], {"x": ("1.1", "X")})
    main, small = table.rows[0].cells[0]
    assert (main, small) == (said, "")
    assert tuple((number.name, number.value) for number in getattr(small, "numbers", ())) == beside
