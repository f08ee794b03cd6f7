"""The payment ledger, for a viewer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import polars as pl

from placewell.payment import ledger as ledger_of
from placewell.payment.block import Block, block_of
from placewell.payment.forecast import Outlook, forecast
from placewell.payment.invoices import Invoice, invoices
from placewell_web.accounts.service import current
from placewell_web.accounts.viewer import Viewer
from placewell_web.reporting.queries.kept import dataset, keep, version_now
from placewell_web.reporting.queries.scopes import Scope, check_scope


@dataclass(frozen=True)
class Payments:
    """The payment ledger of a lot or of all, and, with all lots, the outlook for the cap, the block and invoices."""

    lines: pl.DataFrame
    kinds: dict[str, str]  # the kind of each document, by its id
    outlooks: tuple[Outlook, ...]
    block: Block | None
    invoices: tuple[Invoice, ...]


def payments(viewer: Viewer, scope: Scope) -> Payments:
    """What can be claimed as at a day, from the first day of the programme on. The cap always counts every lot."""
    check_scope(viewer, scope)
    version, spec = version_now(), current().as_of(scope.as_at)
    whole = _ledger(version, scope.as_at)
    kinds = dict(dataset(version)["evidence"].select("evidence_id", "kind").iter_rows())
    outlooks = forecast(spec, whole, scope.as_at)
    if scope.lot is not None:
        own = tuple(each for each in outlooks if each.lot == scope.lot)
        return Payments(whole.filter(pl.col("lot") == scope.lot), kinds, own, None, ())
    block = block_of(spec)
    made = invoices(spec, block, whole, scope.as_at) if block else ()
    return Payments(whole, kinds, outlooks, block, made)


@keep(4)
def _ledger(version: str, as_at: date) -> pl.DataFrame:
    return ledger_of(current().as_of(as_at), dataset(version), as_at)
