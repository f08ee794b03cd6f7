"""The sentences journeys are made of."""

from tests.journeys.steps import given, then, when

__all__ = ["given", "then", "when"]
