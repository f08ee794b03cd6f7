"""Clocks: what is due for each person, by when and why, from the contract's own time limits."""

from placewell.cadence.clocks import KINDS, clocks
from placewell.cadence.schedule import schedule

__all__ = ["KINDS", "clocks", "schedule"]
