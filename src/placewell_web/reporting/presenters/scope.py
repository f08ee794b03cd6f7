"""The scope strip: lot, period and as-at day in words, and the links that keep them from page to page."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from placewell.reports.wording import period_words
from placewell_web.nhsuk.words import day
from placewell_web.reporting.queries import Scope


@dataclass(frozen=True)
class Strip:
    lot: str
    period: str
    as_at: str
    query: str


def strip(scope: Scope) -> Strip:
    """What every page of figures says of itself; `query` carries it on."""
    return Strip(
        scope.lot_name,
        period_words(scope.period.label, scope.period.start, scope.period.last_day),
        day(scope.as_at),
        query(scope),
    )


def query(scope: Scope, **more: str) -> str:
    chosen = {"lot": scope.lot or "", "period": scope.period.label, "as_at": scope.as_at.isoformat(), **more}
    return urlencode({name: value for name, value in chosen.items() if value})
