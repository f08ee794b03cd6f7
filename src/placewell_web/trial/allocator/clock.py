"""The allocator's own clock: the moment that a site sends with an entry must be near the moment it arrives."""

from __future__ import annotations

import time
from collections.abc import Callable

from placewell_web.trial.allocator.draws import DrawNotReady
from placewell_web.trial.allocator.moments import moment_of

Clock = Callable[[], int]
"""The moment now, in thousandths of a second since 1970 began in UTC."""

APART_AT_MOST = 5 * 60 * 1000


def machine_clock() -> int:
    """What this machine's clock says."""
    return time.time_ns() // 1_000_000


def check_moment(sent: int, now: int) -> None:
    """Raises DrawNotReady where the moment sent is more than five minutes from the allocator's.

    So nobody who holds the site can date an entry into the window of the trial, or before one that was made.
    Source: trial.md §5.4.
    """
    if abs(sent - now) > APART_AT_MOST:
        raise DrawNotReady(
            "clock",
            f"The site says that it is {_shown(sent)}, and the allocator's clock {_shown(now)}: they may differ by "
            "five minutes at most. Nothing was written. Set the clock that is wrong, and ask again.",
        )


def _shown(utc: int) -> str:
    try:
        return f"{moment_of(utc):%Y-%m-%d %H:%M:%S} UTC"
    except OverflowError:
        return f"{utc} thousandths of a second after 1970 began"
