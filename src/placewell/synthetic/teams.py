"""Teams that a service declares: who joins which, who leads it, and how people move when teams become one."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

import polars as pl

from placewell.specification import Specification
from placewell.synthetic.staff import Naming, numbered_team, short

HEAD = "team_leader"


def naming(spec: Specification) -> Naming:
    """How the team of a new specialist is found: those that are there take turns; with none declared, by number."""
    service = spec.service
    if not service.teams:
        return numbered_team

    def in_turn(_lot: str, number: int, day: date) -> str:
        there = service.teams_on(day) or service.teams
        return there[number % len(there)].id

    return in_turn


def leaders(spec: Specification) -> Mapping[str, str]:
    """The leader of each declared team: one person for all that the same organisation supervises."""
    return {team.id: f"{short(team.supervised_by or team.id)}-L1" for team in spec.service.teams}


def followed(frame: pl.DataFrame, day: str, spec: Specification) -> pl.DataFrame:
    """The frame with `team_id` as it is on each row's day: the team that has followed by then."""
    for team in sorted(spec.service.teams, key=lambda one: one.start or spec.service.contract_start):
        merged = pl.col("team_id").is_in(team.follows) & (pl.col(day) >= (team.start or spec.service.contract_start))
        name = pl.when(merged.fill_null(False)).then(pl.lit(team.id)).otherwise("team_id")
        frame = frame.with_columns(name.alias("team_id"))
    return frame


def posted(posts: pl.DataFrame, spec: Specification) -> pl.DataFrame:
    """The posts of declared teams: a row for each team that somebody was of, with who manages them from day to day.

    A leader of several teams, and a manager of the service, belong to none of them.
    """
    service = spec.service
    if not service.teams:
        return posts
    managing = {team.id: team.organisation for team in service.teams}
    members = posts.filter(pl.col("role") == "specialist").with_columns(
        pl.col("team_id").replace_strict(managing).alias("organisation_id"), pl.lit(None, pl.Date).alias("to_on")
    )
    for team in sorted(service.teams, key=lambda one: one.start or service.contract_start):
        members = _joined(members, team.id, team.follows, team.start or service.contract_start)
    managers = posts.filter(pl.col("role") == "manager").with_columns(pl.lit(None, pl.String).alias("team_id"))
    return pl.concat([members, _heads(posts, spec), managers], how="diagonal").sort("from_on", "specialist_id")


def _heads(posts: pl.DataFrame, spec: Specification) -> pl.DataFrame:
    """One post for each leader, with the organisation that supervises."""
    led = leaders(spec)
    hosts = {led[team.id]: team.supervised_by or team.organisation for team in spec.service.teams}
    first = posts.filter(pl.col("role") == HEAD).group_by("specialist_id", "role", "fte").agg(pl.col("from_on").min())
    return first.with_columns(pl.col("specialist_id").replace_strict(hosts).alias("organisation_id"))


def _joined(members: pl.DataFrame, team: str, earlier: tuple[str, ...], first: date) -> pl.DataFrame:
    """The posts with those in `earlier` teams ended on the day before `first`, and one in `team` from then on."""
    moves = pl.col("team_id").is_in(earlier) & pl.col("to_on").is_null()
    moving = members.filter(moves)
    before = moving.filter(pl.col("from_on") < first).with_columns(pl.lit(first - timedelta(days=1)).alias("to_on"))
    begun = pl.when(pl.col("team_id") == team).then(pl.max_horizontal("from_on", pl.lit(first))).otherwise("from_on")
    after = moving.with_columns(pl.lit(team).alias("team_id"))
    return pl.concat([members.filter(~moves), before, after.select(members.columns)]).with_columns(
        begun.alias("from_on")
    )
