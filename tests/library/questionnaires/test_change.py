"""A change needs two complete forms: the first baseline, and the last one after it."""

from datetime import date
from decimal import Decimal

import polars as pl
import pytest

from placewell.questionnaires import changes

SCHEMA = {
    "response_id": pl.String,
    "episode_id": pl.String,
    "instrument": pl.String,
    "occasion": pl.String,
    "completed_on": pl.Date,
    "item": pl.String,
    "answer": pl.String,
}


def forms(*given):
    rows = [
        (f"R{number}", "E1", "swemwbs", occasion, date.fromisoformat(day), str(item), str(answer))
        for number, (occasion, day, answer, items) in enumerate(given)
        for item in range(1, items + 1)
    ]
    return pl.LazyFrame(rows, schema=SCHEMA, orient="row")


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ([("baseline", "2019-01-01", 3, 7), ("exit", "2019-06-01", 4, 7)], "5.78"),  # 19.25 → 25.03
        ([("baseline", "2019-01-01", 4, 7), ("exit", "2019-06-01", 3, 7)], "-5.78"),
        # an incomplete baseline gives way to the next, an incomplete exit to the one before
        ([("baseline", "2019-01-01", 5, 6), ("baseline", "2019-01-08", 3, 7), ("exit", "2019-06-01", 4, 7)], "5.78"),
        ([("baseline", "2019-01-01", 3, 7), ("review", "2019-03-01", 4, 7), ("exit", "2019-06-01", 5, 6)], "5.78"),
        # the last later one counts, whatever lies between
        ([("baseline", "2019-01-01", 3, 7), ("review", "2019-03-01", 5, 7), ("exit", "2019-06-01", 4, 7)], "5.78"),
        # no pair
        ([("baseline", "2019-01-01", 3, 7)], None),
        ([("review", "2019-01-01", 3, 7), ("exit", "2019-06-01", 4, 7)], None),
        ([("baseline", "2019-01-01", 3, 7), ("exit", "2019-01-01", 4, 7)], None),
        ([("exit", "2018-12-31", 4, 7), ("baseline", "2019-01-01", 3, 7)], None),
    ],
)
def test_first_complete_baseline_against_last_complete_later_form(given, expected):
    rows = changes(forms(*given), "swemwbs", "metric").collect()
    assert rows["change"].to_list() == ([] if expected is None else [Decimal(expected)])


def test_the_days_and_scores_of_the_pair_are_kept():
    given = forms(("baseline", "2019-01-01", 3, 7), ("exit", "2019-06-01", 4, 7))
    assert changes(given, "swemwbs", "metric").collect().rows() == [
        ("E1", date(2019, 1, 1), Decimal("19.25"), date(2019, 6, 1), Decimal("25.03"), Decimal("5.78"))
    ]
