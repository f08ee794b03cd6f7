"""How a statement about a questionnaire is known, in words, and who owns the questions."""

from __future__ import annotations

from typing import Literal

from placewell.specification.entries import Part, Words


class Fact(Part):
    """Something with how it is known; what was not confirmed a service may change in a file of its own."""

    status: Literal["confirmed", "general knowledge", "our choice", "the service's own"]
    source: Words


class Statement(Fact):
    """A fact in words."""

    about: Words


class Licence(Statement):
    """Who owns the questions, and whether anyone may print them; no file of ours does."""

    wording_may_be_shipped: bool
