"""Figures and the people behind them, for a viewer: computed by the library from one reading of the tables."""

from placewell_web.reporting.queries.fidelity_scales import fidelity, fidelity_members, scales
from placewell_web.reporting.queries.kept import forget
from placewell_web.reporting.queries.ledger import Payments, payments
from placewell_web.reporting.queries.people import Named, named, places
from placewell_web.reporting.queries.returns import (
    PROOF,
    Lacking,
    Month,
    figures,
    goals,
    lacking,
    members,
    months,
    report,
    targets,
    unpaid_people,
)
from placewell_web.reporting.queries.scopes import Scope, lots, rules_from, specification

__all__ = [
    "PROOF",
    "Lacking",
    "Month",
    "Named",
    "Payments",
    "Scope",
    "fidelity",
    "fidelity_members",
    "figures",
    "forget",
    "goals",
    "lacking",
    "lots",
    "members",
    "months",
    "named",
    "payments",
    "places",
    "report",
    "rules_from",
    "scales",
    "specification",
    "targets",
    "unpaid_people",
]
