"""The ledger of the database as a bundle, with the receipts that were sent."""

from __future__ import annotations

import json

from placewell.randomisation.bundle import Bundle
from placewell_web.trial.actions import ledger
from placewell_web.trial.models import LedgerEntry, Notice


def bundle_now() -> Bundle:
    entries = [ledger.entry_of(row) for row in LedgerEntry.objects.order_by("seq")]
    receipts = [json.loads(row.body)["receipt"] for row in Notice.objects.filter(kind="receipt")]
    return Bundle(trial=str(entries[0].body["trial"]), entries=tuple(entries), receipts=tuple(receipts))
