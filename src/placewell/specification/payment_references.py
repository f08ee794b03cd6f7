"""What must agree within payment.toml and between it and the other files: shares, sums, lots, years and names."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import timedelta
from decimal import Decimal
from typing import Any

from placewell.periods import MONTHS_IN_A_YEAR, quarters_between, year_of
from placewell.specification.payment import BlockSum, LotCap, PaymentFile

Key = tuple[str | int, ...]
Problem = tuple[Key, str]
WHOLE = 100


def payment_problems(models: Mapping[str, Any]) -> Iterator[Problem]:
    """Every disagreement, as the key it stands at and the words; nothing where there is no payment.toml."""
    payment = models.get("payment")
    if payment is None:
        return
    yield from _shares(payment)
    yield from _outcome_payment(payment, models)
    if "service" in models:
        yield from _lots(payment, models["service"])
        yield from _years(payment, models["service"])
        yield from _plan(payment, models["service"])
    if "indicators" in models:
        yield from _indicators(payment, {entry.id for entry in models["indicators"].computed})


def _shares(payment: PaymentFile) -> Iterator[Problem]:
    if payment.block.share_per_cent + payment.outcome_share_per_cent != WHOLE:
        yield ("outcome_share_per_cent",), "and block.share_per_cent do not make 100: correct one of the two"


def _outcome_payment(payment: PaymentFile, models: Mapping[str, Any]) -> Iterator[Problem]:
    paid = payment.outcome_payment
    if paid is None:
        return
    if paid.cap * WHOLE != payment.contract_value * payment.outcome_share_per_cent:
        yield ("outcome_payment", "cap"), "is not the outcome share of contract_value: correct one of them"
    if paid.cap // paid.amount != paid.cap_payments:
        words = f"is {paid.cap_payments}, but cap / amount gives {paid.cap // paid.amount}: correct one of them"
        yield ("outcome_payment", "cap_payments"), words
    if "outcomes" in models and paid.outcome not in {outcome.id for outcome in models["outcomes"].outcomes}:
        yield ("outcome_payment", "outcome"), f"there is no outcome {paid.outcome!r}: correct it"


def _lots(payment: PaymentFile, service: Any) -> Iterator[Problem]:
    lots = {lot.id for lot in service.lots}
    for key, entries in _of_lots_and_years(payment):
        for index, entry in enumerate(entries):
            if entry.lot is not None and entry.lot not in lots:
                yield (key, index, "lot"), f"there is no lot {entry.lot!r}: correct it, or add the lot"
    yield from _once("lot_cap", ((cap.lot, cap.year) for cap in payment.lot_caps))
    yield from _once("block_sum", ((each.lot, each.year) for each in payment.block_sums))


def _of_lots_and_years(payment: PaymentFile) -> tuple[tuple[str, Sequence[LotCap | BlockSum]], ...]:
    return ("lot_cap", payment.lot_caps), ("block_sum", payment.block_sums)


def _once(key: str, places: Iterable[tuple[str | None, int | None]]) -> Iterator[Problem]:
    seen: set[tuple[str | None, int | None]] = set()
    for index, place in enumerate(places):
        if place in seen:
            yield (key, index, "lot"), "has a sum for that lot and year already: take one of the two out"
        seen.add(place)


def _years(payment: PaymentFile, service: Any) -> Iterator[Problem]:
    first = service.first_quarter_starts
    quarters = quarters_between(first, service.contract_end + timedelta(days=1), first)
    last = int(year_of(service.contract_end, first).label[1:]) if quarters else 0
    for key, entries in _of_lots_and_years(payment):
        for index, entry in enumerate(entries):
            if entry.year is not None and entry.year > last:
                yield (key, index, "year"), f"is {entry.year}, but the contract has {last} years: correct it"
    yearly = payment.block.yearly_value
    if yearly is not None and len(quarters) * 3 % MONTHS_IN_A_YEAR:
        words = "needs a contract of whole years: state the sum of each year with [[block_sum]] instead"
        yield ("block", "yearly_value"), words
    stated = _stated(payment, last)
    share = payment.contract_value * payment.block.share_per_cent / WHOLE
    if stated is not None and stated != share and not payment.block.note:
        words = (
            f"adds up to £{stated:,.2f}, but the block's share of contract_value is £{share:,.2f}: correct one of them"
        )
        yield ("block",), f"{words}, or say in its note why both stand"


def _stated(payment: PaymentFile, years: int) -> Decimal | None:
    """What the yearly sums of the document add up to; null where it states none."""
    if payment.block_sums:
        return sum((each.amount for each in payment.block_sums), Decimal(0))
    return None if payment.block.yearly_value is None else payment.block.yearly_value * years


def _plan(payment: PaymentFile, service: Any) -> Iterator[Problem]:
    if payment.forecast is None:
        return
    volumes = {volume.id for volume in service.volumes}
    for index, volume in enumerate(payment.forecast.volumes):
        if volume not in volumes:
            yield ("forecast", "volumes", index), f"there is no volume {volume!r}: correct it, or add the volume"
    expected = payment.forecast.expectation
    if expected is not None and expected not in {each.id for each in service.expectations}:
        yield ("forecast", "expectation"), f"there is no expectation {expected!r}: correct it"


def _indicators(payment: PaymentFile, known: Collection[str]) -> Iterator[Problem]:
    for index, currency in enumerate(payment.currencies):
        if currency.indicator not in known:
            words = f"there is no computed indicator {currency.indicator!r}: correct it, or add the indicator"
            yield ("currency", index, "indicator"), words
    for index, cost in enumerate(payment.costs):
        for place, indicator in enumerate(cost.indicators):
            if indicator not in known:
                words = f"there is no computed indicator {indicator!r}: correct it, or add the indicator"
                yield ("cost_per", index, "indicators", place), words
