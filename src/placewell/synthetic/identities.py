"""Who the made-up people are: names, birth dates, NHS numbers, ways to reach them, and the person items of 002 App. 6.

Nothing here can be a real person's: NHS numbers come from the range kept for tests (999), telephone numbers from
those kept for drama, e-mail addresses from example.org, and the last part of a postcode is chance.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import polars as pl

from placewell.periods import age_on
from placewell.synthetic.dice import Dice, days
from placewell.synthetic.names import Community, communities
from placewell.synthetic.places import place_of

TEST_RANGE = 999_000_000
"""The first nine digits of the NHS numbers kept for tests run from here."""
STRIDE, START = 600_011, 271_828
"""Steps through the numbers so that neighbours are not alike; STRIDE is prime, so none comes twice."""
OLDEST_BORN = date(1954, 6, 1)
YOUNGEST_BORN = date(1999, 9, 30)
INWARD = tuple(
    f"{digit}{a}{b}" for digit in range(1, 10) for a in "ABDEFGHJLNPQRSTUWXYZ" for b in "ABDEFGHJLNPQRSTUWXYZ"
)
GENDERS = {"1": 480, "2": 505, "9": 7, "X": 8}
ORIENTATIONS = {"1": 86, "2": 3, "3": 3, "4": 1, "U": 1, "Z": 6}
EDUCATION = {
    "none": 21,
    "entry": 6,
    "level_1": 16,
    "level_2": 24,
    "level_3": 14,
    "apprenticeship": 3,
    "level_4": 3,
    "level_5": 2,
    "level_6": 6,
    "level_7": 2,
    "other": 2,
    "not_known": 1,
}
OF_AGE = 18
CHANCE_OF_NO_EMAIL = 0.22
CHANCE_OF_LANDLINE = 0.12


def people(count: int, lots: tuple[str, ...], dice: Dice) -> pl.DataFrame:
    """One row per person: `n` (from 0), the columns of `people`, and the lot they live in (`home`)."""
    frame = pl.DataFrame({"n": pl.int_range(0, count, eager=True, dtype=pl.Int64)})
    frame = frame.with_columns(
        ("P" + (pl.col("n") + 1).cast(pl.String).str.zfill(6)).alias("person_id"),
        dice.pick("lot", lots).alias("home"),
        dice.pick("community", {str(number): one.share for number, one in enumerate(communities())}).alias("community"),
        dice.pick("gender", GENDERS).alias("gender"),
        dice.pick("orientation", ORIENTATIONS).alias("sexual_orientation"),
        dice.pick("education", EDUCATION).alias("education"),
        (pl.lit(OLDEST_BORN) + days(dice.about("born", 0, (YOUNGEST_BORN - OLDEST_BORN).days))).alias("birth_date"),
    )
    frame = _named(frame, dice)
    frame = _housed(frame, lots, dice)
    return _reachable(frame, dice).with_columns(_nhs_number(count, dice))


def of_age(people: pl.DataFrame, day: date) -> pl.DataFrame:
    """The same people, born so many years earlier that the youngest is of age on the day."""
    years = max(0, OF_AGE - age_on(YOUNGEST_BORN, day))
    return people.with_columns(pl.col("birth_date").dt.offset_by(f"-{years}y")) if years else people


def _named(frame: pl.DataFrame, dice: Dice) -> pl.DataFrame:
    """First name, surname, ethnicity and religion, each community its own."""
    like_a_woman = (pl.col("gender") == "2") | ((pl.col("gender") != "1") & dice.happens("name", 0.5))

    def first(one: Community) -> pl.Expr:
        return pl.when(like_a_woman).then(dice.pick("first", one.women)).otherwise(dice.pick("first", one.men))

    return frame.with_columns(
        _by_community(first).alias("first_name"),
        _by_community(lambda one: dice.pick("surname", one.surnames)).alias("surname"),
        _by_community(lambda one: dice.pick("ethnicity", one.ethnicity)).alias("ethnicity"),
        _by_community(lambda one: dice.pick("religion", one.religion)).alias("religion"),
    )


def _by_community(choose: Callable[[Community], pl.Expr]) -> pl.Expr:
    """What `choose` says for the person's own community."""
    chosen = pl.lit(None, dtype=pl.String)
    for number, one in enumerate(communities()):
        chosen = pl.when(pl.col("community") == str(number)).then(choose(one)).otherwise(chosen)
    return chosen


def _housed(frame: pl.DataFrame, lots: tuple[str, ...], dice: Dice) -> pl.DataFrame:
    """Region, postcode district and postcode, by the lot the person lives in."""
    district = pl.lit(None, dtype=pl.String)
    region = pl.lit(None, dtype=pl.String)
    for number, lot in enumerate(lots):
        place = place_of(lot, number)
        here = pl.col("home") == lot
        district = pl.when(here).then(dice.pick("district", place.districts)).otherwise(district)
        region = pl.when(here).then(pl.lit(place.region)).otherwise(region)
    frame = frame.with_columns(district.alias("postcode_district"), region.alias("region"))
    return frame.with_columns(
        pl.concat_str("postcode_district", dice.pick("inward", INWARD), separator=" ").alias("postcode")
    )


def _reachable(frame: pl.DataFrame, dice: Dice) -> pl.DataFrame:
    """Telephone numbers kept for drama, and addresses at example.org for those who use e-mail."""
    last_three = dice.between("phone", 0, 999).cast(pl.String).str.zfill(3)
    landline = dice.happens("landline", CHANCE_OF_LANDLINE)
    letters = [pl.col(name).str.to_lowercase().str.replace_all("[^a-z]", "") for name in ("first_name", "surname")]
    address = pl.concat_str(*letters, pl.col("n") + 1, separator=".") + "@example.org"
    return frame.with_columns(
        pl.when(landline).then("0121 496 0" + last_three).otherwise("07700 900" + last_three).alias("phone"),
        pl.when(~dice.happens("no email", CHANCE_OF_NO_EMAIL)).then(address).alias("email"),
    )


def _nhs_number(count: int, dice: Dice) -> pl.Series:
    """Different numbers of the test range with their check digit; none beyond as many as the range holds."""
    free = valid_nhs_numbers()
    places = pl.select(((pl.int_range(0, count) * STRIDE + START) % len(free)).alias("place")).to_series()
    numbers = free.gather(places)
    return pl.Series("nhs_number", numbers.to_list()[: len(free)] + [None] * max(0, count - len(free)), pl.String)


def valid_nhs_numbers() -> pl.Series:
    """Every number of the test range that has a check digit (a remainder of 1 has none)."""
    nine = pl.int_range(TEST_RANGE, TEST_RANGE + 1_000_000)
    weighted = sum((nine // 10 ** (8 - place) % 10) * (10 - place) for place in range(9))
    check = (11 - weighted % 11) % 11
    frame = pl.select(nine.alias("nine"), pl.Expr.alias(check, "check")).filter(pl.col("check") < 10)
    return frame.select((pl.col("nine") * 10 + pl.col("check")).cast(pl.String)).to_series()
