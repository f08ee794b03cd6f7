"""What a contract's money can buy: the outcomes target calculator, as published and with its lags told truly."""

from placewell.planning.calculator import Plan, Row, Year, plan
from placewell.planning.goals import Goal, LeftOut, goals, goals_text
from placewell.planning.presets import Constant, Preset, preset, preset_ids
from placewell.planning.warnings import warnings

__all__ = [
    "Constant",
    "Goal",
    "LeftOut",
    "Plan",
    "Preset",
    "Row",
    "Year",
    "goals",
    "goals_text",
    "plan",
    "preset",
    "preset_ids",
    "warnings",
]
