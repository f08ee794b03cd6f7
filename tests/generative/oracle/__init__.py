"""The second opinion on 002's figures: plain Python, a day at a time, written from semantics.md §§2–4 alone.

It takes tables as lists of dicts (dates as `date`, hours as `Decimal`) and knows nothing of the library it checks.
"""

from .aggregates import figure
from .judgement import INDICATORS, judge

__all__ = ["INDICATORS", "figure", "judge"]
