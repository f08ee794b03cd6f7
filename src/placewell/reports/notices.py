"""What must be said before any figure of a return is read: which of them the contract does not name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from placewell.reports.wording import number

Figure = Mapping[str, Any]


def notices(figures: Sequence[Figure]) -> Iterator[str]:
    """The sentences under the answer; none where the contract names every figure. Source: X44."""
    ours = sum(not figure["in_contract"] for figure in figures)
    if ours and ours == len(figures):
        yield "The contract names none of these figures: each is marked “Not in the contract”."
    elif ours:
        are = "figures is" if ours == 1 else "figures are"
        yield f"{number(ours)} of {number(len(figures))} {are} not named in the contract, and marked so."
