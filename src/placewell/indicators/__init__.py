"""Member tables and figures: what the return says, and who is behind every number."""

from placewell.indicators.figures import Cell, Figure, figures
from placewell.indicators.members import members
from placewell.indicators.series import Point, series
from placewell.indicators.workings import Workings

__all__ = ["Cell", "Figure", "Point", "Workings", "figures", "members", "series"]
