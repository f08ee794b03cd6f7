"""Scoring of questionnaires: numbers only, never the text of a question."""

from placewell.questionnaires.change import changes
from placewell.questionnaires.instruments import Instrument, Scale, instrument, instrument_ids
from placewell.questionnaires.scoring import scores

__all__ = ["Instrument", "Scale", "changes", "instrument", "instrument_ids", "scores"]
