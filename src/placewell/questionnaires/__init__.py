"""Scoring of questionnaires: numbers only, never the text of a question."""

from placewell.questionnaires.change import changes
from placewell.questionnaires.instruments import Instrument, instrument, instrument_ids, read_instrument
from placewell.questionnaires.reading import QuestionnaireError
from placewell.questionnaires.scales import Scale
from placewell.questionnaires.scoring import scores

__all__ = [
    "Instrument",
    "QuestionnaireError",
    "Scale",
    "changes",
    "instrument",
    "instrument_ids",
    "read_instrument",
    "scores",
]
