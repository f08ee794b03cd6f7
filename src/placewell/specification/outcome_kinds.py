"""The kinds of outcome: how the day on which something is reached is found, and whether it succeeds."""

from decimal import Decimal
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from placewell.specification.entries import Entry, Identifier, Part, Words

Positive = Annotated[int, Field(ge=1)]
Days = Annotated[int, Field(ge=0)]
Cohort = Literal["maturity", "entry"]
"""Whom a proportion with a limit day is taken over: those whose limit falls in the period, or who entered in it."""


class Outcome(Entry):
    """Something that is reached on a day; the kind says how the day is found, the numbers are the contract's."""

    name: Words
    short_name: str = ""
    reached: str = ""  # what a count of people says: "40 started a job"
    milestone: bool = False  # a mark on the person's timeline


class Only(Part):
    """A further condition on rows: their `column` holds one of `codes`; a row where it is empty is left out."""

    column: Identifier
    codes: Annotated[tuple[Words, ...], Field(min_length=1)]


class Referral(Outcome):
    """The referral itself; `again`: the person has an earlier episode; `led_to`: it has come to that step since.

    One that has neither come to the step nor been declined or closed is not due yet.
    """

    kind: Literal["referral"]
    again: bool = False
    led_to: Literal["", "accepted", "opted_in"] = ""


class EpisodeStep(Outcome):
    """A step of the episode on its day; `reasons` (none named: any): why it was declined or closed."""

    kind: Literal["episode_step"]
    step: Literal["accepted", "opted_in", "declined", "closed"]
    reasons: tuple[Words, ...] = ()

    @model_validator(mode="after")
    def _reasons_of_an_end(self) -> Self:
        if self.reasons and self.step not in ("declined", "closed"):
            raise ValueError(f"a step {self.step!r} has no reasons: take them out")
        return self


class Ended(Outcome):
    """The end of an episode on its day: closed for one of `closed`, or declined for one of `declined`.

    `any_closure`: closed for whatever reason. Met by none of them, the episode ended in another way. Source: X40.
    """

    kind: Literal["ended"]
    any_closure: bool = False
    closed: tuple[Words, ...] = ()
    declined: tuple[Words, ...] = ()

    @model_validator(mode="after")
    def _asks_something(self) -> Self:
        if self.any_closure == bool(self.closed):
            raise ValueError("needs any_closure or closed, and not both: keep one of them")
        return self


class Standing(Outcome):
    """How an episode stands on a day.

    `waiting`: not entered, declined or closed; `open`: entered, not declined or closed; `in_work`: of the open ones, a
    job start whose job covers the day.
    """

    kind: Literal["standing"]
    state: Literal["waiting", "open", "in_work"]


class Entered(Outcome):
    """Programme entry; with `column`, met only where the episode's column holds one of `codes`."""

    kind: Literal["entered"]
    column: Identifier | None = None
    codes: tuple[Words, ...] = ()

    @model_validator(mode="after")
    def _column_with_codes(self) -> Self:
        if (self.column is None) != (not self.codes):
            raise ValueError("column and codes belong together: add the other, or take both out")
        return self


class FirstContact(Outcome):
    """The first two-way contact on or after the referral."""

    kind: Literal["first_contact"]


class Engagement(Outcome):
    """`any` or `all` of: appointments, a profile begun or completed, a plan agreed; the day it becomes true."""

    kind: Literal["engagement"]
    rule: Literal["any", "all"] = "any"
    appointments: Positive | None = None
    profile_started: bool = False
    profile_completed: bool = False
    plan_agreed: Words | None = None

    @model_validator(mode="after")
    def _asks_something(self) -> Self:
        if not (self.appointments or self.profile_started or self.profile_completed or self.plan_agreed):
            raise ValueError("asks for nothing: set appointments, profile_started, profile_completed or plan_agreed")
        return self


class RapidJobSearch(Outcome):
    """The first of `events` on or after entry and at most `days` after `clock_start`; due on the last of those days.

    `clock_start`: programme entry, the referral, or the first appointment since entry (none yet: not due). The period
    is that of the last day, or with `cohort = "entry"` that of entry.
    """

    kind: Literal["rapid_job_search"]
    events: Annotated[tuple[Literal["application", "face_to_face_employer_contact"], ...], Field(min_length=1)]
    days: Positive
    clock_start: Literal["entry", "referral", "first_appointment"] = "entry"
    cohort: Cohort = "maturity"


class JobStart(Outcome):
    """The first day worked in a competitive job. A part-time job also counts by `part_time_paid_hours` where set.

    `part_time_below`: the weekly hours under which a job is part-time (unset: those of the lower band). `paid_hours`: a
    job counts by so many hours paid and by nothing else, on its first day worked, else the day it started.
    """

    kind: Literal["job_start"]
    part_time_paid_hours: Positive | None = None
    part_time_below: Positive | None = None
    paid_hours: Positive | None = None

    @model_validator(mode="after")
    def _one_rule_of_hours(self) -> Self:
        if self.paid_hours and self.part_time_paid_hours:
            raise ValueError("paid_hours holds for every job, part_time_paid_hours for some: take one of them out")
        return self


class WeeksInWork(Outcome):
    """The day on which the days in work since the first job start reach 7 × weeks, in any number of jobs.

    `max_gap_days` (unset: any): a longer stretch out of work begins the count anew; 0 asks for unbroken work. Hours are
    averaged over just those days in work, or with `hours_days` over so many days ending that day (out of work: 0).
    `requires`: outcomes that must have been reached, and proved where that is asked, by that day.
    """

    kind: Literal["weeks_in_work"]
    weeks: Positive
    max_gap_days: Days | None = None
    hours_days: Positive | None = None
    requires: tuple[Identifier, ...] = ()


class StillInWork(Outcome):
    """In work 7 × weeks after the first job start; hours are averaged over the `hours_days` ending that day.

    `months`: so many calendar months after it, in place of the weeks. Without `hours_days` the average is taken from
    the first day worked on. `max_gap_days` (unset: no rule): the longest stretch out of work before the milestone that
    is allowed. `requires`: outcomes that must have been reached, and proved where that is asked, by that day.
    """

    kind: Literal["still_in_work"]
    weeks: Positive
    months: Positive | None = None
    hours_days: Positive | None = None
    max_gap_days: Days | None = None
    requires: tuple[Identifier, ...] = ()


class ActiveCaseload(Outcome):
    """On a day: entered, open, a two-way contact on one of the last `contact_days`, a plan of `plan_kind` in force.

    `job_begun_days` (unset: not asked): also in work that day, in an episode whose first job start was on one of the
    last so many days.
    """

    kind: Literal["active_caseload"]
    contact_days: Positive
    plan_kind: Words
    job_begun_days: Positive | None = None


class WorkStatus(Outcome):
    """Work status a number of days after entry, by the check nearest to that day (of two as near, the later).

    A check counts from `from_days` to `until_days` after entry; `met_by` are the statuses that succeed. The period is
    that of the day so many days after entry, or with `cohort = "entry"` that of entry.
    """

    kind: Literal["work_status"]
    days: Positive
    from_days: Positive
    until_days: Positive
    met_by: Annotated[tuple[Words, ...], Field(min_length=1)]
    cohort: Cohort = "maturity"

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if not self.from_days <= self.days <= self.until_days:
            raise ValueError("days does not lie between from_days and until_days: correct the three")
        return self


class FirstRecord(Outcome):
    """The first row of a table, on or after entry or referral, whose `column` holds one of `codes` (none named: any).

    Rows must also hold what `only` asks for.


    Everybody entered has it looked at from entry; `since = "referral"` takes people who never enter as well.
    `every`: all of `codes` must have been recorded; the day is that of the last of them.
    """

    kind: Literal["first_record"]
    table: Literal["destinations", "disclosures", "work_methods", "onward_referrals"]
    column: Identifier
    codes: tuple[Words, ...] = ()
    only: tuple[Only, ...] = ()
    met_by: tuple[Words, ...] = ()  # of these codes, the ones that succeed (none named: all)
    since: Literal["entry", "referral"] = "entry"
    every: bool = False


class Answered(Outcome):
    """The last form on one of `occasions` that answers all of `items`; `good` are the answers of each that succeed."""

    kind: Literal["answered"]
    instrument: Identifier
    occasions: tuple[Words, ...] = ()
    items: Annotated[tuple[Words, ...], Field(min_length=1)]
    good: Annotated[tuple[Words, ...], Field(min_length=1)]


class ExitQuestionnaire(Outcome):
    """The closing of an episode; met with a form of an instrument on one of `occasions`.

    With `item`, asked of those whose form answers it, and met by one of `good`.
    """

    kind: Literal["exit_questionnaire"]
    instrument: Identifier
    occasions: Annotated[tuple[Words, ...], Field(min_length=1)]
    item: str = ""
    good: tuple[Words, ...] = ()

    @model_validator(mode="after")
    def _item_with_answers(self) -> Self:
        if bool(self.item) != bool(self.good):
            raise ValueError("item and good belong together: add the other, or take both out")
        return self


class QuestionnaireChange(Outcome):
    """First complete baseline of an instrument against the last complete later response, on one scale.

    `improved`: met only when the later score is better. `since_entry`: a baseline before entry is not looked at.
    `best`: the score that cannot be bettered; figures say how many began there. `value_set` (unset: the instrument's
    own): what a state of health is worth.
    """

    kind: Literal["questionnaire_change"]
    instrument: Identifier
    scale: Identifier
    improved: bool = False
    since_entry: bool = False
    best: Decimal | int | None = None
    value_set: Words | None = None


class SupportInWork(Outcome):
    """From the first job start to the last two-way contact, known when the episode has closed."""

    kind: Literal["support_in_work"]


class EachAppointment(Outcome):
    """Every appointment of those entered, one by one."""

    kind: Literal["each_appointment"]


class EachRow(Outcome):
    """Every row of a table, on its day, whose `column` holds one of `codes` (no column named: every row).

    Rows of an episode are looked at from its entry, or with `since = "referral"` from its referral; rows that belong to
    no episode are the service's. `face_to_face`: only such contacts. `only`: further columns, so that missed contacts
    need not count. `of_nobody`: only rows that belong to no episode, such as a visit to an employer for no one person.
    """

    kind: Literal["each_row"]
    table: Literal["activities", "employer_contacts", "contacts", "onward_referrals", "destinations", "supervisions"]
    column: Identifier | None = None
    codes: tuple[Words, ...] = ()
    only: tuple[Only, ...] = ()
    face_to_face: bool = False
    of_nobody: bool = False
    since: Literal["entry", "referral"] = "entry"

    @model_validator(mode="after")
    def _column_with_codes(self) -> Self:
        if self.codes and self.column is None:
            raise ValueError("names codes and no column: add column")
        if self.face_to_face and self.table != "employer_contacts":
            raise ValueError(f"{self.table} do not say whether they were face to face: take face_to_face out")
        return self


class EachOf(Outcome):
    """Every row of several outcomes of kind `each_row`, together: visits and training sessions in one count."""

    kind: Literal["each_of"]
    outcomes: Annotated[tuple[Identifier, ...], Field(min_length=2)]


class FidelityReview(Outcome):
    """Every review of fidelity on a scale, of one of `reviews` (none named: any kind).

    Met when all `items` are scored and their sum is at least `least`; `within_months` (unset: at any time): of the
    contract's first day.
    """

    kind: Literal["fidelity_review"]
    scale: Words
    reviews: tuple[Words, ...] = ()
    items: Positive
    least: Annotated[int, Field(ge=0)] = 0
    within_months: Positive | None = None


class FidelityActions(Outcome):
    """Every action of the plans that follow reviews on a scale, judged at the first review of `judged_at` after it.

    `reviews`: the kinds whose plans are looked at (none named: any kind). Met when achieved by the day of the review
    that judges it, which is its day; a review of one team judges that team's plans alone.
    """

    kind: Literal["fidelity_actions"]
    scale: Words
    reviews: tuple[Words, ...] = ()
    judged_at: Annotated[tuple[Words, ...], Field(min_length=1)]


ROWS = ("each_appointment", "each_row", "each_of", "fidelity_review", "fidelity_actions")
"""Kinds whose subjects are rows of a table, not people or their episodes."""

ON_A_DAY = ("active_caseload", "standing")
"""Kinds that look at one day: the last of the period, or the as-at day when that is earlier."""

AnyOutcome = Annotated[
    Referral
    | EpisodeStep
    | Ended
    | Standing
    | Entered
    | WorkStatus
    | ExitQuestionnaire
    | EachAppointment
    | EachRow
    | EachOf
    | FidelityReview
    | FidelityActions
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
