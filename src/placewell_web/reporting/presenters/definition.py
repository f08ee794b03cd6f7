"""What a figure counts, in plain words: the outcome, its day, what proves it, its clause and its version."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from placewell.outcomes.words import band
from placewell.specification import Specification
from placewell.specification.indicators import Indicator
from placewell.specification.outcomes import (
    ActiveCaseload,
    AnyOutcome,
    Engagement,
    RapidJobSearch,
    Standing,
    StillInWork,
    WeeksInWork,
    WorkStatus,
)
from placewell.vocabulary import label
from placewell_web.nhsuk.words import count, day

WEEK = 7
DAYS = {
    "referral": "The day of the referral.",
    "first_contact": "The day of the first two-way contact on or after the referral.",
    "job_start": "The first day worked.",
    "first_record": "The day of the first record on or after programme entry.",
    "answered": "The day the form was completed.",
    "questionnaire_change": "The day of the last complete later form.",
    "support_in_work": "The day the person's support ended.",
    "episode_step": "The day of that step.",
    "ended": "The day the episode was closed or declined.",
    "entered": "The day of programme entry.",
    "exit_questionnaire": "The day the person's support ended.",
    "each_appointment": "The day of the appointment.",
    "each_row": "The day of what was recorded.",
    "each_of": "The day of what was recorded.",
    "fidelity_review": "The day of the review.",
    "fidelity_actions": "The day of the follow-up review.",
}
FIXED = "It fixes the period for ever."


@dataclass(frozen=True)
class Line:
    """One line of the definition; `link` is an anchor or `day`, with the words that are the link."""

    name: str
    text: str
    link: str = ""
    link_words: str = ""


def definition(specification: Specification, indicator: Indicator, as_at: date, exact: int, backup: int) -> list[Line]:
    """What counts, on which day, with which proof and by which clause."""
    return list(_lines(specification, indicator, as_at, exact, backup))


def _lines(specification: Specification, indicator: Indicator, as_at: date, exact: int, backup: int) -> Iterator[Line]:
    outcome = specification.outcomes.outcome(indicator.outcome or "")
    yield Line("What counts", _what(specification, indicator, outcome))
    yield Line("The day", _day(outcome))
    yield Line("Evidence", _proof(specification, indicator, backup))
    boundary = specification.outcomes.hours.boundary
    on_it = f" · exactly {boundary} hours stands in this band: {count(exact, 'person', 'people')}" if exact else ""
    yield Line("Clause", on_it, f"indicators-{indicator.id}", indicator.clause)
    yield Line("As at", f"{day(as_at)}. Nothing dated later is in this figure. ", "day", "Change the day")
    yield Line(
        "Definition",
        f", version {outcome.version}{_since(outcome.in_force_from)}",
        f"outcomes-{outcome.id}",
        outcome.id,
    )
    if not indicator.in_contract:
        yield Line("Contract", "Not in the contract: the contract does not name this figure.")
    if indicator.note:
        yield Line("Note", indicator.note)


def _what(specification: Specification, indicator: Indicator, outcome: AnyOutcome) -> str:
    said = [indicator.name, "" if outcome.name in indicator.name else outcome.name, outcome.note]
    if indicator.band:
        said.append(f"Weekly hours: {band(specification.outcomes.hours, indicator.band)}")
    return " ".join(_sentence(one) for one in said if one)


def _sentence(text: str) -> str:
    text = text.strip()
    return text if text.endswith((".", "?")) else f"{text}."


def _day(outcome: AnyOutcome) -> str:
    if isinstance(outcome, ActiveCaseload | Standing):
        return "The last day of the period, or the as-at day if that is earlier."
    if isinstance(outcome, WeeksInWork):
        return f"The day on which the days in work since the first job start reach {WEEK * outcome.weeks}. {FIXED}"
    if isinstance(outcome, StillInWork):
        return f"{WEEK * outcome.weeks} days after the first day worked. {FIXED}"
    if isinstance(outcome, WorkStatus):
        return f"{outcome.days} days after programme entry. {FIXED}"
    if isinstance(outcome, RapidJobSearch):
        return f"{outcome.days} days after programme entry: the last on which it can be met."
    if isinstance(outcome, Engagement):
        last = "the last of them is done" if outcome.rule == "all" else "the first of them is done"
        return f"The day on which {last}. {FIXED}" if _parts(outcome) > 1 else f"The day on which it is done. {FIXED}"
    return f"{DAYS[outcome.kind]} {FIXED}"


def _parts(outcome: Engagement) -> int:
    profile = outcome.profile_started + outcome.profile_completed
    return bool(outcome.appointments) + profile + bool(outcome.plan_agreed)


def _proof(specification: Specification, indicator: Indicator, backup: int) -> str:
    rule = specification.outcomes.evidence_for(indicator.outcome or "") if indicator.evidence else None
    if rule is None:
        return "None is asked for: the record counts."
    accepted = _and_or([label("evidence_kind", kind).lower() for kind in rule.accepted])
    sentence = f"{accepted[:1].upper()}{accepted[1:]}"
    if rule.backup:
        others = [" with ".join(label("evidence_kind", kind).lower() for kind in kinds) for kinds in rule.backup]
        sentence += f"; as a backup, {_and_or(others)}"
    sentence += ". Verified by someone other than the person's own specialist."
    return sentence + (f" {backup} counted by backup evidence." if backup else "")


def _and_or(words: Sequence[str]) -> str:
    *first, last = words
    return f"{', '.join(first)} or {last}" if first else last


def _since(start: date | None) -> str:
    return f", in force since {day(start)}" if start else ", in force from the beginning"
