"""An export looked at before it leaves, and who took one before."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

import polars as pl

from placewell.evaluation.exports import Export, export
from placewell.evaluation.linkage import linkage_rows
from placewell_web.accounts.service import current
from placewell_web.accounts.viewer import Viewer
from placewell_web.audit.models import Entry
from placewell_web.evaluation.permissions import check_can_see_arms, check_can_see_trial
from placewell_web.evaluation.queries.kept import keep, records, version_now
from placewell_web.evaluation.queries.scopes import Scope
from placewell_web.trial.models import LedgerEntry

DATA, LINKAGE = "take_trial_data", "take_linkage_file"
VERBS = (DATA, LINKAGE)


@dataclass(frozen=True)
class Taken:
    """A file that left: when, who took it, which, and its SHA-256."""

    at: datetime
    by: str
    verb: str
    sha256: str

    @property
    def is_linkage(self) -> bool:
        """Whether it says who is who."""
        return self.verb == LINKAGE


def look(viewer: Viewer, scope: Scope, *, arms: bool) -> Export:
    """The export as it would leave: its files, its manifest, and how many people stand alone in it."""
    (check_can_see_arms if arms else check_can_see_trial)(viewer)
    return _export(version_now(), scope.as_at, scope.lot, arms)


@keep(2)
def _export(version: str, as_at: date, lot: str | None, arms: bool) -> Export:
    of = records(version)
    head = LedgerEntry.objects.order_by("-seq").values_list("hash", flat=True).first() or ""
    return export(of.tables, current(), of.ledger, as_at, arms=arms, ledger_head=head, lot=lot, answered=of.answered)


def linkage(viewer: Viewer, scope: Scope) -> pl.DataFrame:
    """The rows of the linkage file. They name people: they go nowhere but into a file only the evaluator can open."""
    check_can_see_trial(viewer)
    of = records(version_now())
    return linkage_rows(of.tables, current(), of.ledger, scope.as_at, lot=scope.lot)


def taken_before(viewer: Viewer, most: int = 20) -> list[Taken]:
    """The last files that left, newest first."""
    check_can_see_trial(viewer)
    entries = Entry.objects.filter(verb__in=VERBS).order_by("-sequence")[:most]
    return [Taken(one.at, one.actor_name, one.verb, one.target_id) for one in entries]
