"""The day on which the cap of outcome payments is forecast to bind: in all, and in each lot that has a cap."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from fractions import Fraction
from math import ceil, floor
from typing import TYPE_CHECKING

import polars as pl

from placewell.payment.pace import wait_for
from placewell.payment.terms import terms_of
from placewell.periods import contract_year, in_words, year_of

if TYPE_CHECKING:
    from placewell.specification import Specification
    from placewell.specification.payment import Forecast as Method
    from placewell.specification.service import ServiceFile

BINDS, FORECAST, NOT_BEFORE_END, TOO_FEW, LOTS_FIRST = (
    "binds_already", "forecast", "not_before_the_end", "too_few", "lots_bind_first",
)  # fmt: skip


@dataclass(frozen=True)
class Outlook:
    """What is foreseen for one cap: of the programme, of a lot, or of a lot in the contract year that runs.

    `on` is the middle, `earliest` and `latest` the range; null: not told, or after `ends`, the last day of the contract
    or year. `seen`: job starts verified from `since` on, the days whose pace counts.
    """

    lot: str | None
    year: int | None
    places: int
    taken: int
    since: date
    ends: date
    seen: int
    state: str = ""
    words: str = ""
    on: date | None = None
    earliest: date | None = None
    latest: date | None = None

    @property
    def left(self) -> int:
        """Payments not taken."""
        return max(0, self.places - self.taken)


def forecast(spec: Specification, lines: pl.DataFrame, as_at: date) -> tuple[Outlook, ...]:
    """The outlook for the cap of the programme, then for each cap of a lot; nothing where no method is stated.

    `lines`: the whole ledger as at the day. Raises NoPaymentTerms. Source: 002 §21.4; requirements X21.
    """
    payment, terms = spec.payment, terms_of(spec)
    if payment is None or payment.forecast is None:
        return ()
    look = _Look(payment.forecast, spec.service, lines, as_at)
    lots = [look.at(lot, None, places) for lot, places in terms.lot_places.items()]
    year = look.year
    lots += [look.at(lot, year, places) for (lot, of_year), places in terms.year_places.items() if of_year == year]
    full = tuple(each.lot or "" for each in lots if each.state == BINDS)
    everywhere = look.at(None, None, terms.places, full)
    room = sum(each.left for each in lots if each.year is None)
    if {lot.code for lot in spec.service.lots} <= set(terms.lot_places) and room < everywhere.left:
        words = f"The caps of the lots bind first: they leave {room:,} payments, the programme's {everywhere.left:,}."
        everywhere = replace(everywhere, state=LOTS_FIRST, words=words, on=None, earliest=None, latest=None)
    return (everywhere, *lots)


def planned(spec: Specification) -> tuple[int, Fraction, Fraction] | None:
    """The people planned for, and how many of them are expected to start work: from, to. Null where none is stated."""
    method = spec.payment.forecast if spec.payment else None
    if method is None or method.expectation is None or not method.volumes:
        return None
    people = sum(volume.people for volume in spec.service.volumes if volume.id in method.volumes)
    expected = next(each for each in spec.service.expectations if each.id == method.expectation)
    return people, people * Fraction(expected.share_from), people * Fraction(expected.share_to)


def method_in_words(spec: Specification) -> str:
    """How the day is forecast, and what was planned, as sentences; empty where no method is stated."""
    method = spec.payment.forecast if spec.payment else None
    if method is None:
        return ""
    how = (
        f"The pace of verified job starts over the last {method.window_days} days, taken as steady, for what is left. "
        f"The range holds the day {method.range_per_cent} times in 100 if starts come by chance at that pace. "
        f"Fewer than {method.least} in the window tell nothing. A change of pace is not foreseen, nor is a clawback."
    )
    plan = planned(spec)
    if plan is None:
        return how
    people, low, high = plan
    places = terms_of(spec).places
    verdict = "the cap binds" if low > places else "the cap may bind" if high > places else "the cap does not bind"
    return (
        f"{how} As planned, {floor(low):,} to {ceil(high):,} of {people:,} people start work: {verdict} at {places:,}."
    )


@dataclass(frozen=True)
class _Look:
    """One method, applied to one ledger on one day."""

    method: Method
    service: ServiceFile
    lines: pl.DataFrame
    as_at: date

    @property
    def year(self) -> int | None:
        """The contract year that runs on the day; null before the first."""
        first = self.service.first_quarter_starts
        return None if self.as_at < first else int(year_of(self.as_at, first).label[1:])

    def at(self, lot: str | None, year: int | None, places: int, without: Collection[str] = ()) -> Outlook:
        """The outlook for one cap; starts in the lots `without` say nothing about its pace."""
        first, ends, lines = self.service.first_quarter_starts, self.service.contract_end, self.lines
        lines = lines if lot is None else lines.filter(pl.col("lot") == lot)
        since = max(first, self.as_at - timedelta(days=self.method.window_days - 1))
        started = (pl.col("state") != "clawed_back") & pl.col("verified_on").is_between(since, self.as_at)
        seen = lines.filter(started, ~pl.col("lot").fill_null("").is_in(without)).height
        if year is not None:
            period = contract_year(year, first)
            ends = min(ends, period.last_day)
            lines = lines.filter(pl.col("verified_on").is_between(period.start, period.last_day))
        steps = _steps(lines)
        asked = Outlook(lot, year, places, sum(steps.values()), since, ends, seen)
        return self._told(asked, steps)

    def _told(self, asked: Outlook, steps: Mapping[date, int]) -> Outlook:
        if not asked.left:
            on = _bound_since(steps, asked.places)
            day = f" since {in_words(on)}" if on else ""
            return replace(asked, state=BINDS, on=on, words=f"Binds{day}. All {asked.places:,} payments are taken.")
        if self.as_at >= asked.ends:
            words = f"Ended on {in_words(asked.ends)} with {asked.left:,} of {asked.places:,} payments left."
            return replace(asked, state=NOT_BEFORE_END, words=words)
        if asked.seen < self.method.least:
            found = f"{asked.seen} verified since {in_words(asked.since)}"
            return replace(
                asked, state=TOO_FEW, words=f"Too few to tell when it binds. {found}, {self.method.least} are needed."
            )
        return self._foreseen(asked)

    def _foreseen(self, asked: Outlook) -> Outlook:
        days = (self.as_at - asked.since).days + 1
        wait = wait_for(asked.left, asked.seen, days, self.method.range_per_cent)
        on, earliest, latest = (self._after(each, asked) for each in (wait.middle, wait.shortest, wait.longest))
        pace = f"{asked.seen:,} verified in the last {days} days, {asked.left:,} payments left"
        if on is None:
            what = "contract" if asked.year is None else "contract year"
            could = f", though it could on {in_words(earliest)} at the earliest" if earliest else ""
            words = f"Does not bind before the {what} ends on {in_words(asked.ends)}{could}. {pace}."
            return replace(asked, state=NOT_BEFORE_END, earliest=earliest, words=words)
        span = f"{in_words(earliest or on)} to {in_words(latest) if latest else 'after the last day'}"
        words = f"Forecast to bind on {in_words(on)} (range {span}). {pace}."
        return replace(asked, state=FORECAST, on=on, earliest=earliest, latest=latest, words=words)

    def _after(self, days: int, asked: Outlook) -> date | None:
        """The day so many days on; null after the last day."""
        return self.as_at + timedelta(days=days) if days <= (asked.ends - self.as_at).days else None


def _steps(lines: pl.DataFrame) -> dict[date, int]:
    """By how much the places taken changed, by day: places given, less those a clawback took back."""
    steps: dict[date, int] = defaultdict(int)
    for day in lines["place_on"].drop_nulls():
        steps[day] += 1
    for day in lines.filter((pl.col("state") == "clawed_back") & (pl.col("amount") != 0))["line_on"]:
        steps[day] -= 1
    return dict(sorted(steps.items()))


def _bound_since(steps: Mapping[date, int], places: int) -> date | None:
    """The first day of those, up to now, at whose end all places were taken; null for a cap of nothing."""
    since, taken = None, 0
    for day, step in steps.items():
        taken += step
        since = (since or day) if taken >= places else None
    return since
