"""What a figure speaks of, and who may ask for it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from placewell.periods import Period
from placewell.specification import Specification
from placewell_web.accounts.models import Lot
from placewell_web.accounts.service import current
from placewell_web.accounts.viewer import Viewer
from placewell_web.reporting.permissions import check_can_see_figures


@dataclass(frozen=True)
class Scope:
    """What a figure speaks of: one lot (None: all), a period, and the day it is seen from."""

    lot: str | None
    lot_name: str
    period: Period
    as_at: date


def lots(viewer: Viewer) -> list[tuple[str, str]]:
    """The lots the viewer may see figures of; all together only for who works in every one."""
    check_can_see_figures(viewer)
    every = list(Lot.objects.order_by("name").values_list("code", "name"))
    own = [(code, name) for code, name in every if code in viewer.lots]
    return [*own, ("", "All lots")] if len(own) == len(every) > 1 else own


def specification(period: Period) -> Specification:
    """The rules in force on the first day of the period."""
    return current().as_of(rules_from(period.start))


def rules_from(day: date) -> date:
    """The first day on which the rules of a day held, so that days with the same rules share one computation."""
    entries = (*current().outcomes.outcomes, *current().outcomes.evidence, *current().indicators.indicators)
    changes = {entry.in_force_from for entry in entries if entry.in_force_from and entry.in_force_from <= day}
    return max(changes, default=current().service.first_quarter_starts)


def check_scope(viewer: Viewer, scope: Scope) -> None:
    check_can_see_figures(viewer)
    if (scope.lot or "") not in dict(lots(viewer)):
        raise PermissionError("A figure of a lot that the viewer does not work in was asked for.")
