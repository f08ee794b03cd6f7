"""The scope strip: lot, period and as-at day in words, the links that keep them, and what else may be chosen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from urllib.parse import urlencode

from placewell.periods import Period, contract_year, quarters_between
from placewell.reports.wording import period_words
from placewell_web.nhsuk.words import day
from placewell_web.reporting.queries import Scope


@dataclass(frozen=True)
class Strip:
    lot: str
    period: str
    days: str
    as_at: str
    query: str


def strip(scope: Scope) -> Strip:
    """What every page of figures says of itself; `query` carries it on."""
    name, _, days = _words(scope.period).partition(", ")
    return Strip(scope.lot_name, name, days, day(scope.as_at), query(scope))


def query(scope: Scope, **more: str) -> str:
    chosen = {"lot": scope.lot or "", "period": scope.period.label, "as_at": scope.as_at.isoformat(), **more}
    return urlencode({name: value for name, value in chosen.items() if value})


@dataclass(frozen=True)
class Option:
    value: str
    words: str
    chosen: bool


@dataclass(frozen=True)
class Chooser:
    """What the form behind Change offers, and where it goes. One lot is no choice."""

    action: str
    lots: tuple[Option, ...]
    periods: tuple[Option, ...]
    as_at: str
    first_day: str
    last_day: str
    errors: Mapping[str, str]


@dataclass(frozen=True)
class Offer:
    """What there is to choose from, what was typed, and what is wrong with it, by field."""

    lots: Sequence[tuple[str, str]]
    first_quarter: date
    today: date
    given: Mapping[str, str]
    errors: Mapping[str, str]


def chooser(offer: Offer, action: str, scope: Scope | None) -> Chooser:
    """The lots of the viewer; the quarters begun so far, newest first, then the years; a day up to today."""
    lot = offer.given.get("lot", "") if scope is None else scope.lot or ""
    label = offer.given.get("period", "") if scope is None else scope.period.label
    periods = _periods(offer.first_quarter, offer.today)
    if scope is not None and label not in {period.label for period in periods}:
        periods.insert(0, scope.period)
    return Chooser(
        action,
        tuple(Option(code, name, code == lot) for code, name in offer.lots),
        tuple(Option(period.label, _words(period), period.label == label) for period in periods),
        offer.given.get("as_at", ""),
        offer.first_quarter.isoformat(),
        offer.today.isoformat(),
        offer.errors,
    )


def _periods(first_quarter: date, today: date) -> list[Period]:
    quarters = quarters_between(first_quarter, max(today, first_quarter) + timedelta(days=1), first_quarter)
    years = {quarter.label.partition("Q")[0][1:] for quarter in quarters}
    whole = [contract_year(int(year), first_quarter) for year in sorted(years, key=int)]
    return [*reversed(quarters), *reversed(whole)]


def _words(period: Period) -> str:
    return period_words(period.label, period.start, period.last_day)
