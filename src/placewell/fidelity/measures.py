"""What records can tell of an item of a scale: a measure names what is counted, over which days, by which numbers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from placewell.specification import Specification
    from placewell.specification.governance import FidelityMeasure
    from placewell.specification.pathway import Clock

DAYS_IN_A_WEEK = 7


@dataclass(frozen=True)
class Schedule:
    """When a person is spoken with around the start of a job; a number that is None is not asked for.

    `before_days` before the first day worked, `after_days` after it, once a week until `weekly_months` are over, once
    a month until `monthly_months` are. `face_to_face`: whether only a meeting will do.
    """

    before_days: int | None = None
    after_days: int | None = None
    weekly_months: int | None = None
    monthly_months: int | None = None
    face_to_face: bool = False


@dataclass(frozen=True)
class Trouble:
    """Within how many days of learning of it a person is spoken with; a number that is None is not asked for."""

    problem_days: int | None = None
    loss_days: int | None = None


@dataclass(frozen=True)
class Measure:
    """One thing that records tell about an item. `kind` is a rule of `placewell.fidelity.measuring`.

    `unit`: of the value; `per`: of what a rate is taken over, in words.
    `window_days`: how many days, ending on the as-at day, are looked at (0: that day alone). `limit`: the number asked
    for, where the rule needs one. `every_days`: the length of one interval. `codes`: what counts. `scored`: whether the
    anchors of the item are about this number. `in_contract`: whether window and codes come from the source itself.
    """

    id: str
    item: str
    kind: str
    label: str
    unit: str
    per: str = ""
    window_days: int = 0
    limit: int | None = None
    every_days: int = 0
    codes: tuple[str, ...] = ()
    schedule: Schedule | None = None
    trouble: Trouble | None = None
    scored: bool = False
    asks: str = ""
    clause: str = ""
    in_contract: bool = True
    note: str = ""


def measure_of(entry: Mapping[str, Any]) -> Measure:
    """The measure of a TOML table whose keys are the fields above; `schedule` and `trouble` are tables of their own."""
    given = dict(entry)
    if "schedule" in given:
        given["schedule"] = Schedule(**given["schedule"])
    if "trouble" in given:
        given["trouble"] = Trouble(**given["trouble"])
    return Measure(**{**given, "codes": tuple(given.get("codes", ()))})


def measures_of(spec: Specification) -> tuple[Measure, ...]:
    """The measures of a service's own guidelines, with the numbers that its ratios and clocks hold."""
    declared = spec.governance.fidelity_measures if spec.governance else ()
    return tuple(_resolved(spec, one) for one in declared)


def _resolved(spec: Specification, declared: FidelityMeasure) -> Measure:
    shared = {one.name for one in fields(Measure)} & set(type(declared).model_fields)
    given: dict[str, Any] = {name: getattr(declared, name) for name in shared}
    ratios = {one.id: one for one in spec.governance.ratios} if spec.governance else {}
    clocks = {one.id: one for one in spec.pathway.clocks}
    if declared.ratio:
        ratio = ratios[declared.ratio]
        given["limit"] = ratio.at_least if ratio.at_most is None else ratio.at_most
        bound = "at least" if ratio.at_most is None else "at most"
        given["asks"] = f"{ratio.label}: {bound} {given['limit']}"
        if declared.kind == "supervision":
            given["every_days"] = given["limit"] * DAYS_IN_A_WEEK
    if declared.kind == "follow_along" and declared.clocks:
        given["schedule"] = _schedule([clocks[id] for id in declared.clocks])
    elif declared.kind == "trouble_answered":
        given["trouble"] = _trouble([clocks[id] for id in declared.clocks])
    elif declared.clocks:
        given["limit"] = clocks[declared.clocks[0]].days
        given["asks"] = f"within {given['limit']} days"
    return Measure(**given)


def _schedule(clocks: list[Clock]) -> Schedule:
    by_kind = {clock.kind: clock for clock in clocks}

    def number(kind: str, name: str) -> int | None:
        return getattr(by_kind[kind], name) if kind in by_kind else None

    return Schedule(
        number("before_start", "days"),
        number("after_start", "days"),
        number("in_work_weekly", "until_months"),
        number("in_work_monthly", "until_months"),
        any(clock.face_to_face for clock in clocks),
    )


def _trouble(clocks: list[Clock]) -> Trouble | None:
    """The days of the clocks of trouble; None where another is named, or one that has no number of days."""
    days = {clock.kind: clock.days for clock in clocks}
    if not days or None in days.values() or not days.keys() <= {"job_problem", "job_loss"}:
        return None
    return Trouble(days.get("job_problem"), days.get("job_loss"))
