"""Localities that a service names, and the sessions held in them: where people live, whom the staff visit.

Each function leaves a service that names no localities as it is.
"""

from __future__ import annotations

from datetime import date

import polars as pl

from placewell.specification import Specification
from placewell.specification.outcomes import EachRow
from placewell.synthetic.dice import Dice, days, weekday

WITH_EMPLOYERS = ("employer_awareness", "employer_training")
EMPLOYERS = 90
"""How many employers a lot has sessions with, over the years."""
VISIT_EVERY = 42
NOT_KNOWN = 0.01


def placed(episodes: pl.DataFrame, spec: Specification, dice: Dice) -> pl.DataFrame:
    """The locality of each referral: one of its lot, the same for a person as long as the lot is; a few not known."""
    if not spec.service.localities:
        return episodes
    locality = _of_lot(spec, dice.by("n"), "locality of the service")
    return episodes.with_columns(
        pl.when(~dice.by("e").happens("locality not known", NOT_KNOWN)).then(locality).alias("locality")
    )


def _of_lot(spec: Specification, dice: Dice, purpose: str) -> pl.Expr:
    chosen = pl.lit(None, pl.String)
    for lot in spec.service.lots:
        own = [one.id for one in spec.service.localities if lot.id in one.lots]
        chosen = pl.when(pl.col("lot") == lot.id).then(dice.pick(purpose, own)).otherwise(chosen) if own else chosen
    return chosen


def sessions(activities: pl.DataFrame, hired: pl.DataFrame, spec: Specification, dice: Dice) -> pl.DataFrame:
    """The activities with their locality and, of sessions with employers, the employer."""
    if not spec.service.localities:
        return activities
    numbered = activities.join(
        hired.select("specialist_id", "lot"), on="specialist_id", how="left", maintain_order="left"
    ).with_row_index("a")
    throw = dice.by("a")
    employer = "EM" + throw.between("session at", 1, EMPLOYERS * len(spec.service.lots)).cast(pl.String).str.zfill(5)
    return numbered.with_columns(
        _of_lot(spec, throw, "session in").alias("locality"),
        pl.when(pl.col("kind").is_in(WITH_EMPLOYERS)).then(employer).alias("organisation_id"),
    ).drop("a", "lot")


def visits(
    contacts: pl.DataFrame, posts: pl.DataFrame, hired: pl.DataFrame, spec: Specification, through: date, dice: Dice
) -> pl.DataFrame:
    """With the contacts for somebody, contacts with employers for no one person, of the purposes the service counts."""
    rules = (o for o in spec.outcomes.outcomes if isinstance(o, EachRow) and o.table == "employer_contacts")
    purposes = [code for rule in rules if rule.of_nobody for code in rule.codes]
    if not purposes:
        return contacts
    times = ((pl.lit(through) - pl.col("from_on")).dt.total_days() // VISIT_EVERY).clip(0)
    each = (
        posts.filter(pl.col("role") == "specialist")
        .join(hired.select("specialist_id", "lot"), on="specialist_id", how="left", maintain_order="left")
        .with_row_index("s")
        .with_columns(pl.int_ranges(pl.lit(0), times).alias("k"))
        .explode("k")
        .filter(pl.col("k").is_not_null())
    )
    throw = dice.by("s", "k")
    employer = throw.between("visit to", 1, EMPLOYERS * len(spec.service.lots)).cast(pl.String).str.zfill(5)
    made = each.select(
        pl.concat_str(pl.lit("EC-"), "specialist_id", pl.lit("-"), pl.col("k") + 1).alias("employer_contact_id"),
        ("EM" + employer).alias("employer_id"),
        "specialist_id",
        weekday(pl.col("from_on") + days((pl.col("k") + 1) * VISIT_EVERY - throw.between("visit on", 0, 12))).alias(
            "on"
        ),
        throw.happens("visit in person", 0.7).alias("face_to_face"),
        throw.pick("visit for", purposes).alias("purpose"),
        _of_lot(spec, throw, "visit in").alias("locality"),
    )
    return pl.concat([contacts, made], how="diagonal")
