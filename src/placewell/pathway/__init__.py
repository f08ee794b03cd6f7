"""Where an episode stands, how long support lasts, and how many cases a specialist can take."""

from placewell.pathway.caseload import caseload_limit, full_time_limit, service_year
from placewell.pathway.states import Journey, state_of, transitions_from
from placewell.pathway.support import SupportLimit, support_limits

__all__ = [
    "Journey",
    "SupportLimit",
    "caseload_limit",
    "full_time_limit",
    "service_year",
    "state_of",
    "support_limits",
    "transitions_from",
]
