"""How a service works with people, as its specification says: who it is for, how often it meets them, for how long."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from placewell.specification import Specification

OUT_OF_WORK = {"unemployed": 62, "long_term_sick": 33, "homemaker": 5}
IN_OR_OUT_OF_WORK = {"in_work": 27, "off_sick": 15, "self_employed": 6, "unemployed": 50, "not_known": 2}
IN_WORK_VISITS = (-5, 2, 9, 16, 23, 30, 58, 88, 116)
"""Days around the first day at work on which the person is met (002 App. 7 Sv 12)."""
FEW_VISITS = (2, 23)
WEEKLY, EVERY_FEW_WEEKS = (7, 14), (14, 30)
DAYS_OF_A_SESSION = 21
DAYS_AFTER_A_JOB = 42
LAST_WORKED = {
    "under_6_months": 19,
    "6_months_to_1_year": 19,
    "1_to_2_years": 21,
    "2_to_5_years": 22,
    "over_5_years": 13,
    "never": 6,
}
LAST_WORKED_OF_LATE = {"under_6_months": 61, "6_months_to_1_year": 39}


@dataclass(frozen=True)
class Habits:
    """`employment`: work status on entry, with weights; `employed`: those of them with work. `meets_from_entry`: the
    first meeting enters, so what is arranged before it is written. `rhythm`: days from one meeting to the next.
    `support_days`: how long a guide to the number of sessions lets support last; none: the limits of the service.
    """

    employment: Mapping[str, int]
    employed: tuple[str, ...]
    last_worked: Mapping[str, int]
    meets_from_entry: bool
    rhythm: tuple[int, int]
    in_work_visits: tuple[int, ...]
    support_days: int | None
    plan: str
    has_profiles: bool


def habits_of(spec: Specification) -> Habits:
    """The habits of a service: those of a service for people out of work, where its specification says no more."""
    in_work = [group for group in spec.outcomes.groups if group.id == "in_work"]
    employed = in_work[0].codes if in_work else ()
    guide = spec.pathway.session_guide
    kinds = [kind.id for kind in spec.pathway.plan_kinds]
    has_profiles = not kinds or "vocational_action" in kinds
    return Habits(
        employment=IN_OR_OUT_OF_WORK if employed else OUT_OF_WORK,
        employed=employed,
        last_worked=LAST_WORKED_OF_LATE if guide else LAST_WORKED,
        meets_from_entry=spec.outcomes.entry.event == "first_appointment",
        rhythm=EVERY_FEW_WEEKS if guide else WEEKLY,
        in_work_visits=FEW_VISITS if guide else IN_WORK_VISITS,
        support_days=guide.usual_to * DAYS_OF_A_SESSION if guide else None,
        plan="vocational_action" if has_profiles else kinds[0],
        has_profiles=has_profiles,
    )
