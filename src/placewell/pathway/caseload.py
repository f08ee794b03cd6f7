"""How many open cases a specialist can take: by the year of the service and the share of full time."""

from datetime import date
from decimal import Decimal

from placewell.errors import UserError
from placewell.specification import Specification
from placewell.specification.pathway import CaseloadLimit


def service_year(spec: Specification, on: date) -> int:
    """The year of the service that a day falls in: 1 from the first day of the contract. Before it: 1."""
    start = spec.service.contract_start
    years = on.year - start.year - ((on.month, on.day) < (start.month, start.day))
    return max(1, years + 1)


def full_time_limit(spec: Specification, on: date) -> CaseloadLimit:
    """The limit of a full-time specialist on a day; after the last year named, the last one holds.

    Raises UserError where the specification sets no limit. Source: 002 §8.4, App. 7 St 1.
    """
    year = service_year(spec, on)
    limits = sorted(spec.as_of(on).pathway.caseload_limits, key=lambda limit: limit.service_year)
    reached = [limit for limit in limits if limit.service_year <= year] or limits[:1]
    if not reached:
        raise UserError("pathway.toml sets no caseload_limit: add one for service_year = 1.")
    return reached[-1]


def caseload_limit(spec: Specification, on: date, fte: Decimal | int | None) -> int | None:
    """The most open cases of a specialist with this share of full time, rounded down; nobody's share known: 0.

    None where the service sets no limit. Source: 002 §8.4, App. 7 St 1 ("any full-time employment specialist").
    """
    if not spec.pathway.caseload_limits:
        return None
    limit = full_time_limit(spec, on)
    if fte is None:
        return 0
    return int(limit.maximum * Decimal(fte)) if limit.fte_weighted else limit.maximum
