"""What came of sending someone on to another service, in words; the data set has no column for it."""

from __future__ import annotations

OUTCOMES = {
    "waiting": "Waiting to hear",
    "using": "They use it",
    "finished": "They have finished there",
    "not_taken_up": "They did not take it up",
    "not_accepted": "The service did not take them",
}
