"""Figures and the people behind them, for a viewer: computed by the library from one reading of the tables."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from functools import lru_cache
from itertools import groupby
from uuid import UUID

import polars as pl
from django.conf import settings

from placewell.dataset import Dataset, content_hash
from placewell.indicators import Figure, Workings
from placewell.indicators import figures as figures_of
from placewell.indicators import members as members_of
from placewell.indicators import series as series_of
from placewell.periods import Period, add_months
from placewell.reports import Report, report_of
from placewell.reports.budget import budget
from placewell.reports.matrices import matrices
from placewell.specification import Specification
from placewell.specification.indicators import Indicator, Target
from placewell.specification.local_targets import for_lots, load_local_targets
from placewell_web.accounts.models import GpPractice, Lot
from placewell_web.accounts.service import current
from placewell_web.accounts.viewer import Viewer
from placewell_web.audit.models import Entry
from placewell_web.casework.dataset_rows import read_all
from placewell_web.clients.models import Episode
from placewell_web.reporting.permissions import check_can_see_figures

MOST_MONTHS = 24
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
"""The tables that figures are made of; a figure of the exported folder, which has every table, says the same."""

PROOF = ("evidence", "better_evidence", "verification")


@dataclass(frozen=True)
class Scope:
    """What a figure speaks of: one lot (None: all), a period, and the day it is seen from."""

    lot: str | None
    lot_name: str
    period: Period
    as_at: date


@dataclass(frozen=True)
class Month:
    """A whole month that has ended by the as-at day: an indicator's value in it, and how many more wait."""

    start: date
    value: float | None
    outstanding: int = 0


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


def figures(viewer: Viewer, scope: Scope) -> dict[str, Figure]:
    """Every figure of the scope, by indicator."""
    _check_scope(viewer, scope)
    return {figure.id: figure for figure in _figures(_version(), scope)}


def report(viewer: Viewer, scope: Scope) -> tuple[Report, Specification]:
    """The return of the scope and the rules it follows, as `placewell report` makes it of the exported data set.

    Against the contract's targets alone: goals that a provider sets itself are for its own pages.
    """
    _check_scope(viewer, scope)
    return _report(_version(), scope)


def months(viewer: Viewer, scope: Scope, indicators: Iterable[str]) -> dict[str, tuple[Month, ...]]:
    """For each indicator its value in every whole month from the service's first to the as-at day, at most 24."""
    _check_scope(viewer, scope)
    return _months(_version(), scope.lot, scope.as_at, tuple(indicators))


def members(viewer: Viewer, scope: Scope, indicator: str) -> pl.DataFrame:
    """Everyone an indicator considered, with status and reason. Raises UserError for an indicator not computed here."""
    _check_scope(viewer, scope)
    return _members(_version(), scope, indicator)


@dataclass(frozen=True)
class Lacking:
    """A fault in the records: what is lacking for an outcome, for how many people, and which figures it touches."""

    outcome: str
    lacks: str
    people: int
    indicators: tuple[str, ...]


def lacking(viewer: Viewer, scope: Scope) -> tuple[Lacking, ...]:
    """What keeps people out of the period's figures: evidence, hours, a job's role or industry, a wage."""
    _check_scope(viewer, scope)
    return _lacking(_version(), scope)


def unpaid_people(viewer: Viewer, scope: Scope) -> int:
    """People with a job start at any time whose proof is missing, so that nothing can be claimed for them."""
    _check_scope(viewer, scope)
    start = current().service.first_quarter_starts
    whole = replace(scope, period=Period("programme", start, scope.as_at + timedelta(days=1)))
    return _unpaid(_version(), whole)


def targets(lot_count: int) -> dict[str, Target]:
    """The provider's own goals, where settings name a file of them; for several lots their sum."""
    if not settings.LOCAL_TARGETS:
        return {}
    return for_lots(load_local_targets(settings.LOCAL_TARGETS, current()), current(), lot_count)


def goals(scope: Scope) -> dict[str, Target]:
    """What each figure of the scope is to reach: the contract's target, or the provider's own goal in its place."""
    local = targets(1 if scope.lot else len(current().service.lots))
    contract = {one.id: one.target for one in current().indicators.computed if one.target}
    return {**contract, **local}


@dataclass(frozen=True)
class Named:
    """Who stands behind a member row, as far as the viewer may know: the person, their specialist, their first job."""

    name: str
    number: str
    specialist: str
    employer: str = ""
    hours: Decimal | None = None


def named(viewer: Viewer, scope: Scope, episode_ids: Sequence[str]) -> dict[str, Named]:
    """The people of these episodes that the viewer may see, by episode; the others have no name here."""
    found = (
        Episode.scoped.visible_to(viewer)
        .filter(pk__in=[UUID(one) for one in episode_ids])
        .select_related("person", "specialist")
        .prefetch_related("jobs__employer")
    )
    first_jobs = _first_jobs(_version(), scope)
    return {str(episode.pk): _named(episode, first_jobs.get(str(episode.pk), "")) for episode in found}


def _named(episode: Episode, first_job_id: str) -> Named:
    specialist = episode.specialist.name if episode.specialist else ""
    person = episode.person
    for job in episode.jobs.all():
        if str(job.pk) == first_job_id:
            employer = job.employer.name if job.employer else ""
            return Named(str(person), person.number, specialist, employer, job.contract_hours)
    return Named(str(person), person.number, specialist)


def _check_scope(viewer: Viewer, scope: Scope) -> None:
    check_can_see_figures(viewer)
    if (scope.lot or "") not in dict(lots(viewer)):
        raise PermissionError("A figure of a lot that the viewer does not work in was asked for.")


def _version() -> str:
    """What all figures rest on: the hash of the last entry that changed something."""
    last = Entry.objects.filter(is_view=False).order_by("-sequence").values_list("hash", flat=True).first()
    return last or ""


def forget() -> None:
    """Let go of everything that is kept; for tests, which change tables without an action."""
    for kept in (_dataset, _whole_hash, _report, _workings, _figures, _months, _first_jobs, _lacking, _unpaid):
        kept.cache_clear()


@lru_cache(maxsize=1)
def _dataset(version: str) -> Dataset:
    return read_all(FIGURE_TABLES)


@lru_cache(maxsize=1)
def _whole_hash(version: str) -> str:
    """The content hash of the data set with every table and lot: what figures are of, as it would be written out."""
    return content_hash(read_all())


@lru_cache(maxsize=4)
def _report(version: str, scope: Scope) -> tuple[Report, Specification]:
    workings = _workings(version, scope.as_at, rules_from(scope.period.start))
    spec, data = workings.spec, workings.facts.dataset
    found = figures_of(spec, data, scope.period, scope.as_at, scope.lot, workings=workings)
    laid_out = matrices(workings, scope.period, scope.lot, found)
    spent = budget(spec, read_all(("costs",)), scope.period, scope.as_at) if scope.lot is None else None
    return report_of(spec, found, _whole_hash(version), scope.period, scope.as_at, scope.lot, laid_out, spent), spec


@lru_cache(maxsize=4)
def _workings(version: str, as_at: date, rules_from: date) -> Workings:
    return Workings(current().as_of(rules_from), _dataset(version), as_at)


@lru_cache(maxsize=8)
def _first_jobs(version: str, scope: Scope) -> dict[str, str]:
    workings = _workings(version, scope.as_at, rules_from(scope.period.start))
    jobs = workings.episodes.select("episode_id", "first_job_id").drop_nulls().collect(engine="in-memory")
    return dict(jobs.iter_rows())


@lru_cache(maxsize=32)
def _figures(version: str, scope: Scope) -> tuple[Figure, ...]:
    lot_count = 1 if scope.lot else len(current().service.lots)
    workings = _workings(version, scope.as_at, rules_from(scope.period.start))
    return figures_of(
        workings.spec,
        workings.facts.dataset,
        scope.period,
        scope.as_at,
        scope.lot,
        local_targets=targets(lot_count),
        workings=workings,
    )


@lru_cache(maxsize=32)
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


@lru_cache(maxsize=32)
def _unpaid(version: str, scope: Scope) -> int:
    terms = current().payment
    if terms is None:
        return 0
    people: set[str] = set()
    for indicator in current().indicators.computed:
        if indicator.evidence and indicator.outcome == terms.outcome_payment.outcome:
            frame = _members(version, scope, indicator.id)
            people |= set(frame.filter(pl.col("lacks").is_in(PROOF))["person_id"])
    return len(people)


def _members(version: str, scope: Scope, indicator: str) -> pl.DataFrame:
    workings = _workings(version, scope.as_at, rules_from(scope.period.start))
    data = workings.facts.dataset
    return members_of(workings.spec, indicator, data, scope.period, scope.as_at, scope.lot, workings)


@lru_cache(maxsize=32)
def _months(version: str, lot: str | None, as_at: date, indicators: tuple[str, ...]) -> dict[str, tuple[Month, ...]]:
    found: dict[str, list[Month]] = {one: [] for one in indicators}
    for rules, starts in groupby(_whole_months(as_at), key=rules_from):
        months = [Period(f"{start:%B %Y}", start, add_months(start, 1)) for start in starts]
        values = series_of(_workings(version, as_at, rules), months, lot, indicators)
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


def places(viewer: Viewer) -> dict[str, str]:
    """Names of lots and practices by code, for breakdowns; they identify nobody."""
    check_can_see_figures(viewer)
    return {**dict(Lot.objects.values_list("code", "name")), **dict(GpPractice.objects.values_list("code", "name"))}
