"""Fidelity to individual placement and support: scales as data, reviews added up, items pre-scored from records."""

from placewell.fidelity.prescore import Answer, PreScore, PreScores
from placewell.fidelity.recorded import Change, Recorded, alerts, changes, drift, recorded_reviews
from placewell.fidelity.review import Review, review
from placewell.fidelity.scales import Anchor, Band, Item, Scale, chosen_scale, scale, scale_ids, scale_of

__all__ = [
    "Anchor",
    "Answer",
    "Band",
    "Change",
    "Item",
    "PreScore",
    "PreScores",
    "Recorded",
    "Review",
    "Scale",
    "alerts",
    "changes",
    "chosen_scale",
    "drift",
    "recorded_reviews",
    "review",
    "scale",
    "scale_ids",
    "scale_of",
]
