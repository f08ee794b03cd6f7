"""Rounds of the confidential survey in words: how many came back, and what may be shown once they have closed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from placewell.questionnaires import Instrument
from placewell.questionnaires.confidential import LEAST, Shown, shown
from placewell.questionnaires.wording import Wording
from placewell.specification import Specification
from placewell_web.nhsuk.words import day

FEW = f"fewer than {LEAST}"
WITHHELD = (
    f"Nothing is shown: fewer than {LEAST} answered, or so few that all gave one answer. Nobody shall be recognised."
)


@dataclass(frozen=True)
class RoundRow:
    id: str
    lot: str
    days: str
    state: str
    colour: str
    codes: int
    back: str


@dataclass(frozen=True)
class Result:
    """One question: its answers with their counts, or why there are none."""

    question: str
    answers: tuple[tuple[str, str], ...]
    said: str


def round_rows(rounds: Iterable[Any], today: date) -> list[RoundRow]:
    """The rounds with their state; how many came back is never told exactly."""
    return [_round_row(one, today) for one in rounds]


def results(
    counts: Mapping[str, Mapping[str, int]], one: Instrument, wording: Wording, good: Iterable[str]
) -> list[Result]:
    """Each question with what may be shown of it."""
    rows = []
    for item in one.items_in_order:
        answers = one.answers_of(item)
        given = {code: counts.get(item, {}).get(code, 0) for code in answers.allowed} if answers else {}
        rows.append(_result(wording, item, shown(given, tuple(good))))
    return rows


def good_ratings(spec: Specification) -> tuple[str, ...]:
    """Which ratings the service counts as good: those of its outcome about satisfaction."""
    return next(
        (
            tuple(one.good)
            for one in spec.outcomes.outcomes
            if getattr(one, "instrument", "") == "satisfaction" and getattr(one, "good", ())
        ),
        (),
    )


def cadence(spec: Specification) -> str:
    """How often the service wants a survey, with its clause; nothing where it asks for none."""
    asked = next((one for one in spec.pathway.questionnaires if one.confidential), None)
    if asked is None:
        return ""
    often = "once a year" if asked.every_months == 12 else f"every {asked.every_months} months"
    return f"{spec.service.name} asks for it {often} at least ({asked.clause})."


def _round_row(one: Any, today: date) -> RoundRow:
    state, colour = "Open", "green"
    if today < one.opens_on:
        state, colour = "Not open yet", "blue"
    elif today > one.closes_on:
        state, colour = "Closed", "grey"
    return RoundRow(
        str(one.pk),
        one.lot.name,
        f"{day(one.opens_on)} to {day(one.closes_on)}",
        state,
        colour,
        one.codes,
        about(one.forms),
    )


def about(forms: int) -> str:
    """How many came back, rounded down to five."""
    return FEW if forms < LEAST else f"{forms // LEAST * LEAST} or more"


def _result(wording: Wording, item: str, found: Shown | None) -> Result:
    question = wording.question(item)
    if found is None:
        return Result(question, (), WITHHELD)
    answers = tuple(
        (wording.label(item, code), FEW if number is None else f"about {number}")
        for code, number in found.counts.items()
    )
    said = f"About {found.answered} answered."
    if found.share is not None:
        said += f" About {found.share}% rated it good or better ({found.good} of {found.answered}, rounded to 5)."
    return Result(question, answers, said)
