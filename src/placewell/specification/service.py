"""service.toml: who commissions and provides the service, for how long, where, in which phases and roles."""

from datetime import date, datetime
from fractions import Fraction
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from placewell.specification.entries import Choice, Entry, Identifier, Sourced, Words


class Document(Sourced):
    """A source document; every clause of the specification begins with the id of one."""

    id: Words
    title: Words
    issued: Words
    status: str = ""


class Lot(Entry):
    """A part of the contract with its own area. `code` equals `id`: the text that the data set holds."""

    name: Words
    area: str = ""

    @property
    def code(self) -> str:
        """The text that the column `lot` of the data set holds."""
        return self.id


class Locality(Entry):
    """A part of a lot that figures are given for; `lots` it can belong to (several: the document leaves it open)."""

    name: Words
    area: str = ""
    short_name: str = ""
    lots: Annotated[tuple[Identifier, ...], Field(min_length=1)]


class OpenPoint(Entry):
    """Something the document leaves open, or to be agreed: `value` stays absent until it is settled.

    `placewell check` warns of each open point, and the return names it. Source: X42.
    """

    label: Words
    needs: Words
    until_then: Words
    value: str = ""

    @property
    def is_open(self) -> bool:
        """Whether nobody has settled it yet."""
        return not self.value


class LotGrouping(Entry):
    """A way of putting lots together, such as two lots of two areas."""

    name: Words
    default: bool = False
    groups: tuple["LotGroup", ...]


class LotGroup(Sourced):
    """One group of lots within a grouping."""

    id: Identifier
    name: Words
    lots: tuple[Identifier, ...]


class Phase(Entry):
    """A stretch of the programme in which the same rules hold; `start` and `end` are its first and last day."""

    name: Words
    start: date | None = None
    end: date | None = None
    randomised: bool = False
    enters_by: Literal["acceptance", "allocation", "opt_in", "first_appointment", "nothing"]

    @model_validator(mode="after")
    def _days_in_order(self) -> Self:
        if self.start and self.end and self.end < self.start:
            raise ValueError("a phase cannot end before it starts")
        return self

    def covers(self, day: date) -> bool:
        """Say whether the phase is running on a day."""
        return (self.start is None or self.start <= day) and (self.end is None or day <= self.end)


class Organisation(Entry):
    """An organisation and the parts it plays."""

    name: Words
    roles: tuple[Words, ...]
    named: bool = True


class Team(Entry):
    """A team of the service while it is there; `start` and `end` are its first and last day (absent: the contract's).

    `organisation` manages its members from day to day; `supervised_by` is the one that supervises their practice, where
    that is another. `follows`: the teams it was made from: they keep their names, their people and their figures.
    """

    name: Words
    organisation: Identifier
    supervised_by: Identifier | None = None
    areas: tuple[Words, ...] = ()
    start: date | None = None
    end: date | None = None
    follows: tuple[Identifier, ...] = ()

    @model_validator(mode="after")
    def _days_in_order(self) -> Self:
        if self.start and self.end and self.end < self.start:
            raise ValueError("a team cannot end before it starts")
        return self

    def is_there(self, day: date) -> bool:
        """Say whether the team is there on a day."""
        return (self.start is None or self.start <= day) and (self.end is None or day <= self.end)


class Volume(Entry):
    """A number of people that the document plans with."""

    label: Words
    people: Annotated[int, Field(ge=0)]
    start: date | None = None
    end: date | None = None


Share = Annotated[str, Field(pattern=r"^[1-9][0-9]*/[1-9][0-9]*$")]


class Expectation(Entry):
    """What the document says usually happens, to plan with: a share of people, within a stretch of months.

    The shares are fractions as text, "1/3", so that nothing is rounded.
    """

    label: Words
    share_from: Share
    share_to: Share
    months_from: Annotated[int, Field(ge=0)]
    months_to: Annotated[int, Field(ge=0)]

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if Fraction(self.share_to) < Fraction(self.share_from) or self.months_to < self.months_from:
            raise ValueError("share_to and months_to must not be under share_from and months_from")
        return self


class Milestone(Entry):
    """Something that is to be there by a day, what it is good for, and how often it is looked at. Source: 004 §7."""

    label: Words
    due: Words
    due_on: date | None = None
    benefit: str = ""
    monitored: Literal["", "quarterly", "ongoing"] = ""


class ServiceFile(Sourced):
    """The identity of a service. Source: the header and scope of its document, for 002 §1, §18 and §19."""

    id: Identifier
    name: Words
    version: Words
    summary: Words
    commissioner: Words
    provider: Words
    contract_start: date
    contract_end: date
    first_quarter_starts: date
    randomisation_closes: datetime | None = None
    documents: Annotated[tuple[Document, ...], Field(alias="document", min_length=1)]
    lots: Annotated[tuple[Lot, ...], Field(alias="lot", min_length=1)]
    localities: Annotated[tuple[Locality, ...], Field(alias="locality")] = ()
    lot_groupings: Annotated[tuple[LotGrouping, ...], Field(alias="lot_grouping")] = ()
    phases: Annotated[tuple[Phase, ...], Field(alias="phase", min_length=1)]
    organisations: Annotated[tuple[Organisation, ...], Field(alias="organisation")] = ()
    teams: Annotated[tuple[Team, ...], Field(alias="team")] = ()
    volumes: Annotated[tuple[Volume, ...], Field(alias="volume")] = ()
    expectations: Annotated[tuple[Expectation, ...], Field(alias="expectation")] = ()
    milestones: Annotated[tuple[Milestone, ...], Field(alias="milestone")] = ()
    aims: Annotated[tuple[Choice, ...], Field(alias="aim")] = ()
    principles: Annotated[tuple[Choice, ...], Field(alias="principle")] = ()
    research_questions: Annotated[tuple[Choice, ...], Field(alias="research_question")] = ()
    open_points: Annotated[tuple[OpenPoint, ...], Field(alias="open_point")] = ()

    @model_validator(mode="after")
    def _contract_in_order(self) -> Self:
        if self.contract_end < self.contract_start:
            raise ValueError("contract_end is before contract_start")
        return self

    def teams_on(self, day: date) -> tuple[Team, ...]:
        """The teams that are there on a day, in the order of the file."""
        return tuple(team for team in self.teams if team.is_there(day))

    def lot_by_locality(self) -> dict[str, str]:
        """The lot of each locality that lies in exactly one; the document leaves the others open. Source: 001 §2.2."""
        return {locality.id: locality.lots[0] for locality in self.localities if len(locality.lots) == 1}

    def phase_on(self, day: date) -> Phase | None:
        """The phase that is running on a day, or none."""
        return next((phase for phase in self.phases if phase.covers(day)), None)
