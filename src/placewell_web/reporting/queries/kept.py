"""What figures are made of, kept for as long as nothing changes: the data set, and the workings over it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import lru_cache
from typing import ParamSpec, TypeVar, cast

from placewell.dataset import Dataset, content_hash
from placewell.indicators import Workings
from placewell.specification import Specification
from placewell_web.accounts.service import current
from placewell_web.audit.models import Entry
from placewell_web.casework.dataset_rows import SOURCES, read_all

FIGURE_TABLES = (
    "people",
    "episodes",
    "allocations",
    "contacts",
    "profiles",
    "plans",
    "applications",
    "employer_contacts",
    "jobs",
    "job_hours",
    "evidence",
    "responses",
    "destinations",
    "disclosures",
    "work_methods",
    "onward_referrals",
)
"""The tables that figures of every service are made of."""

FIDELITY_TABLES = ("postings", "activities", "supervisions", "benefits_advice", "job_problems")
"""What fidelity looks at besides; practices and reviews have no page yet, and it says so."""

P = ParamSpec("P")
R = TypeVar("R")
_forgetting: list[Callable[[], None]] = []


def keep(size: int) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Keep the last `size` answers of a function; its arguments say of which version of the tables they are."""

    def decorate(function: Callable[P, R]) -> Callable[P, R]:
        kept = lru_cache(maxsize=size)(function)
        _forgetting.append(kept.cache_clear)
        return cast(Callable[P, R], kept)

    return decorate


def forget() -> None:
    """Let go of everything that is kept; for tests, which change tables without an action."""
    for clear in _forgetting:
        clear()


def version_now() -> str:
    """What all figures rest on: the hash of the last entry that changed something."""
    last = Entry.objects.filter(is_view=False).order_by("-sequence").values_list("hash", flat=True).first()
    return last or ""


def figure_tables(specification: Specification) -> tuple[str, ...]:
    """The tables that figures look at, as far as the site keeps them: the usual ones, and those that outcomes name.

    A figure of the exported folder, which has every table that the site keeps, says the same.
    """
    named = {str(getattr(outcome, "table", "")) for outcome in specification.outcomes.outcomes}
    return (*FIGURE_TABLES, *(name for name in SOURCES if name in named and name not in FIGURE_TABLES))


@keep(1)
def dataset(version: str) -> Dataset:
    return read_all(figure_tables(current()))


@keep(1)
def fidelity_dataset(version: str) -> Dataset:
    more = read_all(FIDELITY_TABLES)
    return Dataset({**dataset(version).frames, **{name: more[name] for name in FIDELITY_TABLES}})


@keep(1)
def whole_hash(version: str) -> str:
    """The content hash of the data set with every table and lot: what figures are of, as it would be written out."""
    return content_hash(read_all())


@keep(4)
def workings_of(version: str, as_at: date, rules_from: date) -> Workings:
    return Workings(current().as_of(rules_from), dataset(version), as_at)
