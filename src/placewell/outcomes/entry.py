"""Programme entry: the day from which an episode's facts count for its outcomes."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import polars as pl

if TYPE_CHECKING:
    from placewell.outcomes.facts import Facts


def entered(facts: Facts) -> pl.LazyFrame:
    """The service's episodes with `entered_on` and `arm`. Arm and entry belong to the episode.

    Source: semantics.md §2 (programme entry); 002 §9.10–9.11, §11.7; X11.
    """
    rule = facts.rules.entry
    frame = _BY_EVENT[rule.event](facts)
    if rule.event == "allocation_or_acceptance" or not rule.arm:
        return frame
    return _without_other_arms(facts, frame, rule.arm)


def _without_other_arms(facts: Facts, frame: pl.LazyFrame, arm: str) -> pl.LazyFrame:
    """Take the entry away from episodes that are allocated to another arm."""
    allocations = facts.table("allocations").select("episode_id", "arm")
    elsewhere = (pl.col("arm") != arm).fill_null(False)
    joined = frame.drop("arm").join(allocations, on="episode_id", how="left", maintain_order="left")
    return joined.with_columns(pl.when(~elsewhere).then("entered_on").alias("entered_on")).sort("row")


def _by_allocation_or_acceptance(facts: Facts) -> pl.LazyFrame:
    rule = facts.rules.entry
    allocations = facts.table("allocations").select("episode_id", "arm", "allocated_on", allocated=pl.lit(True))
    episodes = facts.received.join(allocations, on="episode_id", how="left")
    held = (
        episodes.filter(pl.col("arm") == rule.arm)
        .group_by("person_id")
        .agg(pl.col("allocated_on").min().alias("held_from"))
    )
    accepted = pl.col("accepted_on")
    without = (accepted >= rule.accepted_from) | (pl.col("held_from") <= accepted).fill_null(False)
    entered_on = (
        pl.when(pl.col("allocated") & (pl.col("arm") == rule.arm).fill_null(False))
        .then(pl.col("allocated_on"))
        .when(pl.col("allocated").is_null() & without)
        .then(accepted)
    )
    return (
        episodes.join(held, on="person_id", how="left", maintain_order="left")
        .with_columns(entered_on.alias("entered_on"))
        .drop("allocated", "allocated_on", "held_from")
        .sort("row")
    )


def _by_acceptance(facts: Facts) -> pl.LazyFrame:
    return facts.received.with_columns(pl.col("accepted_on").alias("entered_on"), _no_arm())


def _by_opting_in(facts: Facts) -> pl.LazyFrame:
    return facts.received.with_columns(pl.col("opted_in_on").alias("entered_on"), _no_arm())


def _by_referral(facts: Facts) -> pl.LazyFrame:
    return facts.received.with_columns(pl.col("referred_on").alias("entered_on"), _no_arm())


def _by_consent(facts: Facts) -> pl.LazyFrame:
    """The first consent of any kind on or after the referral."""
    consents = (
        facts.table("consents")
        .join(facts.received.select("episode_id", "referred_on"), on="episode_id", how="inner")
        .filter(pl.col("given_on") >= pl.col("referred_on"))
        .group_by("episode_id")
        .agg(pl.col("given_on").min().alias("entered_on"))
    )
    return facts.received.join(consents, on="episode_id", how="left").with_columns(_no_arm()).sort("row")


def _by_first_appointment(facts: Facts) -> pl.LazyFrame:
    kinds = facts.rules.contact.appointment_kinds
    appointments = (
        facts.table("contacts")
        .filter(attended_by_client() & pl.col("kind").is_in(kinds))
        .join(facts.received.select("episode_id", "referred_on"), on="episode_id", how="inner")
        .filter(pl.col("on") >= pl.col("referred_on"))
        .group_by("episode_id")
        .agg(pl.col("on").min().alias("entered_on"))
    )
    return facts.received.join(appointments, on="episode_id", how="left").with_columns(_no_arm()).sort("row")


def attended_by_client() -> pl.Expr:
    """A two-way contact: any contact with the client that was attended. Source: semantics.md §3."""
    return (pl.col("with_whom") == "client") & (pl.col("attendance") == "attended")


def _no_arm() -> pl.Expr:
    return pl.lit(None, pl.String).alias("arm")


_BY_EVENT: dict[str, Callable[[Facts], pl.LazyFrame]] = {
    "allocation_or_acceptance": _by_allocation_or_acceptance,
    "accepted": _by_acceptance,
    "opted_in": _by_opting_in,
    "first_appointment": _by_first_appointment,
    "referred": _by_referral,
    "consented": _by_consent,
}
