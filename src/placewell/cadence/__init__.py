"""Clocks: what is due for each person and for staff, by when and why, from the contract's own time limits."""

from placewell.cadence.clocks import KINDS, clocks, clocks_of, in_order_due
from placewell.cadence.held import meetings_held
from placewell.cadence.schedule import schedule, schedule_of
from placewell.cadence.situation import Situation, jobs_going_on
from placewell.cadence.staff import staff_clocks
from placewell.cadence.stalled import stalled, stalled_of

__all__ = [
    "KINDS",
    "Situation",
    "clocks",
    "clocks_of",
    "in_order_due",
    "jobs_going_on",
    "meetings_held",
    "schedule",
    "schedule_of",
    "staff_clocks",
    "stalled",
    "stalled_of",
]
