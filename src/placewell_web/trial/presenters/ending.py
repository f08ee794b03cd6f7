"""How a meeting ends without a draw: the reasons, what is said to the person, and what follows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from placewell_web.nhsuk.words import moment
from placewell_web.trial.steps import clears

LABELS = {
    "not_eligible": "Does not meet the criteria",
    "did_not_consent": "Does not want to take part in the study",
    "stopped": "Asked not to go on, for another reason",
}
HINTS = {
    "not_eligible": "The answers are kept with the reason for each",
    "did_not_consent": "Nothing has to be explained. What was agreed to today holds no longer",
    "stopped": "The answers are kept. What was agreed to today holds no longer",
}
SAY = {
    "not_eligible": (
        "Thank you for answering so openly. The study is meant for people in another situation than yours, so we "
        "cannot take you into it today. That says nothing about you. Shall we look at other help with work near you?"
    ),
    "did_not_consent": (
        "That is quite all right, and you need not say why. Your care from your GP stays as it is. Shall we look at "
        "other help with work near you?"
    ),
    "stopped": (
        "That is quite all right. Your care from your GP stays as it is, and you can be referred again whenever you "
        "like. Shall we look at other help with work near you?"
    ),
}


@dataclass(frozen=True)
class Ended:
    label: str
    when: str
    say: str
    reasons: tuple[str, ...]


def endings(meeting: Any) -> list[tuple[str, str, str]]:
    """The reasons that are true now: nobody is found not eligible but by their answers."""
    found = meeting.screening is not None and not clears(meeting.screening)
    return [(code, LABELS[code], HINTS[code]) for code in LABELS if code != "not_eligible" or found]


def ended(meeting: Any) -> Ended:
    reasons = not_met(meeting.screening) if meeting.ending == "not_eligible" else ()
    return Ended(LABELS.get(meeting.ending, meeting.ending), moment(meeting.ended_at), SAY[meeting.ending], reasons)


def not_met(screening: Any) -> tuple[str, ...]:
    """The reasons of a screening that keep the person out."""
    if screening is None:
        return ()
    return tuple(one.reason for one in screening.answers.all() if one.answer == "not_met")


def not_known(screening: Any) -> tuple[str, ...]:
    """What is still to be asked."""
    if screening is None:
        return ()
    return tuple(one.reason for one in screening.answers.all() if one.answer == "not_known")
