"""The fidelity of a lot, item by item, for a viewer."""

from __future__ import annotations

from datetime import date

import polars as pl

from placewell.fidelity import PreScores, Scale, chosen_scale, scale_ids
from placewell.fidelity import scale as published
from placewell.reports.fidelity import Fidelity, fidelity_object
from placewell_web.accounts.service import current
from placewell_web.accounts.viewer import Viewer
from placewell_web.reporting.queries.kept import fidelity_dataset, keep, version_now
from placewell_web.reporting.queries.scopes import Scope, check_scope


def scales(day: date) -> tuple[Scale, ...]:
    """The scales of fidelity there are on a day: the service's own guidelines first, where it has some."""
    own = chosen_scale(current().as_of(day), None)
    return tuple({scale.id: scale for scale in (own, *(published(id) for id in scale_ids()))}.values())


def fidelity(viewer: Viewer, scope: Scope, scale: Scale) -> Fidelity:
    """The items of a scale in the scope's lot as at its day: values, scores, reviews."""
    check_scope(viewer, scope)
    return _fidelity(version_now(), scope.lot, scope.as_at, scale.id)


def fidelity_members(viewer: Viewer, scope: Scope, scale: Scale, item: str) -> pl.DataFrame:
    """Who and what is behind an item. Raises UserError for an item that the scale does not have."""
    check_scope(viewer, scope)
    spec = current().as_of(scope.as_at)
    data = fidelity_dataset(version_now())
    return PreScores(spec, scale, data, scope.as_at, lot=scope.lot).item(item).members


@keep(8)
def _fidelity(version: str, lot: str | None, as_at: date, scale: str) -> Fidelity:
    spec = current().as_of(as_at)
    chosen = next(one for one in scales(as_at) if one.id == scale)
    return fidelity_object(spec, chosen, fidelity_dataset(version), as_at, lot=lot)
