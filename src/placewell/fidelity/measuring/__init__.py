"""The rules of measures, by kind: each takes the records and a measure, and answers a tally of its members."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from placewell.errors import UserError
from placewell.fidelity.measures import Measure
from placewell.fidelity.measuring import casework, employers, jobs, staff, support, trouble
from placewell.fidelity.records import Records
from placewell.fidelity.tally import Tally

Rule = Callable[[Records, Measure], Tally]

KINDS: Mapping[str, Rule] = MappingProxyType(
    {
        "caseload": staff.caseload,
        "cases_a_year": staff.cases_a_year,
        "own_practices": staff.own_practices,
        "units": staff.units,
        "leaders": staff.leaders,
        "supervision": staff.supervision,
        "activities": staff.activities,
        "accepted": casework.accepted,
        "first_employer_contact": employers.first_contact,
        "search_begun": employers.search_begun,
        "employer_contacts": employers.weekly,
        "employers_met_again": employers.met_again,
        "disclosure_before_start": casework.disclosure_before_start,
        "advice_before_start": casework.advice_before_start,
        "profile_renewed": casework.profile_renewed,
        "different_occupations": jobs.different_occupations,
        "different_employers": jobs.different_employers,
        "competitive": jobs.competitive,
        "follow_along": support.follow_along,
        "trouble_answered": trouble.trouble_answered,
        "places": support.places,
        "reached_out": support.reached_out,
    }
)


NEEDS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "own_practices": ("limit",),
        "units": ("limit",),
        "supervision": ("every_days", "codes"),
        "activities": ("codes",),
        "advice_before_start": ("codes",),
        "search_begun": ("limit",),
        "follow_along": ("schedule",),
        "trouble_answered": ("trouble",),
        "places": ("codes",),
    }
)
"""The fields without which a kind has no meaning."""


def measured(records: Records, measure: Measure) -> Tally:
    """The members of a measure and what they come to. Raises UserError for a measure that `problem_of` refuses."""
    problem = problem_of(measure)
    if problem is not None:
        raise UserError(f"Fidelity measure {measure.id}: {problem}.")
    return KINDS[measure.kind](records, measure)


def problem_of(measure: Measure) -> str | None:
    """Why a measure cannot be worked out: a kind that does not exist, or a number that its kind needs; None: it can."""
    if measure.kind not in KINDS:
        return f"there is no kind {measure.kind!r}: use {', '.join(KINDS)}"
    lacking = [name for name in NEEDS.get(measure.kind, ()) if not getattr(measure, name)]
    return f"the kind {measure.kind!r} needs {' and '.join(lacking)}" if lacking else None
