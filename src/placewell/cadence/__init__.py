"""Clocks: what is due for each person and for staff, by when and why, from the contract's own time limits."""

from placewell.cadence.clocks import KINDS, clocks, in_order_due
from placewell.cadence.held import meetings_held
from placewell.cadence.schedule import schedule
from placewell.cadence.staff import staff_clocks
from placewell.cadence.stalled import stalled

__all__ = ["KINDS", "clocks", "in_order_due", "meetings_held", "schedule", "staff_clocks", "stalled"]
