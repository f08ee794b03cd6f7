"""The days that shape made-up histories, taken from the specification: contract, trial, limits of support."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from placewell.periods import add_months
from placewell.specification import Specification
from placewell.specification.pathway import Limit
from placewell.synthetic.habits import DAYS_AFTER_A_JOB, habits_of

JOB_SEARCH_MONTHS, IN_WORK_MONTHS = 14, 15
"""How long made-up support lasts where the service sets no limit."""


@dataclass(frozen=True)
class Calendar:
    """Days of the first and last referral and the last randomisation (None: none); the limits of support."""

    first_referral: date
    last_referral: date
    last_allocation: date | None
    through: date
    job_search_days: int
    in_work_days: int

    @property
    def open_to_all_from(self) -> date:
        """The first day on which everyone accepted is supported."""
        if self.last_allocation is None:
            return self.first_referral
        return self.last_allocation + timedelta(days=1)


def calendar_of(spec: Specification, through: date | None) -> Calendar:
    """The calendar of a service, with facts up to `through` (none given: the end of the contract)."""
    service = spec.service
    randomised = [phase.end for phase in spec.service.phases if phase.randomised and phase.end]
    last = service.contract_end if through is None else through
    shortly = habits_of(spec).support_days
    return Calendar(
        first_referral=service.contract_start + timedelta(days=1),
        last_referral=min(service.contract_end, last),
        last_allocation=max(randomised, default=None),
        through=last,
        job_search_days=shortly
        or _days_of_limit(spec.pathway.limit_of("job_search"), service.contract_start, JOB_SEARCH_MONTHS),
        in_work_days=DAYS_AFTER_A_JOB
        if shortly
        else _days_of_limit(spec.pathway.limit_of("in_work"), service.contract_start, IN_WORK_MONTHS),
    )


def _days_of_limit(limit: Limit | None, start: date, otherwise: int) -> int:
    return (add_months(start, limit.months if limit else otherwise) - start).days
