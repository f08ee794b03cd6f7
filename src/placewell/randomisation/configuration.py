"""What is fixed about a trial before the first person is randomised, and the hash that fixes it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from functools import cached_property
from typing import TYPE_CHECKING, Literal, Self

from placewell.errors import UserError
from placewell.randomisation.faults import faults
from placewell.randomisation.hashing import Value, canon, hexdigest

if TYPE_CHECKING:
    from placewell.specification.model import Specification

ALGORITHM = "placewell-draw/1"

Method = Literal["big_stick", "permuted_blocks", "simple"]

ONE_STRATUM = "all"
EMERGENCY = "emergency"
"""The stratum of the sealed list. Source: trial.md §5, Downtime."""


class ConfigurationError(UserError):
    """A trial that cannot be drawn as it is set up."""


@dataclass(frozen=True)
class Configuration:
    """A trial's frozen set-up; everyone who holds it and the keys draws the same arms.

    `ratio` gives each arm's share in the order of `arms`; `planned` gives each stratum's size in the order of `strata`.
    `imbalance` is the big stick's limit and 0 for the other methods. `opens_on` is a date, `closes_at` the last moment,
    both in London's time. `epoch_size` counts draws (blocks for permuted blocks) that one packet serves; 0
    means no packets. `epochs` counts the packets of a stratum. `identity_bound` is 1 where the big stick's coin hangs
    on the person and not on the slot.

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

    @classmethod
    def of_specification(
        cls, spec: Specification, lots: Sequence[str] | None, verifier: str, trial: str = "", identity_bound: int = 0
    ) -> Self:
        """The set-up that a service's trial.toml asks for, its planned size shared evenly over the strata.

        The strata are the lots given, or all the service's; a trial that is not stratified has one. The places of an
        emergency list are a stratum more, beyond the planned size; a coin bound to identity can have none. `verifier`
        is the hash of the verifier program; `trial` is the trial's name where that is not the service's id. Raises
        ConfigurationError for a service without a trial, or strata that are not lots. Source: 002 §11.1; trial.md §2.1.
        """
        asked = spec.trial
        if asked is None:
            raise ConfigurationError(f"{spec.id} has no trial: its specification has no trial.toml.")
        if asked.stratified_by not in ((), ("lot",)):
            raise ConfigurationError(f'trial.toml stratified_by: write ["lot"] or [], not {list(asked.stratified_by)}.')
        strata = _strata(spec, lots) if asked.stratified_by else (ONE_STRATUM,)
        each, left = divmod(asked.planned_participants, max(1, len(strata)))
        sealed = 0 if identity_bound else asked.emergency_list
        return cls(
            trial=trial or spec.id,
            arms=tuple(arm.id for arm in asked.arms),
            ratio=tuple(arm.share for arm in asked.arms),
            method=asked.method,
            strata=(*strata, *([EMERGENCY] if sealed else ())),
            planned=(*(each + (at < left) for at in range(len(strata))), *([sealed] if sealed else ())),
            opens_on=asked.opens_on.isoformat(),
            closes_at=asked.closes_at.isoformat(timespec="seconds" if asked.closes_at.second else "minutes"),
            verifier=verifier,
            block_sizes=asked.block_sizes if asked.method == "permuted_blocks" else (),
            imbalance=asked.imbalance or 0 if asked.method == "big_stick" else 0,
            epoch_size=asked.epoch_size,
            epochs=asked.epochs,
            identity_bound=identity_bound,
        )

    @cached_property
    def hash(self) -> str:
        """The hash every key and every entry of the trial hangs on. Source: trial.md §2.1."""
        return hexdigest("config", canon(self.as_data()))

    @cached_property
    def salt(self) -> bytes:
        """The hash as bytes, for the keys."""
        return bytes.fromhex(self.hash)


def _strata(spec: Specification, lots: Sequence[str] | None) -> tuple[str, ...]:
    known = tuple(lot.id for lot in spec.service.lots)
    if odd := sorted(set(lots or ()) - set(known)):
        raise ConfigurationError(f"{spec.id} has no lot {', '.join(odd)}: its lots are {', '.join(known)}.")
    return tuple(lots or known)


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
