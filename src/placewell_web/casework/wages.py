"""Pay beside the minimum wage for an age and a day: what it is, and what to say where something is amiss."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from placewell.periods import age_on
from placewell.vocabulary import minimum_wage
from placewell_web.nhsuk.words import day, money


def least_at(birth_date: date | None, on: date, contract_type: str) -> Decimal | None:
    """The least an hour may pay; none where the age is not known, under 16, or before the rates begin."""
    if birth_date is None or birth_date > on:
        return None
    return minimum_wage(age_on(birth_date, on), on, apprentice=contract_type == "apprenticeship")


def said_of_pay(
    wage: Decimal | None, least: Decimal | None, on: date | None, *, birth_known: bool, self_employed: bool
) -> str:
    """A sentence of warning, never a refusal; nothing where the pay is right, and of self-employed people."""
    if wage is None or on is None or self_employed:
        return ""
    if not birth_known:
        return "The date of birth is not known, so the pay could not be compared with the minimum wage."
    if least is None or wage >= least:
        return ""
    return f"{money(wage)} an hour is under the minimum wage of {money(least)} on {day(on)} at this age."
