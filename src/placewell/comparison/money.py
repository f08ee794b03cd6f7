"""The payment ledger under two readings: how many lines are payable, the sum, and whose lines come or go."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any

import polars as pl

from placewell.comparison.counts import Question
from placewell.comparison.moves import Move
from placewell.outcomes import milestones
from placewell.payment import ledger, pays_for_outcomes, terms_of, totals
from placewell.payment.terms import in_pence
from placewell.specification import Specification

ENTITLED = ("payable", "paid")
NO_LINE = "no_line"
NOUGHT = Decimal("0.00")


@dataclass(frozen=True)
class Sum:
    """Lines of the ledger and their pounds, to the penny."""

    lines: int
    amount: Decimal

    def as_dict(self) -> dict[str, Any]:
        """The object that `compare --format json` holds."""
        return {"lines": self.lines, "amount": self.amount}


@dataclass(frozen=True)
class Ledger:
    """The ledger of the programme as at the day: `payable` (with what is paid already), and what of it is the period's.

    `over_cap` lines have no money.
    """

    spec: Specification
    asked: Question

    lines: pl.DataFrame
    payable: Sum
    in_period: Sum
    over_cap: int
    clawed_back: Sum

    @cached_property
    def reasons(self) -> Mapping[str, str]:
        """Of everyone entered, why the outcome that is paid for is not proved; worked out only where a line differs."""
        found = milestones(self.spec, self.asked.dataset, self.asked.as_at)
        if found.is_empty():
            return {}
        of_payment = pl.col("outcome_id") == terms_of(self.spec).outcome
        return dict(found.filter(of_payment).drop_nulls("reason").select("person_id", "reason").iter_rows())

    def as_dict(self) -> dict[str, Any]:
        """The object that `compare --format json` holds."""
        return {
            "payable": self.payable.as_dict(),
            "in_period": self.in_period.as_dict(),
            "over_cap": self.over_cap,
            "clawed_back": self.clawed_back.as_dict(),
        }


@dataclass(frozen=True)
class MoneyDifference:
    """The ledger under two readings. `joins`: lines payable now and not before; `leaves`: the other way round."""

    was: Ledger
    now: Ledger
    joins: tuple[Move, ...]
    leaves: tuple[Move, ...]

    @property
    def difference(self) -> Sum:
        """The later lines and pounds less the earlier."""
        was, now = self.was.payable, self.now.payable
        return Sum(now.lines - was.lines, now.amount - was.amount)

    @property
    def is_same(self) -> bool:
        """Whether lines, pounds and everyone behind them stay."""
        return not (self.joins or self.leaves) and self.was.as_dict() == self.now.as_dict()


def ledger_of(spec: Specification, asked: Question) -> Ledger | None:
    """The ledger as at the day under the terms in force on it; None for a service that pays for no outcome."""
    spec = spec.as_of(asked.as_at)
    if not pays_for_outcomes(spec):
        return None
    lines = ledger(spec, asked.dataset, asked.as_at)
    lines = lines if asked.lot is None else lines.filter(pl.col("lot") == asked.lot)
    of_period = pl.col("line_on").is_between(asked.period.start, asked.period.last_day)
    entitled = lines.filter(pl.col("state").is_in(ENTITLED))
    by_state = totals(lines)
    return Ledger(
        spec,
        asked,
        lines,
        _sum(entitled),
        _sum(entitled.filter(of_period)),
        by_state["over_cap"]["lines"],
        Sum(**by_state["clawed_back"]),
    )


def money_difference(was: Ledger, now: Ledger) -> MoneyDifference:
    """Compare two ledgers line by line: the lines of a person, the first with the first."""
    return MoneyDifference(was, now, _moves(now, was, was, now), _moves(was, now, was, now))


def _sum(lines: pl.DataFrame) -> Sum:
    return Sum(lines.height, in_pence(Decimal(lines["amount"].sum() or 0)) if lines.height else NOUGHT)


def _entitled(ledger: Ledger) -> pl.DataFrame:
    lines = ledger.lines.filter(pl.col("state").is_in(ENTITLED))
    return lines.with_columns(pl.int_range(pl.len()).over("person_id").alias("number"))


def _moves(here: Ledger, there: Ledger, was: Ledger, now: Ledger) -> tuple[Move, ...]:
    key = ("person_id", "number")
    alone = _entitled(here).join(_entitled(there).select(key), on=key, how="anti", maintain_order="left")
    return tuple(
        Move(row["job_id"], row["episode_id"], row["person_id"], *_standing(was, row), *_standing(now, row))
        for row in alone.iter_rows(named=True)
    )


def _standing(ledger: Ledger, row: Mapping[str, Any]) -> tuple[str, str]:
    """State and reason of the person's line for this job, else why there is none."""
    lines = ledger.lines.filter((pl.col("person_id") == row["person_id"]) & (pl.col("job_id") == row["job_id"]))
    if lines.height:
        return lines["state"][0], lines["reason"][0]
    return NO_LINE, _why_none(ledger, row["person_id"])


def _why_none(ledger: Ledger, person: str) -> str:
    others = ledger.lines.filter(pl.col("person_id") == person)
    if others.height:
        return f"Another job start of this person is the one that is paid for: {others['job_id'][0]}."
    reason = ledger.reasons.get(person)
    return f"No line: {reason}" if reason else "No line: not entered, or the outcome is not proved."
