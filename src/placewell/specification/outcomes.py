"""outcomes.toml: when an episode enters the programme, what each outcome means, and which documents prove it."""

from datetime import date
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from placewell.specification.entries import Entry, Identifier, Sourced, Words

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


class Outcome(Entry):
    """Something that is reached on a day; the kind says how the day is found, the numbers are the contract's."""

    name: Words
    short_name: str = ""
    reached: str = ""  # what a count of people says: "40 started a job"
    milestone: bool = False  # a mark on the person's timeline


class Referral(Outcome):
    """The referral itself; `again`: the person has an earlier episode in the service."""

    kind: Literal["referral"]
    again: bool = False


class FirstContact(Outcome):
    """The first two-way contact on or after the referral."""

    kind: Literal["first_contact"]


class Engagement(Outcome):
    """`any` or `all` of: a number of appointments, a profile completed, a plan agreed; the day it becomes true."""

    kind: Literal["engagement"]
    rule: Literal["any", "all"] = "any"
    appointments: Positive | None = None
    profile_completed: bool = False
    plan_agreed: Words | None = None

    @model_validator(mode="after")
    def _asks_something(self) -> Self:
        if not (self.appointments or self.profile_completed or self.plan_agreed):
            raise ValueError("asks for nothing: set appointments, profile_completed or plan_agreed")
        return self


class RapidJobSearch(Outcome):
    """The first of `events` on or after entry and at most `days` later; due on the last of those days."""

    kind: Literal["rapid_job_search"]
    events: Annotated[tuple[Literal["application", "face_to_face_employer_contact"], ...], Field(min_length=1)]
    days: Positive


class JobStart(Outcome):
    """The first day worked in a competitive job. A part-time job also counts by `part_time_paid_hours` where set."""

    kind: Literal["job_start"]
    part_time_paid_hours: Positive | None = None


class WeeksInWork(Outcome):
    """The day on which the days in work since the first job start reach 7 × weeks, in any number of jobs."""

    kind: Literal["weeks_in_work"]
    weeks: Positive


class StillInWork(Outcome):
    """In work 7 × weeks after the first job start; hours are averaged over the `hours_days` ending that day.

    `max_gap_days` (unset: no rule): the longest stretch out of work before the milestone that is allowed.
    """

    kind: Literal["still_in_work"]
    weeks: Positive
    hours_days: Positive
    max_gap_days: Positive | None = None


class ActiveCaseload(Outcome):
    """On a day: entered, open, a two-way contact on one of the last `contact_days`, a plan of `plan_kind` in force.

    `job_begun_days` (unset: not asked): also in work that day, in an episode whose first job start was on one of the
    last so many days.
    """

    kind: Literal["active_caseload"]
    contact_days: Positive
    plan_kind: Words
    job_begun_days: Positive | None = None


class FirstRecord(Outcome):
    """The first row on or after entry of a table whose `column` holds one of `codes` (none named: any)."""

    kind: Literal["first_record"]
    table: Literal["destinations", "disclosures", "work_methods", "onward_referrals"]
    column: Identifier
    codes: tuple[Words, ...] = ()
    met_by: tuple[Words, ...] = ()  # of these codes, the ones that succeed (none named: all)


class Answered(Outcome):
    """The last answered form of an instrument on one of `occasions`; `good` are the answers of `item` that succeed."""

    kind: Literal["answered"]
    instrument: Identifier
    occasions: tuple[Words, ...] = ()
    item: Words
    good: tuple[Words, ...]


class QuestionnaireChange(Outcome):
    """First complete baseline of an instrument against the last complete later response, on one scale."""

    kind: Literal["questionnaire_change"]
    instrument: Identifier
    scale: Identifier


class SupportInWork(Outcome):
    """From the first job start to the last two-way contact, known when the episode has closed."""

    kind: Literal["support_in_work"]


AnyOutcome = Annotated[
    Referral
    | FirstContact
    | Engagement
    | RapidJobSearch
    | JobStart
    | WeeksInWork
    | StillInWork
    | ActiveCaseload
    | FirstRecord
    | Answered
    | QuestionnaireChange
    | SupportInWork,
    Field(discriminator="kind"),
]


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
    outcomes: Annotated[tuple[AnyOutcome, ...], Field(alias="outcome", min_length=1)]
    evidence: tuple[EvidenceRule, ...] = ()

    def outcome(self, id: str) -> AnyOutcome:
        """The outcome of that id; KeyError where there is none."""
        for outcome in self.outcomes:
            if outcome.id == id:
                return outcome
        raise KeyError(id)

    def evidence_for(self, id: str) -> EvidenceRule | None:
        """The documents asked for an outcome, or none where the record itself is enough."""
        return next((rule for rule in self.evidence if rule.outcome == id), None)

    def of_kind(self, *kinds: str) -> tuple[AnyOutcome, ...]:
        """The outcomes of some kinds, in the order of the file."""
        return tuple(outcome for outcome in self.outcomes if outcome.kind in kinds)
