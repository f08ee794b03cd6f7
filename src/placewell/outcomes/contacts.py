"""Contact days: the first two-way contact, and the appointments since programme entry."""

from __future__ import annotations

import polars as pl

from placewell.outcomes.entry import attended_by_client
from placewell.outcomes.facts import ROW, Facts
from placewell.specification.outcomes import Engagement


def two_way(facts: Facts) -> pl.LazyFrame:
    """Attended contacts with the client: row, on, is_appointment, referred_on, entered_on.

    Source: semantics.md §3 (appointment, two-way contact); X29.
    """
    is_appointment = pl.col("kind").is_in(facts.rules.contact.appointment_kinds).fill_null(False)
    contacts = facts.table("contacts").filter(attended_by_client())
    days = facts.entries.select("episode_id", ROW, "referred_on", "entered_on")
    return contacts.select("episode_id", "on", is_appointment.alias("is_appointment")).join(days, on="episode_id")


def contact_days(facts: Facts, contacts: pl.LazyFrame) -> pl.LazyFrame:
    """Per row: first_contact_on (from the referral on), appointments (since entry) and the day of each asked for."""
    appointment = pl.col("is_appointment") & (pl.col("on") >= pl.col("entered_on"))
    on = pl.col("on").filter(appointment)
    return contacts.group_by(ROW).agg(
        pl.col("on").filter(pl.col("on") >= pl.col("referred_on")).min().alias("first_contact_on"),
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
