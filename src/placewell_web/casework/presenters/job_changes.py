"""Changes of a job in words: the hours and the pay over time, a problem, how it ended and what came after."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from placewell.specification import Specification
from placewell.vocabulary import label
from placewell_web.nhsuk.words import day, hours, money

NEXT_HELP = {
    "offered": "Offered, no answer yet",
    "accepted": "Offered and wanted",
    "declined": "Offered, not wanted now",
}


@dataclass(frozen=True)
class ChangeRow:
    """A change over time; one that can be taken back names its day."""

    words: str
    since: str
    day: str = ""


def hours_rows(job: Any, spells: Sequence[Any]) -> list[ChangeRow]:
    """The contract's hours first, then each change."""
    return [
        ChangeRow(f"{hours(job.contract_hours)} hours a week", "in the contract"),
        *(
            ChangeRow(f"{hours(one.weekly_hours)} hours a week", _stretch(one.from_on, one.to_on), str(one.from_on))
            for one in spells
        ),
    ]


def pay_rows(job: Any, changes: Sequence[Any]) -> list[ChangeRow]:
    begin = f"{money(job.hourly_wage)} an hour" if job.hourly_wage is not None else "Not known"
    return [
        ChangeRow(begin, "at the start"),
        *(
            ChangeRow(f"{money(one.hourly_wage)} an hour", f"from {day(one.from_on)}", str(one.from_on))
            for one in changes
        ),
    ]


def hours_on(job: Any, spells: Sequence[Any], on: date) -> Decimal | None:
    """The hours a week on a day: the spell that holds, else the contract's."""
    held = [one for one in spells if one.from_on <= on and (one.to_on is None or one.to_on >= on)]
    found: Decimal | None = held[-1].weekly_hours if held else job.contract_hours
    return found


def pay_on(job: Any, changes: Sequence[Any], on: date) -> Decimal | None:
    """The pay an hour on a day: the last change that has begun, else what the job began with."""
    begun = [one for one in changes if one.from_on <= on]
    found: Decimal | None = begun[-1].hourly_wage if begun else job.hourly_wage
    return found


def problem_words(problem: Any) -> str:
    """Health, heard of on 3 June 2019: what was said."""
    said = f": {problem.words}" if problem.words else ""
    return f"{label('job_problem_kind', problem.kind)}, heard of on {day(problem.known_on)}{said}"


def end_words(job: Any) -> str:
    """3 June 2019: health; heard of on 5 June 2019."""
    known = f"; heard of on {day(job.end_known_on)}" if job.end_known_on and job.end_known_on != job.ended_on else ""
    return f"{day(job.ended_on)}: {label('job_end_reason', job.end_reason).lower()}{known}"


def help_words(job: Any) -> str:
    """Offered and wanted, 6 June 2019."""
    if not job.next_help:
        return "Not recorded yet"
    return f"{NEXT_HELP.get(job.next_help, job.next_help)}, {day(job.next_help_on)}"


def _stretch(from_on: date, to_on: date | None) -> str:
    return f"{day(from_on)} to {day(to_on)}" if to_on else f"from {day(from_on)}"


def after_an_end(spec: Specification) -> dict[str, Any]:
    """The clause by which help with another job is offered, and in how many days to speak; as the contract says."""
    ended = (step.clause for step in spec.pathway.transitions if "job_end" in step.needs)
    clock = next((one for one in spec.pathway.clocks if one.kind == "job_loss"), None)
    return {"clause": next(ended, ""), "speak_within": clock.days if clock else None}
