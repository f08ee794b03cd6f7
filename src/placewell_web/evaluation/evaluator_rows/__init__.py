"""A trial's records as the evaluator's library reads them: behind the evaluator's permission, never shown raw."""

from placewell_web.evaluation.evaluator_rows.answering import answered
from placewell_web.evaluation.evaluator_rows.deviating import Correction, Sending, corrections, overridden, sendings
from placewell_web.evaluation.evaluator_rows.reading import handouts, ledger_facts, meetings, numbers, tables

__all__ = [
    "Correction",
    "Sending",
    "answered",
    "corrections",
    "handouts",
    "ledger_facts",
    "meetings",
    "numbers",
    "overridden",
    "sendings",
    "tables",
]
