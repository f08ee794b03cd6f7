"""The Today page: what is due in the order it breaks, who is met when, who is new, and what was done."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from django.urls import reverse

from placewell_web.casework.presenters.cases import Case
from placewell_web.casework.presenters.due import GROUPS, Due
from placewell_web.casework.presenters.questionnaires import ToAsk
from placewell_web.nhsuk.words import LONDON, clock_time, count, day

MOST_ROWS = 25  # of one group; nobody works through more in a day


@dataclass(frozen=True)
class DueRow:
    """A person with something due: what breaks first, what else does, and a meeting that is booked today."""

    case: Case
    due: Due
    also: tuple[Due, ...]
    meeting: str

    @property
    def reach(self) -> tuple[str, str]:
        """A quick way to the person: their own choice of a text or a call; a meeting, where only that will do."""
        if self.due.face_to_face:
            return (
                ("", "") if self.meeting else ("Book a meeting", reverse("casework:book", args=[self.case.episode_id]))
            )
        if not self.case.phone:
            return "", ""
        if self.case.contact_preference == "text":
            return f"Text {self.case.called}", f"sms:{self.case.phone}"
        return f"Call {self.case.called}", f"tel:{self.case.phone}"


@dataclass(frozen=True)
class Group:
    id: str
    title: str
    rows: tuple[DueRow, ...]
    count: int


@dataclass(frozen=True)
class Meeting:
    at: str
    case: Case
    purpose: str


@dataclass(frozen=True)
class NewReferral:
    case: Case
    waiting: str
    meeting: str


def groups(cases: list[Case], now: datetime) -> list[Group]:
    """The due rows by nearness; what lies beyond this month is on the caseload, and so is the rest of a long group."""
    rows = [_row(case, now) for case in cases if case.next_due]
    named = [(id, title) for id, title in GROUPS.items() if id != "later"]
    found = [(id, title, tuple(row for row in rows if row.due.when.group == id)) for id, title in named]
    return [Group(id, title, group[:MOST_ROWS], len(group)) for id, title, group in found]


def headline(found: list[Group]) -> dict[str, int]:
    return {group.id: group.count for group in found}


def late_questionnaires(to_ask: Iterable[ToAsk]) -> str:
    """`3 questionnaires late`; empty where none is. They are in no group."""
    late = sum(one.due.when.group == "late" for one in to_ask)
    return f"{count(late, 'questionnaire')} late" if late else ""


def questionnaires(to_ask: Sequence[ToAsk]) -> str:
    """How many are late, else how many can be asked; empty where there are none."""
    return late_questionnaires(to_ask) or (f"{count(len(to_ask), 'questionnaire')} to ask" if to_ask else "")


def nothing_due(cases: list[Case], to_ask: str = "") -> str:
    """`Nothing is due. Next: Paul Dykes, 23 June 2019.`; nothing else, where there are questionnaires to ask."""
    words = "Nothing else is due." if to_ask else "Nothing is due."
    later = [case for case in cases if case.next_due]
    if not later:
        return words
    first = later[0]
    assert first.next_due is not None
    return f"{words} Next: {first.name}, {day(first.next_due.on)}."


def meetings(cases: list[Case], today: date) -> list[Meeting]:
    """Appointments of the day, in order."""
    found = []
    for case in cases:
        for row in case.appointments:
            at = moment(row)
            if at and at.date() == today:
                said = " · ".join(part for part in (row["purpose"], row["place"]) if part)
                found.append((at, Meeting(clock_time(at), case, said)))
    return [meeting for _, meeting in sorted(found, key=lambda pair: pair[0])]


def new_referrals(cases: list[Case], now: datetime) -> list[NewReferral]:
    """People accepted and not yet met, who has waited longest first."""
    waiting = [case for case in cases if case.last_contact is None and case.referred_on]
    waiting.sort(key=lambda case: (case.referred_on or date.min, case.name))
    return [
        NewReferral(case, count((now.date() - (case.referred_on or now.date())).days, "day"), _next_meeting(case, now))
        for case in waiting
    ]


def moment(row: dict[str, Any]) -> datetime | None:
    """The start of an appointment, in London."""
    text = row["starts_at"]
    if not text:
        return None
    read = datetime.fromisoformat(text)
    return (read if read.tzinfo else read.replace(tzinfo=UTC)).astimezone(LONDON)


def _row(case: Case, now: datetime) -> DueRow:
    first = case.next_due
    assert first is not None
    also = tuple(other for other in case.dues[1:] if other.when.group != "later")
    today = [at for row in case.appointments if (at := moment(row)) and at.date() == now.date()]
    met = f"You meet at {clock_time(min(today))} today" if today else ""  # it stays until it is logged
    return DueRow(case, first, also, met)


def _next_meeting(case: Case, now: datetime) -> str:
    ahead = sorted(at for row in case.appointments if (at := moment(row)) and at.date() >= now.date())
    if not ahead:
        return ""
    said = "today" if ahead[0].date() == now.date() else day(ahead[0])
    return f"First meeting {said} at {clock_time(ahead[0])}"


@dataclass(frozen=True)
class Planned:
    """A contact the specialist set for a day when logging the last."""

    case: Case
    words: str


def planned(cases: list[Case], next_days: dict[str, date], today: date) -> list[Planned]:
    """People whose next contact was set for today or before, and who have not been spoken to since."""
    by_id = {case.episode_id: case for case in cases}
    found = []
    for episode_id, on in sorted(next_days.items(), key=lambda pair: pair[1]):
        case = by_id.get(episode_id)
        if case and on <= today:
            found.append(Planned(case, f"You planned a contact for {day(on)}"))
    return found
