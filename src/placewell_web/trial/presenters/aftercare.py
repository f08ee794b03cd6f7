"""What pages after an allocation show: what was handed out, what a withdrawal means, mistakes and notices in words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from placewell.specification.trial import LocalService, TrialFile, Withdrawal
from placewell_web.nhsuk.words import day, moment
from placewell_web.trial.scopes import meanings

KIND_LABELS = {
    "support": "Support from the service",
    "contact": "Contact by researchers",
    "linkage": "Looking up health records",
    "held_data": "What is held already",
}
NOTICE_LABELS = {
    "withdrawal": "Someone left the study, or a part of it",
    "void": "Someone was randomised in error",
    "note": "A correction after an allocation",
    "issue": "Something that may matter to the comparison",
}
DECISIONS = {
    "": ("Waits for a second person", "orange"),
    "agreed": ("Agreed", "green"),
    "refused": ("Not agreed", "grey"),
}


@dataclass(frozen=True)
class Effect:
    """What a withdrawal means for one kind of data."""

    label: str
    text: str
    stops: bool


def effects(chosen: Iterable[Withdrawal]) -> list[Effect]:
    return [Effect(KIND_LABELS[kind], text, stops) for kind, text, stops in meanings(chosen)]


@dataclass(frozen=True)
class Taken:
    """A part of the study that a person has left."""

    label: str
    on: str
    told: str


def taken_back(trial: TrialFile, rows: Iterable[Any]) -> list[Taken]:
    labels = {one.id: one.label for one in trial.withdrawals}
    return [Taken(labels.get(row.scope, row.scope), day(row.on), moment(row.recorded_at)) for row in rows]


@dataclass(frozen=True)
class ReportRow:
    """A mistake that was told, and what became of it."""

    id: UUID
    label: str
    words: str
    number: str
    name: str
    episode_id: UUID | None
    told: str
    state: str
    colour: str
    decided: str
    may_decide: bool
    effect: str


def report_row(trial: TrialFile, report: Any, episode: Any, may_decide: bool, areas: dict[str, str]) -> ReportRow:
    labels = {one.id: one.label for one in trial.mistakes}
    state, colour = DECISIONS[report.decision]
    decided = f"by {report.decided_by.name}, {day(report.decided_at)}" if report.decided_by else ""
    area = f" (should be {areas.get(report.stratum, report.stratum)})" if report.stratum else ""
    return ReportRow(
        id=report.pk,
        label=labels.get(report.reason, report.reason) + area,
        words=report.words,
        number=report.participant.number,
        name=f"{episode.person.first_name} {episode.person.surname}" if episode else "",
        episode_id=episode.pk if episode else None,
        told=f"Told by {report.reported_by.name}, {moment(report.reported_at)}",
        state=state,
        colour=colour,
        decided=decided,
        may_decide=may_decide,
        effect=_effect(report.kind),
    )


def _effect(kind: str) -> str:
    if kind == "randomised_in_error":
        return "The result stands and the place stays used. An entry says that the person should not have been drawn."
    return "The result stands. An entry says what was wrong."


@dataclass(frozen=True)
class NoticeRow:
    """A message to the evaluator: that it waits or was sent, never what it says."""

    label: str
    number: str
    state: str
    colour: str
    when: str


def notice_row(notice: Any, now: datetime) -> NoticeRow:
    label = NOTICE_LABELS.get(notice.kind, "A message")
    if notice.sent_at is not None:
        return NoticeRow(label, notice.participant_number, "Sent", "green", moment(notice.sent_at))
    late = notice.due_at < now
    state, colour = ("Late", "red") if late else ("To be sent", "blue")
    return NoticeRow(label, notice.participant_number, state, colour, f"due by {moment(notice.due_at)}")


def service_groups(services: Iterable[LocalService], rows: Iterable[Any]) -> list[str]:
    """The services a person has been told of, by name."""
    labels = {one.id: one.label for one in services}
    return [labels.get(row.code, row.code) for row in rows if row.kind == "local_service" and row.given]
