"""The report object: every figure of a service over a period, as at a day, with what it was made from."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import TYPE_CHECKING, Any

from placewell.dataset import content_hash
from placewell.indicators import Figure, Workings, figures
from placewell.periods import Period
from placewell.reports.budget import budget
from placewell.reports.matrices import matrices
from placewell.reports.notices import goals_hash, whose

if TYPE_CHECKING:
    from placewell.dataset import Dataset
    from placewell.specification import Specification

Report = dict[str, Any]


def report_object(spec: Specification, dataset: Dataset, period: Period, as_at: date, lot: str | None = None) -> Report:
    """The report as one JSON-ready object.

    Keys: `service`, `specification` {version, hash}, `period` {label, start, end: the first day after it}, `as_at`,
    `lot` where one is asked for, `definitions` {service, version, hash} where another service's are used, `goals`
    {set_by, hash} where the provider's own are judged, `data` (the data set's content hash), `indicators` (each as
    `Figure.as_dict`), `matrices` where the return has any (see `matrices`), `budget` where the service has one (see
    `budget`).
    Fractions are unrounded. Source: semantics.md §5.
    """
    with ThreadPoolExecutor(1) as beside:  # the hash needs no result of the figures, and Polars leaves the lock
        data = beside.submit(content_hash, dataset)
        workings = Workings(spec, dataset, as_at)
        found = figures(spec, dataset, period, as_at, lot, workings=workings)
        laid_out = matrices(workings, period, lot, found)
    spent = budget(spec, dataset, period, as_at) if lot is None else None  # no lot has a budget of its own
    return report_of(spec, found, data.result(), period, as_at, lot, laid_out, spent)


def report_of(
    spec: Specification,
    found: Iterable[Figure],
    data: str,
    period: Period,
    as_at: date,
    lot: str | None = None,
    laid_out: Sequence[Report] = (),
    spent: Report | None = None,
) -> Report:
    """The report object of figures, matrices and spending that are computed already, of a data set of that hash."""
    about_lot = {} if lot is None else {"lot": lot}
    return {
        "service": spec.service.id,
        "specification": {"version": spec.version, "hash": spec.hash},
        **_definitions(spec),
        **_goals(spec),
        "period": {"label": period.label, "start": period.start.isoformat(), "end": period.end.isoformat()},
        "as_at": as_at.isoformat(),
        **about_lot,
        "data": data,
        "indicators": [figure.as_dict() for figure in found],
        **({"matrices": list(laid_out)} if laid_out else {}),
        **({"budget": spent} if spent else {}),
    }


def _definitions(spec: Specification) -> Report:
    """Whose definitions the figures are counted by, where they are not the service's own."""
    used = whose(spec)
    return {} if used is None else {"definitions": {"service": used.id, "version": used.version, "hash": used.hash}}


def _goals(spec: Specification) -> Report:
    """Which goals of the provider's own stand beside the contract's targets, if any do."""
    used = goals_hash(spec)
    return {} if used is None else {"goals": {"set_by": "provider", "hash": used}}


LEVELS = 4
"""How deep the JSON is laid out: the report, its indicators, each of them, its breakdowns; a breakdown is one line."""


def to_json(report: Report) -> str:
    """The report as indented JSON text, the same bytes for the same report."""
    return _laid_out(report, LEVELS, "\n") + "\n"


def _laid_out(value: Any, levels: int, line: str) -> str:
    """A value over as many levels of lines as asked, what lies deeper in one line: much quicker than a line a cell."""
    if not levels or not value or not isinstance(value, dict | list):
        return json.dumps(value, ensure_ascii=False, allow_nan=False)
    deeper = line + "  "
    if isinstance(value, list):
        cells = [_laid_out(one, levels - 1, deeper) for one in value]
        return f"[{deeper}{f',{deeper}'.join(cells)}{line}]"
    cells = [f"{json.dumps(name)}: {_laid_out(one, levels - 1, deeper)}" for name, one in value.items()]
    return f"{{{deeper}{f',{deeper}'.join(cells)}{line}}}"
