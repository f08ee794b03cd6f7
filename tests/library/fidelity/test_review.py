"""Scores of items added up: totals, bands, and what is missing."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from placewell.errors import UserError
from placewell.fidelity import review, scale, scale_of
from placewell.specification import load

IPS = scale("ips_25")
ADAPTED = scale_of(load("thrive_into_work"))
IDS = [item.id for item in IPS.items]


def scores(*groups: tuple[int, int]) -> dict[str, int]:
    """So many items with such a score, in the order of the scale: scores((20, 4), (5, 5))."""
    each = [score for count, score in groups for _ in range(count)]
    return dict(zip(IDS, each, strict=True))


@pytest.mark.parametrize(
    ("given_scores", "total", "band"),
    [
        (scores((25, 5)), 125, "Exemplary fidelity"),
        (scores((15, 5), (10, 4)), 115, "Exemplary fidelity"),
        (scores((14, 5), (11, 4)), 114, "Good fidelity"),
        (scores((25, 4)), 100, "Good fidelity"),
        (scores((24, 4), (1, 3)), 99, "Fair fidelity"),
        (scores((24, 3), (1, 2)), 74, "Fair fidelity"),
        (scores((23, 3), (2, 2)), 73, "Not supported employment"),
        (scores((25, 1)), 25, "Not supported employment"),
    ],
)
def test_totals_and_bands(given_scores: dict[str, int], total: int, band: str) -> None:
    found = review(IPS, given_scores)
    assert (found.total, found.share, found.not_scored) == (total, Fraction(total, 125), ())
    assert found.band is not None
    assert found.band.name == band


def test_sections_add_up() -> None:
    found = review(IPS, scores((3, 5), (8, 4), (14, 3)))
    groups = ("staffing", "organisation", "services")
    assert [found.group_total(group) for group in groups] == [15, 32, 42]  # type: ignore[arg-type]
    assert found.total == 89


@pytest.mark.parametrize("absent", [{}, {"zero_exclusion": None}])
def test_a_missing_item_makes_no_total_and_no_band(absent: dict[str, None]) -> None:
    given_scores: dict[str, int | None] = {id: 5 for id in IDS if id != "zero_exclusion"}
    found = review(IPS, given_scores | absent)
    assert (found.total, found.share, found.band, found.not_scored) == (None, None, None, ("zero_exclusion",))
    assert (found.group_total("staffing"), found.group_total("organisation")) == (15, None)


def test_the_adapted_scale_gives_a_share_and_no_band() -> None:
    found = review(ADAPTED, {item.id: 4 for item in ADAPTED.items})
    assert (found.total, found.share, found.band) == (96, Fraction(4, 5), None)


def test_every_wrong_score_is_named() -> None:
    with pytest.raises(UserError) as refused:
        review(IPS, {"nonsense": 3, "zero_exclusion": 6, "disclosure": 0, "caseload_size": True, "team_contact": 5})
    assert refused.value.problems == (
        'The scale ips_25 has no item "nonsense".',
        "Item zero_exclusion: expected a whole number from 1 to 5; 6 stands there.",
        "Item disclosure: expected a whole number from 1 to 5; 0 stands there.",
        "Item caseload_size: expected a whole number from 1 to 5; True stands there.",
    )


@given(st.lists(st.integers(1, 5), min_size=25, max_size=25), st.integers(0, 24))
def test_a_better_item_never_makes_a_worse_band(values: list[int], place: int) -> None:
    better = [min(5, value + 1) if index == place else value for index, value in enumerate(values)]
    low, high = (review(IPS, dict(zip(IDS, each, strict=True))) for each in (values, better))
    assert low.band is not None and high.band is not None
    assert low.band.least <= high.band.least
    assert low.total == sum(values)
