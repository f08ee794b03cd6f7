"""What is fixed about a trial before the first person is randomised, and the hash that fixes it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from functools import cached_property
from typing import Literal, Self, get_args

from placewell.errors import UserError
from placewell.randomisation.faults import faults
from placewell.randomisation.hashing import Value, canon, hexdigest

ALGORITHM = "placewell-draw/1"

Method = Literal["big_stick", "permuted_blocks", "simple"]
METHODS: tuple[str, ...] = get_args(Method)


class ConfigurationError(UserError):
    """A trial that cannot be drawn as it is set up."""


@dataclass(frozen=True)
class Configuration:
    """A trial's frozen set-up; everyone who holds it and the keys draws the same arms.

    `ratio` gives each arm's share in the order of `arms`; `planned` gives each stratum's size in the order of `strata`.
    `imbalance` is the big stick's limit and 0 for the other methods. `opens_on` is a date, `closes_at` the last moment,
    both local to the trial's place. `epoch_size` counts draws (blocks for permuted blocks) that one packet serves; 0
    means no packets. `epochs` counts the packets of a stratum. `identity_bound` is 1 where the big stick's coin hangs
    on the person and not on the place in the sequence.

    Raises ConfigurationError with every fault. Source: trial.md §2.1.
    """

    trial: str
    arms: tuple[str, ...]
    ratio: tuple[int, ...]
    method: Method
    strata: tuple[str, ...]
    planned: tuple[int, ...]
    opens_on: str
    closes_at: str
    verifier: str
    block_sizes: tuple[int, ...] = ()
    imbalance: int = 0
    epoch_size: int = 0
    epochs: int = 0
    identity_bound: int = 0
    algorithm: str = ALGORITHM

    def __post_init__(self) -> None:
        if found := [*_shape(self)] or [*faults(self)]:
            raise ConfigurationError(*found)

    def as_data(self) -> dict[str, Value]:
        """The set-up in texts, whole numbers and lists, as it is hashed and written."""
        values = ((each.name, getattr(self, each.name)) for each in fields(self))
        return {name: list(value) if isinstance(value, tuple) else value for name, value in values}

    @classmethod
    def from_data(cls, data: Mapping[str, Value]) -> Self:
        """The set-up that `as_data` wrote. Raises ConfigurationError for names missing or unknown."""
        names = {each.name for each in fields(cls)}
        if set(data) != names:
            odd = ", ".join(sorted(names.symmetric_difference(data)))
            raise ConfigurationError(f"The trial's configuration lacks, or does not know, these names: {odd}.")
        values = {name: tuple(value) if isinstance(value, list) else value for name, value in data.items()}
        return cls(**values)  # type: ignore[arg-type]  # _shape looks at every value

    @cached_property
    def hash(self) -> str:
        """The hash every key and every entry of the trial hangs on. Source: trial.md §2.1."""
        return hexdigest("config", canon(self.as_data()))

    @cached_property
    def salt(self) -> bytes:
        """The hash as bytes, for the keys."""
        return bytes.fromhex(self.hash)


LISTS_OF = {"arms": str, "strata": str, "ratio": int, "planned": int, "block_sizes": int}
NUMBERS = ("imbalance", "epoch_size", "epochs", "identity_bound")


def _shape(config: Configuration) -> Iterable[str]:
    """Values of another kind than declared: a configuration is also read from files that others wrote."""
    for each in fields(config):
        value = getattr(config, each.name)
        if each.name in LISTS_OF:
            kind = LISTS_OF[each.name]
            if type(value) is not tuple or any(type(part) is not kind for part in value):
                yield f"The trial's {each.name} must be a list of {'texts' if kind is str else 'whole numbers'}."
        elif type(value) is not (int if each.name in NUMBERS else str):
            yield f"The trial's {each.name} must be {'a whole number' if each.name in NUMBERS else 'text'}."
