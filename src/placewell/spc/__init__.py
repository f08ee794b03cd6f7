"""Statistical process control: XmR charts, what they show, and how to say it."""

from placewell.spc.charts import Chart, Point, chart
from placewell.spc.limits import Limits, limits
from placewell.spc.sentences import sentence

__all__ = ["Chart", "Limits", "Point", "chart", "limits", "sentence"]
