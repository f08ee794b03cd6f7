"""The moments of ledger entries: thousandths of a second since 1970 began in UTC."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def moment_of(utc: int) -> datetime:
    """The moment an entry names."""
    return EPOCH + timedelta(milliseconds=utc)


def utc_of(at: datetime) -> int:
    """The moment as entries name it."""
    return (at - EPOCH) // timedelta(milliseconds=1)
