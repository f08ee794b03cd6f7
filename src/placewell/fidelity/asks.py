"""What an item asks for, in words: the published anchors of a scale, or the numbers of a service's own contract."""

from __future__ import annotations

from datetime import date

from placewell.errors import UserError
from placewell.fidelity.measures import Measure, Schedule, Trouble
from placewell.fidelity.scales import LOWEST, Anchor, Item
from placewell.pathway import full_time_limit, service_year
from placewell.specification import Specification


def asked_of(spec: Specification, measure: Measure, on: date) -> str:
    """What the source asks of a measure on a day; empty where it gives no number."""
    if measure.asks:
        return measure.asks
    if measure.schedule is not None:
        return schedule_in_words(measure.schedule)
    if measure.trouble is not None:
        return trouble_in_words(measure.trouble)
    if not measure.clause:  # the numbers of a published scale are its anchors
        return ""
    if measure.kind == "caseload":
        return _caseload(spec, on)
    return _norm(spec, on) if measure.kind == "cases_a_year" else ""


def anchor_in_words(item: Item, score: int) -> str:
    """What a score of an item stands for: a number, words, or both; the lowest is whatever reaches no other."""
    by_score = {anchor.score: anchor for anchor in item.anchors}
    anchor, above = by_score[score], by_score.get(score + 1)
    number = _bound(anchor)
    if number and score == LOWEST and above is not None:
        number = f"under {above.at_least}" if above.at_most is None else f"over {above.at_most}"
    return " ".join(part for part in (number, anchor.words) if part)


def _bound(anchor: Anchor) -> str:
    if anchor.at_most is not None:
        return f"{anchor.at_most} or fewer"
    return "" if anchor.at_least is None else f"{anchor.at_least} or more"


def schedule_in_words(schedule: Schedule) -> str:
    """The steps of a schedule, one after the other."""
    parts = (
        (schedule.before_days, "in the {} days before the start"),
        (schedule.after_days, "within {} days after it"),
        (schedule.weekly_months, "weekly for {} month"),
        (schedule.monthly_months, "then monthly up to {} months"),
    )
    return ", ".join(words.format(number) for number, words in parts if number is not None)


def trouble_in_words(trouble: Trouble) -> str:
    """The days of a problem and of a loss, told apart where they differ."""
    if trouble.problem_days == trouble.loss_days:
        return f"within {trouble.loss_days} days of learning of it"
    parts = ((trouble.problem_days, "a problem"), (trouble.loss_days, "a lost job"))
    return ", ".join(f"within {days} days of learning of {what}" for days, what in parts if days is not None)


def _caseload(spec: Specification, on: date) -> str:
    try:
        limit = full_time_limit(spec, on)
    except UserError:
        return ""
    return f"at most {limit.maximum} in year {service_year(spec, on)}"


def _norm(spec: Specification, on: date) -> str:
    norms = sorted(spec.pathway.caseload_norms, key=lambda norm: norm.service_year)
    reached = [norm for norm in norms if norm.service_year <= service_year(spec, on)]
    if not reached:
        return ""
    low, high = reached[-1].cases_from, reached[-1].cases_to
    return f"about {low}" if low == high else f"{low} to {high}"
