"""What the evaluator's pages are made of, kept for as long as nothing changes: the tables and the facts beside them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import ParamSpec, TypeVar, cast

import polars as pl

from placewell.dataset import Dataset
from placewell.evaluation.answered import Answered
from placewell.evaluation.facts import LedgerFacts
from placewell_web.audit.models import Entry
from placewell_web.casework.dataset_rows import one_moment
from placewell_web.evaluation import evaluator_rows as rows

P = ParamSpec("P")
R = TypeVar("R")
_forgetting: list[Callable[[], None]] = []


@dataclass(frozen=True)
class Records:
    """Everything the library asks of one trial, as at one moment.

    `numbers`: the trial number of an episode; `answered`: the person items as at the baseline.
    """

    tables: Dataset
    ledger: LedgerFacts
    meetings: pl.DataFrame
    handouts: pl.DataFrame
    numbers: dict[str, str]
    answered: Answered


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
    """What all counts rest on: the hash of the last entry of the audit that changed something."""
    last = Entry.objects.filter(is_view=False).order_by("-sequence").values_list("hash", flat=True).first()
    return last or ""


@keep(1)
def records(version: str) -> Records:
    """The records of the trial as they are in this version."""
    with one_moment():
        return Records(
            rows.tables(), rows.ledger_facts(), rows.meetings(), rows.handouts(), rows.numbers(), rows.answered()
        )
