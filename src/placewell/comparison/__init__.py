"""The definition lab: the same data under other readings of the contract, in people and in pounds."""

from placewell.comparison.comparing import Comparison, Reading, compare, reading_of
from placewell.comparison.counts import Question
from placewell.comparison.moves import Difference, Move

__all__ = ["Comparison", "Difference", "Move", "Question", "Reading", "compare", "reading_of"]
