"""Member tables and figures: what the return says, and who is behind every number."""

from placewell.indicators.figures import Cell, Figure, figures
from placewell.indicators.members import members
from placewell.indicators.series import series
from placewell.indicators.workings import Workings

__all__ = ["Cell", "Figure", "Workings", "figures", "members", "series"]
