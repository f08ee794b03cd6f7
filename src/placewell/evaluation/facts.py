"""The facts of a trial that stand beside the data set: allocations, voids, notes, withdrawals, meetings, hand-outs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import polars as pl

from placewell.dataset import Dataset
from placewell.errors import UserError
from placewell.evaluation.exported_tables import ITEM_NAMES

SCHEMAS: Mapping[str, pl.Schema] = {
    "allocations": pl.Schema(
        {"person": pl.String, "episode_id": pl.String, "stratum": pl.String, "arm": pl.String, "allocated_on": pl.Date}
    ),
    "voids": pl.Schema({"person": pl.String, "on": pl.Date, "reason": pl.String}),
    "notes": pl.Schema({"person": pl.String, "on": pl.Date, "kind": pl.String}),
    "withdrawals": pl.Schema({"person": pl.String, "on": pl.Date, "scope": pl.String}),
    "meetings": pl.Schema(
        {
            "episode_id": pl.String,
            "started_on": pl.Date,
            "eligible": pl.Boolean,
            "consented_on": pl.Date,
            "baseline_on": pl.Date,
            "declined_on": pl.Date,
            "decline_reason": pl.String,
        }
    ),
    "baseline_items": pl.Schema({"episode_id": pl.String, "age": pl.Int64, **dict.fromkeys(ITEM_NAMES, pl.String)}),
    "baseline_benefits": pl.Schema({"episode_id": pl.String, "benefit": pl.String, "received": pl.Boolean}),
    "handouts": pl.Schema({"episode_id": pl.String, "kind": pl.String, "on": pl.Date, "given": pl.Boolean}),
    "overrides": pl.Schema({"person": pl.String, "on": pl.Date, "criterion": pl.String}),
    "notices": pl.Schema({"person": pl.String, "scope": pl.String, "told_on": pl.Date}),
}
"""The columns of every frame of facts; whatever is handed in is brought into this form."""


ENTRY_KINDS = {
    "allocation": "allocations",
    "void": "voids",
    "note": "notes",
    "stratum_note": "notes",
    "withdraw": "withdrawals",
}
"""Kinds of ledger entries, and the frame that holds them."""
LONDON, MILLISECONDS = ZoneInfo("Europe/London"), 1000


def frame_of(kind: str, given: pl.DataFrame | Iterable[Mapping[str, Any]] | None = None) -> pl.DataFrame:
    """Facts of a kind (a key of `SCHEMAS`) with their declared columns and types; absent columns are null.

    Rows may be dictionaries; days may be ISO text. Raises UserError for a column nobody knows or a value of the wrong
    type, and KeyError for a kind that does not exist.
    """
    schema = SCHEMAS[kind]
    frame = given if isinstance(given, pl.DataFrame) else pl.DataFrame(list(given or ()), infer_schema_length=None)
    if strange := [name for name in frame.columns if name not in schema]:
        raise UserError(f"The {kind} hold the column {strange[0]}; known are {', '.join(schema)}.")
    if not frame.width:
        return schema.to_frame()
    try:
        return frame.select(_typed(name, type, frame.schema).alias(name) for name, type in schema.items())
    except pl.exceptions.PolarsError as error:
        raise UserError(f"The {kind} cannot be read: {str(error).partition(chr(10))[0]}.") from error


def _typed(name: str, type: pl.DataType, given: pl.Schema) -> pl.Expr:
    if name not in given:
        return pl.lit(None, dtype=type)
    is_text_of_a_day = type == pl.Date() and given[name] == pl.String()
    return pl.col(name).str.to_date("%Y-%m-%d") if is_text_of_a_day else pl.col(name).cast(type)


@dataclass(frozen=True)
class LedgerFacts:
    """What the allocation ledger says, as frames: see `SCHEMAS`. `person` is the trial number, a pseudonym.

    `allocations`: one row for a person, arm and day as decided, never changed. `voids`: randomised in error; the
    allocation stays. `notes`: corrections by kind, such as a wrong stratum. `withdrawals`: what a person withdrew from.
    Source: trial.md §5; 002 §11.6, §11.9.
    """

    allocations: pl.DataFrame = field(default_factory=SCHEMAS["allocations"].to_frame)
    voids: pl.DataFrame = field(default_factory=SCHEMAS["voids"].to_frame)
    notes: pl.DataFrame = field(default_factory=SCHEMAS["notes"].to_frame)
    withdrawals: pl.DataFrame = field(default_factory=SCHEMAS["withdrawals"].to_frame)

    @classmethod
    def of(cls, **frames: pl.DataFrame | Iterable[Mapping[str, Any]]) -> LedgerFacts:
        """Facts from frames or rows by name; what is left out is empty. Raises UserError as `frame_of` does."""
        return cls(**{kind: frame_of(kind, given) for kind, given in frames.items()})

    @classmethod
    def of_entries(cls, bodies: Iterable[Mapping[str, Any]], episodes: Mapping[str, str]) -> LedgerFacts:
        """The facts in the bodies of ledger entries, in the order of the chain; other kinds of entry say nothing here.

        `episodes`: the episode of each trial number; a person it does not name has none. The day is the one in London
        at the entry's `utc` (milliseconds), as the data set has it. Raises UserError for a person allocated twice: such
        a ledger is broken, and is to be verified before anything is counted.
        """
        kept: dict[str, list[dict[str, Any]]] = {name: [] for name in ENTRY_KINDS.values()}
        for body in bodies:
            if name := ENTRY_KINDS.get(body["kind"]):
                kept[name].append(_row(name, body, episodes))
        people = [row["person"] for row in kept["allocations"]]
        if len(set(people)) < len(people):
            raise UserError("The ledger allocates a person twice: verify it before anything is counted.")
        return cls.of(**kept)

    @classmethod
    def of_dataset(cls, tables: Dataset, numbers: Mapping[str, str]) -> LedgerFacts:
        """What the data set says where there is no ledger: its allocations, and trial consents that were withdrawn.

        `numbers`: the trial number of each randomised episode, handed in by the caller. The stratum is the lot, and a
        withdrawal has no scope, as the data set records none. Raises UserError where a number is missing or given to
        two people.
        """
        drawn = tables["allocations"].join(tables["episodes"].select("episode_id", "lot"), on="episode_id", how="left")
        _each_has_a_number(drawn["episode_id"].to_list(), numbers)
        number = pl.col("episode_id").replace_strict(dict(numbers), default=None, return_dtype=pl.String)
        drawn = drawn.with_columns(number.alias("person"), pl.col("lot").alias("stratum"))
        left = (
            tables["consents"]
            .filter((pl.col("kind") == "trial") & pl.col("withdrawn_on").is_not_null())
            .join(drawn.select("episode_id", "person"), on="episode_id")
        )
        return cls.of(
            allocations=drawn.select(SCHEMAS["allocations"].names()),
            withdrawals=left.select("person", pl.col("withdrawn_on").alias("on")).unique(maintain_order=True),
        )

    def as_at(self, day: date) -> LedgerFacts:
        """The facts as at a day: what is dated later is not there. Source: semantics.md §2."""
        return LedgerFacts(
            self.allocations.filter(pl.col("allocated_on") <= day),
            *(frame.filter(pl.col("on") <= day) for frame in (self.voids, self.notes, self.withdrawals)),
        )


def _row(name: str, body: Mapping[str, Any], episodes: Mapping[str, str]) -> dict[str, Any]:
    """An entry's body as a row of its frame."""
    on = datetime.fromtimestamp(body["utc"] // MILLISECONDS, UTC).astimezone(LONDON).date()
    if name == "allocations":
        person = body["person"]
        place = {"episode_id": episodes.get(person), "stratum": body["stratum"], "arm": body["arm"]}
        return {"person": person, "allocated_on": on, **place}
    said = {"voids": "reason", "notes": "kind", "withdrawals": "scope"}[name]
    return {"person": body["person"], "on": on, said: body.get("scope" if name == "withdrawals" else "reason")}


def _each_has_a_number(episodes: list[str], numbers: Mapping[str, str]) -> None:
    if missing := [episode for episode in episodes if not numbers.get(episode)]:
        raise UserError(f"{len(missing)} people were randomised and have no trial number: give one for each episode.")
    if len({numbers[episode] for episode in episodes}) < len(episodes):
        raise UserError("Two people have the same trial number: give every person one of their own.")
