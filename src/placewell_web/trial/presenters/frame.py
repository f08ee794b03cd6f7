"""What stands around every step of the meeting: whose it is, where, how far it has come, and what is read aloud."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse

from placewell.specification.trial import Step, TrialFile
from placewell_web.nhsuk.words import clock_time, day, short_day, week_day
from placewell_web.trial.steps import MOMENTS, asked, clears, comes_after, is_kept, open_step

ADDRESSES = {
    "script": "trial:script",
    "eligibility": "trial:eligibility",
    "information": "trial:information",
    "consent": "trial:consent",
    "baseline": "trial:baseline",
    "randomise": "trial:review",
}


@dataclass(frozen=True)
class Strip:
    """Who is met, under which number, when and where."""

    name: str
    preferred: str
    number: str
    when: str


@dataclass(frozen=True)
class StepRow:
    number: int
    label: str
    said: str
    state: str  # done | current | later
    url: str  # empty while it cannot be opened


@dataclass(frozen=True)
class Frame:
    strip: Strip
    steps: tuple[StepRow, ...]
    place: str  # step 3 of 6
    read_aloud: str


def frame(trial: TrialFile, meeting: Any, step: str, today: date, kept: Mapping[str, Any]) -> Frame:
    """The frame of one step; `kept`: the questionnaires there are."""
    rows = step_rows(trial, meeting, step, today, kept)
    number = next((row.number for row, one in zip(rows, asked(trial), strict=True) if one.kind == step), 0)
    here = next((one for one in asked(trial) if one.kind == step), None)
    return Frame(
        strip=strip(meeting, today),
        steps=rows,
        place=f"Trial meeting, step {number} of {len(rows)}" if number else "Trial meeting",
        read_aloud=here.read_aloud if here else "",
    )


def strip(meeting: Any, today: date) -> Strip:
    person = meeting.episode.person
    preferred = person.preferred_name if person.preferred_name != person.first_name else ""
    where = f", {meeting.place}" if meeting.place else ""
    return Strip(full_name(person), preferred, meeting.participant.number, f"{week_day(today)}{where}")


def full_name(person: Any) -> str:
    return f"{person.first_name} {person.surname}"


def step_rows(trial: TrialFile, meeting: Any, step: str, today: date, kept: Mapping[str, Any]) -> tuple[StepRow, ...]:
    first = open_step(meeting)
    rows = []
    for number, one in enumerate(asked(trial), 1):
        done = comes_after(first, one.kind)
        state = "current" if one.kind == step else "done" if done else "later"
        url = "" if comes_after(one.kind, first) else reverse(ADDRESSES[one.kind], args=[meeting.episode_id])
        rows.append(StepRow(number, one.label, _said(trial, meeting, one, today, kept), state, url))
    return tuple(rows)


def _said(trial: TrialFile, meeting: Any, step: Step, today: date, kept: Mapping[str, Any]) -> str:
    moment = getattr(meeting, MOMENTS[step.kind])
    if step.kind == "randomise":
        return "Once, for good"
    if step.kind == "baseline":
        done = sum(is_kept(part, meeting, kept) for part in trial.baseline)
        return f"{done} of {len(trial.baseline)} complete"
    if step.kind == "eligibility" and meeting.screening is not None:
        return _criteria_met(meeting.screening)
    if moment is None:
        return ""
    verb = {"script": "Read", "information": "Explained", "consent": "Signed"}.get(step.kind, "Done")
    return f"{verb} at {clock_time(moment)}" if moment.date() == today else f"{verb} on {short_day(moment)}"


def _criteria_met(screening: Any) -> str:
    answers = list(screening.answers.all())
    met = sum(answer.answer == "met" for answer in answers)
    aside = ", set aside" if screening.override_reason and screening.overall != "eligible" else ""
    return f"{met} of {len(answers)} met{aside}" if clears(screening) or met < len(answers) else "Not met"


@dataclass(frozen=True)
class Waiting:
    """Someone on the list of those who wait for their meeting."""

    episode_id: str
    name: str
    number: str
    called: str
    accepted: str
    specialist: str
    state: str
    colour: str
    doing: str


def waiting_row(trial: TrialFile, episode: Any, meeting: Any, before: bool) -> Waiting:
    """`before`: the person was randomised under an earlier referral, and that result holds."""
    if before:
        state, colour, doing = "Randomised before", "grey", "See the result of"
    elif meeting is None:
        state, colour, doing = "Not begun", "grey", "Begin"
    else:
        labels = {one.kind: one.label for one in asked(trial)}
        state, colour, doing = f"Next: {labels[open_step(meeting)]}", "blue", "Go on"
    return Waiting(
        episode_id=str(episode.pk),
        name=full_name(episode.person),
        number=episode.person.number,
        called=episode.person.called,
        accepted=day(episode.accepted_on),
        specialist=episode.specialist.name if episode.specialist else "Nobody yet",
        state=state,
        colour=colour,
        doing=doing,
    )
