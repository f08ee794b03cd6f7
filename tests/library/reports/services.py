"""The return of every service of the catalogue, made once from made-up people."""

from functools import cache

from placewell.periods import parse_period
from placewell.reports import report_object
from placewell.specification import load, service_ids
from placewell.synthetic import make

SERVICES = service_ids()


@cache
def made(service):
    """A service's specification and its return of the second year, from 80 people."""
    spec = load(service)
    period = parse_period("Y2", spec.service.first_quarter_starts)
    return spec, report_object(spec, make(spec, 80, 3), period, period.last_day)
