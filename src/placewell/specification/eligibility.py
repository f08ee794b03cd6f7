"""eligibility.toml: the facts that screening may use, the criteria over them, and the facts it must not use."""

from typing import Annotated, Literal

from pydantic import Field

from placewell.specification.entries import Choice, Entry, Identifier, Sourced, Words


class Fact(Entry):
    """Something screening may know about a person; numbers are whole or part numbers alike."""

    type: Literal["boolean", "number", "text"]
    label: Words
    ask: Words
    unit: str = ""
    derived_from: str = ""
    options: tuple[Identifier, ...] = ()


class Criterion(Entry):
    """A question that decides, its condition in CEL, and a reason in words for each of the three answers.

    `sends_to`: the service of referral.toml (onward) that is for people who do not meet it. `short`: the question in a
    few words, for the head of a row.
    """

    question: Words
    short: str = ""
    kind: Literal["inclusion", "exclusion"]
    needs: Annotated[tuple[Identifier, ...], Field(min_length=1)]
    condition: Words
    met: Words
    not_met: Words
    not_known: Words
    sends_to: Identifier | None = None
    phases: tuple[Identifier, ...] = ()


class Override(Sourced):
    """Whether and how a decision may be set aside."""

    allowed: bool
    needs_reason: bool
    approved_by: tuple[Words, ...]
    reported_to: tuple[Words, ...]


class EligibilityFile(Sourced):
    """Who the service is for. Source: 002 §10, Figure 1."""

    decided_on: Literal["initial_meeting", "referral", "acceptance"]
    facts: Annotated[tuple[Fact, ...], Field(alias="fact")] = ()
    criteria: Annotated[tuple[Criterion, ...], Field(alias="criterion")] = ()
    excluded_conditions: Annotated[tuple[Choice, ...], Field(alias="excluded_condition")] = ()
    forbidden_facts: Annotated[tuple[Choice, ...], Field(alias="forbidden_fact")] = ()
    override: Override | None = None
