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
    FidelityActions,
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
    "FidelityActions",
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
    By the other events an episode that is allocated to another arm than `arm` never enters, where one is named.
    """

    event: Literal["allocation_or_acceptance", "accepted", "opted_in", "first_appointment", "referred", "consented"]
    arm: str = ""
    accepted_from: date | None = None

    @model_validator(mode="after")
    def _complete(self) -> Self:
        if self.event == "allocation_or_acceptance" and not (self.arm and self.accepted_from):
            raise ValueError("needs arm and accepted_from: add them")
        return self


class HoursBands(Sourced):
    """Weekly hours of exactly `boundary` belong to the band of `boundary_belongs_to`, or are a band of their `own`."""

    boundary: Positive
    boundary_belongs_to: Literal["upper", "lower", "own"]
    lower: Identifier
    upper: Identifier

    @property
    def own(self) -> str:
        """The band of exactly the boundary's hours, where it is one."""
        return f"exactly_{self.boundary}"

    @property
    def ids(self) -> tuple[str, ...]:
        """The bands, lower first; hours that are not known are in none."""
        return (self.lower, self.own, self.upper) if self.boundary_belongs_to == "own" else (self.lower, self.upper)


class ContactMeaning(Sourced):
    """Which attended contacts with the person are appointments, and which contacts with them are two-way.

    Two-way are contacts whose attendance is one of `two_way_attendance` and whose kind is one of `two_way_kinds` (none
    named: any).
    """

    appointment_kinds: Annotated[tuple[Words, ...], Field(min_length=1)]
    two_way_attendance: Annotated[tuple[Words, ...], Field(min_length=1)] = ("attended",)
    two_way_kinds: tuple[Words, ...] = ()


class Group(Entry):
    """Some of those a service works with, by what a column of their episode holds.

    `codes` names what puts somebody in; `other_than` lets everybody in whose code is known and not named.
    `also_called`: other words that the document has for the same people. `people`: who they are in a sentence with a
    number before it, "13 of 27 in-work clients"; they are people where it is not said.
    """

    name: Words
    people: Words = "people"
    also_called: tuple[Words, ...] = ()
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

    `same_job`: a document that names a job counts only for that job. `any_day`: a document may vouch for a day before
    the outcome's.
    """

    outcome: Identifier
    accepted: Annotated[tuple[Words, ...], Field(min_length=1)]
    backup: tuple[tuple[Words, ...], ...] = ()
    same_job: bool = False
    any_day: bool = False


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
