"""pathway.toml: the states of an episode, its limits and clocks, caseload limits, and the codes casework uses."""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from placewell.specification.asking import Asking
from placewell.specification.entries import Choice, Entry, Identifier, Sourced, Words

Days = Annotated[int, Field(ge=0)]
Positive = Annotated[int, Field(ge=1)]


class State(Entry):
    """Where an episode can stand."""

    label: Words
    open: bool
    help: str = ""


class Transition(Entry):
    """A step from one state to another, who may take it and what it asks for."""

    origins: tuple[Identifier, ...]
    target: Identifier
    label: Words
    by: tuple[Words, ...]
    needs: tuple[Words, ...] = ()
    phases: tuple[Identifier, ...] = ()


class Limit(Entry):
    """How long support lasts: `months` after the event `runs_from`; beyond it an exception needs a reason."""

    label: Words
    runs_from: Literal["entry", "first_job_start", "current_job_start"]
    months: Positive
    exception_needs_reason: bool = True
    in_use: bool = True


class Support(Sourced):
    """How the limits combine, and whether support can be taken up again."""

    combine: Literal["sequential", "either", "total"]
    job_search: Identifier
    in_work: Identifier
    re_access: bool
    re_access_asked_by: tuple[Literal["person", "employer"], ...] = ()


class CaseloadLimit(Entry):
    """The most open cases of one full-time specialist in a year of the service (the last entry holds on)."""

    service_year: Positive
    usual_from: Positive
    usual_to: Positive
    maximum: Positive
    fte_weighted: bool = True


class CaseloadNorm(Entry):
    """How many cases a full-time specialist is expected to manage in a year of the service."""

    service_year: Positive
    cases_from: Positive
    cases_to: Positive


class ActiveCase(Sourced):
    """What makes a case active on a day."""

    contact_days: Positive
    contact: Literal["two_way"]
    plan_kind: Identifier


class SessionGuide(Sourced):
    """How many sessions people usually need: a guide that alerts, and no limit. Source: 004 §3.2; X38."""

    usual_from: Positive
    usual_to: Positive

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.usual_to < self.usual_from:
            raise ValueError("usual_to is under usual_from: correct one of them")
        return self

    def alert(self, sessions: int) -> str | None:
        """What to say of someone who has had that many sessions: something beyond the guide, nothing within it."""
        if sessions <= self.usual_to:
            return None
        return f"{sessions} sessions; people usually need {self.usual_from} to {self.usual_to}."


class Reason(Choice):
    """A reason for declining or closing; `unsuitable` referrals are counted as such.

    `needs_outreach`: attempts to reach the person must be recorded first. Source: 002 App. 7 Sv 14.
    `out_of_reach`: nobody can be asked to have told the person how to come back. `death`: nor anything after it.
    `in_work`: what it says of their work on that day, which the record must bear out; null where it says nothing.
    """

    unsuitable: bool = False
    needs_words: bool = False
    not_for: tuple[Words, ...] = ()
    needs_outreach: bool = False
    out_of_reach: bool = False
    death: bool = False
    in_work: bool | None = None


class StalledRule(Choice):
    """When a case is called stuck: so many days without what `kind` looks for (placewell.cadence.stalled)."""

    kind: Identifier
    days: Positive


class Destination(Choice):
    """An event in a person's life that is no job, and the group that indicators count it in."""

    group: Identifier


class EvidenceKind(Choice):
    """A kind of document that can prove an outcome."""

    from_employer: bool = False


class ConsentKind(Choice):
    """Something a person can agree to, and withdraw."""

    phases: tuple[Identifier, ...] = ()
    needs_form: bool = False


class PlanPart(Choice):
    """Something a plan covers; its steps stand under it. `kinds`: the kinds of plan it is part of, none: of each."""

    kinds: tuple[Identifier, ...] = ()


class Clock(Entry):
    """A duty with a day on which it breaks.

    `kind` says which facts start, stop and repeat it (placewell.cadence); the numbers are the contract's:
    `days`, `working_days` or `months` allowed from the event, `every_days` or `every_months` between repeats, and the
    stretch `from_days`/`until_days`/`until_months` after the event in which it repeats. `from_days` of a clock that is
    met by something done beforehand: how many days before the event that may be. `codes`: what counts, where the kind
    looks for codes. Working days are those of England: no weekend, no bank holiday.
    """

    kind: Identifier
    what: Words
    action: Identifier
    satisfied_by: Words
    days: Days | None = None
    working_days: Days | None = None
    months: Positive | None = None
    every_days: Positive | None = None
    every_months: Positive | None = None
    from_days: Days | None = None
    until_days: Days | None = None
    until_months: Positive | None = None
    outcome: str = ""
    codes: tuple[Identifier, ...] = ()
    warn_days: Days | None = None
    face_to_face: bool = False


class StaffClock(Entry):
    """A duty towards a member of staff, again and again while they hold a post; `kind` is a rule of placewell.cadence.

    `codes`: what counts as having done it. How often: `ratio`, a ratio of governance.toml that bounds the weeks between
    two times, or `every_days`. Source: 002 App. 7 Org 4-5.
    """

    kind: Identifier
    what: Words
    action: Identifier
    satisfied_by: Words
    codes: tuple[Identifier, ...]
    ratio: Identifier | None = None
    every_days: Positive | None = None
    warn_days: Days | None = None

    @model_validator(mode="after")
    def _one_number(self) -> Self:
        if (self.ratio is None) == (self.every_days is None):
            raise ValueError("how often is not clear: give it a ratio or every_days, one of the two")
        return self


class PathwayFile(Sourced):
    """From referral to closure; a service whose support has no limit has no `support`.

    Source: 002 §9, App. 7 and App. 8.
    """

    support: Support | None = None
    active_case: ActiveCase | None = None
    session_guide: SessionGuide | None = None
    states: Annotated[tuple[State, ...], Field(alias="state")] = ()
    transitions: Annotated[tuple[Transition, ...], Field(alias="transition")] = ()
    limits: Annotated[tuple[Limit, ...], Field(alias="limit")] = ()
    exception_reasons: Annotated[tuple[Reason, ...], Field(alias="exception_reason")] = ()
    caseload_limits: Annotated[tuple[CaseloadLimit, ...], Field(alias="caseload_limit")] = ()
    caseload_norms: Annotated[tuple[CaseloadNorm, ...], Field(alias="caseload_norm")] = ()
    decline_reasons: Annotated[tuple[Reason, ...], Field(alias="decline_reason")] = ()
    closure_reasons: Annotated[tuple[Reason, ...], Field(alias="closure_reason")] = ()
    stalled: tuple[StalledRule, ...] = ()
    not_closure_reasons: Annotated[tuple[Choice, ...], Field(alias="not_closure_reason")] = ()
    destinations: Annotated[tuple[Destination, ...], Field(alias="destination")] = ()
    evidence_kinds: Annotated[tuple[EvidenceKind, ...], Field(alias="evidence_kind")] = ()
    consent_kinds: Annotated[tuple[ConsentKind, ...], Field(alias="consent_kind")] = ()
    barriers: Annotated[tuple[Choice, ...], Field(alias="barrier")] = ()
    profile_parts: Annotated[tuple[Choice, ...], Field(alias="profile_part")] = ()
    assessment_parts: Annotated[tuple[Choice, ...], Field(alias="assessment_part")] = ()
    plan_parts: Annotated[tuple[PlanPart, ...], Field(alias="plan_part")] = ()
    plan_kinds: Annotated[tuple[Choice, ...], Field(alias="plan_kind")] = ()
    clocks: Annotated[tuple[Clock, ...], Field(alias="clock")] = ()
    staff_clocks: Annotated[tuple[StaffClock, ...], Field(alias="staff_clock")] = ()
    questionnaires: Annotated[tuple[Asking, ...], Field(alias="questionnaire")] = ()

    def parts_of(self, kind: str) -> tuple[PlanPart, ...]:
        """What a plan of that kind covers, as the document has it; nothing where it says nothing."""
        return tuple(part for part in self.plan_parts if not part.kinds or kind in part.kinds)

    @property
    def deaths(self) -> frozenset[str]:
        """The reasons for closing that say the person has died."""
        return frozenset(reason.id for reason in self.closure_reasons if reason.death)

    def limit_of(self, half: Literal["job_search", "in_work"]) -> Limit | None:
        """The limit of support to find a job, or in it; none where the service sets no limit."""
        named = getattr(self.support, half, None)
        return next((limit for limit in self.limits if limit.id == named), None)
