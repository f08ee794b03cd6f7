"""The ledger as checked this moment: its entries, the evaluator's anchors against it, custody, and the guess budget."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings

from placewell_web.accounts.viewer import Viewer
from placewell_web.evaluation.permissions import check_can_see_trial
from placewell_web.evaluation.queries.scopes import trial
from placewell_web.trial.actions import integrity
from placewell_web.trial.actions.records_checked import departures_of_records


@dataclass(frozen=True)
class Anchored:
    """An anchor the evaluator gave, and whether the ledger bears it out."""

    seq: int
    hash: str
    recorded_at: datetime
    equal: bool


@dataclass(frozen=True)
class Ledger:
    """What the check found."""

    checked: integrity.Integrity
    anchors: tuple[Anchored, ...]
    custody: int
    guessing: integrity.Guessing | None
    records: tuple[str, ...] = ()
    """What people's records say otherwise than the ledger, in words."""

    @property
    def departed(self) -> tuple[Anchored, ...]:
        """The anchors that the ledger does not bear out."""
        return tuple(one for one in self.anchors if not one.equal)

    @property
    def sound(self) -> bool:
        """Whether the chain is unbroken, bears out every anchor, and is what people's records say too."""
        return self.checked.unbroken and not self.departed and not self.records


def ledger(viewer: Viewer, *, with_guessing: bool = False) -> Ledger:
    """Check the whole ledger now; nothing of a check is kept, so that a change behind the site's back is seen."""
    check_can_see_trial(viewer)
    checked = integrity.check_ledger()
    found = tuple(
        Anchored(one.seq, one.hash, one.recorded_at, checked.bears_out(one.seq, one.hash))
        for one in integrity.anchors()
    )
    guessing = integrity.guessing(float(trial().guess_budget)) if with_guessing else None
    return Ledger(checked, found, settings.TRIAL_CUSTODY, guessing, departures_of_records())
