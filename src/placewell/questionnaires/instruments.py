"""How each questionnaire is scored, read from the data beside this module: one TOML file an instrument."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any, Literal

DATA = Path(__file__).parent / "data"


@dataclass(frozen=True)
class Scale:
    """A score made of items: their sum or mean, given when at least `least_answered` have a valid answer.

    A sum with items missing is the mean of those answered times the number of items. `conversion` turns the sum into
    another unit (the metric score of SWEMWBS).
    """

    id: str
    items: tuple[str, ...]
    rule: Literal["sum", "mean"]
    least_answered: int
    conversion: tuple[tuple[int, Decimal], ...] = ()


@dataclass(frozen=True)
class Instrument:
    """A questionnaire: the points of each valid answer, and its scales. `better`: the direction of improvement."""

    id: str
    name: str
    better: Literal["up", "down"]
    licence: str
    points: tuple[tuple[str, str, int], ...]  # item, answer, points
    scales: tuple[Scale, ...]

    def scale(self, id: str) -> Scale:
        """The scale of that id; KeyError where there is none."""
        for scale in self.scales:
            if scale.id == id:
                return scale
        raise KeyError(f"{self.id} has no scale {id}")


def instrument_ids() -> tuple[str, ...]:
    """The instruments that can be scored, in alphabetical order."""
    return tuple(sorted(path.stem for path in DATA.glob("*.toml")))


@cache
def instrument(id: str) -> Instrument:
    """The scoring of an instrument; KeyError where there is none."""
    path = DATA / f"{id}.toml"
    if not path.is_file():
        raise KeyError(f"no questionnaire {id}: there are {', '.join(instrument_ids())}")
    content = tomllib.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)
    return Instrument(
        content["id"],
        content["name"],
        content["better"],
        content["licence"],
        tuple(
            (item, answer, points)
            for recode in content["recode"]
            for item in recode["items"]
            for answer, points in recode["points"].items()
        ),
        tuple(_scale(entry) for entry in content["scale"]),
    )


def _scale(entry: dict[str, Any]) -> Scale:
    conversion = tuple((raw, Decimal(score)) for raw, score in entry.get("conversion", ()))
    return Scale(entry["id"], tuple(entry["items"]), entry["rule"], entry["least_answered"], conversion)
