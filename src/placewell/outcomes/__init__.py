"""What each outcome of a service means, as rules over tables: one definition for one person and for a million."""

from placewell.outcomes.as_at import known
from placewell.outcomes.caseload import active_on
from placewell.outcomes.facts import Facts
from placewell.outcomes.milestones import milestones, milestones_of
from placewell.outcomes.preview import preview
from placewell.outcomes.rows import numbered_appointments
from placewell.outcomes.table import Outcomes, job_table, outcome_table

__all__ = [
    "Facts",
    "Outcomes",
    "active_on",
    "job_table",
    "known",
    "milestones",
    "milestones_of",
    "numbered_appointments",
    "outcome_table",
    "preview",
]
