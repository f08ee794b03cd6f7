"""A service counted by the definitions of another, so that the figures of two services can stand side by side."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from placewell.specification.indicators import IndicatorsFile
from placewell.specification.model import Specification
from placewell.specification.outcomes import OutcomesFile
from placewell.specification.report import ReportFile


@dataclass(frozen=True, eq=False)
class ComparableSpecification(Specification):
    """`own` under the outcomes, indicators and layout of `definitions`."""

    own: Specification
    definitions: Specification

    def as_of(self, day: date) -> Specification:
        """Both as of the day, put together again."""
        return comparable(self.own.as_of(day), self.definitions.as_of(day))


def comparable(own: Specification, definitions: Specification) -> ComparableSpecification:
    """A service with its own contract, people and quarters, counted by the outcomes and indicators of another.

    When somebody enters stays the service's own rule: it is an event of that service, and keeps the control
    participants of a trial out of every figure. Targets are left out: they belong to the other's contract. No figure is
    in this contract, unless both are the same service. Source: 003 data set; X11, X20.
    """
    return ComparableSpecification(
        service=own.service,
        referral=own.referral,
        eligibility=own.eligibility,
        pathway=own.pathway,
        outcomes=_outcomes(own.outcomes, definitions.outcomes),
        indicators=_indicators(definitions.indicators, is_own=own.id == definitions.id),
        report=_report(definitions.report),
        payment=None,
        budget=own.budget,
        trial=own.trial,
        governance=own.governance,
        hash=sha256(f"{own.hash} {definitions.hash}".encode()).hexdigest(),
        own=own,
        definitions=definitions,
    )


def _outcomes(own: OutcomesFile, others: OutcomesFile) -> OutcomesFile:
    return others.model_copy(update={"entry": own.entry})


def _indicators(file: IndicatorsFile, *, is_own: bool) -> IndicatorsFile:
    changed = tuple(
        one.model_copy(update={"target": None, "consequence": None, "in_contract": one.in_contract and is_own})
        for one in file.indicators
    )
    return file.model_copy(update={"indicators": changed})


def _report(file: ReportFile) -> ReportFile:
    """The layout without boxes for words: nobody signs it."""
    sections = tuple(section.model_copy(update={"narratives": ()}) for section in file.sections)
    return file.model_copy(update={"sections": sections})
