"""governance.toml: policies, registers, workforce standards, duties with a clock, commitments, and other services."""

from typing import Annotated, Literal

from pydantic import Field

from placewell.specification.entries import Choice, Entry, Identifier, Sourced, Words


class Policy(Entry):
    """A policy the service must have."""

    label: Words


class TrainingArea(Entry):
    """Something staff are trained in; `before` names what they may not do until then."""

    label: Words
    before: str = ""


class Ratio(Entry):
    """A bound on staffing."""

    label: Words
    at_most: int | None = None
    at_least: int | None = None
    per: str = ""


class Register(Entry):
    """A list the provider keeps."""

    label: Words
    one_row_per: Words
    shown_to: tuple[Words, ...] = ()


class Duty(Entry):
    """Something that must be done within a time after an event; `working_hours` measures an `immediately`."""

    label: Words
    kept_in: Identifier
    runs_from: Literal["occurred", "known", "received", "start_of_service", "before_work", "last_time", "change"]
    hours: Annotated[int, Field(ge=0)] | None = None
    days: Annotated[int, Field(ge=0)] | None = None
    months: Annotated[int, Field(ge=0)] | None = None
    immediately: bool = False
    working_hours: Annotated[int, Field(ge=1)] | None = None
    tell: Words


class Standard(Choice):
    """A heading of the workforce standards, shown by evidence at contract review."""


class OtherService(Choice):
    """A service outside the contract that people are sign-posted or referred to."""

    kind: Identifier
    public: bool = True


class FidelityItem(Choice):
    """An item of the service's fidelity guidelines; `lacks`: what records would have to hold to tell more of it."""

    group: Literal["staffing", "organisation", "services"]
    number: Annotated[int, Field(ge=1)]
    lacks: str = ""


class FidelityMeasure(Entry):
    """What records tell of an item of the fidelity guidelines; `kind` is a rule of placewell.fidelity.measuring.

    The numbers of the contract stand in its ratios and clocks, which are named here; `window_days` is how many days,
    ending on the day asked about, are looked at (0: that day alone), `codes` what counts.
    """

    item: Identifier
    kind: Identifier
    label: Words
    unit: Words
    per: str = ""
    window_days: Annotated[int, Field(ge=0)] = 0
    codes: tuple[Identifier, ...] = ()
    ratio: Identifier | None = None
    clocks: tuple[Identifier, ...] = ()


class Insurance(Entry):
    """An insurance the provider must hold; `least_cover` in pounds, where the document names a sum. Source: 004 §6."""

    label: Words
    level: Words
    least_cover: Annotated[int, Field(ge=1)] | None = None


class GovernanceFile(Sourced):
    """What the contract asks for beside casework. Source: 002 §12-§14, §22-§23, App. 3-5, App. 7."""

    policies: Annotated[tuple[Policy, ...], Field(alias="policy")] = ()
    training_areas: Annotated[tuple[TrainingArea, ...], Field(alias="training_area")] = ()
    ratios: Annotated[tuple[Ratio, ...], Field(alias="ratio")] = ()
    registers: Annotated[tuple[Register, ...], Field(alias="register")] = ()
    duties: Annotated[tuple[Duty, ...], Field(alias="duty")] = ()
    insurances: Annotated[tuple[Insurance, ...], Field(alias="insurance")] = ()
    standards: Annotated[tuple[Standard, ...], Field(alias="standard")] = ()
    other_services: Annotated[tuple[OtherService, ...], Field(alias="other_service")] = ()
    partners: Annotated[tuple[Choice, ...], Field(alias="partner")] = ()
    commitments: Annotated[tuple[Choice, ...], Field(alias="commitment")] = ()
    fidelity_items: Annotated[tuple[FidelityItem, ...], Field(alias="fidelity_item")] = ()
    fidelity_measures: Annotated[tuple[FidelityMeasure, ...], Field(alias="fidelity_measure")] = ()
