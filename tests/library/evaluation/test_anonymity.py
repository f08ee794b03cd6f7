"""The k-anonymity of rows: which combinations have too few people, and the warning."""

import polars as pl
import pytest

from placewell.evaluation.anonymity import anonymity

COLUMNS = ("lot", "gender", "age_band", "primary_condition")


def rows(*classes):
    """So many rows of each combination: a count and the values."""
    return pl.DataFrame(
        [values for count, *values in classes for _ in range(count)],
        schema=dict.fromkeys(COLUMNS, pl.String),
        orient="row",
    )


SIX = (6, "dudley", "1", "18_24", "diabetes")
FOUR = (4, "dudley", "2", "18_24", "diabetes")
ONE = (1, "dudley", "2", "65_and_over", None)


@pytest.mark.parametrize(
    ("classes", "holds", "under", "smallest"),
    [
        ([], True, 0, None),
        ([SIX], True, 0, 6),
        ([(5, *SIX[1:])], True, 0, 5),
        ([FOUR], False, 4, 4),
        ([SIX, FOUR, ONE], False, 5, 1),
    ],
)
def test_what_holds(classes, holds, under, smallest):
    found = anonymity(rows(*classes))
    assert (found.holds, found.rows_under, found.smallest) == (holds, under, smallest)
    assert found.combinations == len(classes)


def test_the_combinations_with_too_few_people():
    found = anonymity(rows(SIX, FOUR, ONE))
    assert found.classes.rows() == [
        ("dudley", "2", "65_and_over", None, 1),
        ("dudley", "2", "18_24", "diabetes", 4),
    ]
    assert found.share_under == pytest.approx(5 / 11)
    assert found.words == (
        "5 people stand in 2 of 3 combinations of lot, gender, age band, primary condition with fewer than 5 people: "
        "45.5% of the rows. Whoever knows these facts of a person could find their row: give the file only to named "
        "people under a data-sharing agreement, or group the values first."
    )


@pytest.mark.parametrize(
    ("classes", "words"),
    [
        ([], "There is no row to look at."),
        ([SIX], "shared by 5 people or more (the fewest: 6)."),
        ([ONE], "1 person stands in 1 of 1 combinations"),
    ],
)
def test_in_words(classes, words):
    assert words in anonymity(rows(*classes)).words


@pytest.mark.parametrize(("k", "under"), [(1, 0), (2, 1), (5, 5), (7, 11)])
def test_another_k(k, under):
    assert anonymity(rows(SIX, FOUR, ONE), k=k).rows_under == under


def test_nonsense_is_refused():
    with pytest.raises(ValueError, match="1 or more"):
        anonymity(rows(SIX), k=0)
    with pytest.raises(pl.exceptions.ColumnNotFoundError):
        anonymity(rows(SIX), ["shoe_size"])
