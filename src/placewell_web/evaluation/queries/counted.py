"""The trial's counts by the library, for a viewer: flow, recruitment, baseline, withdrawals, deviations, balance."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

import polars as pl

from placewell.evaluation.balance import Balance
from placewell.evaluation.balance import balance as compared
from placewell.evaluation.boxes import Flow
from placewell.evaluation.completeness import Completeness
from placewell.evaluation.completeness import completeness as completed
from placewell.evaluation.deviations import Deviations
from placewell.evaluation.deviations import deviations as departed
from placewell.evaluation.facts import LedgerFacts
from placewell.evaluation.flow import participant_flow
from placewell.evaluation.recruitment import Recruitment
from placewell.evaluation.recruitment import recruitment as recruited
from placewell.evaluation.withdrawals import Withdrawals
from placewell.evaluation.withdrawals import withdrawals as withdrawn
from placewell_web.accounts.service import current
from placewell_web.accounts.viewer import Viewer
from placewell_web.evaluation import evaluator_rows as rows
from placewell_web.evaluation import permissions
from placewell_web.evaluation.evaluator_rows import Correction, Sending
from placewell_web.evaluation.queries.kept import keep, records, version_now
from placewell_web.evaluation.queries.scopes import Scope
from placewell_web.trial.actions.contamination import HOUSEHOLD
from placewell_web.trial.actions.sealed_list import ISSUE as SEALED_LIST


def flow(viewer: Viewer, scope: Scope) -> Flow:
    """The participant flow, by arm for who is unblinded."""
    permissions.check_can_see_trial(viewer)
    return _flow(version_now(), scope.as_at, scope.lot, permissions.can_see_arms(viewer))


def flow_together(viewer: Viewer, scope: Scope) -> Flow:
    """The same flow with nothing by arm, whoever looks: for what is said of everybody together."""
    permissions.check_can_see_trial(viewer)
    return _flow(version_now(), scope.as_at, scope.lot, arms=False)


@keep(16)
def _flow(version: str, as_at: date, lot: str | None, arms: bool) -> Flow:
    of = records(version)
    return participant_flow(
        of.tables, current(), of.ledger, as_at, lot=lot, arms=arms, meetings=of.meetings, handouts=of.handouts
    )


def recruitment(viewer: Viewer, scope: Scope) -> Recruitment:
    """People randomised by area and month against the plan; nothing by arm for anybody."""
    permissions.check_can_see_recruitment(viewer)
    return _recruitment(version_now(), scope.as_at, scope.lot)


@keep(8)
def _recruitment(version: str, as_at: date, lot: str | None) -> Recruitment:
    of = records(version)
    return recruited(of.tables, current(), of.ledger, as_at, lot=lot)


def completeness(viewer: Viewer, scope: Scope) -> Completeness:
    """How complete the baseline is, item by item."""
    permissions.check_can_see_trial(viewer)
    of = records(version_now())
    return completed(of.tables, current(), scope.as_at, lot=scope.lot, ledger=of.ledger)


def withdrawals(viewer: Viewer, scope: Scope) -> Withdrawals:
    """Who withdrew from what, by arm for who is unblinded."""
    permissions.check_can_see_trial(viewer)
    of, arms = records(version_now()), permissions.can_see_arms(viewer)
    return withdrawn(of.tables, current(), of.ledger, scope.as_at, arms=arms, lot=scope.lot)


def deviations(viewer: Viewer, scope: Scope) -> Deviations:
    """Departures from the protocol, of every area or of the people randomised in one."""
    permissions.check_can_see_trial(viewer)
    ledger, overrides = records(version_now()).ledger, rows.overridden()
    if scope.lot is not None:
        there = _randomised_in(_numbers_in(version_now(), scope.lot))
        ledger = LedgerFacts(ledger.allocations, there(ledger.voids), there(ledger.notes), there(ledger.withdrawals))
        overrides = there(overrides)
    return departed(ledger, current(), scope.as_at, overrides=overrides)


def _randomised_in(numbers: frozenset[str]) -> Callable[[pl.DataFrame], pl.DataFrame]:
    """Keeps the rows of people who were randomised in an area."""
    return lambda frame: frame.filter(pl.col("person").is_in(sorted(numbers)))


def corrections(viewer: Viewer, scope: Scope) -> list[Correction]:
    """The mistakes reported after an allocation, newest first."""
    permissions.check_can_see_trial(viewer)
    return [one for one in rows.corrections() if _is_of(one.number, scope)]


def notices(viewer: Viewer, scope: Scope) -> list[Sending]:
    """What the evaluator was to be told, and when it was; a blinded reader is not told of what one arm alone has."""
    permissions.check_can_see_trial(viewer)
    found = (one for one in rows.sendings() if _is_of(one.number, scope))
    if permissions.can_see_arms(viewer):
        return list(found)
    telling = _telling()
    return [one for one in found if not (one.scopes and one.scopes <= telling) and not _issue_tells(one)]


def _issue_tells(one: Sending) -> bool:
    """Whether an issue could be of one arm alone: not a household of both, nor a group told from the sealed list."""
    return one.kind == "issue" and one.issue not in (HOUSEHOLD, SEALED_LIST)


def told_late(viewer: Viewer, scope: Scope, now: datetime) -> int:
    """How many withdrawals the evaluator was told of after their hour, or has still to be told of and it has passed."""
    found = notices(viewer, scope)
    return sum(one.kind == "withdrawal" and not one.in_time(now) for one in found)


def _is_of(number: str, scope: Scope) -> bool:
    """Whether a trial number was randomised in the area asked for; what names nobody is of every area."""
    return scope.lot is None or number in _numbers_in(version_now(), scope.lot)


@keep(8)
def _numbers_in(version: str, lot: str) -> frozenset[str]:
    """The area is that of the referral: whoever was told from the sealed list is in a stratum that is no area."""
    of = records(version)
    areas = of.tables["episodes"].select("episode_id", "lot")
    drawn = of.ledger.allocations.join(areas, on="episode_id", how="left")
    return frozenset(drawn.filter(pl.coalesce("lot", "stratum") == lot)["person"].to_list())


def _telling() -> set[str]:
    """The withdrawals that only a person in the service can make, so that they tell the arm."""
    trial = current().trial
    return {choice.id for choice in (trial.withdrawals if trial else ()) if set(choice.stops) == {"support"}}


def balance(viewer: Viewer, scope: Scope) -> Balance:
    """How alike the arms are at baseline: for the unblinded statistician alone."""
    permissions.check_can_see_arms(viewer)
    of = records(version_now())
    return compared(of.tables, current(), of.ledger, scope.as_at, scope.lot, answered=of.answered)
