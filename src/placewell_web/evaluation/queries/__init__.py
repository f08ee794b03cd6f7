"""What the evaluator's pages show: the library's counts over the trial's records, and who stands behind them."""

from placewell_web.evaluation.queries.counted import (
    balance,
    completeness,
    corrections,
    deviations,
    flow,
    flow_together,
    notices,
    recruitment,
    told_late,
    withdrawals,
)
from placewell_web.evaluation.queries.exports import LINKAGE, Taken, look, taken_before
from placewell_web.evaluation.queries.integrity import Anchored, Ledger, ledger
from placewell_web.evaluation.queries.kept import forget, records, version_now
from placewell_web.evaluation.queries.people import Group, Member, People, people
from placewell_web.evaluation.queries.scopes import Scope, areas, trial

__all__ = [
    "LINKAGE",
    "Anchored",
    "Group",
    "Ledger",
    "Member",
    "People",
    "Scope",
    "Taken",
    "areas",
    "balance",
    "completeness",
    "corrections",
    "deviations",
    "flow",
    "flow_together",
    "forget",
    "ledger",
    "look",
    "notices",
    "people",
    "records",
    "recruitment",
    "taken_before",
    "told_late",
    "trial",
    "version_now",
    "withdrawals",
]
