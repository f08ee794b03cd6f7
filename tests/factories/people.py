"""People, episodes and allocations."""

from datetime import date
from typing import Any

from tests.factories.facts import Fact, day

SERVICE = "thrive_into_work"
OPEN_TO_ALL = date(2019, 4, 1)


def a_person(person_id: str = "p1", **columns: Any) -> Fact:
    """A person."""
    return "people", {"person_id": person_id, **columns}


def an_episode(
    episode_id: str = "e1",
    person_id: str | None = None,
    *,
    entered: date | str | None = None,
    referred: date | str | None = None,
    closed: date | str | None = None,
    arm: str | None = None,
    **columns: Any,
) -> list[Fact]:
    """A referral. `entered`: accepted that day, and before 1 April 2019 allocated to `arm` (ips unless said) that day.

    `referred`: the day received, 14 days before entry unless said. The person is "p" and the episode's id, unless said.
    """
    entry = day(entered)
    row = {
        "episode_id": episode_id,
        "person_id": person_id or f"p-{episode_id}",
        "service_id": SERVICE,
        "lot": "dudley",
        "referred_on": day(referred) or day(entry, -14) or date(2019, 4, 1),
        "accepted_on": entry,
        "closed_on": day(closed),
        **columns,
    }
    facts: list[Fact] = [("episodes", row)]
    if entry and (arm or entry < OPEN_TO_ALL):
        facts.append(an_allocation(episode_id, entry, arm or "ips"))
    return facts


def an_allocation(episode_id: str, on: date | str, arm: str = "ips") -> Fact:
    """The day and the arm of a randomisation."""
    return "allocations", {"episode_id": episode_id, "arm": arm, "allocated_on": day(on)}
