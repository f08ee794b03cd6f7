"""Several people in one contact, in words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from placewell_web.casework.presenters.cases import kind_of_contact
from placewell_web.casework.presenters.saving import ordinals
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


def done(loaded: Caseload, contacts: Sequence[Any], that_day: Iterable[Any]) -> str:
    """`Text for 12 people saved.` and who became engaged by it. `that_day`: every contact of the people on the day."""
    kind = kind_of_contact(contacts[0].kind)
    words = [f"{kind} for {count(len(contacts), 'person', 'people')} saved."]
    numbers = ordinals(loaded, that_day)
    for contact in contacts:
        number = numbers.get(str(contact.pk), "")
        if ":" in number:
            words.append(f"{name_of(contact.episode)}: {number}.")
    return " ".join(words)
