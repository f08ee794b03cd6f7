"""Fidelity to individual placement and support: scales as data, scores of items, totals and bands."""

from placewell.fidelity.review import Review, review
from placewell.fidelity.scales import Anchor, Band, Item, Scale, scale, scale_ids, scale_of

__all__ = ["Anchor", "Band", "Item", "Review", "Scale", "review", "scale", "scale_ids", "scale_of"]
