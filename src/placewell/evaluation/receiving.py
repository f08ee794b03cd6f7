"""Whether each person randomised received what their arm was to receive, and if not, why not."""

from __future__ import annotations

import polars as pl

from placewell.dataset import Dataset
from placewell.evaluation.trial import scopes_that_stop, trial_of
from placewell.evaluation.words import clause_of
from placewell.outcomes.words import day
from placewell.specification import Specification
from placewell.specification.trial import Arm

IN_ERROR, LEFT, WITHDREW, NOT_ATTENDED, NOT_YET = (
    "randomised in error",
    "left before it was given",
    "no longer wanted it",
    "did not attend",
    "no appointment recorded",
)
OTHER = "another reason"
DECLINED, ONLY_POINTED, ONLY_HANDED, NOT_WRITTEN = (
    "declined it",
    "sign-posted only",
    "given the booklet only",
    "not recorded",
)
LETTERS = ("letter",)
"""Hand-outs that every participant is sent: they are no part of what an arm receives."""


def received(
    people: pl.DataFrame,
    tables: Dataset,
    spec: Specification,
    arm: Arm,
    withdrawals: pl.DataFrame,
    handouts: pl.DataFrame | None,
) -> pl.DataFrame:
    """Adds `received` and `why_not` (a short clause; null where received) to the people of one arm.

    The arm that enters the service received it once an appointment was attended on a later day than randomisation: the
    meeting at which they were randomised is none. Any other arm received it once every hand-out of the specification
    was given and a service pointed to. Reasons are looked at in the order: randomised in error, withdrawn, the reason
    the episode was closed for, appointments not attended (or an offer declined), nothing recorded.
    `people`: person, episode_id, arm, allocated_on, voided, left_on. Source: 002 §11.7-11.8; CONSORT 2010, item 13a.
    """
    frame = people.filter(pl.col("arm") == arm.id)
    if arm.enters_service:
        return _service(frame, tables, spec, withdrawals)
    return _handed(frame, tables, spec, handouts)


def _service(people: pl.DataFrame, tables: Dataset, spec: Specification, withdrawals: pl.DataFrame) -> pl.DataFrame:
    appointments = (
        tables["contacts"]
        .filter((pl.col("with_whom") == "client") & pl.col("kind").is_in(spec.outcomes.contact.appointment_kinds))
        .join(people.select("episode_id", "allocated_on"), on="episode_id")
        .filter(pl.col("on") > pl.col("allocated_on"))
        .group_by("episode_id")
        .agg(
            (pl.col("attendance") == "attended").any().alias("received"),
            (pl.col("attendance") == "did_not_attend").any().alias("missed"),
        )
    )
    closed = tables["episodes"].select("episode_id", "closure_reason")
    stops = scopes_that_stop(trial_of(spec), "support")
    without = withdrawals.filter(pl.col("scope").is_in(stops)).select("person", pl.lit(value=True).alias("gave_up"))
    labels = {reason.id: clause_of(reason.label) for reason in spec.pathway.closure_reasons}
    closure = pl.col("closure_reason").replace_strict(labels, default=pl.lit(OTHER), return_dtype=pl.String)
    return (
        people.join(appointments, on="episode_id", how="left", maintain_order="left")
        .join(closed, on="episode_id", how="left", maintain_order="left")
        .join(without.unique("person"), on="person", how="left", maintain_order="left")
        .with_columns(pl.col("received").fill_null(value=False))
        .with_columns(
            pl.when("received")
            .then(None)
            .when("voided")
            .then(pl.lit(IN_ERROR))
            .when(pl.col("gave_up").fill_null(value=False) | pl.col("left_on").is_not_null())
            .then(pl.lit(WITHDREW))
            .when(pl.col("closure_reason").is_not_null())
            .then(closure)
            .when(pl.col("missed").fill_null(value=False))
            .then(pl.lit(NOT_ATTENDED))
            .otherwise(pl.lit(NOT_YET))
            .alias("why_not")
        )
    )


def _handed(people: pl.DataFrame, tables: Dataset, spec: Specification, handouts: pl.DataFrame | None) -> pl.DataFrame:
    """Without facts of hand-outs the data set knows sign-posting alone, and that is all that is asked."""
    kinds = [one.id for one in trial_of(spec).handouts] if handouts is not None else []
    given = pl.col("given")
    facts = _handouts(tables, handouts).group_by("episode_id")
    whole = pl.all_horizontal(*((pl.col("kind").eq(kind) & given).any() for kind in kinds), pl.lit(value=True))
    pointed = (~pl.col("kind").is_in([*kinds, *LETTERS]) & given).any()
    told = facts.agg(
        whole.alias("handed"), pointed.alias("pointed"), (~given).any().alias("declined"), given.any().alias("some")
    )
    return (
        people.join(told, on="episode_id", how="left", maintain_order="left")
        .with_columns(pl.col("handed", "pointed", "declined", "some").fill_null(value=False))
        .with_columns((pl.col("handed") & pl.col("pointed")).alias("received"))
        .with_columns(
            pl.when("received")
            .then(None)
            .when("voided")
            .then(pl.lit(IN_ERROR))
            .when("declined")
            .then(pl.lit(DECLINED))
            .when(pl.col("left_on").is_not_null())
            .then(pl.lit(LEFT))
            .when("pointed")
            .then(pl.lit(ONLY_POINTED))
            .when(pl.col("handed") & bool(kinds))
            .then(pl.lit(ONLY_HANDED))
            .otherwise(pl.lit(NOT_WRITTEN))
            .alias("why_not")
        )
    )


def _handouts(tables: Dataset, handouts: pl.DataFrame | None) -> pl.DataFrame:
    if handouts is not None:
        return handouts.select("episode_id", "kind", pl.col("given").fill_null(value=False))
    pointed = tables["onward_referrals"].filter(pl.col("kind") == "signpost")
    return pointed.select("episode_id", pl.col("to").alias("kind"), pl.lit(value=True).alias("given"))


def received_words(arm: Arm, spec: Specification, handouts: pl.DataFrame | None, name: str) -> tuple[str, str]:
    """How a diagram says that an arm received what it was to receive, and that it did not."""
    if arm.enters_service:
        return f"Received {name} (first appointment held)", "Did not receive it"
    given = [clause_of(one.label) for one in trial_of(spec).handouts] if handouts is not None else []
    if not given:
        return "Sign-posted to existing services", "Not recorded as sign-posted"
    return f"Given the {' and '.join(given)}, and sign-posted", "Not given"


def why_words(received: str) -> pl.Expr:
    """A member's reason as a sentence, from `why_not`."""
    text = pl.col("why_not")
    return (
        pl.when(text.is_null())
        .then(pl.format("Randomised on {}; {}.", day("allocated_on"), pl.lit(clause_of(received))))
        .otherwise(pl.concat_str(text.str.slice(0, 1).str.to_uppercase(), text.str.slice(1), pl.lit(".")))
    )
