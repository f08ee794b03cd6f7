"""The tables as validation looks at them: each row with its number in the file and what it needs of its parents."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from placewell.dataset.conversion import FIRST_ROW_IN_A_FILE
from placewell.dataset.tables import TABLES
from placewell.dataset.validation.rules import ROW

EPISODE = ("person_id", "service_id", "referred_on", "closed_on", "specialist_id", "employment_at_entry")
JOB = ("episode_id", "started_on", "first_day_worked_on", "ended_on")


def joined(frames: Mapping[str, pl.DataFrame], table: str) -> pl.DataFrame:
    """The table's rows with their numbers, and the parents' columns as `episode.referred_on`, `job.ended_on` …"""
    frame = frames[table].with_row_index(ROW, offset=FIRST_ROW_IN_A_FILE)
    links = {column.refers_to: column.name for column in TABLES[table].columns if column.refers_to}
    if "episodes" in links:
        frame = _with(frame, frames["episodes"], links["episodes"], "episode_id", EPISODE, "episode")
    if "jobs" in links:
        frame = _with(frame, frames["jobs"], links["jobs"], "job_id", JOB, "job")
    if "fidelity_reviews" in links:
        frame = _with(frame, frames["fidelity_reviews"], "review_id", "review_id", ("on",), "review")
    if table == "episodes":
        frame = _with(frame, frames["people"], "person_id", "person_id", ("birth_date",), "person")
    if table == "jobs":
        people = frames["people"].select(pl.col("person_id").alias("episode.person_id"), "birth_date")
        frame = _with(frame, people, "episode.person_id", "episode.person_id", ("birth_date",), "person")
    return frame


def _with(
    frame: pl.DataFrame, parents: pl.DataFrame, link: str, key: str, columns: tuple[str, ...], prefix: str
) -> pl.DataFrame:
    """Join by a parent's first row: a key used twice is a finding of its own and must not double rows here."""
    first = parents.unique(key, keep="first", maintain_order=True)
    named = first.select(pl.col(key).alias(link), *(pl.col(c).alias(f"{prefix}.{c}") for c in columns))
    return frame.join(named, on=link, how="left", maintain_order="left")
