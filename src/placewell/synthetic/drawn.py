"""The arms of a made-up trial when a ledger gives them: who is drawn, in which order, and what each of them got."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import TypeAlias

import polars as pl

Drawn: TypeAlias = Sequence[tuple[date, str]]
"""The day and the episode's id of everyone drawn in a lot, in that order."""
Arms: TypeAlias = Callable[[str, Drawn], Sequence[str]]
"""Gives, for a lot and everyone drawn there, each one's arm in the same order."""


def episode_id() -> pl.Expr:
    """The id of an episode, from the person's number and which of their episodes it is."""
    person = (pl.col("n") + 1).cast(pl.String).str.zfill(6)
    return pl.concat_str(pl.lit("E"), person, pl.lit("-"), "ordinal")


def given_by(arms: Arms, rounds: Sequence[pl.DataFrame]) -> pl.DataFrame:
    """What the ledger gives everyone drawn in these rounds of referrals: `e`, `given`.

    The rounds may hold other arms: who is drawn, and when, hangs on no arm, since nobody is drawn a second time and
    whoever was not drawn before has none. Raises ValueError where the ledger gives too few arms, or too many.
    """
    columns = ("lot", "allocated_on", "e")
    together = pl.concat([one.select(*columns, episode_id().alias("episode_id")) for one in rounds])
    drawn = together.filter(pl.col("allocated_on").is_not_null()).sort("lot", "allocated_on", "episode_id")
    parts = [drawn.select("e", pl.lit(None, dtype=pl.String).alias("given")).head(0)]
    for (lot,), here in drawn.group_by("lot", maintain_order=True):
        order = here.select("allocated_on", "episode_id").rows()
        given = list(arms(str(lot), order))
        if len(given) != len(order):
            raise ValueError(f"{len(order)} people are drawn in {lot}, but {len(given)} arms were given")
        parts.append(here.select("e", pl.Series("given", given, dtype=pl.String)))
    return pl.concat(parts)
