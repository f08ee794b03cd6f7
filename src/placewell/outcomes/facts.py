"""The facts of a service's episodes as at a day: each table cut once and tied to its episodes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import cached_property

import polars as pl

from placewell.dataset import Dataset
from placewell.outcomes.as_at import cut
from placewell.specification import Specification

ROW = "row"
"""The place of an episode in the order (referred_on, episode_id): every step joins and groups by it."""

EPISODE_COLUMNS = (
    "episode_id",
    "person_id",
    "referred_on",
    "lot",
    "accepted_on",
    "opted_in_on",
    "closed_on",
    "specialist_id",
)


def settle(frame: pl.LazyFrame) -> pl.LazyFrame:
    """Compute a step once that several others use."""
    return frame.collect(engine="in-memory").lazy()


def beside(frame: pl.LazyFrame, parts: Sequence[pl.LazyFrame]) -> pl.LazyFrame:
    """A settled frame with the columns of other steps set beside it, row by row.

    Each part has at most one line for a row. Parts are brought into the frame's order apart and then hung beside it:
    joining them one after the other would copy every column every time.
    """
    whole = frame.collect(engine="in-memory")
    rows = whole.select(ROW).lazy()
    aligned = (rows.join(part, on=ROW, how="left", maintain_order="left", validate="m:1").drop(ROW) for part in parts)
    return pl.concat([whole, *pl.collect_all(list(aligned), engine="in-memory")], how="horizontal").lazy()


class Facts:
    """The data set as one service sees it on a day. Tables come as lazy frames; nothing is cut that is not asked for.

    `entries` holds one row per episode received by the day, in order, with its `entered_on` (absent: not entered).
    """

    def __init__(self, spec: Specification, dataset: Dataset, as_at: date) -> None:
        self.spec = spec
        self.rules = spec.outcomes
        self.dataset = dataset
        self.as_at = as_at
        self._tables: dict[str, pl.LazyFrame] = {}

    def table(self, name: str) -> pl.LazyFrame:
        """A table of the data set as at the day."""
        if name not in self._tables:
            self._tables[name] = cut(name, self.dataset[name].lazy(), self.as_at)
        return self._tables[name]

    @cached_property
    def received(self) -> pl.LazyFrame:
        """The service's episodes received by the day, in order, numbered. A row without service_id is the service's."""
        own = pl.col("service_id").fill_null(self.spec.service.id) == self.spec.service.id
        frame = self.table("episodes").filter(own).sort("referred_on", "episode_id").with_row_index(ROW)
        return settle(frame)

    @cached_property
    def entries(self) -> pl.LazyFrame:
        """`received` with `entered_on` and `again` (the person has an earlier episode in the service)."""
        from placewell.outcomes.entry import entered

        again = (pl.int_range(pl.len()).over("person_id") > 0).alias("again")
        return settle(entered(self).with_columns(again))

    def of_episodes(self, name: str, *columns: str) -> pl.LazyFrame:
        """A table's columns beside the row, referred_on and entered_on of the episode each line belongs to."""
        days = self.entries.select("episode_id", ROW, "referred_on", "entered_on")
        return self.table(name).select("episode_id", *columns).join(days, on="episode_id", how="inner")

    def since_entry(self, name: str, day: str, *columns: str) -> pl.LazyFrame:
        """Like `of_episodes`, only lines whose `day` is on or after the episode's programme entry."""
        return self.of_episodes(name, day, *columns).filter(pl.col(day) >= pl.col("entered_on"))
