"""indicators.toml: what the return counts, of whom, with which proof and breakdowns, and against which target."""

from decimal import Decimal
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from placewell.specification.entries import Entry, Identifier, Sourced, Words

Group = Literal["key_outcomes", "operational", "quality", "evaluation"]
Subject = Literal[
    "person", "episode", "job", "record", "contact", "activity", "employer_contact", "row", "review", "action",
    "organisation",
]  # fmt: skip
Measure = Literal["count", "proportion", "median", "mean"]
Unit = Literal[
    "people", "episodes", "jobs", "records", "sessions", "contacts", "activities", "reviews",
    "organisations", "proportion", "days", "pounds", "points",
]  # fmt: skip
ValueName = Literal[
    "days_from_referral", "days_from_profile_start", "hourly_wage", "days_supported_in_work", "questionnaire_change"
]
Attribute = Literal["occupation", "industry"]
CalculatorRow = Literal[
    "referrals", "engaged", "placed",
    "sustained_13_weeks_16_and_over", "sustained_13_weeks_under_16",
    "sustained_26_weeks_16_and_over", "sustained_26_weeks_under_16",
    "sustained_52_weeks_16_and_over", "sustained_52_weeks_under_16",
]  # fmt: skip
"""A row of the outcomes target calculator. Source: 003 calculator."""


Exact = Annotated[str, Field(pattern=r"^[0-9]+(/[1-9][0-9]*)?$")]
"""A number that nothing is rounded in: "351/4"."""


class Target(Sourced):
    """A number to reach.

    `year`: a count a contract year, compared cumulatively; `quarter`: a count each quarter; `value`: what the figure
    itself is to be (a proportion as a fraction), judged when the year, or with `judged = "quarter"` the period, ends;
    `trajectory`: a count for each contract quarter in `quarters`, from the contract's first, compared cumulatively
    within the contract year. `at_most` turns the comparison round. `kind`: a term of the contract, or a forecast, which
    can be missed and not breached. A count is the whole service's, unless it names the `lot` that is to reach it.
    """

    basis: Literal["year", "quarter", "value", "trajectory"]
    amount: Decimal | int | None = None
    quarters: tuple[Decimal | int | Exact, ...] = ()
    judged: Literal["year", "quarter"] = "year"
    at_most: bool = False
    kind: Literal["term", "forecast"] = "term"
    local: bool = False  # the service's own goal, not the contract's
    lot: Identifier | None = None

    @model_validator(mode="after")
    def _amount_or_quarters(self) -> Self:
        if self.basis == "trajectory":
            if not self.quarters or self.amount is not None:
                raise ValueError("a trajectory needs quarters and no amount: add the one, take out the other")
        elif self.amount is None or self.quarters:
            raise ValueError(f"a target by {self.basis} needs amount and no quarters: add the one, take out the other")
        return self


class Consequence(Entry):
    """What the contract says follows when a target is missed, or when an indicator is not reported. Source: 004 §8."""

    label: Words
    follows: Literal["missed_target", "no_report"]


class NationalOutcome(Entry):
    """An indicator of a national outcomes framework that the service contributes to. Source: 004 §4.1; 000 §2.1."""

    framework: Words
    code: Words
    label: Words


class Indicator(Entry):
    """One figure of the return, and its member table.

    `everyone_referred`: of people, also those who never entered, as where somebody waits or is turned down.
    `evidence`: asks for the documents of its outcome's evidence rule. `band`: only outcomes in that band of hours.
    `among`: only those of a group of outcomes.toml; the others are outside. `value`: the number measured, for a median
    or a mean. `known`: a job attribute that must be recorded.
    `held_by`: somebody else computes it; we hold the `linkage` items that they need. `consequence`: what the contract
    says of a breach. `contributes_to`: national outcomes. `calculator_row`: the row of a plan that is a goal for it.
    """

    name: Words
    short_name: str = ""  # for the heads of narrow columns
    group: Group
    held_by: Literal["provider", "evaluator"] = "provider"
    subject: Subject = "person"
    measure: Measure = "count"
    unit: Unit = "people"
    outcome: Identifier | None = None
    band: Identifier | None = None
    among: Identifier | None = None
    everyone_referred: bool = False
    evidence: bool = False
    value: ValueName | None = None
    known: Attribute | None = None
    better: Literal["up", "down", "neither"] = "up"
    breakdowns: tuple[Identifier, ...] = ()
    target: Target | None = None
    consequence: Identifier | None = None
    calculator_row: CalculatorRow | None = None
    contributes_to: tuple[Identifier, ...] = ()
    linkage: tuple[Words, ...] = ()
    source_data: str = ""

    @model_validator(mode="after")
    def _complete(self) -> Self:
        if self.held_by == "provider" and self.outcome is None:
            raise ValueError("names no outcome: add outcome")
        if self.held_by == "evaluator" and not self.linkage:
            raise ValueError("names no linkage item: say what the evaluator needs to find the person")
        if (self.measure in ("median", "mean")) != (self.value is not None):
            raise ValueError("a median or mean needs value, and nothing else may have it")
        if self.everyone_referred and self.subject != "person":
            raise ValueError(f"everyone_referred is about people, not a {self.subject}: take it out")
        return self


class Breakdown(Entry):
    """A column that figures are split by; a job's value is the first job start's (its own, where jobs are counted).

    `ages`: the first age of each band but the youngest, for a date of birth; ages are those on the day of entry, or of
    the referral where there is no entry. `record`: what the outcome's own rows hold.
    """

    name: Words
    table: Literal["people", "episodes", "jobs", "record"]
    column: Identifier
    everywhere: bool = True  # on every figure; else only where an indicator asks for it
    ages: tuple[int, ...] = ()

    @model_validator(mode="after")
    def _ages_rise(self) -> Self:
        if list(self.ages) != sorted(set(self.ages)):
            raise ValueError("ages do not rise: put them in order")
        return self

    @property
    def of_job(self) -> bool:
        """Whether the value belongs to a job."""
        return self.table == "jobs"


class DataItem(Entry):
    """A fact about a person that the contract asks the provider to hold, and the columns it lives in."""

    name: Words
    columns: Annotated[tuple[Annotated[str, Field(pattern=r"^[a-z_]+\.[a-z_]+$")], ...], Field(min_length=1)]
    identifying: bool = False


class IndicatorsFile(Sourced):
    """What is counted and reported. Source: 002 §17, App. 6."""

    breakdowns: Annotated[tuple[Breakdown, ...], Field(alias="breakdown")] = ()
    consequences: Annotated[tuple[Consequence, ...], Field(alias="consequence")] = ()
    national_outcomes: Annotated[tuple[NationalOutcome, ...], Field(alias="national_outcome")] = ()
    indicators: Annotated[tuple[Indicator, ...], Field(alias="indicator", min_length=1)]
    data_items: Annotated[tuple[DataItem, ...], Field(alias="data_item")] = ()

    def indicator(self, id: str) -> Indicator:
        """The indicator of that id; KeyError where there is none."""
        for indicator in self.indicators:
            if indicator.id == id:
                return indicator
        raise KeyError(id)

    def consequence_of(self, indicator: Indicator) -> Consequence | None:
        """What the contract says of a breach of an indicator; none where it says nothing."""
        return next((one for one in self.consequences if one.id == indicator.consequence), None)

    @property
    def computed(self) -> tuple[Indicator, ...]:
        """The indicators that are computed from the data set, in the order of the file."""
        return tuple(indicator for indicator in self.indicators if indicator.held_by == "provider")

    def breakdowns_of(self, indicator: Indicator) -> tuple[Breakdown, ...]:
        """The breakdowns of an indicator: those on every figure, then its own."""
        return tuple(item for item in self.breakdowns if item.everywhere or item.id in indicator.breakdowns)
