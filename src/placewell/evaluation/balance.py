"""How alike the arms are at baseline: shares by arm and standardised differences. For unblinded eyes only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from math import sqrt

import polars as pl

from placewell.dataset import Dataset
from placewell.evaluation.ages import BANDS, NOT_KNOWN
from placewell.evaluation.answered import Answered
from placewell.evaluation.facts import LedgerFacts
from placewell.evaluation.randomised import randomised
from placewell.evaluation.trial import trial_of
from placewell.specification import Specification
from placewell.vocabulary import code_list

NOTABLE = 0.1
"""A standardised difference beyond this is worth a look. Source: Austin 2009, Stat Med 28:3083."""
ITEMS = {"lot": "Lot", "age_band": "Age", "gender": "Sex", "primary_condition": "Main health condition"}


@dataclass(frozen=True)
class BalanceLine:
    """A value of an item: how many and what share (0 to 1) of each arm have it, by arm id.

    `difference`: the greatest standardised difference between two arms, with the sign of the first arm less the second
    where there are two; None where an arm has nobody, or where nobody or everybody has the value.
    """

    value: str
    label: str
    counts: Mapping[str, int]
    shares: Mapping[str, float | None]
    difference: float | None

    @property
    def notable(self) -> bool:
        """Whether the difference is beyond a tenth."""
        return self.difference is not None and abs(self.difference) > NOTABLE


@dataclass(frozen=True)
class BalanceItem:
    """One baseline item with its values, in the order of its list."""

    id: str
    label: str
    lines: tuple[BalanceLine, ...]

    @property
    def greatest(self) -> float | None:
        """The greatest difference among its values, without sign."""
        found = [abs(line.difference) for line in self.lines if line.difference is not None]
        return max(found, default=None)


@dataclass(frozen=True)
class Balance:
    """The items, and how many people each arm has, by arm id."""

    arms: Mapping[str, int]
    items: tuple[BalanceItem, ...]

    @property
    def words(self) -> str:
        """What stands out, in a sentence."""
        out = [f"{item.label}: {line.label}" for item in self.items for line in item.lines if line.notable]
        if not out:
            return "No value differs between the arms by more than a tenth of a standard deviation."
        return f"Beyond a tenth of a standard deviation: {'; '.join(out)}. With so many values some are, by chance."


def balance(
    tables: Dataset,
    spec: Specification,
    ledger: LedgerFacts,
    as_at: date,
    lot: str | None = None,
    *,
    answered: Answered | None = None,
) -> Balance:
    """Compare everyone randomised by their arm, as allocated, on lot, age band, sex and main condition,
    as `answered` at the baseline where that is kept.

    A standardised difference is (p1 - p2) / sqrt((p1 (1 - p1) + p2 (1 - p2)) / 2). No test of significance is made:
    differences at baseline of a randomised trial are due to chance. Raises ValueError for a specification without a
    trial. Source: CONSORT 2010, item 15; Austin 2009.
    """
    trial = trial_of(spec)
    people = randomised(tables, ledger, as_at, lot, answered)
    arms = {arm.id: people.filter(pl.col("arm") == arm.id).height for arm in trial.arms}
    return Balance(arms, tuple(BalanceItem(id, label, _lines(people, id, arms, spec)) for id, label in ITEMS.items()))


def standardised(first: float, second: float) -> float | None:
    """The standardised difference of two proportions; None where both are 0 or both are 1."""
    spread = sqrt((first * (1 - first) + second * (1 - second)) / 2)
    return None if spread == 0 else (first - second) / spread


def _lines(people: pl.DataFrame, item: str, arms: Mapping[str, int], spec: Specification) -> tuple[BalanceLine, ...]:
    counted = people.group_by(pl.col(item).fill_null(NOT_KNOWN), "arm").len()
    found: dict[tuple[str, str], int] = {(value, arm): count for value, arm, count in counted.rows()}
    labels = _labels(item, spec)
    present = {value for value, _ in found}
    values = [value for value in labels if value in present] + sorted(present - labels.keys())
    return tuple(
        _line(value, labels.get(value, value), {arm: found.get((value, arm), 0) for arm in arms}, arms)
        for value in values
    )


def _line(value: str, label: str, counts: Mapping[str, int], arms: Mapping[str, int]) -> BalanceLine:
    shares = {arm: counts[arm] / total if total else None for arm, total in arms.items()}
    pairs = [(a, b) for a, b in combinations(shares.values(), 2) if a is not None and b is not None]
    differences = [found for a, b in pairs if (found := standardised(a, b)) is not None]
    return BalanceLine(value, label, counts, shares, max(differences, key=abs, default=None))


def _labels(item: str, spec: Specification) -> dict[str, str]:
    if item == "lot":
        return {lot.code: lot.name for lot in spec.service.lots}
    if item == "age_band":
        return {band: band_in_words(band) for band in BANDS}
    return {NOT_KNOWN: "Not known"} | code_list(item).labels


def band_in_words(band: str) -> str:
    """An age band in words: 18 to 24, under 18, 65 and over, not known."""
    low, _, high = band.partition("_")
    return f"{low} to {high}" if low.isdigit() and high.isdigit() else band.replace("_", " ").capitalize()
