"""What saving a contact changes: what it clears, what it keeps, what stays open, and who comes next."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from placewell.cadence.situation import FACE_TO_FACE_KINDS
from placewell.specification import Specification
from placewell.specification.outcomes import Engagement
from placewell.vocabulary import labels
from placewell_web.casework.presenters.cases import Case, kind_of_contact
from placewell_web.casework.presenters.due import Due, short_clause
from placewell_web.casework.presenters.overview import contact_title, places
from placewell_web.casework.queries.caseload import Caseload
from placewell_web.nhsuk.words import day, moment, nth, short_day

CONTACT = "log_contact"
NOTE_CHARACTERS = 70
Key = tuple[str, str, date]  # a clock, its job and its day
NEW = str(UUID(int=0))  # the contact that is not saved yet


@dataclass(frozen=True)
class Effect:
    """A line of *When you save*: what a contact with the person does that they attended today.

    `but`: the kinds of contact of which it does not hold, and `besides`: what is said while no kind is chosen. `only`:
    it is said of those kinds alone, once one is chosen.
    """

    mark: str
    verb: str
    words: str
    clause: str
    but: tuple[str, ...] = ()
    besides: str = ""
    only: tuple[str, ...] = ()

    def holds(self, kind: str) -> bool:
        return kind in self.only if self.only else kind not in self.but

    @property
    def classes(self) -> str:
        """The style's part: what to hide, or to show, of which kind."""
        names = [f"cw-not-{kind}" for kind in self.but] + [f"cw-only-{kind}" for kind in self.only]
        return " ".join([*names, *(["cw-only"] if self.only else [])])


def effects(loaded: Caseload, case: Case, today: date, planned: bool) -> list[Effect]:
    """What is cleared, kept, and still open, as the library says it would be after a contact today."""
    asked = [due for due in case.dues if due.action == CONTACT]
    one_way = _but(two_way_kinds(loaded.spec))
    met = _open_after(loaded, case, today) if asked else set()
    spoke = met | {_key(due) for due in asked if due.face_to_face}
    found, still = [], [due for due in case.dues if due.action != CONTACT or _key(due) in met]
    for due in asked:
        if due not in still:
            found += _cleared(due, one_way, both=_key(due) not in spoke)
    if planned:
        until = today + timedelta(days=27)
        words = f"{case.called} on the active caseload to {day(until)}"
        found.append(Effect("ring", "Keeps", words, "App. 7 St 1", but=one_way))
    found += [Effect("missing", "Still open:", f"{due.doing}, by {day(due.on)}", due.clause) for due in still]
    return found


def cleared(before: Case, after: Case) -> list[str]:
    """What was due before something was saved, and is due no longer: `weekly contact, 2 days late`."""
    left = {_key(due) for due in after.dues}
    return [f"{due.doing}{_how_late(due)}" for due in before.dues if _key(due) not in left]


def _how_late(due: Due) -> str:
    return f", {due.when.words}" if due.when.group == "late" else f", due {day(due.on)}"


def _cleared(due: Due, one_way: tuple[str, ...], both: bool) -> list[Effect]:
    """What a contact clears, and what stays open where only a meeting face to face would."""
    late = _how_late(due)
    if both:
        return [Effect("met", "Clears", f"{due.doing}{late}", due.clause, but=one_way)]
    apart = _but(FACE_TO_FACE_KINDS)
    words = f"{due.doing}, by {day(due.on)}. Only meeting face to face clears it"
    return [
        Effect("met", "Clears", f"{due.doing}{late}, if you met face to face", due.clause, but=apart),
        Effect("missing", "Still open:", words, due.clause, only=apart),
    ]


def _open_after(loaded: Caseload, case: Case, today: date) -> set[Key]:
    """What would be due after a meeting face to face today."""
    row = {"contact_id": NEW, "episode_id": case.episode_id, "on": today, "kind": "appointment", "place": "community"}
    after = loaded.with_contact(**row, with_whom="client", attendance="attended")
    return {(row["clock"], row["job_id"] or "", row["due_on"]) for row in after.clocks_alone()}


def _key(due: Due) -> Key:
    return due.clock, due.job_id, due.on


def two_way_kinds(spec: Specification) -> tuple[str, ...]:
    """The kinds of contact in which someone can be spoken with, as the service means it."""
    return spec.outcomes.contact.two_way_kinds or tuple(labels("contact_kind"))


def _but(kinds: Iterable[str]) -> tuple[str, ...]:
    """Every other kind of contact."""
    return tuple(kind for kind in labels("contact_kind") if kind not in set(kinds))


def ordinal(loaded: Caseload, contact_id: str, saved: Iterable[Any]) -> str:
    """`3rd appointment: engaged`; empty where the service does not count the contact as an appointment.

    `saved`: every contact of that day.
    """
    row = next((row for row in _numbered(loaded, saved) if row["contact_id"] == contact_id), None)
    return _ordinal(loaded, row) if row else ""  # of one alone: whether another engaged them is a heavier question


def ordinals(loaded: Caseload, saved: Iterable[Any]) -> dict[str, str]:
    """The same of every contact, by id. `saved`: the contacts, which say in which order those of one day were saved."""
    return {row["contact_id"]: _ordinal(loaded, row) for row in _numbered(loaded, saved)}


def _numbered(loaded: Caseload, saved: Iterable[Any]) -> list[dict[str, Any]]:
    """The library's numbers, which know only days: within a day in order of saving, what is not saved yet last."""
    place = places(saved)
    rows = loaded.appointments
    by_day = sorted(rows, key=lambda row: (row["episode_id"], row["on"], row["number"]))
    by_saving = sorted(
        by_day,
        key=lambda row: (row["episode_id"], row["on"], row["contact_id"] == NEW, place.get(row["contact_id"], 0)),
    )
    return [own | {"number": row["number"]} for own, row in zip(by_saving, by_day, strict=True)]


def counting(loaded: Caseload, case: Case, today: date) -> list[Effect]:
    """What an appointment today would count as, by the service's own definition of engaged; and of which kinds."""
    row = {"contact_id": NEW, "episode_id": case.episode_id, "on": today, "kind": "appointment"}
    words = ordinal(loaded.with_contact(**row, with_whom="client", attendance="attended"), NEW, ())
    engaged = engagement(loaded)
    clause = short_clause(engaged.clause) if engaged and ":" in words else ""
    but = _but(loaded.spec.outcomes.contact.appointment_kinds)
    named = [kind_of_contact(kind).lower() for kind in but]
    besides = f", unless it is a {', '.join(named[:-1])} or {named[-1]}" if len(named) > 1 else ""
    return [Effect("met", "Counts as", f"the {words}", clause, but=but, besides=besides)] if words else []


def engagement(loaded: Caseload) -> Engagement | None:
    """The service's definition of engaged, where it has one."""
    found = (one for one in loaded.spec.outcomes.outcomes if isinstance(one, Engagement) and one.milestone)
    return next(found, None)


def _ordinal(loaded: Caseload, row: dict[str, Any]) -> str:
    engaged = engagement(loaded)
    words = f"{nth(row['number'])} appointment"
    if engaged is None or engaged.appointments != row["number"]:
        return words
    outcome = loaded.outcomes.get(row["episode_id"], {})
    return f"{words}: engaged" if outcome.get(f"{engaged.id}_on") == row["on"] else words


def has_plan(loaded: Caseload) -> bool:
    """Whether a plan holds today, so that a contact keeps the case active."""
    today = loaded.today
    return any(
        row["kind"] == "vocational_action"
        and row["agreed_on"]
        and row["agreed_on"] <= today
        and (row["ended_on"] is None or row["ended_on"] >= today)
        for row in loaded.rows("plans")
    )


@dataclass(frozen=True)
class Saved:
    """What the same form saved before, where other words stand in it now."""

    at: str
    title: str
    note: str


def saved(contact: Any) -> Saved:
    row = {"kind": contact.kind, "attendance": contact.attendance, "minutes": contact.minutes}
    return Saved(moment(contact.created_at), f"{contact_title(row)}, {day(contact.on)}", contact.note)


def next_due(cases: Iterable[Case], but: str) -> Case | None:
    """The person with whom something breaks next."""
    return next((case for case in cases if case.next_due and case.episode_id != but), None)


def recent(contacts: Iterable[Any]) -> list[tuple[str, str]]:
    """The last contacts in a line each."""
    found = []
    for one in contacts:
        title = contact_title({"kind": one.kind, "attendance": one.attendance, "minutes": one.minutes})
        note = " ".join(one.note.split())
        cut = note if len(note) <= NOTE_CHARACTERS else note[:NOTE_CHARACTERS].rsplit(" ", 1)[0] + " …"
        found.append((short_day(one.on), f"{title}. {cut}" if cut else title))
    return found
