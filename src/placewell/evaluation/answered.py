"""The person items as they were answered at the first meeting: kept then, as codes, so that no later edit is told."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import polars as pl

from placewell.evaluation.exported_tables import ITEM_NAMES, NOT_LISTED
from placewell.evaluation.facts import SCHEMAS, frame_of
from placewell.specification import Specification
from placewell.vocabulary import code_list

AGE = "age"


@dataclass(frozen=True)
class Answered:
    """The items and benefits at the baseline, by episode: see `facts.SCHEMAS`. Who is not in `items` has none kept.

    Casework goes on filling in what is known of people in the service alone, so that items as they stand today tell
    the arm. Source: 002 App. 6; trust.md T5.
    """

    items: pl.DataFrame = field(default_factory=SCHEMAS["baseline_items"].to_frame)
    benefits: pl.DataFrame = field(default_factory=SCHEMAS["baseline_benefits"].to_frame)

    @classmethod
    def of(cls, kept: Iterable[tuple[str, Mapping[str, Any]]]) -> Answered:
        """From what `kept_items` made, under the id of each episode."""
        rows = list(kept)
        return cls(
            items=frame_of(
                "baseline_items", [{"episode_id": id, AGE: one.get(AGE), **one["items"]} for id, one in rows]
            ),
            benefits=frame_of(
                "baseline_benefits",
                [
                    {"episode_id": id, "benefit": benefit, "received": bool(received)}
                    for id, one in rows
                    for benefit, received in one["benefits"].items()
                ],
            ),
        )


def kept_items(
    spec: Specification, values: Mapping[str, str | None], benefits: Mapping[str, bool], age: int | None
) -> dict[str, Any]:
    """What is kept of a baseline: codes by item, benefits by code as 1 or 0, the age in years on that day.

    `values`: item → code; what is not answered is left out, and a value on no list is kept as not listed, as it could
    be anything. Source: 002 App. 6 ii-xvii.
    """
    items = {name: _listed(values[name], codes_of(name, spec)) for name in ITEM_NAMES if values.get(name)}
    said = {_listed(name, tuple(code_list("benefit").codes)): int(received) for name, received in benefits.items()}
    return {"items": items, "benefits": said} | ({} if age is None else {AGE: age})


def as_answered(people: pl.DataFrame, answered: Answered | None) -> pl.DataFrame:
    """People with the items that were answered at the baseline in place of those known today; `kept` says of whom."""
    names = [name for name in (AGE, *ITEM_NAMES) if name in people.columns]
    then = (answered or Answered()).items.select(
        "episode_id", *(pl.col(name).alias(f"{name}_then") for name in names), pl.lit(value=True).alias("kept")
    )
    return (
        people.join(then, on="episode_id", how="left", maintain_order="left")
        .with_columns(pl.col("kept").fill_null(value=False))
        .with_columns(pl.when("kept").then(f"{name}_then").otherwise(name).alias(name) for name in names)
        .drop(f"{name}_then" for name in names)
    )


def codes_of(name: str, spec: Specification) -> tuple[str, ...]:
    """The codes of an item's list, with those a service brings itself."""
    own = [source.id for source in spec.referral.sources] if name == "source" else []
    return (*code_list(name).codes, *own)


def _listed(value: str | None, codes: tuple[str, ...]) -> str:
    return value if value in codes else NOT_LISTED
