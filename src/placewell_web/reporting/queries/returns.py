"""Figures, returns, months and the people behind a figure, for a viewer; and what the records lack."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import groupby

import polars as pl
from django.conf import settings

from placewell.indicators import Figure
from placewell.indicators import figures as figures_of
from placewell.indicators import members as members_of
from placewell.indicators import series as series_of
from placewell.indicators.targets import of_contract
from placewell.periods import Period, add_months
from placewell.reports import Report, report_of
from placewell.reports.budget import budget
from placewell.reports.matrices import matrices
from placewell.specification import Specification
from placewell.specification.indicators import Indicator, Target
from placewell.specification.local_targets import for_lots, load_local_targets
from placewell_web.accounts.service import current
from placewell_web.accounts.viewer import Viewer
from placewell_web.reporting.queries.kept import keep, version_now, whole_hash, workings_of
from placewell_web.reporting.queries.scopes import Scope, check_scope, rules_from

MOST_MONTHS = 24
PROOF = ("evidence", "better_evidence", "verification")


@dataclass(frozen=True)
class Month:
    """A whole month that has ended by the as-at day: an indicator's value in it, and how many more wait."""

    start: date
    value: float | None
    outstanding: int = 0


def figures(viewer: Viewer, scope: Scope) -> dict[str, Figure]:
    """Every figure of the scope, by indicator."""
    check_scope(viewer, scope)
    return {figure.id: figure for figure in _figures(version_now(), scope)}


def report(viewer: Viewer, scope: Scope) -> tuple[Report, Specification]:
    """The return of the scope and the rules it follows, as `placewell report` makes it of the exported data set.

    Against the contract's targets alone: goals that a provider sets itself are for its own pages.
    """
    check_scope(viewer, scope)
    return _report(version_now(), scope)


def months(viewer: Viewer, scope: Scope, indicators: Iterable[str]) -> dict[str, tuple[Month, ...]]:
    """For each indicator its value in every whole month from the service's first to the as-at day, at most 24."""
    check_scope(viewer, scope)
    return _months(version_now(), scope.lot, scope.as_at, tuple(indicators))


def members(viewer: Viewer, scope: Scope, indicator: str) -> pl.DataFrame:
    """Everyone an indicator considered, with status and reason. Raises UserError for an indicator not computed here."""
    check_scope(viewer, scope)
    return _members(version_now(), scope, indicator)


@dataclass(frozen=True)
class Lacking:
    """A fault in the records: what is lacking for an outcome, for how many people, and which figures it touches."""

    outcome: str
    lacks: str
    people: int
    indicators: tuple[str, ...]


def lacking(viewer: Viewer, scope: Scope) -> tuple[Lacking, ...]:
    """What keeps people out of the period's figures: evidence, hours, a job's role or industry, a wage."""
    check_scope(viewer, scope)
    return _lacking(version_now(), scope)


def unpaid_people(viewer: Viewer, scope: Scope) -> int:
    """People with a job start at any time whose proof is missing, so that nothing can be claimed for them."""
    check_scope(viewer, scope)
    start = current().service.first_quarter_starts
    whole = replace(scope, period=Period("programme", start, scope.as_at + timedelta(days=1)))
    return _unpaid(version_now(), whole)


def targets(lot_count: int) -> dict[str, Target]:
    """The provider's own goals, where settings name a file of them; for several lots their sum."""
    if not settings.LOCAL_TARGETS:
        return {}
    return for_lots(load_local_targets(settings.LOCAL_TARGETS, current()), current(), lot_count)


def goals(scope: Scope) -> dict[str, Target]:
    """What each figure of the scope is to reach: the contract's target, or the provider's own goal in its place."""
    lots = len(current().service.lots)
    contract = {one.id: of_contract(one, scope.lot, lots) for one in current().indicators.computed}
    held = {id: target for id, target in contract.items() if target}
    return {**held, **targets(1 if scope.lot else lots)}


@keep(4)
def _report(version: str, scope: Scope) -> tuple[Report, Specification]:
    workings = workings_of(version, scope.as_at, rules_from(scope.period.start))
    spec, data = workings.spec, workings.facts.dataset
    found = figures_of(spec, data, scope.period, scope.as_at, scope.lot, workings=workings)
    laid_out = matrices(workings, scope.period, scope.lot, found)
    spent = budget(spec, data, scope.period, scope.as_at) if scope.lot is None else None
    return report_of(spec, found, whole_hash(version), scope.period, scope.as_at, scope.lot, laid_out, spent), spec


@keep(32)
def _figures(version: str, scope: Scope) -> tuple[Figure, ...]:
    lot_count = 1 if scope.lot else len(current().service.lots)
    workings = workings_of(version, scope.as_at, rules_from(scope.period.start))
    return figures_of(
        workings.spec,
        workings.facts.dataset,
        scope.period,
        scope.as_at,
        scope.lot,
        local_targets=targets(lot_count),
        workings=workings,
    )


@keep(32)
def _lacking(version: str, scope: Scope) -> tuple[Lacking, ...]:
    people: dict[tuple[str, str], set[str]] = {}
    touched: dict[tuple[str, str], list[str]] = {}
    figures = {figure.id: figure for figure in _figures(version, scope)}
    for indicator in current().indicators.computed:
        for lacks, who in _who_lacks(version, scope, indicator, figures[indicator.id]).items():
            fault = (indicator.outcome or "", lacks)
            people.setdefault(fault, set()).update(who)
            touched.setdefault(fault, []).append(indicator.id)
    return tuple(Lacking(*fault, len(who), tuple(touched[fault])) for fault, who in people.items())


def _who_lacks(version: str, scope: Scope, indicator: Indicator, figure: Figure) -> dict[str, set[str]]:
    """The people an indicator leaves out for want of a record, by what is lacking."""
    missing = pl.col("status") == "not_counted"
    lacks = pl.col("lacks")
    if indicator.value == "hourly_wage":
        in_period = pl.col("outcome_on").is_between(scope.period.start, min(scope.period.last_day, scope.as_at))
        missing, lacks = (pl.col("status") == "excluded") & pl.col("value").is_null() & in_period, pl.lit("hourly_wage")
    elif indicator.known:
        lacks = pl.lit(indicator.known)
    elif not figure.outstanding:
        return {}
    members = _members(version, scope, indicator.id).filter(missing).select("person_id", lacks.alias("lacks"))
    found: dict[str, set[str]] = {}
    for person, what in members.drop_nulls().iter_rows():
        found.setdefault(what, set()).add(person)
    return found


@keep(32)
def _unpaid(version: str, scope: Scope) -> int:
    payment = current().payment
    terms = payment.outcome_payment if payment else None
    if terms is None:
        return 0
    people: set[str] = set()
    for indicator in current().indicators.computed:
        if indicator.evidence and indicator.outcome == terms.outcome:
            frame = _members(version, scope, indicator.id)
            people |= set(frame.filter(pl.col("lacks").is_in(PROOF))["person_id"])
    return len(people)


def _members(version: str, scope: Scope, indicator: str) -> pl.DataFrame:
    workings = workings_of(version, scope.as_at, rules_from(scope.period.start))
    data = workings.facts.dataset
    return members_of(workings.spec, indicator, data, scope.period, scope.as_at, scope.lot, workings)


@keep(32)
def _months(version: str, lot: str | None, as_at: date, indicators: tuple[str, ...]) -> dict[str, tuple[Month, ...]]:
    found: dict[str, list[Month]] = {one: [] for one in indicators}
    for rules, starts in groupby(_whole_months(as_at), key=rules_from):
        months = [Period(f"{start:%B %Y}", start, add_months(start, 1)) for start in starts]
        values = series_of(workings_of(version, as_at, rules), months, lot, indicators)
        for one, line in values.items():
            found[one] += [
                Month(month.start, None if point.value is None else float(point.value), point.outstanding)
                for month, point in zip(months, line, strict=True)
            ]
    return {one: tuple(months) for one, months in found.items()}


def _whole_months(as_at: date) -> list[date]:
    first = current().service.first_quarter_starts.replace(day=1)
    end = (as_at + timedelta(days=1)).replace(day=1)
    starts = [add_months(end, -back) for back in range(MOST_MONTHS, 0, -1)]
    return [start for start in starts if start >= first]
