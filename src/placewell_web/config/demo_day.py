"""The day on which a demo plays: one Friday for all, or near the end of a contract that was over by then."""

from __future__ import annotations

from datetime import date, timedelta

from placewell import specification
from placewell.errors import UserError

FRIDAY = date(2019, 6, 14)
BEFORE_THE_END = timedelta(days=16)
"""As far before a quarter's last day as FRIDAY is."""


def usual(service: str) -> str:
    """The demo's day for a service, written 2019-06-14; a service that cannot be read is told of by the checks."""
    try:
        end = specification.load(service).service.contract_end
    except UserError:
        return FRIDAY.isoformat()
    return min(FRIDAY, end - BEFORE_THE_END).isoformat()
