"""The sentences journeys are made of."""

from tests.journeys.steps import given, keys, then, when

__all__ = ["given", "keys", "then", "when"]
