"""Who the service is for: each criterion answered met, not met or not known, with its reason and clause."""

from placewell.eligibility.decision import CriterionAnswer, decide, overall
from placewell.eligibility.facts import fact_values, forbidden

__all__ = ["CriterionAnswer", "decide", "fact_values", "forbidden", "overall"]
