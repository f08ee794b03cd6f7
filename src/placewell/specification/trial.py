"""trial.toml: what is fixed before the first person is randomised, and what is said and asked at the first meeting."""

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from placewell.specification.entries import Choice, Entry, Identifier, Part, Sourced, Words

StepKind = Literal["script", "eligibility", "information", "consent", "baseline", "randomise", "next_step"]
Covers = Literal["support", "contact", "linkage", "held_data"]


class Arm(Entry):
    """A group people are allocated to, its share, what is said and written to the person, and what follows."""

    label: Words
    share: Annotated[int, Field(ge=1)]
    planned: Annotated[int, Field(ge=0)]
    enters_service: bool
    result: Words
    say: Words
    letter: tuple[Words, ...] = ()
    next_steps: tuple[Words, ...]


class Step(Entry):
    """A step of the first meeting, in its place; the next opens when it is done. `read_aloud` is said word by word."""

    kind: StepKind
    label: Words
    script: str = ""
    read_aloud: str = ""


class Statement(Entry):
    """A statement of the consent form. `needed`: nobody takes part without it; `consent`: the kind it gives."""

    text: Words
    needed: bool
    consent: Identifier


class ConsentForm(Sourced):
    """The form in use, its version, and the information given before it is signed. Source: 002 §11.3-11.4."""

    version: Words
    information_version: Words
    information: tuple[Words, ...]
    statements: Annotated[tuple[Statement, ...], Field(alias="statement", min_length=1)]


class BaselinePart(Entry):
    """A part of the baseline: the person items, or a questionnaire by its instrument. Source: 002 §17.5, App. 6."""

    label: Words
    kind: Literal["person_items", "questionnaire"]
    instrument: str = ""
    items: tuple[Identifier, ...] = ()

    @model_validator(mode="after")
    def _one_of_both(self) -> Self:
        if (self.kind == "questionnaire") != bool(self.instrument):
            raise ValueError("a questionnaire names its instrument, and only a questionnaire does")
        if (self.kind == "person_items") != bool(self.items):
            raise ValueError("the person items are listed, and only there")
        return self


class FollowUp(Entry):
    """A questionnaire asked again after randomisation. Source: 002 Fig. 2."""

    label: Words
    instrument: Identifier
    occasion: Identifier
    months: Annotated[int, Field(ge=1)]
    window_days: Annotated[int, Field(ge=0)]


class Handout(Entry):
    """What a person outside the service is given. Source: 002 §11.8."""

    label: Words
    edition: str = ""


class LocalService(Entry):
    """A service near the person that staff may point to; `lots` absent: of every lot. Source: 002 §9.10 xi."""

    label: Words
    kind: Identifier
    contact: str = ""
    lots: tuple[Identifier, ...] = ()


class Meaning(Part):
    """What a withdrawal means for one kind of data or contact."""

    covers: Covers
    text: Words


class Withdrawal(Choice):
    """What a participant may take back; `withdraws` are the kinds of consent that no longer hold.

    `closes_episode`: support ends with it, for the `closure_reason` of the pathway. Source: 002 §11.9.
    """

    stops: tuple[Covers, ...]
    withdraws: tuple[Identifier, ...] = ()
    closes_episode: bool = False
    closure_reason: str = ""
    meanings: Annotated[tuple[Meaning, ...], Field(alias="meaning", min_length=1)]

    @model_validator(mode="after")
    def _closes_for_a_reason(self) -> Self:
        if self.closes_episode != bool(self.closure_reason):
            raise ValueError("closes_episode goes with closure_reason, a reason of the pathway")
        return self


class MistakeReason(Choice):
    """Why a person should not have been randomised, or in which stratum they belong."""

    kind: Literal["randomised_in_error", "wrong_stratum", "baseline_corrected"]


class TrialFile(Sourced):
    """The randomised trial. Source: 002 §11, §18.3.

    `imbalance`: of big stick, the greatest difference between the arms of a stratum. `epoch_size`: allocations (of
    permuted blocks: blocks) of a stratum under one key packet; `epochs`: packets made for each stratum.
    `emergency_list`: places of the sealed list for a day on which the draw is out of reach, 0 for none.
    `guess_budget`: the greatest share of arms a team that pools everything may be able to guess (trust.md T8).
    """

    phase: Identifier
    number_prefix: Annotated[str, Field(pattern=r"^[A-Z]{2,4}$")]
    opens_on: date
    closes_at: datetime
    planned_participants: Annotated[int, Field(ge=1)]
    person_once: bool
    irreversible: bool
    method: Literal["permuted_blocks", "big_stick", "simple"]
    block_sizes: tuple[int, ...] = ()
    imbalance: Annotated[int, Field(ge=1)] | None = None
    epoch_size: Annotated[int, Field(ge=1)]
    epochs: Annotated[int, Field(ge=1)]
    emergency_list: Annotated[int, Field(ge=0)] = 0
    guess_budget: Annotated[Decimal, Field(gt=0, le=1)]
    notice_hours: Annotated[int, Field(ge=1)]
    stratified_by: tuple[Identifier, ...] = ()
    arms: Annotated[tuple[Arm, ...], Field(alias="arm", min_length=2)]
    steps: Annotated[tuple[Step, ...], Field(alias="step", min_length=1)]
    consent_form: ConsentForm
    baseline: Annotated[tuple[BaselinePart, ...], Field(min_length=1)]
    follow_ups: Annotated[tuple[FollowUp, ...], Field(alias="follow_up")] = ()
    handouts: Annotated[tuple[Handout, ...], Field(alias="handout")] = ()
    local_services: Annotated[tuple[LocalService, ...], Field(alias="local_service")] = ()
    withdrawals: Annotated[tuple[Withdrawal, ...], Field(alias="withdrawal")] = ()
    mistakes: Annotated[tuple[MistakeReason, ...], Field(alias="mistake")] = ()
    trained_in: tuple[Identifier, ...] = ()

    @model_validator(mode="after")
    def _window_in_order(self) -> Self:
        if self.closes_at.date() < self.opens_on:
            raise ValueError("closes_at is before opens_on")
        return self

    @model_validator(mode="after")
    def _method_complete(self) -> Self:
        if self.method == "big_stick" and self.imbalance is None:
            raise ValueError("big_stick needs imbalance, the greatest difference between the arms")
        if self.method == "permuted_blocks" and not self.block_sizes:
            raise ValueError("permuted_blocks needs block_sizes")
        return self

    @model_validator(mode="after")
    def _list_under_one_packet(self) -> Self:
        if self.emergency_list > self.epoch_size:
            raise ValueError("emergency_list is longer than one packet draws: make it at most epoch_size")
        return self

    def entering(self) -> Arm:
        """The arm that enters the service."""
        return next(arm for arm in self.arms if arm.enters_service)
