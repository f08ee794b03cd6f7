"""What a caller asked for, checked: the as-at day, the indicators, the lot."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from placewell.errors import UserError
from placewell.periods import Period, in_words
from placewell.specification import Specification
from placewell.specification.indicators import Indicator


def as_at_day(period: Period, as_at: date | None) -> date:
    """The as-at day: the period's last day unless given. Raises UserError for one before the period begins."""
    if as_at is not None and as_at < period.start:
        raise UserError(
            f"The as-at day {in_words(as_at)} is before the period, which begins on {in_words(period.start)}: "
            "give a day in the period or later."
        )
    return as_at or period.last_day


def wanted(spec: Specification, only: Iterable[str] | None) -> tuple[Indicator, ...]:
    """The indicators asked for, in the catalogue's order. Raises UserError for one that is not computed here."""
    computed = spec.indicators.computed
    if only is None:
        return computed
    asked = tuple(only)
    known = {one.id for one in computed}
    wrong = [id for id in asked if id not in known]
    if wrong:
        ids = ", ".join(sorted(known))
        raise UserError(*(f'{spec.service.id} has no indicator "{id}" to compute: it has {ids}.' for id in wrong))
    return tuple(one for one in computed if one.id in asked)


def check_lot(spec: Specification, lot: str | None) -> None:
    """Raise UserError for a lot that the service does not have."""
    lots = [one.id for one in spec.service.lots]
    if lot is not None and lot not in lots:
        raise UserError(f'{spec.service.id} has no lot "{lot}": it has {", ".join(lots)}.')
