"""The facts that screening may use: those that follow from the record, and the ones it must not look at."""

from collections.abc import Mapping
from datetime import date

from placewell.periods import age_on
from placewell.specification import Specification
from placewell.specification.conditions import FactValue
from placewell.specification.entries import Choice

IN_WORK = ("in_work", "off_sick", "self_employed")
NOT_KNOWN = (None, "", "not_known")


def fact_values(
    on: date,
    *,
    birth_date: date | None = None,
    last_worked_on: date | None = None,
    employment: str | None = None,
) -> Mapping[str, FactValue]:
    """The facts of 002 that follow from dates and codes of the record: age, weeks out of work, whether in work
    (codes of `employment_at_entry`).

    Whole years and whole weeks on the day; what the record does not say is left out. Someone in work has been out of
    work for no weeks. Source: 002 Fig. 1.
    """
    facts: dict[str, FactValue] = {}
    if birth_date is not None:
        facts["age_years"] = float(age_on(birth_date, on))
    if employment not in NOT_KNOWN:
        facts["in_work"] = employment in IN_WORK
    if facts.get("in_work"):
        facts["weeks_out_of_work"] = 0.0
    elif last_worked_on is not None:
        facts["weeks_out_of_work"] = float((on - last_worked_on).days // 7)
    return facts


def forbidden(spec: Specification) -> tuple[Choice, ...]:
    """What must not keep anyone out (zero exclusion). Source: 002 App. 7 Org 6."""
    return spec.eligibility.forbidden_facts
