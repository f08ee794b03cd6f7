"""The scales of fidelity: the published one as data beside this module, a service's own from its specification."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from placewell.errors import UserError
from placewell.fidelity.measures import Measure, measure_of, measures_of

if TYPE_CHECKING:
    from placewell.specification import Specification

DATA = Path(__file__).parent / "data"
LOWEST, HIGHEST = 1, 5
PUBLISHED = "ips_25"
ADAPTED = "adapted"
"""The id of a service's own guidelines as a scale: one service has no more than one."""

Number = int | Decimal | Fraction
Group = Literal["staffing", "organisation", "services"]
Status = Literal["published", "general_knowledge", "unsure", "contract"]


@dataclass(frozen=True)
class Anchor:
    """What a score of an item stands for: a number to reach or to keep under, or words that a reviewer judges by."""

    score: int
    at_least: Number | None
    at_most: Number | None
    words: str

    def holds(self, value: Number) -> bool:
        """Whether a value meets the number; an anchor without one always leaves it to the words."""
        return (self.at_least is None or value >= self.at_least) and (self.at_most is None or value <= self.at_most)


@dataclass(frozen=True)
class Item:
    """One item of a scale. `status` says how sure its anchors are; `unit` is what is measured, "" where nothing is.

    `lacks`: what the data set would have to hold to tell more of the item, in words.
    """

    id: str
    group: Group
    label: str
    unit: str
    measured: str
    status: Status
    anchors: tuple[Anchor, ...]
    clause: str = ""
    lacks: str = ""

    def score_of(self, value: Number) -> int | None:
        """The score that a number alone settles; None where a reviewer must judge.

        A value between two anchors takes the lower score: 20.5 people are not 20 or fewer.
        """
        if not self.unit:
            return None
        highest_first = sorted(self.anchors, key=lambda anchor: -anchor.score)
        reached = next((anchor for anchor in highest_first if anchor.holds(value)), None)
        if reached is None:
            return LOWEST
        return None if reached.words else reached.score


@dataclass(frozen=True)
class Band:
    """A name for totals from a number on, up to the next band."""

    id: str
    name: str
    least: int
    status: Status


@dataclass(frozen=True)
class Scale:
    """Items and, where they are published, bands of the total, the highest first.

    `measures`: what records tell of the items. `recorded_as`: by which names reviews in a data set call the scale.
    """

    id: str
    name: str
    version: str
    source: str
    items: tuple[Item, ...]
    bands: tuple[Band, ...]
    measures: tuple[Measure, ...] = ()
    recorded_as: tuple[str, ...] = ()

    @property
    def most(self) -> int:
        """The highest total."""
        return HIGHEST * len(self.items)

    def item(self, id: str) -> Item:
        """The item of that id. Raises UserError where there is none."""
        for item in self.items:
            if item.id == id:
                return item
        raise UserError(f'The scale {self.id} has no item "{id}".')

    def recorded_item(self, written: str) -> Item | None:
        """The item that a review calls so, by its id or by its number in the scale from 1; None where there is none."""
        by_name = {item.id: item for item in self.items} | {str(n): item for n, item in enumerate(self.items, 1)}
        return by_name.get(written)

    def measures_of(self, item: str) -> tuple[Measure, ...]:
        """What records tell of an item, in order."""
        return tuple(one for one in self.measures if one.item == item)

    def band(self, total: int) -> Band | None:
        """The band of a total of all items; None for a scale without bands."""
        return next((band for band in self.bands if total >= band.least), None)


def scale_ids() -> tuple[str, ...]:
    """The scales that are held as data, in alphabetical order."""
    return tuple(sorted(path.stem for path in DATA.glob("*.toml")))


@cache
def scale(id: str) -> Scale:
    """A scale held as data. Raises UserError where there is none."""
    if id not in scale_ids():
        raise UserError(f'There is no fidelity scale "{id}": there are {", ".join(scale_ids())}.')
    content = tomllib.loads((DATA / f"{id}.toml").read_text(encoding="utf-8"), parse_float=Decimal)
    return Scale(
        content["id"],
        content["name"],
        content["version"],
        content["source"],
        tuple(_item(entry) for entry in content["item"]),
        tuple(Band(entry["id"], entry["name"], entry["from"], entry["status"]) for entry in content["band"]),
        tuple(measure_of(entry) for entry in content["measure"]),
        tuple(content["recorded_as"]),
    )


def scale_of(spec: Specification) -> Scale:
    """The fidelity guidelines of a service as a scale: its items, without anchors or bands, as its contract has none.

    Raises UserError for a service without guidelines. Source: 002 App. 7; requirements.md X23.
    """
    entries = spec.governance.fidelity_items if spec.governance else ()
    if not entries:
        raise UserError(f"The specification of {spec.service.name} has no fidelity guidelines of its own.")
    items = (Item(one.id, one.group, one.label, "", "", "contract", (), one.clause, one.lacks) for one in entries)
    name = f"Fidelity guidelines, {spec.service.name}"
    return Scale(ADAPTED, name, "", "", tuple(items), (), measures_of(spec), (ADAPTED, spec.service.id))


def chosen_scale(spec: Specification, asked: str | None) -> Scale:
    """The scale of that id or with that many items; without one the service's own guidelines, or else the published.

    Raises UserError for a scale that does not exist, and for `adapted` where the service has no guidelines.
    """
    own = spec.governance.fidelity_items if spec.governance else ()
    if asked is None:
        return scale_of(spec) if own else scale(PUBLISHED)
    if asked == ADAPTED or (own and asked == str(len(own))):
        return scale_of(spec)
    published = {str(len(scale(id).items)): id for id in scale_ids()} | {id: id for id in scale_ids()}
    if asked not in published:
        there = ", ".join((*scale_ids(), *((ADAPTED,) if own else ())))
        raise UserError(f'There is no fidelity scale "{asked}" for {spec.service.id}: use {there}.')
    return scale(published[asked])


def _item(entry: dict[str, Any]) -> Item:
    anchors = (
        Anchor(anchor["score"], anchor.get("at_least"), anchor.get("at_most"), anchor.get("words", ""))
        for anchor in entry.get("anchors", ())
    )
    unit, measured = entry.get("unit", ""), entry.get("measured", "")
    lacks = entry.get("lacks", "")
    return Item(
        entry["id"], entry["group"], entry["label"], unit, measured, entry["status"], tuple(anchors), lacks=lacks
    )
