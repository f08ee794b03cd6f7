"""How one count differs between two readings: the number, and who joins and who leaves, with the reason under both."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import polars as pl

from placewell.comparison.counts import DECIDED, Count

NOT_CONSIDERED = "not_considered"
WHY_NOT = {
    "person": "Not looked at: has not entered the programme.",
    "job": "Not looked at: not a job start.",
}
"""Why a subject has no row in a member table, where the kind of subject says it."""


@dataclass(frozen=True)
class Move:
    """Someone, or something, that stands otherwise under the other reading."""

    subject_id: str
    episode_id: str | None
    person_id: str | None
    was_status: str
    was_reason: str
    is_status: str
    is_reason: str

    def as_dict(self) -> dict[str, Any]:
        """The object that `compare --format json` lists."""
        return {
            "subject_id": self.subject_id,
            "episode_id": self.episode_id,
            "person_id": self.person_id,
            "was": {"status": self.was_status, "reason": self.was_reason},
            "is": {"status": self.is_status, "reason": self.is_reason},
        }


@dataclass(frozen=True)
class Difference:
    """One count under two readings. `joins`: counted now and not before; `leaves`: the other way round.

    `denominator`: those of a proportion, median or mean who are not counted either way and yet enter or leave what it
    rests on. `difference` is exact for counts; of fractions the difference of the two.
    """

    was: Count
    now: Count
    joins: tuple[Move, ...]
    leaves: tuple[Move, ...]
    denominator: tuple[Move, ...] = ()

    @property
    def difference(self) -> int | float | None:
        """The later value less the earlier; None where one of the two rests on nothing."""
        if self.was.value is None or self.now.value is None:
            return None
        exact = Fraction(self.now.value) - Fraction(self.was.value)
        return exact.numerator if exact.denominator == 1 else float(exact)

    @property
    def is_same(self) -> bool:
        """Whether the number and everyone behind it stay."""
        unmoved = not (self.joins or self.leaves or self.denominator)
        return unmoved and self.was.value == self.now.value and self.was.denominator == self.now.denominator


def difference(was: Count, now: Count) -> Difference:
    """Compare a count under two readings, subject by subject."""
    joined = _absent(_counted(now), _counted(was), _key(was, now))
    left = _absent(_counted(was), _counted(now), _key(was, now))
    if was.measure != "proportion":
        return Difference(was, now, _moves(joined, was, now), _moves(left, was, now))
    moved = {*joined["subject_id"], *left["subject_id"]}
    entered = _absent(_decided(now), _decided(was), _key(was, now))
    gone = _absent(_decided(was), _decided(now), _key(was, now))
    others = pl.concat([entered, gone]).filter(~pl.col("subject_id").is_in(list(moved)))
    return Difference(was, now, _moves(joined, was, now), _moves(left, was, now), _moves(others, was, now))


def _counted(count: Count) -> pl.DataFrame:
    return count.members.filter(pl.col("status") == "counted").with_columns(_number())


def _decided(count: Count) -> pl.DataFrame:
    return count.members.filter(pl.col("status").is_in(DECIDED)).with_columns(_number())


def _number() -> pl.Expr:
    """Which of a person's subjects it is, so that a second job has no match where people are counted."""
    return pl.int_range(pl.len()).over("person_id").alias("number")


def _key(was: Count, now: Count) -> tuple[str, ...]:
    return ("subject_id",) if was.subject == now.subject else ("person_id", "number")


def _absent(here: pl.DataFrame, there: pl.DataFrame, key: tuple[str, ...]) -> pl.DataFrame:
    return here.join(there.select(key), on=key, how="anti", maintain_order="left")


def _moves(subjects: pl.DataFrame, was: Count, now: Count) -> tuple[Move, ...]:
    before, after = _by_subject(was, subjects), _by_subject(now, subjects)
    of_other_kind = was.subject != now.subject
    return tuple(
        Move(
            row["subject_id"],
            row["episode_id"],
            row["person_id"],
            *_standing(before, was, row, of_other_kind),
            *_standing(after, now, row, of_other_kind),
        )
        for row in subjects.iter_rows(named=True)
    )


Standings = dict[tuple[str | None, str | None], tuple[str, str]]


def _by_subject(count: Count, subjects: pl.DataFrame) -> Standings:
    """Status and reason of the members among these subjects, and of the first member of each of their episodes."""
    near = pl.col("subject_id").is_in(subjects["subject_id"].to_list())
    near |= pl.col("episode_id").is_in(subjects["episode_id"].drop_nulls().to_list())
    found: Standings = {}
    for subject, episode, _, status, reason in count.members.filter(near).iter_rows():
        found.setdefault((subject, episode), (status, reason))
        found.setdefault((None, episode), (status, reason))
    return found


def _standing(found: Standings, count: Count, row: dict[str, Any], of_other_kind: bool) -> tuple[str, str]:
    """How a subject stands in a count; where people are counted and then jobs, how its episode's first one does."""
    exact = found.get((row["subject_id"], row["episode_id"]))
    near = found.get((None, row["episode_id"])) if of_other_kind else None
    return exact or near or (NOT_CONSIDERED, WHY_NOT.get(count.subject, "Not looked at under this reading."))
