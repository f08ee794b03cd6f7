"""What is asked of an allocator: plain values, checked before anything is drawn."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Self

from placewell.errors import UserError
from placewell.randomisation.faults import HASH, NAME, NAMES_ARE


class RequestError(UserError):
    """Something asked of the allocator that it cannot read."""


@dataclass(frozen=True)
class Request:
    """One person to be randomised: trial number, stratum, who asks, and the hashes of what was answered and signed.

    `token` stands for the person where the coin is bound to identity, and is empty otherwise. Raises RequestError for a
    value that might carry more than a name or a hash. Source: trial.md §5.4.
    """

    person: str
    stratum: str
    actor: str
    eligibility: str
    consent: str
    token: str = ""

    def __post_init__(self) -> None:
        named(person=self.person, stratum=self.stratum, actor=self.actor)
        for name in ("eligibility", "consent"):
            if not HASH.fullmatch(getattr(self, name)):
                raise RequestError(f"The {name} must be a SHA-256 of the answers: 64 hexadecimal signs in lower case.")
        if self.token and not HASH.fullmatch(self.token):
            raise RequestError("The token must be 64 hexadecimal signs in lower case, or empty.")

    def as_data(self) -> dict[str, str]:
        """The request as a socket carries it."""
        return asdict(self)

    @classmethod
    def from_data(cls, data: Mapping[str, object]) -> Self:
        """The request that `as_data` wrote. Raises RequestError for anything else."""
        names = {each.name for each in fields(cls)}
        if (
            not set(data) <= names
            or names - {"token"} - set(data)
            or any(type(each) is not str for each in data.values())
        ):
            raise RequestError(f"A request holds these texts and nothing else: {', '.join(sorted(names))}.")
        return cls(**{name: str(value) for name, value in data.items()})


def named(**values: str) -> None:
    """Raises RequestError for a value that is not a short name: no free text reaches the chain.

    Source: trial.md §5.4.
    """
    for name, value in values.items():
        if not NAME.fullmatch(value):
            raise RequestError(f"The {name} must be a code: {NAMES_ARE}.")
