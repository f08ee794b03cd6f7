"""Warnings that an answer can only be noughts: no episode of the service, or a period outside its contract."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from placewell.dataset import Dataset
    from placewell.periods import Period
    from placewell.specification import Specification


def warn_of_nothing(data: Dataset, folder: Path, spec: Specification, period: Period | None = None) -> None:
    """Say on standard error why there is nothing to count; the answer is given all the same."""
    for reason in _reasons(data, folder, spec, period):
        print(f"warning: {reason}", file=sys.stderr)


def _reasons(data: Dataset, folder: Path, spec: Specification, period: Period | None) -> Iterator[str]:
    named = data["episodes"]["service_id"]
    services = named.drop_nulls().unique().sort().to_list()
    if spec.id not in services and not named.has_nulls():  # an episode that names no service is of the one asked for
        yield f"no episode of {spec.id} in {folder} ({_instead(data['episodes'].height, services)})"
    first, last = spec.service.contract_start, spec.service.contract_end
    if period and (period.end <= first or period.start > last):
        lies = f"the period {period.label} ({period.start} to {period.last_day}) lies outside the contract"
        yield f"{lies} of {spec.id}, which runs from {first} to {last}"


def _instead(episodes: int, services: list[str]) -> str:
    if not episodes:
        return "it has no episodes"
    return f"its episodes are of {', '.join(services)}"
