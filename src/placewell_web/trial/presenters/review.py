"""The last look before the draw: every answer in a row with the way back to it, and what must hold at the press."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse

from placewell.questionnaires import instrument
from placewell.specification import Specification
from placewell.specification.trial import TrialFile
from placewell_web.nhsuk.words import clock_time, count, day, short_day
from placewell_web.trial.steps import closes

YES, NO, NOT_KNOWN = "Yes.", "No.", "Not known."
WORDS = {"met": YES, "not_met": NO, "not_known": NOT_KNOWN}


@dataclass(frozen=True)
class Row:
    """One answer: its label, a bold first word, the rest, and a link."""

    label: str
    lead: str
    text: str
    url: str
    action: str
    good: bool = True


@dataclass(frozen=True)
class Check:
    """Something that must hold at the press; `words` say how it stands."""

    holds: bool
    words: str


def eligibility_rows(spec: Specification, screening: Any, episode_id: Any) -> list[Row]:
    """Each criterion with its answer and reason, as kept."""
    asked = {one.id: one.short or one.question for one in spec.eligibility.criteria}
    url = reverse("trial:eligibility", args=[episode_id])
    return [
        Row(
            asked.get(answer.criterion, answer.criterion),
            WORDS[answer.answer],
            answer.reason,
            url,
            "Change",
            answer.answer == "met",
        )
        for answer in sorted(screening.answers.all(), key=lambda one: one.pk)
    ]


def screening_note(screening: Any) -> str:
    """Under which version it was decided, and whether someone set it aside."""
    note = f"Specification {screening.specification_version}, {screening.specification_hash[:8]}. "
    if screening.override_reason:
        note += f"Set aside by {screening.override_by}: {screening.override_reason} "
    return note + "Each answer is kept with its reason."


def consent_rows(trial: TrialFile, consent: Any, today: date, episode_id: Any) -> list[Row]:
    url = reverse("trial:consent", args=[episode_id])
    answers = {one.statement: one.agreed for one in consent.statements.all()}
    needed = [one for one in trial.consent_form.statements if one.needed]
    agreed = sum(answers.get(one.id, False) for one in needed)
    when = f"today at {clock_time(consent.signed_at)}" if consent.signed_at.date() == today else day(consent.signed_at)
    said = f"Form version {consent.form_version}, signed {when}. "
    said += f"All {agreed} statements agreed" if agreed == len(needed) else f"{agreed} of {len(needed)} agreed"
    rows = [Row("Consent to take part", "", said, url, "See")]
    for one in trial.consent_form.statements:
        if not one.needed:
            words = "Agreed, as a separate choice" if answers.get(one.id) else "Not agreed: it is a separate choice"
            rows.append(Row(CHOICES.get(one.consent, one.text), "", words, url, "See"))
    return rows


CHOICES = {"linkage": "Linking to health records"}


def baseline_rows(trial: TrialFile, meeting: Any, kept: Mapping[str, Mapping[str, str]], episode_id: Any) -> list[Row]:
    return [
        Row(
            part.label,
            "",
            _items(part, meeting) if part.kind == "person_items" else _form(part.instrument, kept),
            reverse("trial:baseline_part", args=[episode_id, part.id]),
            "Change" if part.kind == "person_items" else "See",
        )
        for part in trial.baseline
    ]


def _items(part: Any, meeting: Any) -> str:
    if meeting.items_at is None:
        return "Not answered yet"
    number = len(part.items)
    not_said = len([one for one in meeting.not_said.split(",") if one])
    said = f"{number} of {number} answered"
    return said + (f"; {not_said} {'was' if not_said == 1 else 'were'} “prefer not to say”" if not_said else "")


def _form(name: str, kept: Mapping[str, Mapping[str, str]]) -> str:
    """How many items are answered; with some open, the scales that cannot be worked out."""
    if name not in kept:
        return "Not filled in yet"
    answered = {item for item, answer in kept[name].items() if answer}
    one = instrument(name)
    said = f"{len(answered)} of {len(one.items)}"
    if len(answered) == len(one.items):
        return f"Complete, {said}"
    lost = [scale.id for scale in one.scales if len(set(scale.items) & answered) < scale.least_answered]
    return f"{said}, the others left open. " + (
        f"{count(len(lost), 'score')} cannot be worked out" if lost else "Every score can be worked out"
    )


def checks(
    trial: TrialFile,
    called: str,
    specialist: bool,
    lacking: list[str],
    randomised: bool,
    doubles: bool,
    consent: bool,
    ready: str,
) -> list[Check]:
    """What the press looks at again. `ready`: why the draw is not ready, else empty."""
    return [
        _presser(specialist, lacking),
        Check(
            not randomised, f"{called} has {'been randomised already' if randomised else 'not been randomised before'}"
        ),
        Check(not doubles, f"Someone on file may be {called}: a team leader compares the two records")
        if doubles
        else Check(True, f"No one else on file looks like {called}"),
        Check(consent, "Consent is signed and stands" if consent else "Consent is not signed, or was taken back"),
        Check(True, f"The trial is open to {short_day(closes(trial))}"),
        Check(not ready, ready or "The draw is ready"),
    ]


def _presser(specialist: bool, lacking: list[str]) -> Check:
    """Only a trained employment specialist presses (002 §11.5)."""
    if not specialist:
        return Check(False, "Only an employment specialist randomises, at the meeting")
    if lacking:
        courses = ", ".join(course.replace("_", " ") for course in lacking)
        return Check(False, f"{courses.capitalize()} not recorded: ask your team leader")
    return Check(True, "You are trained to do this")
