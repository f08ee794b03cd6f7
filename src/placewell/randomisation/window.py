"""When people may be randomised: from the day the trial opens to the minute it closes, in London's time."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from placewell.randomisation.configuration import Configuration

LONDON = ZoneInfo("Europe/London")
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def local(utc: int) -> datetime:
    """The moment (thousandths of a second since 1970 began in UTC) on a clock in London."""
    return (EPOCH + timedelta(milliseconds=utc)).astimezone(LONDON)


def closed_because(config: Configuration, utc: int) -> str | None:
    """Why nobody may be randomised at this moment; nothing where they may.

    The first instant of the closing minute is the last that is open. Source: 002 §11.5; trial.md §5.0.
    """
    moment = local(utc)
    if moment.date() < date.fromisoformat(config.opens_on):
        return f"The trial opens on {config.opens_on}: nobody can be randomised before."
    if moment.replace(tzinfo=None) > datetime.fromisoformat(config.closes_at):
        return f"The trial closed at {config.closes_at.replace('T', ' ')}: nobody can be randomised any more."
    return None
