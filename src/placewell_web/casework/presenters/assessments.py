"""An assessment in words, part by part."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from placewell_web.casework.actions.assessments import COLUMNS
from placewell_web.nhsuk.words import day

LABELS = {"words": "As things are", "obstacles": "What gets in the way of work", "helps": "What helps"}
PLACES = {True: "face to face", False: "by phone or video", None: "where is not known"}


@dataclass(frozen=True)
class Section:
    label: str
    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class AssessmentWords:
    record: Any
    version: int
    when: str
    sections: tuple[Section, ...]


def assessment_words(assessment: Any, parts: Iterable[Any]) -> AssessmentWords:
    """`parts`: what the contract says is assessed, in its order."""
    said = {one.part: one for one in assessment.parts.all()}
    sections = tuple(
        Section(part.label, tuple((LABELS[c], getattr(said.get(part.id), c, "") or "Not said") for c in COLUMNS))
        for part in parts
    )
    begun = f"Begun {day(assessment.started_on)}"
    done = f"Completed {day(assessment.completed_on)} by {assessment.written_by.name}"
    when = f"{done if assessment.completed_on else begun}, {PLACES[assessment.face_to_face]}"
    return AssessmentWords(assessment, assessment.version, when, sections)
