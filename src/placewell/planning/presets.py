"""The named sets of constants that a plan is made with, read from the data beside this module."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cache
from pathlib import Path

from placewell.errors import UserError

DATA = Path(__file__).parent / "data"


@dataclass(frozen=True)
class Constant:
    """One number of the model: exact, with its unit, what it stands for, how it is known and where it comes from."""

    name: str
    value: Fraction
    unit: str
    about: str
    status: str
    clause: str


@dataclass(frozen=True)
class Preset:
    """A set of constants. `ramp`: the share of the steady state reached in each year, in percent."""

    id: str
    name: str
    clause: str
    ramp: tuple[Fraction, ...]
    constants: Mapping[str, Constant]

    def __getitem__(self, name: str) -> Fraction:
        return self.constants[name].value

    def with_values(self, changed: Mapping[str, Fraction]) -> Preset:
        """The preset with some constants replaced. Raises UserError for a name it has not, or a number under 0."""
        problems = [
            f'{self.id} has no constant "{name}": it has {", ".join(self.constants)}.'
            for name in changed
            if name not in self.constants
        ]
        problems += [f"{name} must be 0 or more, not {float(value):g}." for name, value in changed.items() if value < 0]
        if problems:
            raise UserError(*problems)
        mine = {
            name: replace(one, value=changed[name], status="changed") if name in changed else one
            for name, one in self.constants.items()
        }
        return replace(self, constants=mine)


def preset_ids() -> tuple[str, ...]:
    """The presets that there are, in alphabetical order."""
    return tuple(sorted(path.stem.replace("_", "-") for path in DATA.glob("*.toml")))


@cache
def preset(id: str) -> Preset:
    """The preset of that id. Raises UserError where there is none."""
    if id not in preset_ids():
        raise UserError(f'There is no preset "{id}": there are {", ".join(preset_ids())}.')
    content = tomllib.loads((DATA / f"{id.replace('-', '_')}.toml").read_text(encoding="utf-8"))
    constants = {
        name: Constant(name, Fraction(one["value"]), one["unit"], one["about"], one["status"], one["clause"])
        for name, one in content["constants"].items()
    }
    return Preset(content["id"], content["name"], content["clause"], tuple(map(Fraction, content["ramp"])), constants)
