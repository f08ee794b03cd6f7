"""What each outcome of a service means, as rules over tables: one definition for one person and for a million."""

from placewell.outcomes.as_at import known
from placewell.outcomes.caseload import active_of, active_on
from placewell.outcomes.facts import Facts
from placewell.outcomes.milestones import milestones, milestones_of
from placewell.outcomes.preview import preview, preview_of
from placewell.outcomes.rows import numbered_appointments, numbered_appointments_of
from placewell.outcomes.table import Outcomes, job_table, outcome_table

__all__ = [
    "Facts",
    "Outcomes",
    "active_of",
    "active_on",
    "job_table",
    "known",
    "milestones",
    "milestones_of",
    "numbered_appointments",
    "numbered_appointments_of",
    "outcome_table",
    "preview",
    "preview_of",
]
