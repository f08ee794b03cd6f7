"""Statistical process control: XmR charts, what they show, how to say it, and how to draw it."""

from placewell.spc.charts import Chart, Point, chart
from placewell.spc.drawing import Drawing
from placewell.spc.limits import Limits, limits
from placewell.spc.picture import ASSURANCE_WORDS, VARIATION_WORDS, to_svg
from placewell.spc.picture import TEMPLATES as CHART_TEMPLATES
from placewell.spc.plot import Plot
from placewell.spc.sentences import sentence

__all__ = [
    "ASSURANCE_WORDS",
    "CHART_TEMPLATES",
    "VARIATION_WORDS",
    "Chart",
    "Drawing",
    "Limits",
    "Plot",
    "Point",
    "chart",
    "limits",
    "sentence",
    "to_svg",
]
