"""Contacts, profiles, plans, the search for work, answered questionnaires."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from tests.factories.facts import Fact, a_number, day


def a_contact(episode_id: str, on: date | str, kind: str = "call", **columns: Any) -> Fact:
    """A contact with the person that took place, unless columns say otherwise."""
    row = {
        "contact_id": f"c{a_number()}",
        "episode_id": episode_id,
        "on": day(on),
        "kind": kind,
        "with_whom": "client",
        "attendance": "attended",
        **columns,
    }
    return "contacts", row


def an_appointment(episode_id: str, on: date | str, **columns: Any) -> Fact:
    """An appointment that was kept."""
    return a_contact(episode_id, on, "appointment", **columns)


def three_appointments(episode_id: str, *days: date | str) -> list[Fact]:
    """One appointment on each of the days."""
    return [an_appointment(episode_id, on) for on in days]


def a_profile(episode_id: str, started: date | str, completed: date | str | None = None, version: int = 1) -> Fact:
    """A version of the vocational profile."""
    row = {"episode_id": episode_id, "version": version, "started_on": day(started), "completed_on": day(completed)}
    return "profiles", row


def a_plan(episode_id: str, agreed: date | str, ended: date | str | None = None, **columns: Any) -> Fact:
    """A vocational action plan, unless `kind` says otherwise."""
    row = {"episode_id": episode_id, "version": 1, "kind": "vocational_action", "agreed_on": day(agreed)}
    return "plans", {**row, "ended_on": day(ended), **columns}


def an_application(episode_id: str, on: date | str, **columns: Any) -> Fact:
    """An application for a job."""
    return "applications", {
        "application_id": f"a{a_number()}",
        "episode_id": episode_id,
        "on": day(on),
        "made_by": "client",
        **columns,
    }


def an_employer_contact(episode_id: str | None, on: date | str, **columns: Any) -> Fact:
    """A face-to-face contact with an employer, unless columns say otherwise."""
    row = {"employer_contact_id": f"x{a_number()}", "episode_id": episode_id, "on": day(on), "face_to_face": True}
    return "employer_contacts", {**row, **columns}


def answers(
    episode_id: str, instrument: str, on: date | str, given: Mapping[str, str], occasion: str = "baseline"
) -> list[Fact]:
    """One answered form: an answer for each item given."""
    form = {
        "response_id": f"r{a_number()}",
        "episode_id": episode_id,
        "instrument": instrument,
        "occasion": occasion,
        "completed_on": day(on),
    }
    return [("responses", {**form, "item": item, "answer": answer}) for item, answer in given.items()]
