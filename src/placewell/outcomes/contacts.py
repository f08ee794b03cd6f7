"""Contact days: the first two-way contact, and the appointments since programme entry."""

from __future__ import annotations

import polars as pl

from placewell.outcomes.entry import attended_by_client
from placewell.outcomes.facts import ROW, Facts
from placewell.specification.outcomes import Engagement


def is_two_way(facts: Facts) -> pl.Expr:
    """Whether a contact with the person is two-way, as the service means it."""
    meaning = facts.rules.contact
    of_kind = pl.col("kind").is_in(meaning.two_way_kinds) if meaning.two_way_kinds else pl.lit(True)
    return (pl.col("attendance").is_in(meaning.two_way_attendance) & of_kind).fill_null(False).alias("is_two_way")


def two_way(facts: Facts) -> pl.LazyFrame:
    """Two-way contacts with the client, and appointments: row, on, is_appointment, is_two_way, referred_on, entered_on.

    Source: semantics.md §3 (appointment, two-way contact); X29.
    """
    kinds = facts.rules.contact.appointment_kinds
    is_appointment = (attended_by_client() & pl.col("kind").is_in(kinds)).fill_null(False)
    with_client = pl.col("with_whom") == "client"
    contacts = (
        facts.table("contacts")
        .with_columns(is_two_way(facts))
        .filter(with_client & (pl.col("is_two_way") | is_appointment))
    )
    days = facts.entries.select("episode_id", ROW, "referred_on", "entered_on")
    columns = ("episode_id", "on", "is_two_way", is_appointment.alias("is_appointment"))
    return contacts.select(columns).join(days, on="episode_id")


def contact_days(facts: Facts, contacts: pl.LazyFrame) -> pl.LazyFrame:
    """Per row: first_contact_on (from the referral on), appointments (since entry) and the day of each asked for."""
    appointment = pl.col("is_appointment") & (pl.col("on") >= pl.col("entered_on"))
    on = pl.col("on").filter(appointment)
    return contacts.group_by(ROW).agg(
        pl.col("on")
        .filter(pl.col("is_two_way") & (pl.col("on") >= pl.col("referred_on")))
        .min()
        .alias("first_contact_on"),
        on.len().alias("appointments"),
        *(on.bottom_k(n).sort().get(n - 1, null_on_oob=True).alias(nth_appointment(n)) for n in numbers_asked(facts)),
    )


def numbers_asked(facts: Facts) -> tuple[int, ...]:
    """The numbers of appointments that some outcome asks for; the first and third always."""
    asked = {o.appointments for o in facts.rules.outcomes if isinstance(o, Engagement) and o.appointments}
    return tuple(sorted({1, 3} | asked))


def nth_appointment(n: int) -> str:
    """The column that holds the day of the n-th appointment."""
    return {1: "first_appointment_on", 2: "second_appointment_on", 3: "third_appointment_on"}.get(
        n, f"appointment_{n}_on"
    )
