"""Of which area and as at which day the evaluator's pages speak: any area of the trial."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.http import Http404

from placewell.specification.trial import TrialFile
from placewell_web.accounts.service import current

EVERY = ""


@dataclass(frozen=True)
class Scope:
    """One area (None: all of them) and the day everything is seen from."""

    lot: str | None
    lot_name: str
    as_at: date


def areas() -> list[tuple[str, str]]:
    """The areas of the trial by code and name, all together first."""
    return [(EVERY, "all areas"), *((one.code, one.name) for one in current().service.lots)]


def trial() -> TrialFile:
    """The trial of this service. Raises Http404 where it has none: its pages do not exist then."""
    found = current().trial
    if found is None:
        raise Http404("This service has no trial.")
    return found
