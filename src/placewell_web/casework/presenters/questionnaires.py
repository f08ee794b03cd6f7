"""A person's questionnaires in words: what is due, what was asked, what was left unanswered."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from placewell.questionnaires.wording import Wording
from placewell.vocabulary import label
from placewell_web.casework.asking import REASONS, WAYS
from placewell_web.casework.presenters.cases import Case
from placewell_web.casework.presenters.due import When, short_clause, when
from placewell_web.nhsuk.words import day


@dataclass(frozen=True)
class DueQuestionnaire:
    instrument: str
    occasion: str
    name: str
    said: str
    why: str
    clause: str
    on: date
    when: When


@dataclass(frozen=True)
class AskedRow:
    id: str
    name: str
    said: str
    by_link: bool


def due_rows(rows: Iterable[Mapping[str, Any]], left: Iterable[Any], today: date) -> list[DueQuestionnaire]:
    """What can be asked now, soonest first; not what the person left unanswered since it opened."""
    refused = {(one.instrument, one.occasion, one.unanswered_on) for one in left if one.unanswered_on}
    return [
        DueQuestionnaire(
            row["instrument"],
            row["occasion"],
            label("instrument", row["instrument"]),
            label("occasion", row["occasion"]),
            row["why"],
            short_clause(row["clause"]),
            row["due_on"],
            when(row["due_on"], today),
        )
        for row in rows
        if row["opens_on"] <= today and not _was_left(row, refused)
    ]


@dataclass(frozen=True)
class ToAsk:
    """A questionnaire to ask of someone on a caseload."""

    case: Case
    due: DueQuestionnaire


def to_ask(rows: Iterable[Mapping[str, Any]], left: Iterable[Any], cases: Iterable[Case], today: date) -> list[ToAsk]:
    """What can be asked now of the people of a caseload, soonest first."""
    by_id = {case.episode_id: case for case in cases}
    refused: dict[str, list[Any]] = {}
    for one in left:
        refused.setdefault(str(one.episode_id), []).append(one)
    return [
        ToAsk(by_id[row["episode_id"]], due)
        for row in rows
        if row["episode_id"] in by_id
        for due in due_rows([row], refused.get(row["episode_id"], ()), today)
    ]


def next_rows(rows: Iterable[Mapping[str, Any]], today: date) -> list[str]:
    """What will be asked later, in a line each."""
    return [
        f"{label('instrument', row['instrument'])}, {label('occasion', row['occasion']).lower()}: "
        f"due on {day(row['due_on'])}, from {day(row['opens_on'])}."
        for row in rows
        if row["opens_on"] > today
    ]


def open_rows(asked: Iterable[Any]) -> list[AskedRow]:
    """Questionnaires that were asked and wait for their answers."""
    return [
        AskedRow(
            str(one.pk),
            label("instrument", one.instrument),
            f"{label('occasion', one.occasion)}. {WAYS[one.way]}. Asked on {day(one.created_at)} by {one.asked_by.name}"
            + (", and begun." if hasattr(one, "draft") else "."),
            one.way == "link",
        )
        for one in asked
        if one.is_open
    ]


def left_rows(asked: Iterable[Any]) -> list[str]:
    """What was not answered, and why."""
    return [
        f"{label('instrument', one.instrument)}, {label('occasion', one.occasion).lower()}: "
        f"{REASONS.get(one.unanswered_reason, one.unanswered_reason).lower()}, {day(one.unanswered_on)}."
        for one in asked
        if one.unanswered_on
    ]


def _was_left(row: Mapping[str, Any], refused: set[tuple[str, str, date]]) -> bool:
    return any(
        (row["instrument"], row["occasion"]) == (id, occasion) and on >= row["opens_on"] for id, occasion, on in refused
    )


def answer_rows(wording: Wording | None, standing: Mapping[str, str]) -> list[tuple[str, str, str]]:
    """Each answer of a form: the item's number, its words where there are any, and what was answered."""
    return [
        (item, wording.question(item) if wording else "", _said(wording, item, answer))
        for item, answer in standing.items()
    ]


def _said(wording: Wording | None, item: str, answer: str) -> str:
    if not answer:
        return "Not answered"
    words = wording.label(item, answer) if wording else answer
    return answer if words == answer else f"{words} ({answer})"
