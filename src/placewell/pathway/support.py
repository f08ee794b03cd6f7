"""When support ends: the limits of the pathway applied to the days of one episode."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from placewell.periods import add_months
from placewell.specification import Specification
from placewell.specification.pathway import Limit


@dataclass(frozen=True)
class SupportLimit:
    """The day support ends by a limit, and the clause; `ends_on` is the first day on which it no longer holds."""

    limit: str
    label: str
    ends_on: date
    clause: str
    exception_needs_reason: bool


def support_limits(
    spec: Specification, entered_on: date | None, first_job_on: date | None = None
) -> tuple[SupportLimit, ...]:
    """The limits that run for an episode, the one that ends support first at the front.

    None before entry, or where the service sets no limit.

    sequential: the search limit until there is a job, then the in-work limit alone (nine months, then four: 002 §4.4,
    §9.10 ix-x). either: both, so that the earlier ends support. total: the search limit alone, job or no job.
    """
    support = spec.as_of(entered_on).pathway.support if entered_on else None
    if entered_on is None or support is None:
        return ()
    limits = {limit.id: limit for limit in spec.as_of(entered_on).pathway.limits}
    search = _limit(limits[support.job_search], entered_on)
    in_work = _limit(limits[support.in_work], first_job_on) if first_job_on else None
    running = _COMBINED[support.combine](search, in_work)
    return tuple(sorted(running, key=lambda limit: limit.ends_on))


def _limit(limit: Limit, start: date) -> SupportLimit:
    return SupportLimit(
        limit.id, limit.label, add_months(start, limit.months), limit.clause, limit.exception_needs_reason
    )


Combination = Callable[[SupportLimit, SupportLimit | None], tuple[SupportLimit, ...]]

_COMBINED: dict[str, Combination] = {
    "sequential": lambda search, in_work: (in_work,) if in_work else (search,),
    "either": lambda search, in_work: (search, in_work) if in_work else (search,),
    "total": lambda search, in_work: (search,),
}
