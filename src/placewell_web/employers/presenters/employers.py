"""Employers, leads and the directory in words, and the tabs above their lists."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.urls import reverse

from placewell_web.accounts.roles import Role
from placewell_web.employers.choices import LEAD_CLOSED, ROLES, SIZES, STANDINGS
from placewell_web.nhsuk.words import day

if TYPE_CHECKING:
    from placewell_web.accounts.viewer import Viewer

TABS = (
    ("Employers", "employers:list"),
    ("Leads", "employers:leads"),
    ("Activities", "employers:activities"),
    ("Courses", "casework:courses"),
    ("Directory", "employers:directory"),
)
SHEETS = ("Weekly sheets", "casework:week")
COLOURS = {"new": "blue", "in_contact": "blue", "working_together": "green", "resting": "grey", "not_now": "orange"}
LONG_UNSEEN = 365  # days after which an entry of the directory should be looked through again


@dataclass(frozen=True)
class Tab:
    label: str
    url: str
    current: bool


def tabs(current: str, viewer: Viewer) -> list[Tab]:
    """The pages under Employers; `current` is the name of one. Leaders reach the weekly sheets from here."""
    shown = (*TABS, SHEETS) if viewer.has_role(Role.TEAM_LEADER, Role.MANAGER) else TABS
    return [Tab(label, reverse(name), name == current) for label, name in shown]


@dataclass(frozen=True)
class Tag:
    words: str
    colour: str


def stands(relationship: str) -> Tag:
    """Where the relationship stands."""
    return Tag(STANDINGS.get(relationship, "Not known"), COLOURS.get(relationship, "grey"))


def size(code: str) -> str:
    return SIZES.get(code, "Not known")


def role(code: str) -> str:
    return ROLES.get(code, "")


@dataclass(frozen=True)
class LeadRow:
    id: object
    title: str
    employer: Any
    hours: Any
    found: str
    until: Tag | None
    words: str
    taken: str
    closed: str
    is_open: bool


def lead_row(lead: Any, today: date) -> LeadRow:
    """A lead as the list shows it."""
    times = lead.times_taken
    return LeadRow(
        id=lead.pk,
        title=lead.title,
        employer=lead.employer,
        hours=lead.hours,
        found=f"{lead.found_by.name}, {day(lead.found_on)}",
        until=_until(lead, today),
        words=lead.words,
        taken="" if not times else "Taken for a person" if times == 1 else f"Taken for {times} people",
        closed=_closed(lead),
        is_open=lead.closed_on is None,
    )


def _closed(lead: Any) -> str:
    if lead.closed_on is None:
        return ""
    return f"{LEAD_CLOSED.get(lead.closed_because, 'Closed')}: {lead.closed_by.name}, {day(lead.closed_on)}"


def _until(lead: Any, today: date) -> Tag | None:
    if lead.until_on is None or lead.closed_on is not None:
        return None
    left = (lead.until_on - today).days
    if left < 0:
        return Tag(f"Ended {day(lead.until_on)}", "grey")
    if left == 0:
        return Tag("Ends today", "red")
    return Tag(f"Until {day(lead.until_on)}", "orange" if left <= 3 else "blue")


def holds(service: Any, today: date) -> Tag:
    """Whether an entry of the directory can be used, and whether someone should look through it."""
    if service.valid_until is not None and service.valid_until < today:
        return Tag(f"Ended {day(service.valid_until)}", "grey")
    if (today - service.reviewed_on).days > LONG_UNSEEN:
        return Tag(f"Last looked through {day(service.reviewed_on)}", "orange")
    return Tag(f"Looked through {day(service.reviewed_on)}", "green")
