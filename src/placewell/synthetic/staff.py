"""Made-up staff: specialists hired as caseloads fill, team leaders, managers, and who supports whom."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from heapq import heappop, heappush

import polars as pl

SPECIALISTS_PER_LEADER = 8
NOTICE = timedelta(days=35)
"""How long before the first case a specialist begins: induction and training."""


Naming = Callable[[str, int, date], str]
"""The team of a lot's so-manieth specialist, hired on a day."""


def numbered_team(lot: str, number: int, _day: date) -> str:
    """A team of its own for every eight specialists of a lot."""
    return f"{short(lot)}-T{number // SPECIALISTS_PER_LEADER + 1}"


def assigned(episodes: pl.DataFrame, full: int, naming: Naming = numbered_team) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The specialist of each episode (e, specialist_id), and the specialists with their team and first case.

    Within a lot, cases come in order of the day they are met; each goes to the specialist longest in post who has fewer
    than `full` open cases, else to a new one. A case is open from that day until it is closed.
    """
    wanted = episodes.filter(pl.col("fate").is_in(["taken_on", "unwilling"])).sort("lot", "met_on", "e")
    given: list[dict[str, object]] = []
    hired: list[dict[str, object]] = []
    for cases in wanted.partition_by("lot", maintain_order=True):
        team = _Team(cases["lot"][0], full, naming)
        for episode, met, until in cases.select("e", "met_on", pl.coalesce("closed_on", "met_on")).iter_rows():
            given.append({"e": episode, "specialist_id": team.take(met, until)})
        hired.extend(team.hired)
    return pl.DataFrame(given, schema=ASSIGNED), pl.DataFrame(hired, schema=HIRED)


ASSIGNED = pl.Schema({"e": pl.Int64, "specialist_id": pl.String})
HIRED = pl.Schema({"specialist_id": pl.String, "team_id": pl.String, "lot": pl.String, "first_case_on": pl.Date})


class _Team:
    """The specialists of a lot while the cases are dealt out in order of day."""

    def __init__(self, lot: str, full: int, naming: Naming) -> None:
        self.lot, self.full, self.naming = lot, full, naming
        self.hired: list[dict[str, object]] = []
        self.open: list[int] = []
        self.ends: list[tuple[date, int]] = []

    def take(self, day: date, until: date) -> str:
        """Give the case to the first who is not full, or to a new one."""
        while self.ends and self.ends[0][0] <= day:
            self.open[heappop(self.ends)[1]] -= 1
        free = (number for number, count in enumerate(self.open) if count < self.full)
        chosen = next(free, -1)
        if chosen < 0:
            chosen = self._hire(day)
        self.open[chosen] += 1
        heappush(self.ends, (until, chosen))
        return str(self.hired[chosen]["specialist_id"])

    def _hire(self, day: date) -> int:
        number = len(self.hired)
        self.hired.append(
            {
                "specialist_id": f"{short(self.lot)}-S{number + 1:02d}",
                "team_id": self.naming(self.lot, number, day),
                "lot": self.lot,
                "first_case_on": day,
            }
        )
        self.open.append(0)
        return number


def short(lot: str) -> str:
    """Three letters for a lot: the initials of its words, or the first letters of its one word."""
    words = lot.split("_")
    return ("".join(word[0] for word in words) if len(words) > 1 else lot[:3]).upper()


def leader_of(team: pl.Expr, leaders: Mapping[str, str] | None = None) -> pl.Expr:
    """The id of a team's leader; `leaders` names those of teams that the service declares."""
    return team.replace(leaders) if leaders else team.str.replace("-T", "-L", literal=True)


def postings(
    hired: pl.DataFrame, lots: tuple[str, ...], first_day: date, leaders: Mapping[str, str] | None = None
) -> pl.DataFrame:
    """Every post: specialists from some weeks before their first case, their leaders, a manager for each lot."""
    begun = pl.max_horizontal(pl.lit(first_day), pl.col("first_case_on") - NOTICE)
    specialists = hired.select("specialist_id", "team_id", pl.lit("specialist").alias("role"), begun.alias("from_on"))
    heads = (
        specialists.group_by("team_id")
        .agg(pl.col("from_on").min())
        .select(
            leader_of(pl.col("team_id"), leaders).alias("specialist_id"),
            "team_id",
            pl.lit("team_leader").alias("role"),
            "from_on",
        )
    )
    managers = pl.DataFrame(
        {
            "specialist_id": [f"{short(lot)}-M1" for lot in lots],
            "team_id": [f"{short(lot)}-T1" for lot in lots],
            "role": "manager",
            "from_on": first_day,
        }
    )
    together = pl.concat([specialists, heads, managers]).sort("from_on", "specialist_id")
    return together.with_columns(pl.lit(1).cast(pl.Decimal(14, 4)).alias("fte"))
