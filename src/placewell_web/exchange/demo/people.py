"""The demo's people, their episodes and what was agreed with them, from the made-up data set."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from placewell.dataset import Dataset
from placewell_web.clients.models import Alert, Allocation, Benefit, Consent, Episode, Person
from placewell_web.clients.names import search_name
from placewell_web.exchange.demo.places import Places, site_id
from placewell_web.exchange.demo.words import ALERTS, pick

BATCH = 500


def load_people(dataset: Dataset, places: Places, at: datetime) -> None:
    """Everyone in the data set, then their episodes, consents, past allocations, benefits and alerts."""
    rows = dataset["people"].sort("person_id").rows(named=True)
    people = {row["person_id"]: _person(row, number, at) for number, row in enumerate(rows, start=10001)}
    Person.unscoped.bulk_create(people.values(), batch_size=BATCH)
    episodes = dataset["episodes"].sort("episode_id").rows(named=True)
    Episode.unscoped.bulk_create((_episode(row, places, at) for row in episodes), batch_size=BATCH)
    _agreements(dataset)
    Alert.unscoped.bulk_create(
        (alert for data_id, person in people.items() if (alert := _alert(data_id, person, at))), batch_size=BATCH
    )


def _person(row: dict[str, Any], number: int, at: datetime) -> Person:
    first, last = row["first_name"] or "Not", row["surname"] or "Known"
    return Person(
        id=site_id("people", row["person_id"]),
        number=f"TW-{number}",
        first_name=first,
        surname=last,
        birth_date=row["birth_date"],
        nhs_number=row["nhs_number"] or "",
        phone=row["phone"] or "",
        email=row["email"] or "",
        postcode=row["postcode"] or row["postcode_district"] or "",
        search_name=search_name(first, last),
        contact_preference=pick(("text", "call", "email", "text"), row["person_id"]),
        created_at=at,
        **{
            name: row[name] or ""
            for name in ("gender", "ethnicity", "religion", "sexual_orientation", "education", "region")
        },
    )


COPIED = (
    "service_id", "locality", "source", "route", "prompted_by", "decline_reason", "primary_condition",
    "employment_at_entry", "time_since_last_worked", "closure_reason",
)  # fmt: skip
KEPT = (
    "referred_on", "accepted_on", "declined_on", "opted_in_on", "closed_on", "has_long_term_condition",
    "has_common_mental_health_problem", "has_autism", "has_learning_disability",
)  # fmt: skip


def _episode(row: dict[str, Any], places: Places, at: datetime) -> Episode:
    return Episode(
        id=site_id("episodes", row["episode_id"]),
        person_id=site_id("people", row["person_id"]),
        lot=places.lots.get(row["lot"]),
        team=places.teams.get(row["team_id"]),
        gp_practice=places.practices.get(row["gp_practice"]),
        specialist=places.staff.get(row["specialist_id"]),
        created_at=at,
        **{name: row[name] or "" for name in COPIED},
        **{name: row[name] for name in KEPT},
    )


def _agreements(dataset: Dataset) -> None:
    Consent.unscoped.bulk_create(
        (
            Consent(
                episode_id=site_id("episodes", row["episode_id"]),
                kind=row["kind"],
                form_version=row["form_version"] or "",
                given_on=row["given_on"],
                withdrawn_on=row["withdrawn_on"],
            )
            for row in dataset["consents"].rows(named=True)
        ),
        batch_size=BATCH,
    )
    Allocation.unscoped.bulk_create(
        (
            Allocation(
                episode_id=site_id("episodes", row["episode_id"]), arm=row["arm"], allocated_on=row["allocated_on"]
            )
            for row in dataset["allocations"].rows(named=True)
        ),
        batch_size=BATCH,
    )
    Benefit.unscoped.bulk_create(
        (
            Benefit(
                episode_id=site_id("episodes", row["episode_id"]),
                on=row["on"],
                benefit=row["benefit"],
                received=bool(row["received"]),
            )
            for row in dataset["benefits"].rows(named=True)
        ),
        batch_size=BATCH,
    )


def _alert(data_id: str, person: Person, at: datetime) -> Alert | None:
    """About one person in eight has something that everyone who meets them must know first."""
    if pick(range(8), f"alert {data_id}"):
        return None
    kind, title, text = pick(ALERTS, f"which {data_id}")
    return Alert(person=person, kind=kind, title=title, text=text, reviewed_on=at.date().replace(day=2))
