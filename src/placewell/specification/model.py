"""The whole specification of a service, as one frozen object."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from importlib import import_module
from typing import TYPE_CHECKING, Any, NamedTuple

from placewell.specification.entries import Entry, in_force

if TYPE_CHECKING:
    from pydantic import BaseModel

    from placewell.specification.budget import BudgetFile
    from placewell.specification.eligibility import EligibilityFile
    from placewell.specification.governance import GovernanceFile
    from placewell.specification.indicators import IndicatorsFile
    from placewell.specification.outcomes import OutcomesFile
    from placewell.specification.pathway import PathwayFile
    from placewell.specification.payment import PaymentFile
    from placewell.specification.referral import ReferralFile
    from placewell.specification.report import ReportFile
    from placewell.specification.service import ServiceFile
    from placewell.specification.trial import TrialFile


class File(NamedTuple):
    """A file of a specification: the class of its model, in the module of the file's name; must a service have it?"""

    model: str
    needed: bool = True


FILES: dict[str, File] = {
    "service": File("ServiceFile"),
    "referral": File("ReferralFile"),
    "eligibility": File("EligibilityFile"),
    "pathway": File("PathwayFile"),
    "outcomes": File("OutcomesFile"),
    "indicators": File("IndicatorsFile"),
    "report": File("ReportFile"),
    "payment": File("PaymentFile", needed=False),
    "trial": File("TrialFile", needed=False),
    "governance": File("GovernanceFile", needed=False),
    "budget": File("BudgetFile", needed=False),
}


def model_of(name: str) -> type[BaseModel]:
    """The model of a file, imported only now: a command that never looks at a file does not pay for its model."""
    model: type[BaseModel] = getattr(import_module(f"placewell.specification.{name}"), FILES[name].model)
    return model


@dataclass(frozen=True, eq=False)
class Specification:
    """A service as data. `hash` is SHA-256 over the content of the files (not their comments or layout)."""

    service: ServiceFile
    referral: ReferralFile
    eligibility: EligibilityFile
    pathway: PathwayFile
    outcomes: OutcomesFile
    indicators: IndicatorsFile
    report: ReportFile
    payment: PaymentFile | None
    trial: TrialFile | None
    governance: GovernanceFile | None
    budget: BudgetFile | None
    hash: str

    @property
    def id(self) -> str:
        """The id of the service, as the data set and the command line write it."""
        return self.service.id

    @property
    def version(self) -> str:
        """The version of the specification; with `hash` it says exactly which rules were used."""
        return self.service.version

    def as_of(self, day: date) -> Specification:
        """The specification with one version of each entry: the newest in force on the day.

        The hash stays that of the whole, so that a decision names the files it was made from. Source: 002 §10.2, §16.8.
        """
        return _as_of(self, day)


class SpecificationOn(Specification):
    """A specification as of a day: each file is cut to the entries in force when it is first asked for."""

    def __getattr__(self, name: str) -> Any:
        """Cut a file that has not been asked for yet."""
        if name not in FILES:
            raise AttributeError(name)
        file = getattr(self.__dict__["_whole"], name)
        cut = None if file is None else _file_as_of(file, self.__dict__["_day"])
        object.__setattr__(self, name, cut)
        return cut


@lru_cache(maxsize=256)
def _as_of(whole: Specification, day: date) -> Specification:
    specification = object.__new__(SpecificationOn)
    for name, value in (("_whole", whole), ("_day", day), ("hash", whole.hash)):
        object.__setattr__(specification, name, value)
    return specification


def entries_of(file: BaseModel) -> dict[str, tuple[Entry, ...]]:
    """The lists of entries a file holds, by the key they have in the file."""
    lists = {}
    for name, field in type(file).model_fields.items():
        value = getattr(file, name)
        if isinstance(value, tuple) and value and isinstance(value[0], Entry):
            lists[field.alias or name] = value
    return lists


def _file_as_of(file: BaseModel, day: date) -> BaseModel:
    changed = {}
    for name in type(file).model_fields:
        value = getattr(file, name)
        if isinstance(value, tuple) and value and isinstance(value[0], Entry):
            changed[name] = in_force(value, day)
    return file.model_copy(update=changed)
