"""outcomes.toml: when an episode enters the programme, what each outcome means, and which documents prove it."""

from datetime import date
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from placewell.specification.entries import Entry, Identifier, Sourced, Words
from placewell.specification.outcome_kinds import (
    ON_A_DAY,
    ROWS,
    ActiveCaseload,
    Answered,
    AnyOutcome,
    EachAppointment,
    EachOf,
    EachRow,
    Ended,
    Engagement,
    Entered,
    EpisodeStep,
    ExitQuestionnaire,
    FidelityReview,
    FirstContact,
    FirstRecord,
    JobStart,
    Outcome,
    QuestionnaireChange,
    RapidJobSearch,
    Referral,
    Standing,
    StillInWork,
    SupportInWork,
    WeeksInWork,
    WorkStatus,
)

__all__ = [
    "ON_A_DAY",
    "ROWS",
    "ActiveCaseload",
    "Answered",
    "AnyOutcome",
    "ContactMeaning",
    "EachAppointment",
    "EachOf",
    "EachRow",
    "Ended",
    "Engagement",
    "Entered",
    "EpisodeStep",
    "EvidenceRule",
    "ExitQuestionnaire",
    "FidelityReview",
    "FirstContact",
    "FirstRecord",
    "Group",
    "HoursBands",
    "JobStart",
    "Outcome",
    "OutcomesFile",
    "ProgrammeEntry",
    "QuestionnaireChange",
    "RapidJobSearch",
    "Referral",
    "Standing",
    "StillInWork",
    "SupportInWork",
    "WeeksInWork",
    "WorkStatus",
]

Positive = Annotated[int, Field(ge=1)]


class ProgrammeEntry(Sourced):
    """The event that enters an episode into the programme; nothing before it is looked at by an outcome.

    `allocation_or_acceptance`: the day of allocation to `arm`; without an allocation in the episode, the day accepted
    when that is on or after `accepted_from`, or when the person already holds an allocation to `arm`.
    """

    event: Literal["allocation_or_acceptance", "accepted", "opted_in", "first_appointment"]
    arm: str = ""
    accepted_from: date | None = None

    @model_validator(mode="after")
    def _complete(self) -> Self:
        if self.event == "allocation_or_acceptance" and not (self.arm and self.accepted_from):
            raise ValueError("needs arm and accepted_from: add them")
        return self


class HoursBands(Sourced):
    """Weekly hours of exactly `boundary` belong to the band of `boundary_belongs_to`."""

    boundary: Positive
    boundary_belongs_to: Literal["upper", "lower"]
    lower: Identifier
    upper: Identifier

    @property
    def ids(self) -> tuple[str, str]:
        """The two bands, lower first; hours that are not known are in neither."""
        return self.lower, self.upper


class ContactMeaning(Sourced):
    """Which attended contacts with the person are appointments; all attended ones are two-way contacts."""

    appointment_kinds: Annotated[tuple[Words, ...], Field(min_length=1)]


class Group(Entry):
    """Some of those a service works with, by what a column of their episode holds.

    `codes` names what puts somebody in; `other_than` lets everybody in whose code is known and not named.
    """

    name: Words
    column: Identifier
    codes: tuple[Words, ...] = ()
    other_than: tuple[Words, ...] = ()

    @model_validator(mode="after")
    def _one_of_two(self) -> Self:
        if bool(self.codes) == bool(self.other_than):
            raise ValueError("needs codes or other_than, and not both: keep one of them")
        return self


class EvidenceRule(Entry):
    """The documents that prove an outcome: one of `accepted`, or all of one set of `backup`, which is marked.

    `same_job`: a document that names a job counts only for that job.
    """

    outcome: Identifier
    accepted: Annotated[tuple[Words, ...], Field(min_length=1)]
    backup: tuple[tuple[Words, ...], ...] = ()
    same_job: bool = False


class OutcomesFile(Sourced):
    """What counts, and what proves it. Source: 002 §17 and App. 6."""

    entry: ProgrammeEntry
    hours: HoursBands
    contact: ContactMeaning
    groups: Annotated[tuple[Group, ...], Field(alias="group")] = ()
    outcomes: Annotated[tuple[AnyOutcome, ...], Field(alias="outcome", min_length=1)]
    evidence: tuple[EvidenceRule, ...] = ()

    def outcome(self, id: str) -> AnyOutcome:
        """The outcome of that id; KeyError where there is none."""
        for outcome in self.outcomes:
            if outcome.id == id:
                return outcome
        raise KeyError(id)

    def group(self, id: str) -> Group:
        """The group of that id; KeyError where there is none."""
        for group in self.groups:
            if group.id == id:
                return group
        raise KeyError(id)

    def evidence_for(self, id: str) -> EvidenceRule | None:
        """The documents asked for an outcome, or none where the record itself is enough."""
        return next((rule for rule in self.evidence if rule.outcome == id), None)

    def of_kind(self, *kinds: str) -> tuple[AnyOutcome, ...]:
        """The outcomes of some kinds, in the order of the file."""
        return tuple(outcome for outcome in self.outcomes if outcome.kind in kinds)
