"""The library's refusals in the interface's two kinds: against the rules, or the draw is not ready."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from placewell.errors import UserError
from placewell.randomisation import refusals, request
from placewell_web.trial.allocator.draws import AgainstTheRules, DrawNotReady

RULES = (refusals.Refused, request.RequestError)
UNEXPECTED = "The allocator met a fault of its own, which is in its log: nothing more is known here."


@contextmanager
def in_two_kinds() -> Iterator[None]:
    """Whatever the library refuses, as AgainstTheRules or DrawNotReady with the refusal's name as its reason."""
    try:
        yield
    except (AgainstTheRules, DrawNotReady):
        raise
    except RULES as refused:
        raise AgainstTheRules(*refused.problems) from refused
    except UserError as stopped:
        raise DrawNotReady(type(stopped).__name__, *stopped.problems) from stopped
    except OSError as fault:
        raise DrawNotReady("disk", f"The allocator could not use its folder: {fault.strerror}.") from fault
