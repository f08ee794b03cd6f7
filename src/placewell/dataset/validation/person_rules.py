"""Rules about people and their referrals: numbers, birth dates, and the order of the days of an episode."""

from __future__ import annotations

import polars as pl

from placewell.dataset.validation.rules import RowRule, on_or_after

NHS_WEIGHTS = range(10, 1, -1)
MODULUS = 11
NO_CHECK_DIGIT = 10
_POSTCODE = r"^[A-Za-z]{1,2}[0-9][A-Za-z0-9]? ?[0-9][A-Za-z]{2}$"
_DISTRICT = r"^[A-Za-z]{1,2}[0-9][A-Za-z0-9]?$"
OLDEST_BIRTH = pl.date(1900, 1, 1)
YOUNGEST = 16


def _compact(column: str) -> pl.Expr:
    return pl.col(column).str.replace_all(r"[ -]", "")


def valid_nhs_number(column: str) -> pl.Expr:
    """Whether ten digits end in the right check digit: 11 less the weighted sum modulo 11, 11 written 0, 10 never.

    Source: NHS Data Dictionary, NHS number.
    """
    digits = pl.when(_compact(column).str.contains(r"^[0-9]{10}$")).then(_compact(column))
    weighted = [digits.str.slice(place, 1).cast(pl.Int64()) * weight for place, weight in enumerate(NHS_WEIGHTS)]
    check = (MODULUS - pl.sum_horizontal(weighted, ignore_nulls=False) % MODULUS) % MODULUS
    return ((check != NO_CHECK_DIGIT) & (check == digits.str.slice(9, 1).cast(pl.Int64()))).fill_null(False)


_SHARED = pl.col("nhs_number").is_not_null() & pl.col("nhs_number").is_duplicated()

PEOPLE = (
    RowRule(
        "people",
        "nhs_number",
        pl.col("nhs_number").is_not_null() & ~valid_nhs_number("nhs_number"),
        "an NHS number: ten digits, the last of which checks the others",
        "002 §9.3",
    ),
    RowRule("people", "nhs_number", _SHARED, "a number that no other person has", "002 §9.3", "warning"),
    RowRule("people", "birth_date", pl.col("birth_date") < OLDEST_BIRTH, "a day from 1900 on", "002 App. 6 viii"),
    RowRule("people", "postcode", ~pl.col("postcode").str.contains(_POSTCODE), "a postcode", "002 App. 6 v", "warning"),
    RowRule(
        "people",
        "postcode_district",
        ~pl.col("postcode_district").str.contains(_DISTRICT),
        "the first half of a postcode, like WV1",
        "002 App. 6 v",
        "warning",
    ),
    RowRule(
        "people",
        "email",
        ~pl.col("email").str.contains(r"^[^@\s]+@[^@\s]+$"),
        "an e-mail address",
        "002 App. 6 ix",
        "warning",
    ),
)

_ACCEPTED_AND_DECLINED = pl.col("accepted_on").is_not_null() & pl.col("declined_on").is_not_null()
_REASON_ALONE = "none: the day is absent"

EPISODES = (
    RowRule(
        "episodes",
        "referred_on",
        pl.col("referred_on").is_null(),
        "the day the referral was received: without it the referral is in no figure",
        "002 App. 6 i",
    ),
    RowRule("episodes", "declined_on", _ACCEPTED_AND_DECLINED, "accepted or declined, not both", "002 §9.11"),
    *(
        on_or_after("episodes", column, "referred_on", "the referral")
        for column in ("accepted_on", "declined_on", "opted_in_on", "closed_on")
    ),
    on_or_after("episodes", "closed_on", "accepted_on", "the day of acceptance"),
    RowRule(
        "episodes",
        "referred_on",
        pl.col("referred_on") < pl.col("person.birth_date"),
        "a day after the person was born ({beside})",
        "002 App. 6 viii",
        beside="person.birth_date",
    ),
    RowRule(
        "episodes",
        "referred_on",
        (pl.col("referred_on") >= pl.col("person.birth_date"))
        & (pl.col("person.birth_date").dt.offset_by(f"{YOUNGEST}y") > pl.col("referred_on")),
        f"a person of {YOUNGEST} or more (born {{beside}})",
        "002 Fig. 1",
        "warning",
        "person.birth_date",
    ),
    RowRule(
        "episodes",
        "decline_reason",
        pl.col("declined_on").is_not_null() & pl.col("decline_reason").is_null(),
        "a reason: the referral was declined",
        "001 reporting table",
        "warning",
    ),
    RowRule(
        "episodes",
        "decline_reason",
        pl.col("declined_on").is_null() & pl.col("decline_reason").is_not_null(),
        _REASON_ALONE,
        "001 reporting table",
        "warning",
    ),
    RowRule(
        "episodes",
        "closure_reason",
        pl.col("closed_on").is_not_null() & pl.col("closure_reason").is_null(),
        "a reason: the episode was closed",
        "002 App. 7 Sv 14",
        "warning",
    ),
    RowRule(
        "episodes",
        "closure_reason",
        pl.col("closed_on").is_null() & pl.col("closure_reason").is_not_null(),
        _REASON_ALONE,
        "002 App. 7 Sv 14",
        "warning",
    ),
    RowRule(
        "episodes",
        "specialist_id",
        pl.col("accepted_on").is_not_null() & pl.col("specialist_id").is_null() & pl.col("closed_on").is_null(),
        "a named specialist: the referral was accepted",
        "002 §9.12 iv",
        "warning",
    ),
)

ALLOCATIONS = (
    RowRule(
        "allocations",
        "episode_id",
        ~pl.struct("episode.person_id", "episode.service_id").is_first_distinct()
        & pl.col("episode.person_id").is_not_null(),
        "a person randomised once only in a service",
        "002 §11.6",
    ),
)

CONSENTS = (on_or_after("consents", "withdrawn_on", "given_on", "the day it was given"),)

RULES = PEOPLE + EPISODES + ALLOCATIONS + CONSENTS
