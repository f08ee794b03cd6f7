"""The head of a return: the sentence with the answer, and four facts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from placewell.periods import in_words
from placewell.reports.notices import is_own_goal, whose
from placewell.reports.wording import number, of

if TYPE_CHECKING:
    from placewell.specification import Specification

Figure = Mapping[str, Any]
JUDGED = ("met", "behind", "breached")


def answer(spec: Specification, figures: Sequence[Figure], lot: str | None = None) -> str:
    """What the key figures, or those of a lot, come to: who reached each outcome, what waits, how targets stand."""
    said = (_reached(spec, figures), *_shares(spec, figures), _waits(spec, figures), _targets(spec, figures, lot))
    return " ".join(one for one in said if one)


def facts(spec: Specification, end: date, figures: Sequence[Figure]) -> tuple[tuple[str, str, str], ...]:
    """Facts, each a name, what it is, and a detail: due day, targets or the boundary of hours, what waits, backup.

    Of a service that asks for no evidence: how many targets are missed, in the place of the last two.

    `end` is the first day after the period.
    """
    judged = [figure for figure in _judged(figures) if not is_own_goal(figure)]
    met = _met(judged)
    on_it = sum(figure["on_boundary"] for figure in figures)
    second = (
        ("On or over the line", of(met, len(judged), ""), f"{_kind(spec, judged)} with a target")
        if judged
        else (f"At exactly {spec.outcomes.hours.boundary} hours", number(on_it), "outcomes counted in the upper band")
    )
    backup = sum(figure["on_backup"] for figure in figures)
    due = _first_fact(spec, end)
    goals = _goal_facts(figures)
    if not _asks_evidence(spec):
        below = ("Below the line", number(len(judged) - met), "targets missed, or behind in the year")
        return (due, second, below, *goals) if judged else (due, second, *goals)
    return (
        due,
        second,
        *goals,
        ("Reached, not counted yet", number(waiting(spec, figures)), "evidence or hours are missing"),
        ("Proved by backup evidence", number(backup), "counted, and marked"),
    )


def _goal_facts(figures: Sequence[Figure]) -> Iterator[tuple[str, str, str]]:
    """How many of the provider's own goals are reached, apart from the contract's targets."""
    own = [figure for figure in _judged(figures) if is_own_goal(figure)]
    if own:
        yield "Own goals reached", of(_met(own), len(own), ""), "goals of the provider, not of the contract"


def _met(judged: Sequence[Figure]) -> int:
    return sum(figure["status"] == "met" for figure in judged)


def _kind(spec: Specification, judged: Sequence[Figure]) -> str:
    """What figures are together: key outcomes, where each of them is one."""
    groups = {spec.indicators.indicator(figure["id"]).group for figure in judged}
    return "key outcomes" if groups == {"key_outcomes"} else "figures"


def _first_fact(spec: Specification, end: date) -> tuple[str, str, str]:
    """The due day; of a comparison, which is no return, whose definitions it uses."""
    used = whose(spec)
    if used is not None:
        return ("Definitions of", used.service.name, f"version {used.version}")
    before = spec.report.due.days_before_meeting
    before_meeting = "" if before is None else f"or {before} days before the contract meeting, if that is earlier"
    return ("Return due", in_words(due_on(spec, end)), before_meeting)


def _asks_evidence(spec: Specification) -> bool:
    return bool(spec.outcomes.evidence) and any(one.evidence for one in spec.indicators.indicators)


def due_on(spec: Specification, end: date) -> date:
    """The last day for sending the return of a period that ends before `end`; a meeting may make it earlier."""
    return spec.report.due.day(end - timedelta(days=1))


def waiting(spec: Specification, figures: Sequence[Figure]) -> int:
    """How many outcomes were reached and wait; one whose hours are not known waits in both bands, and is told once."""
    lower = spec.outcomes.hours.lower
    banded = {one.id for one in spec.indicators.indicators if one.band == lower}
    twice = sum(int(figure["hours_unknown"]) for figure in figures if figure["id"] in banded)
    return sum(int(figure["outstanding"]) for figure in figures) - twice


def _reached(spec: Specification, figures: Sequence[Figure]) -> str:
    """ "369 people were engaged, 40 started a job and 19 were in work after 26 weeks." Bands of hours are added up."""
    totals: dict[str, int] = {}
    for figure in figures:
        outcome = spec.indicators.indicator(figure["id"]).outcome
        if outcome and figure["unit"] == "people":
            totals[outcome] = totals.get(outcome, 0) + (figure["numerator"] or 0)
    said = [_of_outcome(spec, outcome, count) for outcome, count in totals.items()]
    if not said:
        return "" if list(_shares(spec, figures)) else "Nothing is counted in people here."
    first, *others = said
    listed = [f"{first[0]} {'person' if first[0] == '1' else 'people'} {first[1]}", *(" ".join(one) for one in others)]
    return f"{_and(listed)}."


def _shares(spec: Specification, figures: Sequence[Figure]) -> Iterator[str]:
    """ "133 of 551 people were in paid work." for each share whose outcome has words of its own, its group named."""
    for figure in figures:
        indicator = spec.indicators.indicator(figure["id"])
        outcome = indicator.outcome if figure["unit"] == "proportion" else None
        words = spec.outcomes.outcome(outcome).reached if outcome else ""
        if words:
            whom = spec.outcomes.group(indicator.among).people if indicator.among else "people"
            yield f"{number(figure['numerator'])} of {number(figure['denominator'])} {whom} {words}."


def _of_outcome(spec: Specification, id: str, count: int) -> tuple[str, str]:
    outcome = spec.outcomes.outcome(id)
    words = outcome.reached or f"reached “{outcome.name}”"
    return number(count), words.replace("were ", "was ", 1) if count == 1 else words


def _and(said: Sequence[str]) -> str:
    return said[0] if len(said) == 1 else f"{', '.join(said[:-1])} and {said[-1]}"


def _waits(spec: Specification, figures: Sequence[Figure]) -> str:
    count = waiting(spec, figures)
    if not count:
        return "Nothing waits for evidence." if _asks_evidence(spec) else ""
    more = "1 more outcome was" if count == 1 else f"{number(count)} more outcomes were"
    return f"{more} reached, and {'waits' if count == 1 else 'wait'} for evidence or hours."


def _targets(spec: Specification, figures: Sequence[Figure], lot: str | None) -> str:
    judged = [figure for figure in _judged(figures) if not is_own_goal(figure)]
    own = [figure for figure in _judged(figures) if is_own_goal(figure)]
    goals = f"Of the provider’s own goals, {_met(own)} of {len(own)} are reached." if own else ""
    said = (
        f"{_met(judged)} of {len(judged)} are on or over the line." if judged else _without_targets(spec, figures, lot)
    )
    return f"{said} {goals}".strip()


def _without_targets(spec: Specification, figures: Sequence[Figure], lot: str | None) -> str:
    """Why no figure is judged by the contract."""
    if whose(spec):
        return ""
    if any(figure["status"] == "not_due" for figure in figures):
        return "No target is due yet."
    of_all = lot is not None and any(spec.indicators.indicator(figure["id"]).target for figure in figures)
    return "The contract's targets are for all lots together." if of_all else "The contract sets no targets."


def _judged(figures: Sequence[Figure]) -> list[Figure]:
    return [figure for figure in figures if figure["status"] in JUDGED]
