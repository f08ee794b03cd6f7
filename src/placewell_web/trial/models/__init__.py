"""What the trial keeps: participants, their first meeting, the ledger, what followed, what the evaluator is told."""

from placewell_web.trial.models.aftercare import ErrorReport, Handout, Withdrawal
from placewell_web.trial.models.ledger import Anchor, LedgerEntry, LedgerHead
from placewell_web.trial.models.meeting import Meeting, MeetingDraft, Participant, SignedConsent, StatementAnswer
from placewell_web.trial.models.outbox import Notice

__all__ = [
    "Anchor",
    "ErrorReport",
    "Handout",
    "LedgerEntry",
    "LedgerHead",
    "Meeting",
    "MeetingDraft",
    "Notice",
    "Participant",
    "SignedConsent",
    "StatementAnswer",
    "Withdrawal",
]
