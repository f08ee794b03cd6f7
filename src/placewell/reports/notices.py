"""What must be said before any figure of a return is read: which of them the contract does not name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from placewell.reports.wording import number

if TYPE_CHECKING:
    from placewell.specification import Specification

OWN_GOAL = "Provider’s own goal"
Figure = Mapping[str, Any]


def notices(spec: Specification, figures: Sequence[Figure]) -> Iterator[str]:
    """The sentences under the answer; none where the contract names every figure. Source: X44; 003 data set."""
    used = whose(spec)
    if used is not None:
        yield (
            f"Counted by the definitions of {used.service.name}, so that services can be compared: this is no return "
            f"of {spec.service.name}. Who has entered, and when, is its own rule."
        )
    if goals_hash(spec) is not None:
        yield f"What is marked “{OWN_GOAL}” is a target that the provider set itself: it is not the contract’s."
    ours = sum(not figure["in_contract"] for figure in figures)
    if ours and ours == len(figures):
        yield "The contract names none of these figures: each is marked “Not in the contract”."
    elif ours:
        are = "figures is" if ours == 1 else "figures are"
        yield f"{number(ours)} of {number(len(figures))} {are} not named in the contract, and marked so."


def whose(spec: Specification) -> Specification | None:
    """The specification whose definitions are used, where they are not the service's own."""
    return getattr(spec, "definitions", None)


def goals_hash(spec: Specification) -> str | None:
    """The hash of the provider's own goals, where figures are judged against any."""
    return getattr(spec, "goals_hash", None)


def is_own_goal(figure: Figure) -> bool:
    """Whether the provider set a figure's target itself."""
    return bool(figure.get("target_set_by") == "provider")
