"""Age bands: whole years on a day."""

import polars as pl
import pytest
from tests.library.evaluation.trial_facts import day

from placewell.evaluation.ages import age_band
from placewell.periods import age_on


@pytest.mark.parametrize(
    ("born", "on", "band"),
    [
        ("2000-01-15", "2018-01-14", "under_18"),
        ("2000-01-15", "2018-01-15", "18_24"),
        ("1993-01-15", "2018-01-15", "25_34"),
        ("1993-01-16", "2018-01-15", "18_24"),
        ("1953-01-16", "2018-01-15", "55_64"),
        ("1953-01-15", "2018-01-15", "65_and_over"),
        ("1900-01-01", "2018-01-15", "65_and_over"),
        ("2000-02-29", "2018-02-28", "under_18"),
        ("2000-02-29", "2018-03-01", "18_24"),
        (None, "2018-01-15", "not_known"),
        ("2000-01-15", None, "not_known"),
    ],
)
def test_the_band(born, on, band):
    frame = pl.DataFrame({"born": [day(born)], "on": [day(on)]}, schema={"born": pl.Date, "on": pl.Date})
    assert frame.select(age_band(pl.col("born"), pl.col("on"))).item() == band


@pytest.mark.parametrize("later", [0, 1, 59, 60, 364, 365, 366])
def test_the_band_agrees_with_the_age_in_years(later):
    on = day("2018-02-27", later)
    for born in (day("2000-02-28"), day("2000-02-29"), day("2000-03-01"), day("1992-12-31")):
        frame = pl.DataFrame({"born": [born], "on": [on]})
        age = age_on(born, on)
        band = frame.select(age_band(pl.col("born"), pl.col("on"))).item()
        assert band == ("under_18" if age < 18 else "18_24" if age < 25 else "25_34")
