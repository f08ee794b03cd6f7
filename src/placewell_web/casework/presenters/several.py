"""Several people in one contact, in words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from placewell_web.casework.presenters.cases import cases, kind_of_contact
from placewell_web.casework.presenters.saving import cleared, ordinals
from placewell_web.casework.queries.caseload import Caseload
from placewell_web.nhsuk.words import count

NAMED = 2


@dataclass(frozen=True)
class Choice:
    """A person who can be ticked."""

    id: str
    name: str
    about: str
    ticked: bool


def name_of(episode: Any) -> str:
    return f"{episode.person.called} {episode.person.surname}"


def choices(found: Sequence[Any], ticked: Sequence[Any]) -> list[Choice]:
    """People as boxes to tick; whose caseload they are on stands beside those of colleagues."""
    marked = {one.pk for one in ticked}
    return [
        Choice(str(one.pk), name_of(one), one.specialist.name if one.specialist else "", one.pk in marked)
        for one in found
    ]


def together(names: Sequence[str]) -> str:
    """`Jas Sandhu, Kelvin Osei and 4 more`"""
    if len(names) <= NAMED + 1:
        return " and ".join(filter(None, (", ".join(names[:-1]), names[-1])))
    return f"{', '.join(names[:NAMED])} and {len(names) - NAMED} more"


def done(before: Caseload, after: Caseload, contacts: Sequence[Any], that_day: Iterable[Any]) -> str:
    """`Group for 8 people saved.` and a line of each person: which appointment it was, and what it cleared.

    `before` and `after` the save; `that_day`: every contact of the people on the day.
    """
    numbers = ordinals(after, that_day)
    was, now = ({case.episode_id: case for case in cases(loaded)} for loaded in (before, after))
    lines, others = [], []
    for contact in contacts:
        id, name = str(contact.episode_id), name_of(contact.episode)
        did = [numbers.get(str(contact.pk), ""), "; ".join(cleared(was[id], now[id]))]
        told = " ".join(f"{word}{said}." for word, said in zip(("", "Cleared: "), did, strict=True) if said)
        if told:
            lines.append(f"{name}: {told}")
        else:
            others.append(name)
    title = f"{kind_of_contact(contacts[0].kind)} for {count(len(contacts), 'person', 'people')} saved."
    return "\n".join([title, *lines, *_nothing(others, bool(lines))])


def _nothing(names: Sequence[str], beside: bool) -> list[str]:
    """For whom it changed nothing; named where it did for others."""
    if not names:
        return []
    return [f"{', '.join(names)}: nothing counted or cleared." if beside else "Nothing counted or cleared."]
